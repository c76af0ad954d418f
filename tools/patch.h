// SPDX-License-Identifier: Apache-2.0
// Unified diffs: parsed strictly, applied strictly.
//
// Promises
//  * Any text is a list of file patches or an error that names the line of the diff.
//  * A hunk changes a file only where all its context and removed lines stand, byte for byte: at
//  the
//    line its header says, or else at the one other place where they stand. No fuzz, no guess.
//  * An error of applying says which hunk, and what stands there instead.
// Understood: what `diff -u` and `git diff` write about text, new and deleted files included.
// Renames, binary patches and quoted names are refused by name. Source: GNU diffutils manual,
// "Unified Format".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace fathom {

struct PatchLine {
  char kind = ' ';   // ' ' context, '-' removed, '+' added
  std::string text;  // with its "\n", unless it is a file's last without one
};

struct Hunk {
  size_t old_start = 0;  // from 1; 0 when it stands before the first line
  size_t new_start = 0;
  std::vector<PatchLine> lines;
};

struct FilePatch {
  std::string path;
  bool is_new = false;
  bool is_deleted = false;
  std::vector<Hunk> hunks;
};

Result<std::vector<FilePatch>> ParsePatch(std::string_view text);

// The file after the patch. A new file has "" before.
Result<std::string> ApplyFilePatch(const FilePatch& patch, std::string_view before);

}  // namespace fathom
