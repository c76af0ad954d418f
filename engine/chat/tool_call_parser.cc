// SPDX-License-Identifier: Apache-2.0
#include "engine/chat/tool_call_parser.h"

#include <algorithm>
#include <optional>
#include <random>

#include "base/limits.h"
#include "base/utf8.h"
#include "engine/chat/call_scanner.h"

namespace fathom {
namespace {

using Kind = ParseDelta::Kind;

constexpr std::string_view kThinkOpen = "<think>";
constexpr std::string_view kThinkClose = "</think>";
constexpr std::string_view kCallsOpen = "<tool_calls>";
constexpr std::string_view kCallsClose = "</tool_calls>";
constexpr std::string_view kTurnEnd = "<end_of_sentence>";
constexpr std::string_view kTags[] = {kThinkOpen, kThinkClose, kCallsOpen, kCallsClose, kTurnEnd};
constexpr std::string_view kBlanks = " \t\r\n";

bool IsBlank(std::string_view text) {
  return text.find_first_not_of(kBlanks) == text.npos;
}

std::string_view Trimmed(std::string_view text) {
  const size_t first = text.find_first_not_of(kBlanks);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) + 1 - first);
}

// The tag `text` starts with; empty if none. `maybe`: text is the beginning of one.
std::string_view TagAt(std::string_view text, bool* maybe) {
  *maybe = false;
  for (const std::string_view tag : kTags) {
    if (text.starts_with(tag)) return tag;
    if (tag.starts_with(text)) *maybe = true;
  }
  return {};
}

// 24 hex digits of a seed and a count (splitmix64).
std::string CallId(uint64_t seed, uint64_t index) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string id = "call_";
  for (uint64_t part = 0; part < 2; ++part) {
    uint64_t z = seed + (2 * index + part + 1) * 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    z ^= z >> 31;
    for (int digit = 0; digit < 12; ++digit) id.push_back(kHex[(z >> (4 * digit)) & 15]);
  }
  return id;
}

uint64_t RandomSeed() {
  std::random_device device;
  return (static_cast<uint64_t>(device()) << 32) | device();
}

// Bytes to whole characters: invalid bytes become U+FFFD, an unfinished character waits.
class Utf8Cleaner {
 public:
  std::string Feed(std::string_view bytes, bool last) {
    tail_.append(bytes);
    const size_t whole = tail_.size() - (last ? 0 : Utf8PartialTail(tail_));
    std::string out;
    for (size_t i = 0; i < whole;) {
      const Utf8Character character = DecodeUtf8(std::string_view(tail_).substr(0, whole), i);
      out += character.valid ? std::string_view(tail_).substr(i, character.length)
                             : std::string_view("\xEF\xBF\xBD");
      i += character.length;
    }
    tail_.erase(0, whole);
    return out;
  }

 private:
  std::string tail_;
};

}  // namespace

struct StreamParser::Impl {
  explicit Impl(const StreamParserOptions& options)
      : id_seed(options.id_seed != 0 ? options.id_seed : RandomSeed()) {
    if (options.starts_in_thinking) OpenThinking();
  }

  enum class State { kContent, kThinking, kBlock, kGarbage, kObject, kEnded };

  std::vector<ParseDelta> Feed(std::string_view text);
  std::vector<ParseDelta> Finish(FinishReason reason);
  void Run(bool last);
  bool StepOutside(bool last);
  void OnTag(std::string_view tag);
  void OnTagInThinking(std::string_view tag);
  void OnText(std::string_view text);
  bool StepBlock(bool last);
  bool StepGarbage(bool last);
  bool StepObject();
  void OnBrokenObject(char at);
  bool RecoverBlockEnd();
  void FinishObject();
  void EndObject(bool complete);
  void AddBlockText(char c);

  void OpenThinking();
  void CloseThinking();
  void Hold(std::string_view text);
  void ReleaseHeld();
  void RunHeldCalls();
  void ContentWasThinking();

  void EmitContent(std::string_view text);
  void EmitThinking(std::string_view text);
  void EmitCall();
  void DropCall(size_t index);
  ParseDelta& AddDelta(Kind kind, std::string_view text);

  std::string_view rest() const { return std::string_view(pending).substr(cursor); }

