// SPDX-License-Identifier: Apache-2.0
// What every operator says about a bad call: operator, condition; and how it goes to a device.
#pragma once

#include <string>

#include "base/checked_math.h"
#include "base/result.h"
#include "kernels/cuda/operators.h"

namespace fathom {

// Returns from the calling operator with kInvalid unless `condition` holds.
#define FATHOM_REQUIRE(op, condition, what)                                    \
  do {                                                                         \
    if (!(condition)) return ::fathom::Invalid(std::string(op ": ") + (what)); \
  } while (false)

// Returns from the calling operator with what its CUDA form (kernels/cuda/operators.h) returns,
// when the backend is a device.
#if defined(FATHOM_HAS_CUDA)
#define FATHOM_ON_CUDA(backend, function, args)                \
  do {                                                         \
    if ((backend).on_device()) return function(backend, args); \
  } while (false)
#else
#define FATHOM_ON_CUDA(backend, function, args) (void)0
#endif

// Whether (a, b, c) values of 8 bytes can be counted at all; shapes come from files.
inline bool FitsMemory(size_t a, size_t b, size_t c = 1) {
  const unsigned long factors[] = {a, b, c, 8};
  return CheckedProduct(factors).has_value();
}

}  // namespace fathom
