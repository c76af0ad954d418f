// SPDX-License-Identifier: Apache-2.0
// Schemas that must all hold, as one. Internal to engine/grammar.
#pragma once

#include "base/json.h"
#include "base/result.h"

namespace fathom::grammar {

// Keywords without allOf, anyOf, oneOf, $ref, enum and const, of which a grammar holds all. Inner
// schemas that both sides give are left as {"allOf": [a, b]}. The error's message is what cannot be
// one.
Result<Json> MergedSchemas(const Json& a, const Json& b);

}  // namespace fathom::grammar
