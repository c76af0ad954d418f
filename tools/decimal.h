// SPDX-License-Identifier: Apache-2.0
// Decimal: exact decimal numbers, coefficient * 10^-scale, with any number of digits up to
// kDigitsMax. What would pass that limit is kLimit, never rounded silently.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace fathom {

class Decimal {
 public:
  static constexpr size_t kDigitsMax = 1'000;    // of the coefficient
  static constexpr int kScaleMax = 1'000;        // digits after the point
  static constexpr int kQuotientDigitsMax = 60;  // a division that goes on is not exact

  Decimal() = default;  // 0
  explicit Decimal(int64_t value);

  // "12", "1.50", ".5", "2e3", "1.5E-3"; no sign.
  static Result<Decimal> Parse(std::string_view text);

  // Without an exponent and trailing zeros after the point.
  std::string Text() const;
  double ToDouble() const;

  bool is_zero() const { return limbs_.empty(); }
  bool is_negative() const { return negative_; }
  bool is_whole() const { return scale_ == 0; }
  std::optional<int64_t> ToInt() const;  // whole and in range

  Decimal Negated() const;
  static Result<Decimal> Add(const Decimal& a, const Decimal& b);
  static Result<Decimal> Subtract(const Decimal& a, const Decimal& b) {
    return Add(a, b.Negated());
  }
  static Result<Decimal> Multiply(const Decimal& a, const Decimal& b);
  // nullopt when the quotient has no end within kQuotientDigitsMax digits after the point. b is not
  // 0.
  static Result<std::optional<Decimal>> Divide(const Decimal& a, const Decimal& b);
  // The largest whole number that is at most a / b. b is not 0.
  static Result<Decimal> FloorDivide(const Decimal& a, const Decimal& b);
  static Result<Decimal> Power(const Decimal& base, uint64_t exponent);

  std::strong_ordering operator<=>(const Decimal& other) const;
  bool operator==(const Decimal& other) const { return (*this <=> other) == 0; }

 private:
  using Limbs = std::vector<uint32_t>;  // base 10^9, least first, no leading zeros; empty is 0
  static Result<Decimal> Make(bool negative, Limbs limbs, int scale);
  static Limbs TimesPowerOfTen(Limbs limbs, int power);
  size_t DigitCount() const;
  static std::strong_ordering Compare(const Limbs& a, const Limbs& b);
  static Limbs AddLimbs(const Limbs& a, const Limbs& b);
  static Limbs SubtractLimbs(const Limbs& a, const Limbs& b);  // a >= b
  static Limbs MultiplyLimbs(const Limbs& a, const Limbs& b);
  struct Quotient;
  static Quotient DivideLimbs(const Limbs& a, const Limbs& b);
  static uint32_t DivideBySmall(Limbs* limbs, uint32_t divisor);  // the remainder
  static void Trim(Limbs* limbs);

  bool negative_ = false;
  Limbs limbs_;
  int scale_ = 0;  // >= 0, as small as it can be
};

}  // namespace fathom
