// SPDX-License-Identifier: Apache-2.0
// Size arithmetic that cannot wrap: every size that comes from a file goes through here.
#pragma once

#include <concepts>
#include <initializer_list>
#include <optional>

namespace fathom {

template <std::unsigned_integral T>
std::optional<T> CheckedAdd(T a, T b) {
  T sum;
  if (__builtin_add_overflow(a, b, &sum)) return std::nullopt;
  return sum;
}

template <std::unsigned_integral T>
std::optional<T> CheckedMul(T a, T b) {
  T product;
  if (__builtin_mul_overflow(a, b, &product)) return std::nullopt;
  return product;
}

// The product of all factors. A zero factor does not excuse an overflow of the others: [2^32, 2^32,
// 0] is nullopt.
template <typename Range>
std::optional<unsigned long> CheckedProduct(const Range& factors) {
  unsigned long product = 1;
  bool zero = false;
  for (unsigned long factor : factors) {
    if (factor == 0) {
      zero = true;
      continue;
    }
    const auto next = CheckedMul(product, factor);
    if (!next) return std::nullopt;
    product = *next;
  }
  return zero ? 0 : product;
}

}  // namespace fathom
