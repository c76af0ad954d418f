// SPDX-License-Identifier: Apache-2.0
// LineEditor: lines that a person types, with editing and history, or lines of a pipe as they are.
//
// On a terminal: emacs keys, the arrows, history kept in a file (0600) across runs, Tab for the
// words it was given. A line that ends with "\" goes on; pasted line ends stay inside one message
// and are shown as "⏎" until Enter. Ctrl-C drops what was typed, Ctrl-D on an empty line ends.
// What is typed between two reads, not shown then, is read by the next one, Ctrl-D included.
// The prompt goes to stderr, so that stdout holds answers alone.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"

namespace fathom {

class LineEditor {
 public:
  struct Options {
    std::string prompt;
    std::string history_path;
    std::vector<std::string> words;  // completed at the beginning of a line
  };
  static Result<std::unique_ptr<LineEditor>> Open(const Options& options);
  ~LineEditor();

  enum class End { kLine, kDropped, kEnd };  // kDropped: Ctrl-C
  struct Line {
    End end = End::kEnd;
    std::string text;  // without its line end; longer than kChatLineBytesMax is kLimit
  };
  Result<Line> Read();

  bool is_terminal() const;

 private:
  struct Impl;
  explicit LineEditor(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace fathom
