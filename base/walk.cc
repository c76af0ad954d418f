// SPDX-License-Identifier: Apache-2.0
#include "base/walk.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>
#include <map>
#include <memory>
#include <set>
#include <unordered_map>

#include "base/files.h"
#include "base/git_repository.h"
#include "base/ignore_rules.h"
#include "base/limits.h"
#include "base/rooted_dir.h"
#include "base/utf8.h"

namespace fathom {
namespace {

constexpr size_t kIgnoreFileBytesMax = 1_MiB;

// The strongest first; the rest of git's own rules (whole work tree) come after the last.
constexpr std::array<const char*, 3> kIgnoreFileNames = {".fathomignore", ".ignore", ".gitignore"};
constexpr size_t kOwnGroups = 2;  // those that hold for tracked files too

struct PatternFile {
  std::string name;  // for reasons
  std::vector<IgnorePattern> patterns;
};

// The patterns of one folder; those of its parents are behind `parent`.
struct Rules {
  const Rules* parent = nullptr;
  size_t prefix_bytes = 0;  // length of the folder's path with its "/"
  std::array<PatternFile, kIgnoreFileNames.size()> groups;
};

struct Decision {
  bool ignored = false;
  std::string reason;
};

// Paths inside are counted from `tree`: the work tree of the repository, or the folder itself
// without one.
class Walker {
 public:
  Walker(RootedDir tree, std::string below, const WalkOptions& options)
      : tree_(std::move(tree)), below_(std::move(below)), options_(options) {}

  Status UseRepository(const GitRepository& repository);
  bool FolderItselfIsIgnored();
  Status Run();
  WalkResult Take() { return std::move(result_); }
  void AddHistory(const GitRepository::History& history);

 private:
  const Rules* RulesOf(const std::string& folder);
  Decision Decide(const std::string& path, bool is_directory, size_t groups);
  bool IgnoredByOwnRules(const std::string& path);
  Status VisitFolder(const std::string& folder);
  Status VisitEntry(const std::string& folder, const DirEntry& entry);
  Status VisitRemainingTracked();
  Status AddFile(const std::string& path, const DirEntry& entry);
  void Skip(const std::string& path, SkipReason reason, std::string detail = "");
  bool IsRepository(const std::string& folder) const;
  std::string Shown(const std::string& path) const {  // counted from the folder asked for
    return below_.empty() ? path : path.substr(below_.size() + 1);
  }