  uint64_t id_seed;
  Utf8Cleaner cleaner;
  State state = State::kContent;
  std::string pending;  // text not yet consumed, from `cursor` on
  size_t cursor = 0;
  std::vector<ParseDelta> deltas;
  ParsedMessage message;
  bool tag_taken_out = false;

  // Thinking.
  size_t think_depth = 0;
  bool thinking_seen = false;
  bool thinking_empty = true;  // this block has given nothing yet: leading blanks are dropped
  std::string thinking_blanks;
  bool holding = false;  // a tool block inside thinking: held back until it is known to be a draft
  bool held_closed = false;
  std::string held;

  // A tool block.
  std::string block_text;  // while it holds no brace: prose, perhaps
  bool brace_seen = false;
  size_t object_start = 0;  // in pending
  size_t string_start = 0;  // of its last string, from object_start
  std::optional<CallScanner> scanner;
  bool call_begun = false;
  std::string arguments;
  size_t object_count = 0;  // what ids follow from: unlike indexes it does not depend on the pieces
  size_t next_index = 0;
  std::vector<size_t> call_index;  // of message.calls
};

std::vector<ParseDelta> StreamParser::Impl::Feed(std::string_view text) {
  pending += text;
  Run(false);
  return std::exchange(deltas, {});
}

std::vector<ParseDelta> StreamParser::Impl::Finish(FinishReason reason) {
  Run(true);
  FinishObject();
  const bool cut = reason == FinishReason::kLength || reason == FinishReason::kCancelled;
  if (state == State::kThinking) {
    if (cut) {
      CloseThinking();
    } else {
      RunHeldCalls();
    }
  }
  if (state == State::kBlock || state == State::kGarbage) {
    if (!brace_seen && !IsBlank(block_text)) {
      EmitContent(kCallsOpen);
      EmitContent(block_text);
    }
    state = State::kContent;
  }
  if (tag_taken_out) message.content = std::string(Trimmed(message.content));
  state = State::kEnded;
  return std::exchange(deltas, {});
}

void StreamParser::Impl::Run(bool last) {
  bool progress = true;
  while (progress && cursor < pending.size()) {
    switch (state) {
      case State::kContent:
      case State::kThinking:
        progress = StepOutside(last);
        break;
      case State::kBlock:
        progress = StepBlock(last);
        break;
      case State::kGarbage:
        progress = StepGarbage(last);
        break;
      case State::kObject:
        progress = StepObject();
        break;
      case State::kEnded:
        cursor = pending.size();
        break;
    }
  }
  // An object stays until it is whole: what follows an end tag inside it may have to be read again.
  const size_t keep_from = state == State::kObject ? object_start : cursor;
  pending.erase(0, keep_from);
  cursor -= keep_from;
  object_start = 0;
  if (state == State::kObject) EmitCall();
}

// Content or thinking, up to the next tag or what may become one.
bool StreamParser::Impl::StepOutside(bool last) {
  const std::string_view text = rest();
  const size_t bracket = std::min(text.find('<'), text.size());
  if (bracket > 0) {
    cursor += bracket;
    OnText(text.substr(0, bracket));
    return true;
  }
  bool maybe = false;
  const std::string_view tag = TagAt(text, &maybe);
  if (!tag.empty()) {
    cursor += tag.size();
    state == State::kThinking ? OnTagInThinking(tag) : OnTag(tag);
    return true;
  }
  if (maybe && !last) return false;
  ++cursor;
  OnText("<");
  return true;
}

void StreamParser::Impl::OnText(std::string_view text) {
  if (state == State::kContent) {
    EmitContent(text);
  } else if (holding) {
    Hold(text);
  } else {
    EmitThinking(text);
  }
}

void StreamParser::Impl::OnTag(std::string_view tag) {
  if (tag == kThinkClose && !thinking_seen) ContentWasThinking();
  tag_taken_out = true;
  if (tag == kThinkOpen) {
    OpenThinking();
  } else if (tag == kCallsOpen) {
    state = State::kBlock;
    block_text.clear();
    brace_seen = false;
  } else if (tag == kTurnEnd) {
    state = State::kEnded;
  }
}

void StreamParser::Impl::OnTagInThinking(std::string_view tag) {
  if (tag == kTurnEnd) {
    RunHeldCalls();
    state = State::kEnded;
    return;
  }
  if (tag == kThinkClose && --think_depth == 0) {
    CloseThinking();
    return;
  }
  if (tag == kThinkOpen) ++think_depth;
  if (tag == kCallsOpen && !holding) {
    holding = true;
    held.clear();
  }
  if (!holding) {
    EmitThinking(tag);
    return;
  }
  if (tag == kCallsOpen) held_closed = false;
  Hold(tag);
  if (tag == kCallsClose) held_closed = true;
}

