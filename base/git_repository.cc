// SPDX-License-Identifier: Apache-2.0
#include "base/git_repository.h"

#include <git2.h>

#include <chrono>
#include <cstdlib>

namespace fathom {
namespace {

template <auto Free>
struct Freed {
  template <typename T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Commit = std::unique_ptr<git_commit, Freed<git_commit_free>>;
using Config = std::unique_ptr<git_config, Freed<git_config_free>>;
using Diff = std::unique_ptr<git_diff, Freed<git_diff_free>>;
using Index = std::unique_ptr<git_index, Freed<git_index_free>>;
using Object = std::unique_ptr<git_object, Freed<git_object_free>>;
using Tree = std::unique_ptr<git_tree, Freed<git_tree_free>>;

void StartLibrary();
Error GitError(const std::string& place);
std::string Resolved(const std::string& path);
Commit HeadCommit(git_repository* repository);
Commit FirstParent(const git_commit* commit);
Tree TreeOf(const git_commit* commit);
// Limits a diff to one folder, taken literally. Borrows `below`.
class DiffOptions {
 public:
  explicit DiffOptions(const std::string& below) : path_(const_cast<char*>(below.c_str())) {
    git_diff_options_init(&options_, GIT_DIFF_OPTIONS_VERSION);
    options_.flags = GIT_DIFF_DISABLE_PATHSPEC_MATCH;
    options_.ignore_submodules = GIT_SUBMODULE_IGNORE_ALL;
    options_.context_lines = 0;
    if (!below.empty()) options_.pathspec = {&path_, 1};
  }
  const git_diff_options* get() const { return &options_; }

