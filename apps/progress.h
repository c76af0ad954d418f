// SPDX-License-Identifier: Apache-2.0
// Progress: what the program is doing, on stderr. One live line on a terminal; on a pipe, one line
// a stage; nothing when quiet. Output for programs never goes here.
#pragma once

#include <chrono>
#include <string>

#include "rag/reading.h"

namespace fathom {

class ProgressLine {
 public:
  struct Options {
    bool quiet = false;
  };
  explicit ProgressLine(const Options& options);
  ~ProgressLine();  // leaves the terminal clean

  void Stage(const std::string& text);            // a new stage, e.g. "loading nano"
  void Reading(const ReadingProgress& progress);  // files, tokens, tokens/s, time left
  void Done();

 private:
  void Show(const std::string& text);

  bool quiet_;
  bool terminal_;
  std::string stage_;
  size_t shown_ = 0;  // columns of the live line
  std::chrono::steady_clock::time_point last_{};
  std::chrono::steady_clock::time_point read_start_{};
};

// Of stdout's terminal; 100 on a pipe.
size_t TerminalColumns();

// "1,234,567"
std::string Thousands(size_t value);
// "3.2 s", "2 min 05 s"
std::string Duration(double seconds);
// "12.4 MB" (1e6)
std::string Megabytes(size_t bytes);

}  // namespace fathom
