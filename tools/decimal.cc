// SPDX-License-Identifier: Apache-2.0
#include "tools/decimal.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace fathom {
namespace {

constexpr uint64_t kBase = 1'000'000'000;
constexpr int kLimbDigits = 9;

Error TooLong() {
  return {Code::kLimit,
          "a number would have more than " + std::to_string(Decimal::kDigitsMax) + " digits"};
}

}  // namespace

struct Decimal::Quotient {
  Limbs quotient, remainder;
};

Decimal::Decimal(int64_t value) : negative_(value < 0) {
  uint64_t left = negative_ ? uint64_t{0} - static_cast<uint64_t>(value) : uint64_t(value);
  for (; left > 0; left /= kBase) limbs_.push_back(static_cast<uint32_t>(left % kBase));
}

Result<Decimal> Decimal::Parse(std::string_view text) {
  const size_t exponent_at = std::min(text.find_first_of("eE"), text.size());
  std::string digits;
  int64_t scale = 0;
  bool has_point = false;
  for (const char c : text.substr(0, exponent_at)) {
    if (c == '.' && !has_point) {
      has_point = true;
      continue;
    }
    if (c < '0' || c > '9') return Invalid("\"" + std::string(text) + "\" is no number");
    digits += c;
    scale += has_point ? 1 : 0;
  }
  if (digits.empty()) return Invalid("\"" + std::string(text) + "\" is no number");
  if (digits.size() > kDigitsMax) return TooLong();
  if (exponent_at < text.size()) {
    std::string_view exponent_text = text.substr(exponent_at + 1);
    if (exponent_text.starts_with('+')) exponent_text.remove_prefix(1);
    int exponent = 0;
    const char* end = exponent_text.data() + exponent_text.size();
    const auto read = std::from_chars(exponent_text.data(), end, exponent);
    if (read.ptr != end || exponent_text.empty()) {
      return Invalid("\"" + std::string(text) + "\" is no number");
    }
    if (read.ec != std::errc() || std::abs(int64_t{exponent}) > kScaleMax) return TooLong();
    scale -= exponent;
  }
  Limbs limbs;
  for (size_t end = digits.size(); end > 0;) {
    const size_t start = end > kLimbDigits ? end - kLimbDigits : 0;
    uint32_t limb = 0;
    std::from_chars(digits.data() + start, digits.data() + end, limb);
    limbs.push_back(limb);
    end = start;
  }
  Trim(&limbs);
  if (scale < 0) {
    limbs = TimesPowerOfTen(std::move(limbs), static_cast<int>(-scale));
    scale = 0;
  }
  return Make(false, std::move(limbs), static_cast<int>(scale));
}

std::string Decimal::Text() const {
  if (is_zero()) return "0";
  std::string digits = std::to_string(limbs_.back());
  for (size_t i = limbs_.size() - 1; i-- > 0;) {
    const std::string limb = std::to_string(limbs_[i]);
    digits.append(kLimbDigits - limb.size(), '0').append(limb);
  }
  const auto places = static_cast<size_t>(scale_);
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  if (places > 0) digits.insert(digits.size() - places, ".");
  return negative_ ? "-" + digits : digits;
}

double Decimal::ToDouble() const {
  const std::string text = Text();
  double value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() && limbs_.size() > static_cast<size_t>(scale_) / kLimbDigits) {
    const double infinity = std::numeric_limits<double>::infinity();
    return negative_ ? -infinity : infinity;
  }
  return value;
}

std::optional<int64_t> Decimal::ToInt() const {
  if (!is_whole()) return std::nullopt;
  const std::string text = Text();
  int64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc()) return std::nullopt;
  return value;
}

Decimal Decimal::Negated() const {
  Decimal result = *this;
  result.negative_ = !negative_ && !is_zero();
  return result;
}

Result<Decimal> Decimal::Add(const Decimal& a, const Decimal& b) {
  const int scale = std::max(a.scale_, b.scale_);
  const Limbs x = TimesPowerOfTen(a.limbs_, scale - a.scale_);
  const Limbs y = TimesPowerOfTen(b.limbs_, scale - b.scale_);
  if (a.negative_ == b.negative_) return Make(a.negative_, AddLimbs(x, y), scale);
  if (Compare(x, y) >= 0) return Make(a.negative_, SubtractLimbs(x, y), scale);
  return Make(b.negative_, SubtractLimbs(y, x), scale);
}

