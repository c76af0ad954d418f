// SPDX-License-Identifier: Apache-2.0
// Layout: where each file of a corpus stood when it was packed, so that it stands there again after
// an edit elsewhere, and under which keys the readings of its windows are kept.
//
// A layout decides how much has to be read again, never what a reading is: states and scores are
// found by the tokens themselves.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace fathom {

struct LaidFile {
  std::string path;
  std::string digest;  // of its bytes
};

struct LaidShelf {
  std::vector<LaidFile> files;
  std::vector<std::string> keys;  // of the reading last kept of each window; empty: none
};

struct Layout {
  std::vector<LaidShelf> shelves;
};

std::string FileDigest(std::string_view bytes);

std::string LayoutText(const Layout& layout);  // JSON
Result<Layout> ParseLayout(std::string_view text);

}  // namespace fathom
