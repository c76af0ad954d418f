// SPDX-License-Identifier: Apache-2.0
// Corpus: the text of a folder, read once, with byte-exact positions of every line.
//
// Promises
//  * What is not read is listed with its reason (binary, too large, generated, vendored, not a
//  regular file, ...).
//  * File order is stable: rarely changed files first when git history is known, then by path. An
//  edit to an often
//    changed file therefore leaves the longest possible prefix of the packed corpus untouched.
//  * File bytes are kept as they are. A line's text is its bytes without the line end (LF or CRLF)
//  and without trailing
//    blanks; byte offsets always refer to the file on disk.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace fathom {

struct LineSpan {
  uint32_t begin = 0;  // byte offset of the first byte
  uint32_t end = 0;    // past the last byte of the text (no line end, no trailing blanks)
};

struct CorpusFile {
  std::string path;      // relative to the root, '/' separated
  std::string language;  // "python", "c", ..., "text" when unknown
  std::string bytes;
  std::vector<LineSpan> lines;
  uint32_t changes = 0;  // commits that touched it, as far as history was read

  std::string_view Line(size_t index) const {
    return std::string_view(bytes).substr(lines[index].begin,
                                          lines[index].end - lines[index].begin);
  }
};

struct SkippedFile {
  std::string path;
  std::string reason;
};

struct Corpus {
  std::string root;  // absolute
  std::vector<CorpusFile> files;
  std::vector<SkippedFile> skipped;
  size_t bytes = 0;
  size_t lines = 0;

  const CorpusFile* Find(std::string_view path) const;
};

struct CorpusOptions {
  bool include_generated = false;
  bool include_vendored = false;
  std::function<void(size_t files, size_t bytes)> progress;
  const std::atomic<bool>* cancel = nullptr;
};

// `path`: a folder, or one file.
Result<Corpus> ReadCorpus(const std::string& path, const CorpusOptions& options = {});

// Splits bytes into lines as promised above.
std::vector<LineSpan> SplitLines(std::string_view bytes);

}  // namespace fathom