Result<Decimal> Decimal::Multiply(const Decimal& a, const Decimal& b) {
  return Make(a.negative_ != b.negative_, MultiplyLimbs(a.limbs_, b.limbs_), a.scale_ + b.scale_);
}

Result<std::optional<Decimal>> Decimal::Divide(const Decimal& a, const Decimal& b) {
  CHECK(!b.is_zero());
  // a / b = (a.limbs * 10^(shift + b.scale) / b.limbs) * 10^-(a.scale + shift)
  const int shift = std::max(0, kQuotientDigitsMax - a.scale_);
  const Quotient divided = DivideLimbs(TimesPowerOfTen(a.limbs_, shift + b.scale_), b.limbs_);
  if (!divided.remainder.empty()) return std::optional<Decimal>();
  auto result = Make(a.negative_ != b.negative_, divided.quotient, a.scale_ + shift);
  if (!result) return result.error();
  return std::optional<Decimal>(std::move(*result));
}

Result<Decimal> Decimal::FloorDivide(const Decimal& a, const Decimal& b) {
  CHECK(!b.is_zero());
  const int scale = std::max(a.scale_, b.scale_);
  Quotient divided = DivideLimbs(TimesPowerOfTen(a.limbs_, scale - a.scale_),
                                 TimesPowerOfTen(b.limbs_, scale - b.scale_));
  const bool negative = a.negative_ != b.negative_;
  if (negative && !divided.remainder.empty()) {
    divided.quotient = AddLimbs(divided.quotient, {1});
  }
  return Make(negative, std::move(divided.quotient), 0);
}

Result<Decimal> Decimal::Power(const Decimal& base, uint64_t exponent) {
  Decimal result(1), square = base;
  for (; exponent > 0; exponent >>= 1) {
    if ((exponent & 1) != 0) {
      auto product = Multiply(result, square);
      if (!product) return product;
      result = std::move(*product);
    }
    if (exponent == 1) break;
    auto next = Multiply(square, square);
    if (!next) return next;
    square = std::move(*next);
    if (square.is_zero()) return Decimal();
  }
  return result;
}

std::strong_ordering Decimal::operator<=>(const Decimal& other) const {
  if (negative_ != other.negative_) {
    return negative_ ? std::strong_ordering::less : std::strong_ordering::greater;
  }
  const int scale = std::max(scale_, other.scale_);
  const auto order = Compare(TimesPowerOfTen(limbs_, scale - scale_),
                             TimesPowerOfTen(other.limbs_, scale - other.scale_));
  return negative_ ? 0 <=> order : order;
}

Result<Decimal> Decimal::Make(bool negative, Limbs limbs, int scale) {
  Decimal result;
  Trim(&limbs);
  while (scale > 0 && !limbs.empty() && limbs[0] % 10 == 0) {
    DivideBySmall(&limbs, 10);
    --scale;
  }
  result.limbs_ = std::move(limbs);
  result.scale_ = result.is_zero() ? 0 : scale;
  result.negative_ = negative && !result.is_zero();
  if (result.scale_ > kScaleMax || result.DigitCount() > kDigitsMax) return TooLong();
  return result;
}

Decimal::Limbs Decimal::TimesPowerOfTen(Limbs limbs, int power) {
  if (limbs.empty()) return limbs;
  limbs.insert(limbs.begin(), static_cast<size_t>(power / kLimbDigits), 0);
  uint32_t factor = 1;
  for (int i = 0; i < power % kLimbDigits; ++i) factor *= 10;
  return MultiplyLimbs(limbs, {factor});
}

size_t Decimal::DigitCount() const {
  if (limbs_.empty()) return 1;
  return (limbs_.size() - 1) * kLimbDigits + std::to_string(limbs_.back()).size();
}

std::strong_ordering Decimal::Compare(const Limbs& a, const Limbs& b) {
  if (a.size() != b.size()) return a.size() <=> b.size();
  for (size_t i = a.size(); i-- > 0;) {
    if (a[i] != b[i]) return a[i] <=> b[i];
  }
  return std::strong_ordering::equal;
}