void StreamParser::Impl::OpenThinking() {
  state = State::kThinking;
  think_depth = 1;
  thinking_seen = tag_taken_out = true;
  thinking_empty = true;
  thinking_blanks.clear();
}

void StreamParser::Impl::CloseThinking() {
  ReleaseHeld();
  think_depth = 0;
  state = State::kContent;
}

// Text behind a closed block says that the thinking went on: the block was a draft.
void StreamParser::Impl::Hold(std::string_view text) {
  held += text;
  if ((held_closed && !IsBlank(text)) || held.size() > kToolCallBytesMax) ReleaseHeld();
}

void StreamParser::Impl::ReleaseHeld() {
  if (holding) EmitThinking(held);
  holding = false;
  held.clear();
}

// The model stopped inside thinking: blocks at the very end are its calls, if there is a call in
// them.
void StreamParser::Impl::RunHeldCalls() {
  if (!holding || ParseWhole(held, FinishReason::kEos, {.id_seed = id_seed}).calls.empty()) {
    CloseThinking();
    return;
  }
  holding = false;
  think_depth = 0;
  state = State::kContent;
  const std::string after = std::string(rest());
  pending = std::exchange(held, {});
  cursor = 0;
  Run(true);
  FinishObject();
  pending = after;
  cursor = 0;
}

void StreamParser::Impl::ContentWasThinking() {
  thinking_seen = true;
  if (IsBlank(message.content) && message.calls.empty()) return;
  while (!message.calls.empty()) {
    DropCall(call_index.back());
    call_index.pop_back();
    message.calls.pop_back();
  }
  AddDelta(Kind::kWasThinking, "");
  message.thinking = std::string(Trimmed(message.content));
  message.content.clear();
}

// Between the objects of a block.
bool StreamParser::Impl::StepBlock(bool last) {
  const char c = pending[cursor];
  if (c == '{') {
    state = State::kObject;
    brace_seen = true;
    scanner.emplace();
    ++object_count;
    object_start = cursor;
    arguments.clear();
    call_begun = false;
    return true;
  }
  if (std::string_view(" \t\r\n[],}").find(c) == std::string_view::npos) return StepGarbage(last);
  AddBlockText(c);
  ++cursor;
  return true;
}

void StreamParser::Impl::AddBlockText(char c) {
  if (!brace_seen && block_text.size() < kToolCallBytesMax) block_text.push_back(c);
}

// Text that is no object: left out up to the end of its line or of the block.
bool StreamParser::Impl::StepGarbage(bool last) {
  const char c = pending[cursor];
  state = State::kGarbage;
  if (c == '<') {
    bool maybe = false;
    const std::string_view tag = TagAt(rest(), &maybe);
    if (tag == kCallsClose || tag == kTurnEnd) {
      cursor += tag.size();
      state = tag == kTurnEnd ? State::kEnded : State::kContent;
      return true;
    }
    if (tag.empty() && maybe && !last) return false;
  }
  if (c == '\n') state = State::kBlock;
  if (c == '{') brace_seen = true;
  AddBlockText(c);
  ++cursor;
  return true;
}

bool StreamParser::Impl::StepObject() {
  while (cursor < pending.size()) {
    const char c = pending[cursor];
    const bool was_in_string = scanner->in_string();
    const size_t size = cursor - object_start;
    const CallScanner::Step step =
        size < kToolCallBytesMax ? scanner->Feed(c) : CallScanner::Step::kFailed;
    if (step == CallScanner::Step::kFailed) {
      OnBrokenObject(c);
      return true;
    }
    ++cursor;
    if (!was_in_string && scanner->in_string()) string_start = size + 1;
    if (step == CallScanner::Step::kDone) {
      EndObject(true);
      return true;
    }
  }
  return false;
}

void StreamParser::Impl::OnBrokenObject(char at) {
  if (RecoverBlockEnd()) return;
  EndObject(false);
  // A new object at the start of a line is not part of the broken one.
  const std::string_view object = std::string_view(pending).substr(0, cursor).substr(object_start);
  const size_t line = object.rfind('\n');
  const bool fresh_line = line != object.npos && IsBlank(object.substr(line));
  state = at == '{' && fresh_line ? State::kBlock : State::kGarbage;
}

