// SPDX-License-Identifier: Apache-2.0
// The events of a turn for people: the answer on stdout as it comes, all else on stderr.
#pragma once

#include <string>

#include "agent/event.h"

namespace fathom {

class TurnPrinter {
 public:
  struct Options {
    bool jsonl = false;          // events on stdout instead
    bool stream_answer = false;  // the answer's deltas go to stdout
    bool show_thinking = false;
    bool quiet = false;
  };
  explicit TurnPrinter(const Options& options);

  void Show(const Event& event);

 private:
  void ShowThinking(const std::string& text);
  void Note(const std::string& text);

  Options options_;
  bool colour_;
  bool in_answer_ = false, in_thinking_ = false;
  int64_t thinking_before_ = 0;
};

}  // namespace fathom