Decimal::Limbs Decimal::AddLimbs(const Limbs& a, const Limbs& b) {
  Limbs sum;
  uint64_t carry = 0;
  for (size_t i = 0; i < std::max(a.size(), b.size()) || carry > 0; ++i) {
    carry += (i < a.size() ? a[i] : 0) + uint64_t{i < b.size() ? b[i] : 0};
    sum.push_back(static_cast<uint32_t>(carry % kBase));
    carry /= kBase;
  }
  return sum;
}

Decimal::Limbs Decimal::SubtractLimbs(const Limbs& a, const Limbs& b) {
  Limbs difference;
  int64_t borrow = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    int64_t digit = int64_t{a[i]} - borrow - (i < b.size() ? int64_t{b[i]} : 0);
    borrow = digit < 0 ? 1 : 0;
    if (borrow > 0) digit += static_cast<int64_t>(kBase);
    difference.push_back(static_cast<uint32_t>(digit));
  }
  CHECK(borrow == 0);
  Trim(&difference);
  return difference;
}

Decimal::Limbs Decimal::MultiplyLimbs(const Limbs& a, const Limbs& b) {
  Limbs product(a.size() + b.size(), 0);
  for (size_t i = 0; i < a.size(); ++i) {
    uint64_t carry = 0;
    for (size_t j = 0; j < b.size() || carry > 0; ++j) {
      carry += product[i + j] + uint64_t{a[i]} * (j < b.size() ? b[j] : 0);
      product[i + j] = static_cast<uint32_t>(carry % kBase);
      carry /= kBase;
    }
  }
  Trim(&product);
  return product;
}

// Knuth, The Art of Computer Programming 2, 4.3.1, algorithm D, in base 10^9.
Decimal::Quotient Decimal::DivideLimbs(const Limbs& a, const Limbs& b) {
  if (Compare(a, b) < 0) return {{}, a};
  if (b.size() == 1) {
    Limbs quotient = a;
    const uint32_t rest = DivideBySmall(&quotient, b[0]);
    return {quotient, rest == 0 ? Limbs{} : Limbs{rest}};
  }
  const auto factor = static_cast<uint32_t>(kBase / (b.back() + 1));
  Limbs left = MultiplyLimbs(a, {factor});
  const Limbs divisor = MultiplyLimbs(b, {factor});
  left.resize(a.size() + 1, 0);
  const size_t size = divisor.size();
  Limbs quotient(a.size() - size + 1, 0);
  for (size_t at = quotient.size(); at-- > 0;) {
    const uint64_t top = left[at + size] * kBase + left[at + size - 1];
    uint64_t digit = top / divisor[size - 1], rest = top % divisor[size - 1];
    while (digit >= kBase || digit * divisor[size - 2] > rest * kBase + left[at + size - 2]) {
      --digit;
      rest += divisor[size - 1];
      if (rest >= kBase) break;
    }
    int64_t borrow = 0;
    uint64_t carry = 0;
    for (size_t i = 0; i <= size; ++i) {
      carry += digit * (i < size ? divisor[i] : 0);
      int64_t value = int64_t{left[at + i]} - borrow - static_cast<int64_t>(carry % kBase);
      carry /= kBase;
      borrow = value < 0 ? 1 : 0;
      left[at + i] = static_cast<uint32_t>(value + borrow * static_cast<int64_t>(kBase));
    }
    if (borrow > 0) {  // the estimate was one too large
      --digit;
      uint64_t sum = 0;
      for (size_t i = 0; i <= size; ++i) {
        sum += left[at + i] + uint64_t{i < size ? divisor[i] : 0};
        left[at + i] = static_cast<uint32_t>(sum % kBase);
        sum /= kBase;
      }
    }
    quotient[at] = static_cast<uint32_t>(digit);
  }
  Trim(&quotient);
  Trim(&left);
  DivideBySmall(&left, factor);
  return {quotient, left};
}

uint32_t Decimal::DivideBySmall(Limbs* limbs, uint32_t divisor) {
  uint64_t rest = 0;
  for (size_t i = limbs->size(); i-- > 0;) {
    rest = rest * kBase + (*limbs)[i];
    (*limbs)[i] = static_cast<uint32_t>(rest / divisor);
    rest %= divisor;
  }
  Trim(limbs);
  return static_cast<uint32_t>(rest);
}

void Decimal::Trim(Limbs* limbs) {
  while (!limbs->empty() && limbs->back() == 0) limbs->pop_back();
}

}  // namespace fathom
