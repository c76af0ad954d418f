// SPDX-License-Identifier: Apache-2.0
#include "rag/corpus.h"

#include <algorithm>
#include <filesystem>

#include "base/limits.h"
#include "base/rooted_dir.h"
#include "base/walk.h"
#include "rag/detect.h"

namespace fathom {
namespace {

bool IsBlank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

class CorpusReader {
 public:
  CorpusReader(const CorpusOptions& options, Corpus& corpus) : options_(options), corpus_(corpus) {}

  Status ReadFolder(const std::string& path) {
    auto walked = Walk(path);
    if (!walked) return walked.error();
    for (const SkippedEntry& entry : walked->skipped) {
      std::string reason(SkipReasonText(entry.reason));
      if (!entry.detail.empty()) reason += " (" + entry.detail + ")";
      corpus_.skipped.push_back({entry.path, std::move(reason)});
    }
    Order(*walked);
    auto root = RootedDir::Open(path, RootedDir::Symlinks::kRefuse);
    if (!root) return root.error();
    for (const WalkedFile& file : walked->files) {
      if (options_.cancel && options_.cancel->load())
        return Error{Code::kCancelled, "stopped while reading files"};
      Add(*root, file);
    }
    return {};
  }

  Status ReadOne(const std::filesystem::path& path) {
    auto root = RootedDir::Open(path.parent_path().string(), RootedDir::Symlinks::kInside);
    if (!root) return root.error();
    Add(*root, {.path = path.filename().string()});
    return {};
  }

 private:
  // Rarely changed files first, so that an ordinary edit leaves a long prefix of the pack as it
  // was.
  static void Order(WalkResult& walked) {
    if (walked.commits_counted == 0) return;
    std::stable_sort(
        walked.files.begin(), walked.files.end(),
        [](const WalkedFile& a, const WalkedFile& b) { return a.commit_count < b.commit_count; });
  }

  void Skip(const std::string& path, std::string reason) {
    corpus_.skipped.push_back({path, std::move(reason)});
  }

  void Add(const RootedDir& root, const WalkedFile& walked) {
    if (!options_.include_vendored && IsVendored(walked.path)) return Skip(walked.path, "vendored");
    if (walked.size_bytes > kCorpusFileBytesMax) return Skip(walked.path, "larger than 8 MiB");
    auto bytes = root.Read(walked.path, kCorpusFileBytesMax);
    if (!bytes) return Skip(walked.path, bytes.error().message);
    if (const auto reason = NotText(*bytes)) return Skip(walked.path, *reason);
    if (!options_.include_generated && IsGenerated(walked.path, *bytes))
      return Skip(walked.path, "generated");
    CorpusFile file{.path = walked.path,
                    .language = LanguageOf(walked.path, *bytes),
                    .bytes = std::move(*bytes),
                    .changes = static_cast<uint32_t>(std::max(walked.commit_count, 0))};
    file.lines = SplitLines(file.bytes);
    if (file.lines.empty()) return Skip(walked.path, "empty");
    corpus_.bytes += file.bytes.size();
    corpus_.lines += file.lines.size();
    corpus_.files.push_back(std::move(file));
    if (options_.progress) options_.progress(corpus_.files.size(), corpus_.bytes);
  }

  const CorpusOptions& options_;
  Corpus& corpus_;
};

}  // namespace

const CorpusFile* Corpus::Find(std::string_view path) const {
  const auto it = std::find_if(files.begin(), files.end(),
                               [&](const CorpusFile& file) { return file.path == path; });
  return it == files.end() ? nullptr : &*it;
}

std::vector<LineSpan> SplitLines(std::string_view bytes) {
  std::vector<LineSpan> lines;
  size_t begin = 0;
  while (begin < bytes.size()) {
    size_t newline = bytes.find('\n', begin);
    if (newline == std::string_view::npos) newline = bytes.size();
    size_t end = newline;
    while (end > begin && IsBlank(bytes[end - 1])) --end;
    lines.push_back({static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
    begin = newline + 1;
  }
  return lines;
}

Result<Corpus> ReadCorpus(const std::string& path, const CorpusOptions& options) {
  std::error_code error;
  const std::filesystem::path absolute = std::filesystem::canonical(path, error);
  if (error) return Error{Code::kNotFound, "no such file or folder", path};
  Corpus corpus{.root = absolute.string()};
  CorpusReader reader(options, corpus);
  const bool folder = std::filesystem::is_directory(absolute, error);
  if (auto status = folder ? reader.ReadFolder(absolute.string()) : reader.ReadOne(absolute);
      !status) {
    return status.error();
  }
  return corpus;
}

}  // namespace fathom
