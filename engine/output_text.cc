// SPDX-License-Identifier: Apache-2.0
#include "engine/output_text.h"

#include <algorithm>

#include "base/utf8.h"

namespace fathom {
namespace {

constexpr std::string_view kOpen = "<think>", kClose = "</think>", kCloseOnItsLine = "\n</think>";

// Length of the longest end of `text` that is a proper beginning of `word`.
size_t PartialTail(std::string_view text, std::string_view word) {
  for (size_t length = std::min(text.size(), word.size() - 1); length > 0; --length) {
    if (text.ends_with(word.substr(0, length))) return length;
  }
  return 0;
}

}  // namespace

OutputText::OutputText(std::vector<std::string> stop, bool expects_thinking, TextSink sink)
    : stop_(std::move(stop)),
      sink_(std::move(sink)),
      phase_(expects_thinking ? Phase::kStart : Phase::kAnswer) {
  std::erase_if(stop_, [](const std::string& word) { return word.empty(); });
}

void OutputText::Feed(std::string_view bytes) {
  if (stopped_) return;
  held_ += bytes;
  if (phase_ == Phase::kStart && !Start()) return;
  if (phase_ == Phase::kThinking && !Think()) return;
  Answer(false);
}

void OutputText::Finish() {
  if (stopped_) return;
  if (phase_ == Phase::kStart) phase_ = Phase::kAnswer;
  if (phase_ == Phase::kAnswer) return Answer(true);
  Emit(held_.size());
}

// True once it is known what comes first.
bool OutputText::Start() {
  const size_t text = held_.find_first_not_of(" \t\r\n");
  if (text == std::string::npos) return false;
  const std::string_view rest = std::string_view(held_).substr(text);
  if (rest.size() < kOpen.size() && kOpen.starts_with(rest)) return false;
  if (rest.starts_with(kOpen)) {
    held_.erase(0, text + kOpen.size());
    phase_ = Phase::kThinking;
    trim_newlines_ = true;
  } else {
    phase_ = Phase::kAnswer;
  }
  return true;
}

// True once thinking has ended.
bool OutputText::Think() {
  if (trim_newlines_ && !held_.empty()) {
    if (held_.front() == '\n') held_.erase(0, 1);
    trim_newlines_ = false;
  }
  const size_t close = held_.find(kClose);
  if (close == std::string::npos) {
    const size_t tail = std::max(
        {PartialTail(held_, kCloseOnItsLine), PartialTail(held_, kClose), Utf8PartialTail(held_)});
    Emit(held_.size() - tail);
    return false;
  }
  const bool own_line = close > 0 && held_[close - 1] == '\n';
  Emit(close - (own_line ? 1 : 0));
  held_.erase(0, kClose.size() + (own_line ? 1 : 0));
  phase_ = Phase::kAnswer;
  trim_newlines_ = true;
  return true;
}

void OutputText::Answer(bool final) {
  if (trim_newlines_) {
    const size_t text = held_.find_first_not_of('\n');
    held_.erase(0, text);
    trim_newlines_ = text == std::string::npos;
  }
  size_t found = std::string::npos, tail = final ? 0 : Utf8PartialTail(held_);
  for (const std::string& word : stop_) {
    found = std::min(found, held_.find(word));
    if (!final) tail = std::max(tail, PartialTail(held_, word));
  }
  if (found != std::string::npos) {
    Emit(found);
    held_.clear();
    stopped_ = true;
    return;
  }
  Emit(held_.size() - tail);
}

void OutputText::Emit(size_t bytes) {
  if (bytes == 0) return;
  const std::string_view text = std::string_view(held_).substr(0, bytes);
  const bool thinking = phase_ == Phase::kThinking;
  (thinking ? thinking_ : answer_) += text;
  if (sink_ && !closed_) closed_ = !sink_({text, thinking});
  held_.erase(0, bytes);
}

}  // namespace fathom
