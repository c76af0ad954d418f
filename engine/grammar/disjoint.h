// SPDX-License-Identifier: Apache-2.0
// Whether no value fits two of the given schemas, as far as it shows: by their types, by the values
// they list, or by a property that objects of both must have. Internal to engine/grammar.
#pragma once

#include "base/json.h"

namespace fathom::grammar {

// False when it does not show. References are looked up in `root`.
bool AreDisjoint(const Json& root, const Json& schemas);

}  // namespace fathom::grammar
