// SPDX-License-Identifier: Apache-2.0
// Automata for free text and one tag (a few ASCII characters). Internal to engine/grammar.
#pragma once

#include <string_view>

#include "engine/grammar/byte_dfa.h"

namespace fathom::grammar {

// All bytes up to and including the first `tag`.
ByteDfa TextThrough(std::string_view tag);
// All texts in which `tag` does not stand.
ByteDfa TextWithout(std::string_view tag);

}  // namespace fathom::grammar
