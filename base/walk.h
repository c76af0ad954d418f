// SPDX-License-Identifier: Apache-2.0
// Walk: the files of a folder that git would list (git ls-files --cached --others
// --exclude-standard), and what git's history says about them.
//
// Promises
//  * Files that git ignores are left out: .gitignore at every level (also above the folder, up to
//  its repository's root),
//    .git/info/exclude, core.excludesFile. Tracked files are kept even where a pattern names them.
//    Outside a repository .gitignore files hold just the same. `.fathomignore`, then `.ignore`,
//    stand above all of them, in both directions.
//  * No symlink is followed, nothing outside the folder is read but ignore files of the repository
//  above it.
//  * What is left out is listed with its reason; an ignored folder once, not file by file.
//  * The result is sorted by path bytes and depends on the tree and the repository alone.
// A folder that its own repository ignores, but the user names, is walked as if it stood outside a
// repository.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace fathom {

struct WalkedFile {
  std::string path;  // relative to the folder: valid UTF-8 without control characters
  uint64_t size_bytes = 0;
  int64_t modified_ns = 0;
  bool tracked = false;
  // History, 0 and -1 without: how many of the last commits (first parents) changed it, and the
  // index of the newest of them, 0 for HEAD. -1: in none of them, so older than all.
  int commit_count = 0;
  int last_commit = -1;
};

enum class SkipReason {
  kIgnored,  // detail: "FILE:LINE" of the pattern
  kSymlink,
  kSpecial,     // FIFO, socket, device
  kRepository,  // another git repository, or a submodule
  kName,        // not UTF-8, or with control characters
  kUnreadable,  // detail: what the system said
};
std::string_view SkipReasonText(SkipReason reason);

struct SkippedEntry {
  std::string path;  // as on disk; a folder ends with "/"
  SkipReason reason;
  std::string detail;
};

struct WalkResult {
  std::vector<WalkedFile> files;
  std::vector<SkippedEntry> skipped;
  bool in_repository = false;
  std::string head;            // commit id, empty without one
  size_t commits_counted = 0;  // 0: commit_count and last_commit say nothing
};

struct WalkOptions {
  bool history = true;
  int history_commits_max = 1'000;
  // Past this no history is reported at all: half of one would make the order depend on the
  // machine.
  int history_ms_max = 3'000;
  size_t files_max = 0;  // more is kLimit; 0: kCorpusFilesMax (base/limits.h)
};

Result<WalkResult> Walk(const std::string& folder, const WalkOptions& options);
inline Result<WalkResult> Walk(const std::string& folder) {
  return Walk(folder, WalkOptions{});
}

struct LineRange {
  uint32_t start = 0;  // from 1
  uint32_t end = 0;    // inclusive
};

struct ChangedFile {
  std::string path;  // relative to the folder
  std::vector<LineRange>
      ranges;          // in the file as it is on disk, ascending; deleted lines leave nothing
  bool added = false;  // all of it is new (also untracked files)
};

// What stands in the work tree and not in the merge base of `base_revision` and HEAD: git diff
// --merge-base BASE, and untracked files that are not ignored. Deleted and binary files are left
// out. kInvalid outside a repository or when the revision is unknown.
Result<std::vector<ChangedFile>> ChangedSince(const std::string& folder,
                                              const std::string& base_revision);

}  // namespace fathom
