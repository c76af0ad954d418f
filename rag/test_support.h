// SPDX-License-Identifier: Apache-2.0
// For tests: a file of a corpus from its text.
#pragma once

#include <string>
#include <utility>

#include "rag/corpus.h"

namespace fathom::test {

inline CorpusFile MadeFile(std::string path, std::string language, std::string bytes) {
  CorpusFile file{
      .path = std::move(path), .language = std::move(language), .bytes = {}, .lines = {}};
  file.bytes = std::move(bytes);
  file.lines = SplitLines(file.bytes);
  return file;
}

}  // namespace fathom::test
