// SPDX-License-Identifier: Apache-2.0
// Regular expressions of JSON Schema's `pattern` as automata over JSON strings, quotes included and
// each character in its canonical spelling. Internal to engine/grammar.
//
// Understood: literals, ., classes, \d \w \s and their opposites, \t \n \r \f \v \xHH, groups
// (?:...) and (...), |, * + ? {n} {n,} {n,m} (lazy ones too), ^ and $ at the ends of the pattern
// or of its alternatives. All else is refused by name. Where ECMA-262 and RE2 differ in what a
// class holds, it holds what both agree on.
#pragma once

#include <string_view>

#include "base/result.h"
#include "engine/grammar/byte_dfa.h"

namespace fathom::grammar {

// Strings in which the pattern is found, of least to most characters.
Result<ByteDfa> PatternAutomaton(std::string_view pattern, uint32_t least, uint32_t most);

}  // namespace fathom::grammar
