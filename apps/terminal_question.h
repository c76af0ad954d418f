// SPDX-License-Identifier: Apache-2.0
// A question to the person at the terminal that is answered with yes or no.
#pragma once

#include <optional>
#include <string>

namespace fathom {

// Someone can be asked: stdin and stderr are a terminal.
bool SomeoneIsThere();

// Writes `question` to stderr and reads one line: true for "y" or "yes". Nothing: the input ended,
// or Ctrl-C. What was typed before the question was shown does not answer it: it is dropped.
std::optional<bool> AskAtTerminal(const std::string& question);

}  // namespace fathom