  RootedDir tree_;
  std::string below_;  // the folder asked for, from the tree; "" when it is the tree
  const WalkOptions& options_;
  bool in_repository_ = false;
  std::set<std::string> tracked_, submodules_, visited_;
  std::vector<PatternFile> tree_patterns_;  // info/exclude, core.excludesFile
  std::unordered_map<std::string, std::unique_ptr<Rules>> rules_;
  WalkResult result_;
};

Result<std::string> ResolvedFolder(const std::string& folder);
std::string FolderOf(const std::string& path);
bool IsPrintableName(const std::string& name);

}  // namespace

std::string_view SkipReasonText(SkipReason reason) {
  switch (reason) {
    case SkipReason::kIgnored:
      return "ignored";
    case SkipReason::kSymlink:
      return "symbolic link";
    case SkipReason::kSpecial:
      return "not a regular file";
    case SkipReason::kRepository:
      return "another git repository";
    case SkipReason::kName:
      return "name is not printable UTF-8";
    case SkipReason::kUnreadable:
      return "cannot be read";
  }
  return "";
}

Result<WalkResult> Walk(const std::string& folder, const WalkOptions& options) {
  auto resolved = ResolvedFolder(folder);
  if (!resolved) return resolved.error();
  if (const auto repository = GitRepository::Find(*resolved)) {
    const std::string& top = repository->work_tree();
    auto tree = RootedDir::Open(top, RootedDir::Symlinks::kRefuse);
    if (!tree) return tree.error();
    const std::string below =
        *resolved == top ? "" : resolved->substr(top == "/" ? 1 : top.size() + 1);
    Walker walker(std::move(*tree), below, options);
    if (auto used = walker.UseRepository(*repository); !used) return used.error();
    if (!walker.FolderItselfIsIgnored()) {
      if (auto run = walker.Run(); !run) return run.error();
      if (options.history) {
        walker.AddHistory(repository->ReadHistory({.below = below,
                                                   .commits_max = options.history_commits_max,
                                                   .ms_max = options.history_ms_max}));
      }
      return walker.Take();
    }
  }
  auto tree = RootedDir::Open(*resolved, RootedDir::Symlinks::kRefuse);
  if (!tree) return tree.error();
  Walker walker(std::move(*tree), "", options);
  if (auto run = walker.Run(); !run) return run.error();
  return walker.Take();
}

Result<std::vector<ChangedFile>> ChangedSince(const std::string& folder,
                                              const std::string& base_revision) {
  auto resolved = ResolvedFolder(folder);
  if (!resolved) return resolved.error();
  const auto repository = GitRepository::Find(*resolved);
  if (!repository) return Invalid("is in no git repository", folder);
  const std::string& top = repository->work_tree();
  const std::string below =
      *resolved == top ? "" : resolved->substr(top == "/" ? 1 : top.size() + 1);
  auto changed = repository->ChangedTracked(base_revision, below);
  if (!changed) return changed;
  for (ChangedFile& file : *changed) {
    if (!below.empty()) file.path.erase(0, below.size() + 1);
  }
  auto walked = Walk(folder, {.history = false});
  if (!walked) return walked.error();
  for (const WalkedFile& file : walked->files) {
    if (file.tracked) continue;
    changed->push_back({file.path, {{1, std::numeric_limits<uint32_t>::max()}}, true});
  }
  std::sort(changed->begin(), changed->end(),
            [](const ChangedFile& a, const ChangedFile& b) { return a.path < b.path; });
  return changed;
}

namespace {

Status Walker::UseRepository(const GitRepository& repository) {
  auto tracked = repository.TrackedFiles();
  if (!tracked) return tracked.error();
  for (auto& [path, submodule] : *tracked) {
    (submodule ? submodules_ : tracked_).insert(std::move(path));
  }
  for (const std::string& path : repository.ExcludeFiles()) {
    // Absent in most homes, and a broken one must not stop the walk; git only warns as well.
    if (auto text = ReadFile(path, kIgnoreFileBytesMax)) {
      tree_patterns_.push_back({path, ParseIgnoreFile(*text)});
    }
  }
  in_repository_ = true;
  result_.in_repository = true;
  result_.head = repository.HeadId();
  return OkStatus();
}

bool Walker::FolderItselfIsIgnored() {
  for (size_t end = below_.find('/'); !below_.empty(); end = below_.find('/', end + 1)) {
    if (Decide(below_.substr(0, end), true, kIgnoreFileNames.size()).ignored) return true;
    if (end == std::string::npos) break;
  }
  return false;
}

Status Walker::Run() {
  if (auto visited = VisitFolder(below_); !visited) return visited;
  if (auto visited = VisitRemainingTracked(); !visited) return visited;
  std::sort(result_.files.begin(), result_.files.end(),
            [](const WalkedFile& a, const WalkedFile& b) { return a.path < b.path; });
  std::sort(result_.skipped.begin(), result_.skipped.end(),
            [](const SkippedEntry& a, const SkippedEntry& b) { return a.path < b.path; });
  return OkStatus();
}

void Walker::AddHistory(const GitRepository::History& history) {
  result_.commits_counted = history.commits_counted;
  for (WalkedFile& file : result_.files) {
    const auto found = history.files.find(below_.empty() ? file.path : below_ + "/" + file.path);
    if (found == history.files.end()) continue;
    file.commit_count = found->second.commit_count;
    file.last_commit = found->second.last_commit;
  }
}

Status Walker::VisitFolder(const std::string& folder) {
  auto entries = tree_.List(folder);
  if (!entries) {
    if (folder == below_) return entries.error();
    Skip(folder + "/", SkipReason::kUnreadable, entries.error().message);
    return OkStatus();
  }
  for (const DirEntry& entry : *entries) {
    if (auto visited = VisitEntry(folder, entry); !visited) return visited;
  }
  return OkStatus();
}

Status Walker::VisitEntry(const std::string& folder, const DirEntry& entry) {
  if (entry.name == ".git") return OkStatus();
  const std::string path = folder.empty() ? entry.name : folder + "/" + entry.name;
  const bool is_directory = entry.kind == FileKind::kDirectory;
  const bool tracked = tracked_.contains(path);
  Decision decision = Decide(path, is_directory, tracked ? kOwnGroups : kIgnoreFileNames.size());
  if (decision.ignored) {
    Skip(is_directory ? path + "/" : path, SkipReason::kIgnored, std::move(decision.reason));
    return OkStatus();
  }
  if (!IsPrintableName(entry.name)) {
    Skip(is_directory ? path + "/" : path, SkipReason::kName);
    return OkStatus();
  }
  if (entry.kind == FileKind::kFile) return AddFile(path, entry);
  if (!is_directory) {
    Skip(path, entry.kind == FileKind::kSymlink ? SkipReason::kSymlink : SkipReason::kSpecial);
    return OkStatus();
  }
  if (submodules_.contains(path) || (in_repository_ && IsRepository(path))) {
    Skip(path + "/", SkipReason::kRepository);
    return OkStatus();
  }
  return VisitFolder(path);
}

// Tracked files inside ignored folders: git lists them, so they are read.
Status Walker::VisitRemainingTracked() {
  const std::string prefix = below_.empty() ? "" : below_ + "/";
  for (auto at = tracked_.lower_bound(prefix); at != tracked_.end(); ++at) {
    const std::string& path = *at;
    if (!path.starts_with(prefix)) break;
    if (visited_.contains(path) || IgnoredByOwnRules(path)) continue;
    const auto info = tree_.Stat(path);  // fails for deleted files and behind symlinks
    if (!info || info->kind != FileKind::kFile || !IsPrintableName(path)) continue;
    const DirEntry entry = {path, info->kind, info->size_bytes, info->modified_ns};
    if (auto added = AddFile(path, entry); !added) return added;
  }
  return OkStatus();
}

bool Walker::IgnoredByOwnRules(const std::string& path) {
  for (size_t slash = path.find('/'); slash != std::string::npos;
       slash = path.find('/', slash + 1)) {
    if (Decide(path.substr(0, slash), true, kOwnGroups).ignored) return true;
  }
  return Decide(path, false, kOwnGroups).ignored;
}

Status Walker::AddFile(const std::string& path, const DirEntry& entry) {
  const size_t files_max = options_.files_max > 0 ? options_.files_max : kCorpusFilesMax;
  if (result_.files.size() >= files_max) {
    return Error{Code::kLimit, "holds more than " + std::to_string(files_max) + " files",
                 tree_.path()};
  }
  visited_.insert(path);
  result_.files.push_back({.path = Shown(path),
                           .size_bytes = entry.size_bytes,
                           .modified_ns = entry.modified_ns,
                           .tracked = tracked_.contains(path)});
  return OkStatus();
}

void Walker::Skip(const std::string& path, SkipReason reason, std::string detail) {
  result_.skipped.push_back({Shown(path), reason, std::move(detail)});
}

// The first group with a word about the path decides; inside a group the deepest folder, inside a
// file the last line.
Decision Walker::Decide(const std::string& path, bool is_directory, size_t groups) {
  const auto decided = [&](const PatternFile& file, size_t prefix_bytes) -> const IgnorePattern* {
    if (file.patterns.empty()) return nullptr;
    return LastMatch(file.patterns, {std::string_view(path).substr(prefix_bytes), is_directory});
  };
  const auto decision = [](const PatternFile& file, const IgnorePattern& pattern) -> Decision {
    return {!pattern.negated, file.name + ":" + std::to_string(pattern.line)};
  };
  const Rules* innermost = RulesOf(FolderOf(path));
  for (size_t group = 0; group < groups; ++group) {
    for (const Rules* rules = innermost; rules != nullptr; rules = rules->parent) {
      const PatternFile& file = rules->groups[group];
      if (const auto* pattern = decided(file, rules->prefix_bytes)) return decision(file, *pattern);
    }
  }
  if (groups < kIgnoreFileNames.size()) return {};
  for (const PatternFile& file : tree_patterns_) {
    if (const auto* pattern = decided(file, 0)) return decision(file, *pattern);
  }
  return {};
}

const Rules* Walker::RulesOf(const std::string& folder) {
  if (const auto found = rules_.find(folder); found != rules_.end()) return found->second.get();
  auto rules = std::make_unique<Rules>();
  rules->parent = folder.empty() ? nullptr : RulesOf(FolderOf(folder));
  const std::string prefix = folder.empty() ? "" : folder + "/";
  rules->prefix_bytes = prefix.size();
  for (size_t group = 0; group < kIgnoreFileNames.size(); ++group) {
    const std::string path = prefix + kIgnoreFileNames[group];
    if (auto text = tree_.Read(path, kIgnoreFileBytesMax)) {
      rules->groups[group] = {path, ParseIgnoreFile(*text)};
    }
  }
  return rules_.emplace(folder, std::move(rules)).first->second.get();
}

bool Walker::IsRepository(const std::string& folder) const {
  const std::string git = folder + "/.git";
  const auto info = tree_.Stat(git);
  if (!info) return false;
  if (info->kind == FileKind::kFile) return true;
  return info->kind == FileKind::kDirectory && tree_.Stat(git + "/HEAD").ok();
}

Result<std::string> ResolvedFolder(const std::string& folder) {
  const std::unique_ptr<char, void (*)(void*)> resolved(::realpath(folder.c_str(), nullptr),
                                                        std::free);
  if (!resolved) return Error{Code::kNotFound, "no such folder", folder};
  return std::string(resolved.get());
}

std::string FolderOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash);
}

bool IsPrintableName(const std::string& name) {
  return IsUtf8(name) && std::none_of(name.begin(), name.end(),
                                      [](unsigned char c) { return c < 0x20 || c == 0x7F; });
}

}  // namespace
}  // namespace fathom