 private:
  char* path_;
  git_diff_options options_;
};

}  // namespace

std::optional<GitRepository> GitRepository::Find(const std::string& folder) {
  StartLibrary();
  git_repository* opened = nullptr;
  if (git_repository_open_ext(&opened, folder.c_str(), 0, nullptr) != 0) return std::nullopt;
  GitRepository repository(opened);
  const char* work_tree = git_repository_workdir(opened);
  if (work_tree == nullptr) return std::nullopt;  // a bare repository
  repository.work_tree_ = Resolved(work_tree);
  const std::string& top = repository.work_tree_;
  const bool inside =
      folder == top || top == "/" || (folder.starts_with(top) && folder[top.size()] == '/');
  if (!inside) return std::nullopt;
  return repository;
}

void GitRepository::Close::operator()(git_repository* repository) const {
  git_repository_free(repository);
}

std::string GitRepository::HeadId() const {
  const Commit head = HeadCommit(repository_.get());
  return head ? git_oid_tostr_s(git_commit_id(head.get())) : "";
}

Result<std::vector<GitRepository::Tracked>> GitRepository::TrackedFiles() const {
  git_index* opened = nullptr;
  if (git_repository_index(&opened, repository_.get()) != 0) return GitError(work_tree_);
  const Index index(opened);
  std::vector<Tracked> files;
  for (size_t i = 0; i < git_index_entrycount(index.get()); ++i) {
    const git_index_entry* entry = git_index_get_byindex(index.get(), i);
    if (!files.empty() && files.back().path == entry->path) continue;  // stages of a conflict
    files.push_back({entry->path, (entry->mode & 0170000) == GIT_FILEMODE_COMMIT});
  }
  return files;
}

std::vector<std::string> GitRepository::ExcludeFiles() const {
  std::vector<std::string> files = {std::string(git_repository_commondir(repository_.get())) +
                                    "info/exclude"};
  git_config* opened = nullptr;
  if (git_repository_config_snapshot(&opened, repository_.get()) == 0) {
    const Config config(opened);
    git_buf path = {};
    if (git_config_get_path(&path, config.get(), "core.excludesfile") == 0) {
      files.emplace_back(path.ptr, path.size);
      git_buf_dispose(&path);
      return files;
    }
  }
  const char* config_home = std::getenv("XDG_CONFIG_HOME");
  const char* home = std::getenv("HOME");
  if (config_home != nullptr && *config_home != '\0') {
    files.push_back(std::string(config_home) + "/git/ignore");
  } else if (home != nullptr && *home != '\0') {
    files.push_back(std::string(home) + "/.config/git/ignore");
  }
  return files;
}

GitRepository::History GitRepository::ReadHistory(const HistoryOptions& options) const {
  using Clock = std::chrono::steady_clock;
  const auto deadline = Clock::now() + std::chrono::milliseconds(options.ms_max);
  History history;
  Commit commit = HeadCommit(repository_.get());
  const DiffOptions diff_options(options.below);
  for (int number = 0; commit && number < options.commits_max; ++number) {
    if (Clock::now() > deadline) return {};
    Commit parent = FirstParent(commit.get());
    // A shallow clone ends at a commit whose parent is not there: what that commit changed is
    // unknown.
    if (!parent && git_commit_parentcount(commit.get()) > 0) break;
    const Tree now = TreeOf(commit.get());
    const Tree before = parent ? TreeOf(parent.get()) : nullptr;
    git_diff* made = nullptr;
    if (!now || git_diff_tree_to_tree(&made, repository_.get(), before.get(), now.get(),
                                      diff_options.get()) != 0) {
      break;
    }
    const Diff diff(made);
    for (size_t i = 0; i < git_diff_num_deltas(diff.get()); ++i) {
      FileHistory& file = history.files[git_diff_get_delta(diff.get(), i)->new_file.path];
      ++file.commit_count;
      if (file.last_commit < 0) file.last_commit = number;
    }
    history.commits_counted = static_cast<size_t>(number) + 1;
    commit = std::move(parent);
  }
  return history;
}

Result<std::vector<ChangedFile>> GitRepository::ChangedTracked(const std::string& revision,
                                                               const std::string& below) const {
  git_object* parsed = nullptr;
  if (git_revparse_single(&parsed, repository_.get(), (revision + "^{commit}").c_str()) != 0) {
    return Invalid("is no revision of this repository", revision);
  }
  const Object revision_object(parsed);
  const Commit head = HeadCommit(repository_.get());
  if (!head) return Invalid("the repository has no commit", work_tree_);
  git_oid base_id;
  if (git_merge_base(&base_id, repository_.get(), git_object_id(parsed),
                     git_commit_id(head.get())) != 0) {
    return Invalid("has no common ancestor with HEAD", revision);
  }
  git_commit* base_found = nullptr;
  if (git_commit_lookup(&base_found, repository_.get(), &base_id) != 0) return GitError(revision);
  const Commit base(base_found);
  const Tree base_tree = TreeOf(base.get());
  if (!base_tree) return GitError(revision);
  const DiffOptions options(below);
  git_diff* made = nullptr;
  if (git_diff_tree_to_workdir_with_index(&made, repository_.get(), base_tree.get(),
                                          options.get()) != 0) {
    return GitError(work_tree_);
  }
  const Diff diff(made);
  // A renamed file counts with the lines that differ, not with all of them.
  if (git_diff_find_similar(diff.get(), nullptr) != 0) return GitError(work_tree_);
  std::vector<ChangedFile> changed;
  const auto on_file = [](const git_diff_delta* delta, float, void* payload) {
    if (delta->status == GIT_DELTA_DELETED) return 0;
    auto* files = static_cast<std::vector<ChangedFile>*>(payload);
    files->push_back({delta->new_file.path, {}, delta->status == GIT_DELTA_ADDED});
    return 0;
  };
  const auto on_hunk = [](const git_diff_delta* delta, const git_diff_hunk* hunk, void* payload) {
    if (delta->status == GIT_DELTA_DELETED || hunk->new_lines == 0) return 0;
    auto* files = static_cast<std::vector<ChangedFile>*>(payload);
    const auto start = static_cast<uint32_t>(hunk->new_start);
    files->back().ranges.push_back({start, start + static_cast<uint32_t>(hunk->new_lines) - 1});
    return 0;
  };
  if (git_diff_foreach(diff.get(), on_file, nullptr, on_hunk, nullptr, &changed) != 0) {
    return GitError(work_tree_);
  }
  std::erase_if(changed, [](const ChangedFile& file) { return file.ranges.empty(); });
  return changed;
}

namespace {

void StartLibrary() {
  static const bool started = [] {
    git_libgit2_init();
    git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
    return true;
  }();
  (void)started;
}

Error GitError(const std::string& place) {
  const git_error* error = git_error_last();
  return IoError(error == nullptr ? "git data cannot be read" : error->message, place);
}

std::string Resolved(const std::string& path) {
  const std::unique_ptr<char, Freed<std::free>> resolved(::realpath(path.c_str(), nullptr));
  return resolved ? resolved.get() : path;
}

Commit HeadCommit(git_repository* repository) {
  git_object* found = nullptr;
  if (git_revparse_single(&found, repository, "HEAD^{commit}") != 0) return nullptr;
  return Commit(reinterpret_cast<git_commit*>(found));
}

Commit FirstParent(const git_commit* commit) {
  git_commit* parent = nullptr;
  if (git_commit_parentcount(commit) == 0 || git_commit_parent(&parent, commit, 0) != 0) {
    return nullptr;
  }
  return Commit(parent);
}

Tree TreeOf(const git_commit* commit) {
  git_tree* tree = nullptr;
  return git_commit_tree(&tree, commit) == 0 ? Tree(tree) : nullptr;
}

}  // namespace
}  // namespace fathom
