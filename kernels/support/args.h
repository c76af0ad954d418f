// SPDX-License-Identifier: Apache-2.0
// What every operator says about a bad call: operator, condition.
#pragma once

#include <string>

#include "base/checked_math.h"
#include "base/result.h"

namespace fathom {

// Returns from the calling operator with kInvalid unless `condition` holds.
#define FATHOM_REQUIRE(op, condition, what)                                    \
  do {                                                                         \
    if (!(condition)) return ::fathom::Invalid(std::string(op ": ") + (what)); \
  } while (false)

// Whether (a, b, c) values of 8 bytes can be counted at all; shapes come from files.
inline bool FitsMemory(size_t a, size_t b, size_t c = 1) {
  const unsigned long factors[] = {a, b, c, 8};
  return CheckedProduct(factors).has_value();
}

}  // namespace fathom
