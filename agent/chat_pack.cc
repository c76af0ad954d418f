// SPDX-License-Identifier: Apache-2.0
#include "agent/chat_pack.h"

namespace fathom {
namespace {

constexpr size_t kBytesPerToken = 3;
constexpr size_t kQuestionTokensMax = 1'024;  // of a window, kept free for question and schema
constexpr size_t kCorpusTokensMin = 512;

class Packer {
 public:
  Packer(const Corpus& corpus, size_t capacity) : corpus_(corpus), capacity_(capacity) {
    NewWindow();
  }

  void Add(uint32_t index) {
    const CorpusFile& file = corpus_.files[index];
    heading_ = "== " + file.path + "\n";
    size_t tokens = ChatTokensOf(heading_.size());
    for (size_t line = 0; line < file.lines.size(); ++line) tokens += TokensOf(file, line);
    Pack& pack = packed_.pack;
    if (used_ + tokens > capacity_ && !pack.windows.back().lines.empty()) NewWindow();
    Head();
    pack.files.push_back({.file = index, .tokens = tokens, .window = pack.windows.size() - 1});
    pack.tokens += tokens;
    for (uint32_t line = 0; line < file.lines.size(); ++line) AddLine(index, line);
  }

  ChatPack Take() { return std::move(packed_); }

 private:
  static size_t TokensOf(const CorpusFile& file, size_t line) {
    return ChatTokensOf(file.Line(line).size() + 8);  // with " #n" and the newline
  }

  void NewWindow() {
    packed_.pack.windows.emplace_back();
    packed_.texts.emplace_back();
    used_ = 0;
  }

  void Head() {
    used_ += ChatTokensOf(heading_.size());
    packed_.texts.back() += heading_;
  }

  void AddLine(uint32_t index, uint32_t line) {
    const CorpusFile& file = corpus_.files[index];
    size_t needs = TokensOf(file, line);
    const bool is_omitted = needs + ChatTokensOf(heading_.size()) > capacity_;
    if (is_omitted) {
      packed_.pack.omitted.push_back({.file = index, .line = line});
      needs = ChatTokensOf(8);
    }
    if (used_ + needs > capacity_) {
      NewWindow();
      Head();
    }
    used_ += needs;
    Window& window = packed_.pack.windows.back();
    window.lines.push_back({.file = index, .line = line});
    std::string& text = packed_.texts.back();
    if (!is_omitted) text += file.Line(line);
    text += " #" + std::to_string(window.lines.size()) + "\n";
  }

  const Corpus& corpus_;
  size_t capacity_;
  ChatPack packed_;
  std::string heading_;
  size_t used_ = 0;
};

}  // namespace

size_t ChatTokensOf(size_t bytes) {
  return bytes / kBytesPerToken + 1;
}

Result<ChatPack> PackForChat(const Profile& profile, const Corpus& corpus) {
  size_t reserved =
      kQuestionTokensMax + profile.output_tokens_max + ChatTokensOf(profile.system_text.size());
  if (profile.thinking.supported) reserved += profile.thinking.tokens_default;
  if (profile.window_tokens() < reserved + kCorpusTokensMin) {
    return Invalid("the window of " + std::to_string(profile.window_tokens()) +
                       " tokens leaves no room for a corpus: " + std::to_string(reserved) +
                       " are kept for question and answer; raise the window or lower "
                       "output_tokens_max in the profile",
                   profile.source);
  }
  Packer packer(corpus, profile.window_tokens() - reserved);
  for (uint32_t file = 0; file < corpus.files.size(); ++file) packer.Add(file);
  return packer.Take();
}

}  // namespace fathom
