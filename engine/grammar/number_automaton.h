// SPDX-License-Identifier: Apache-2.0
// Automata for the decimal texts of numbers within bounds. Texts have no exponent and at most
// kGrammarDigitsMax digits, so that comparing texts is comparing the doubles they are read as.
// Internal to engine/grammar.
#pragma once

#include <optional>
#include <string>

#include "base/json.h"
#include "base/result.h"
#include "engine/grammar/byte_dfa.h"

namespace fathom::grammar {

struct NumberBound {
  Json value;
  bool exclusive = false;
};

struct NumberRange {
  bool integer = false;
  std::optional<NumberBound> least, most;
  std::optional<int64_t> multiple_of;  // integers only; at most kGrammarMultipleMax
};

// No states when no text fits. kInvalid: a bound of more digits than can be told apart.
Result<ByteDfa> NumberAutomaton(const NumberRange& range);

}  // namespace fathom::grammar