// An object broke off inside a string that holds the end tag: the quote was never closed, the tag
// is the block's. What follows it is read again as text.
bool StreamParser::Impl::RecoverBlockEnd() {
  if (!scanner->in_string()) return false;
  const std::string_view read = std::string_view(pending).substr(0, cursor);
  const size_t tag = read.find(kCallsClose, object_start + string_start);
  if (tag == read.npos) return false;
  EndObject(false);
  state = State::kContent;
  cursor = tag + kCallsClose.size();
  return true;
}

// The output ends inside an object.
void StreamParser::Impl::FinishObject() {
  while (state == State::kObject && RecoverBlockEnd()) Run(true);
  if (state == State::kObject) EndObject(false);
}

void StreamParser::Impl::EndObject(bool complete) {
  const bool is_call = complete && scanner->IsCall() && message.calls.size() < kToolCallsMax;
  if (is_call) {
    EmitCall();
    message.calls.push_back({CallId(id_seed, object_count), scanner->name(), arguments});
    call_index.push_back(next_index - 1);
  } else {
    ++message.rejected;
    if (call_begun) DropCall(next_index - 1);
  }
  scanner.reset();
  state = State::kBlock;
}

void StreamParser::Impl::EmitCall() {
  if (!scanner->IsUnderWay() || message.calls.size() >= kToolCallsMax) return;
  if (!call_begun) {
    call_begun = true;
    ParseDelta& begin = AddDelta(Kind::kCallBegin, scanner->name());
    begin.index = next_index++;
    begin.id = CallId(id_seed, object_count);
  }
  const std::string more = scanner->TakeArguments();
  if (more.empty()) return;
  arguments += more;
  AddDelta(Kind::kArguments, more).index = next_index - 1;
}

void StreamParser::Impl::DropCall(size_t index) {
  AddDelta(Kind::kCallDropped, "").index = index;
}

void StreamParser::Impl::EmitContent(std::string_view text) {
  if (text.empty()) return;
  message.content += text;
  if (!deltas.empty() && deltas.back().kind == Kind::kContent) {
    deltas.back().text += text;
  } else {
    AddDelta(Kind::kContent, text);
  }
}

// Blanks at the ends of a thinking block are dropped; blocks are joined by a newline.
void StreamParser::Impl::EmitThinking(std::string_view text) {
  const size_t end = text.find_last_not_of(kBlanks) + 1;  // 0 when all blank
  if (end == 0) {
    if (!thinking_empty) thinking_blanks += text;
    return;
  }
  std::string out = std::exchange(thinking_blanks, std::string(text.substr(end)));
  if (thinking_empty) out.assign(message.thinking.empty() ? 0 : 1, '\n');
  const size_t from = thinking_empty ? text.find_first_not_of(kBlanks) : 0;
  out += text.substr(from, end - from);
  thinking_empty = false;
  message.thinking += out;
  if (!deltas.empty() && deltas.back().kind == Kind::kThinking) {
    deltas.back().text += out;
  } else {
    AddDelta(Kind::kThinking, out);
  }
}

ParseDelta& StreamParser::Impl::AddDelta(Kind kind, std::string_view text) {
  deltas.push_back({kind, std::string(text), 0, {}});
  return deltas.back();
}

StreamParser::StreamParser(const StreamParserOptions& options)
    : impl_(std::make_unique<Impl>(options)) {}
StreamParser::~StreamParser() = default;
StreamParser::StreamParser(StreamParser&&) noexcept = default;

std::vector<ParseDelta> StreamParser::Feed(std::string_view bytes) {
  return impl_->Feed(impl_->cleaner.Feed(bytes, false));
}

std::vector<ParseDelta> StreamParser::Finish(FinishReason reason) {
  impl_->pending += impl_->cleaner.Feed("", true);
  return impl_->Finish(reason);
}

const ParsedMessage& StreamParser::message() const {
  return impl_->message;
}

ParsedMessage ParseWhole(std::string_view text, FinishReason reason,
                         const StreamParserOptions& options) {
  StreamParser parser(options);
  parser.Feed(text);
  parser.Finish(reason);
  return parser.message();
}

}  // namespace fathom
