// SPDX-License-Identifier: Apache-2.0
// OutputText: turns the bytes of sampled tokens into thinking and answer, piece by piece.
//
// <think> and </think> are ordinary text to M1 and its tokenizer splits them in varying ways, so
// tags and stop strings are matched on bytes, across token boundaries. Only what can no longer
// become part of a tag, a stop string or an unfinished UTF-8 character is handed on; bytes that are
// no UTF-8 pass unchanged. One newline after <think> and before </think> and all newlines after
// </think> belong to neither text.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/engine.h"

namespace fathom {

class OutputText {
 public:
  enum class Phase { kStart, kThinking, kAnswer };

  // expects_thinking: a leading <think> opens thinking; without it everything is the answer. Stop
  // strings count in the answer alone; empty ones are ignored.
  OutputText(std::vector<std::string> stop, bool expects_thinking, TextSink sink);

  void Feed(std::string_view bytes);
  void Finish();  // hands on what was held back

  Phase phase() const { return phase_; }
  bool stopped() const { return stopped_; }     // a stop string was met: feed no more
  bool sink_closed() const { return closed_; }  // the sink returned false

  std::string TakeAnswer() { return std::move(answer_); }
  std::string TakeThinking() { return std::move(thinking_); }

 private:
  bool Start();
  bool Think();
  void Answer(bool final);
  void Emit(size_t bytes);  // the first bytes of held_, to the text of this phase

  std::vector<std::string> stop_;
  TextSink sink_;
  Phase phase_;
  std::string held_;
  std::string answer_, thinking_;
  bool trim_newlines_ = false;  // at the start of held_: after a tag
  bool stopped_ = false, closed_ = false;
};

}  // namespace fathom
