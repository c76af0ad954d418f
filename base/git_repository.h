// SPDX-License-Identifier: Apache-2.0
// GitRepository: what base/walk asks of a git repository. libgit2 is used inside git_repository.cc
// only.
//
// Reads, never writes, and runs nothing: no hooks, filters or commands of a repository's
// configuration. That is why a repository of another user is read too, which git itself refuses.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/walk.h"

struct git_repository;

namespace fathom {

class GitRepository {
 public:
  // The repository whose work tree holds the absolute, resolved `folder`; none when there is none.
  static std::optional<GitRepository> Find(const std::string& folder);

  // Absolute and resolved, without a trailing "/".
  const std::string& work_tree() const { return work_tree_; }
  std::string HeadId() const;  // empty before the first commit

  struct Tracked {
    std::string path;  // from the work tree
    bool submodule = false;
  };
  // Sorted by path, without repeats.
  Result<std::vector<Tracked>> TrackedFiles() const;

  // Files with patterns for the whole work tree, the stronger one first. They may be absent.
  std::vector<std::string> ExcludeFiles() const;

  struct FileHistory {
    int commit_count = 0;
    int last_commit = -1;  // 0: HEAD
  };
  struct History {
    size_t commits_counted = 0;                // 0 when it took longer than ms_max
    std::map<std::string, FileHistory> files;  // by path from the work tree
  };
  struct HistoryOptions {
    std::string below;  // only paths in this folder; "" for all
    int commits_max = 0;
    int ms_max = 0;
  };
  History ReadHistory(const HistoryOptions& options) const;

  // Changes of tracked files between the merge base of `revision` and HEAD, and the work tree.
  // Paths from the work tree.
  Result<std::vector<ChangedFile>> ChangedTracked(const std::string& revision,
                                                  const std::string& below) const;

 private:
  struct Close {
    void operator()(git_repository* repository) const;
  };
  explicit GitRepository(git_repository* repository) : repository_(repository) {}
  std::unique_ptr<git_repository, Close> repository_;
  std::string work_tree_;
};

}  // namespace fathom
