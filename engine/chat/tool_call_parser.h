// SPDX-License-Identifier: Apache-2.0
// What the model wrote, taken apart: content, thinking, tool calls. One state machine reads it in
// any pieces; reading it whole is one piece. M1's tags (<think>, <tool_calls>) are ordinary text.
//
// Promises
//  * The same bytes in any pieces give the same ParsedMessage. Deltas, applied in order, give it
//  too:
//    content up to blanks at its two ends, thinking and arguments exactly.
//  * Never fails: what is no call is left out and counted in `rejected`. Memory and work are
//  linear.
//  * All text given out is valid UTF-8 in whole characters; other bytes become U+FFFD.
//
// Decisions
//  * A call is one JSON object in a block, on one line or several. JSON is read as JSON, so braces,
//    quotes and tags inside strings are text. A line of other text, or an object that breaks, is
//    left out up to its end of line; so are surplus closing brackets. An unclosed block counts.
//  * Arguments are an object, or a string that holds one; else it is no call. They are given as
//    written, with \uXXXX of printable characters written out. Their meaning (1e400, duplicate
//    keys, schema) and the names of tools are judged where calls are carried out, which can answer.
//  * Text outside blocks and thinking is content, also after a block. Once a tag has been taken
//  out,
//    content has no blanks at its ends.
//  * Thinking never gives calls, at any nesting of <think>. If it is still open when the model
//  stops
//    of its own accord, blocks that end the output are its calls (models forget to close it); cut
//    off by a limit they are not.
//  * </think> without <think>: what came before it was thinking (kWasThinking, and its calls are
//    dropped); a later stray one is left out.
//  * The text <end_of_sentence> outside strings ends the message: nothing after it is read.
//  * A block that is never closed and holds no brace is prose about the tag, and stays content.
// Source: MiniMax-M1 function-call guide; the cases are in tool_call_parser_test.cc.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/chat/chat.h"

namespace fathom {

struct ParseDelta {
  enum class Kind {
    kContent,      // text: more content
    kThinking,     // text: more thinking
    kCallBegin,    // index, id, text: the tool's name
    kArguments,    // index, text: more of the arguments
    kCallDropped,  // index: this call turned out to be none
    kWasThinking,  // all content given so far was thinking
  };
  Kind kind = Kind::kContent;
  std::string text;
  size_t index = 0;  // of the call in the stream, from 0
  std::string id;
};

struct ParsedMessage {
  std::string content;
  std::string thinking;
  std::vector<ToolCall> calls;
  size_t rejected = 0;  // objects in blocks that were no call
};

struct StreamParserOptions {
  uint64_t id_seed = 0;             // call ids follow from it; 0: from the system's random numbers
  bool starts_in_thinking = false;  // the prompt already holds <think>
};

class StreamParser {
 public:
  explicit StreamParser(const StreamParserOptions& options = {});
  ~StreamParser();
  StreamParser(StreamParser&&) noexcept;

  std::vector<ParseDelta> Feed(std::string_view bytes);
  // kLength and kCancelled: the model was cut off. Feed() may not follow.
  std::vector<ParseDelta> Finish(FinishReason reason);
  // After Finish().
  const ParsedMessage& message() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

ParsedMessage ParseWhole(std::string_view text, FinishReason reason = FinishReason::kEos,
                         const StreamParserOptions& options = {});

}  // namespace fathom
