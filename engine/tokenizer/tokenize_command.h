// SPDX-License-Identifier: Apache-2.0
// `fathom model tokenize`: a JSON string per line in, a JSON array of token ids per line out.
#pragma once

#include <iosfwd>

#include "engine/tokenizer/tokenizer.h"

namespace fathom {

struct TokenizeCommandOptions {
  bool trusted = false;  // special strings become their ids; otherwise all text is content
};

// Empty lines are skipped. A line that is no JSON string ends the command with a message on `err`
// and status 2; else 0.
int RunTokenizeCommand(const Tokenizer& tokenizer, const TokenizeCommandOptions& options,
                       std::istream& in, std::ostream& out, std::ostream& err);

}  // namespace fathom
