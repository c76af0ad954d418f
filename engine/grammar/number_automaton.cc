// SPDX-License-Identifier: Apache-2.0
#include "engine/grammar/number_automaton.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/limits.h"
#include "engine/grammar/program.h"

namespace fathom::grammar {
namespace {

int64_t PowerOfTen(int exponent) {
  int64_t power = 1;
  while (exponent-- > 0) power *= 10;
  return power;
}

// The end of a range of magnitudes: whole part, digits behind the point, whether it belongs.
struct End {
  int64_t whole = 0;
  std::string fraction;
  bool exclusive = false;

  char Digit(size_t i) const { return i < fraction.size() ? fraction[i] : '0'; }
  bool ZeroFrom(size_t i) const {
    return i >= fraction.size() || fraction.find_first_not_of('0', i) == std::string::npos;
  }
};

struct Bound {
  bool negative = false;
  bool beyond = false;  // more whole digits than any text has
  End end;
};

Result<Bound> ReadBound(const NumberBound& bound) {
  std::string text;
  if (bound.value.is_int()) {
    text = std::to_string(bound.value.as_int());
  } else {
    char buffer[400];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, bound.value.as_double(),
                                   std::chars_format::fixed);
    text.assign(buffer, end.ptr);
  }
  Bound out;
  out.end.exclusive = bound.exclusive;
  out.negative = text[0] == '-';
  if (out.negative) text.erase(0, 1);
  const size_t point = std::min(text.find('.'), text.size());
  const std::string whole = text.substr(0, point);
  if (point < text.size()) out.end.fraction = text.substr(point + 1);
  while (out.end.fraction.ends_with('0')) out.end.fraction.pop_back();
  if (whole.size() > static_cast<size_t>(kGrammarDigitsMax)) {
    out.beyond = true;
    return out;
  }
  const size_t leading =
      whole == "0" ? std::min(out.end.fraction.find_first_not_of('0'), out.end.fraction.size()) : 0;
  const size_t digits = (whole == "0" ? 0 : whole.size()) + out.end.fraction.size() - leading;
  if (digits > static_cast<size_t>(kGrammarDigitsMax) || out.end.fraction.size() > 300) {
    return Invalid("the bound " + bound.value.Dump() + " has more than " +
                   std::to_string(kGrammarDigitsMax) + " digits, which a grammar cannot hold");
  }
  std::from_chars(whole.data(), whole.data() + whole.size(), out.end.whole);
  // -0 is 0.
  if (out.end.whole == 0 && out.end.fraction.empty()) out.negative = false;
  return out;
}

// Texts of magnitudes from `least` to `most`, with up to `digits` behind the point.
class Magnitudes {
 public:
  Magnitudes(Nfa& nfa, const End& least, const End& most, size_t digits)
      : nfa_(nfa), least_(least), most_(most), digits_(digits) {}

  Fragment All() {
    if (least_.whole > most_.whole) return nfa_.Never();
    if (least_.whole == most_.whole) return Whole(least_.whole, true, true);
    Fragment all = nfa_.Or(Whole(least_.whole, true, false), Whole(most_.whole, false, true));
    const int64_t from = least_.whole + 1, to = most_.whole - 1;
    for (int length = 1; length <= kGrammarDigitsMax; ++length) {
      const int64_t first = std::max(from, length == 1 ? 0 : PowerOfTen(length - 1));
      const int64_t last = std::min(to, PowerOfTen(length) - 1);
      if (first > last) continue;
      low_ = std::to_string(first);
      high_ = std::to_string(last);
      all = nfa_.Or(all, nfa_.Then(SameLength(0, true, true), Fraction(false, false)));
    }
    return all;
  }

 private:
  Fragment Whole(int64_t whole, bool at_least, bool at_most) {
    return nfa_.Then(nfa_.Literal(std::to_string(whole)), Fraction(at_least, at_most));
  }

  static uint8_t Plus(char digit, int n) { return static_cast<uint8_t>(digit + n); }

  // Numbers from low_ to high_, which are of one length; tight: equal so far.
  Fragment SameLength(size_t i, bool tight_low, bool tight_high) {
    if (i == low_.size()) return nfa_.Empty();
    const char low = tight_low ? low_[i] : '0', high = tight_high ? high_[i] : '9';
    if (tight_low && tight_high && low == high)
      return nfa_.Then(nfa_.Literal({&low, 1}), SameLength(i + 1, true, true));
    Fragment all = nfa_.Never();
    const char free_from = tight_low ? static_cast<char>(low + 1) : low;
    const char free_to = tight_high ? static_cast<char>(high - 1) : high;
    if (tight_low) {
      all = nfa_.Or(all, nfa_.Then(nfa_.Literal({&low, 1}), SameLength(i + 1, true, false)));
    }
    if (tight_high) {
      all = nfa_.Or(all, nfa_.Then(nfa_.Literal({&high, 1}), SameLength(i + 1, false, true)));
    }
    if (free_from <= free_to) {
      Fragment rest = nfa_.Bytes(Plus(free_from, 0), Plus(free_to, 0));
      for (size_t k = i + 1; k < low_.size(); ++k) rest = nfa_.Then(rest, nfa_.Bytes('0', '9'));
      all = nfa_.Or(all, rest);
    }
    return all;
  }

  // Nothing, or a point and digits; tight: the whole part and the digits so far are those of the
  // end.
  Fragment Fraction(bool tight_least, bool tight_most) {
    Fragment all = MayStop(0, tight_least, tight_most) ? nfa_.Empty() : nfa_.Never();
    if (digits_ == 0) return all;
    return nfa_.Or(all, nfa_.Then(nfa_.Literal("."), FractionFrom(0, tight_least, tight_most)));
  }

  bool MayStop(size_t i, bool tight_least, bool tight_most) const {
    if (tight_least && (!least_.ZeroFrom(i) || least_.exclusive)) return false;
    return !(tight_most && most_.ZeroFrom(i) && most_.exclusive);
  }

  Fragment FractionFrom(size_t i, bool tight_least, bool tight_most) {
    if (i == digits_) return nfa_.Never();
    Fragment all = nfa_.Never();
    const char low = tight_least ? least_.Digit(i) : '0', high = tight_most ? most_.Digit(i) : '9';
    for (char digit = low; digit <= high; ++digit) {
      const bool least = tight_least && digit == low, most = tight_most && digit == high;
      char last = digit;
      if (!least && !most) {  // all digits between the ends go on alike
        last = tight_most ? static_cast<char>(high - 1) : high;
      }
      Fragment rest = FractionFrom(i + 1, least, most);
      if (MayStop(i + 1, least, most)) rest = nfa_.Optional(rest);
      all = nfa_.Or(all, nfa_.Then(nfa_.Bytes(Plus(digit, 0), Plus(last, 0)), rest));
      digit = last;
    }
    return all;
  }

  Nfa& nfa_;
  End least_, most_;
  size_t digits_;
  std::string low_, high_;
};

// Whole numbers that leave no rest; leading zeros and signs are the other automaton's matter.
ByteDfa Multiples(int64_t of) {
  ByteDfa dfa;
  const auto count = static_cast<size_t>(of);
  dfa.next.assign((count + 1) * 256, ByteDfa::kDead);
  dfa.accepting.assign(count + 1, 0);
  dfa.accepting[0] = 1;
  dfa.start = static_cast<uint16_t>(count);
  dfa.next[count * 256 + '-'] = dfa.start;
  for (size_t rest = 0; rest <= count; ++rest) {
    for (size_t digit = 0; digit < 10; ++digit) {
      const size_t value = (rest == count ? 0 : rest * 10) + digit;
      dfa.next[rest * 256 + '0' + digit] = static_cast<uint16_t>(value % count);
    }
  }
  return dfa;
}

}  // namespace

Result<ByteDfa> NumberAutomaton(const NumberRange& range) {
  if (!range.least && !range.most && range.multiple_of)
    return Intersection(SharedAutomaton(kIntegerDfa), Multiples(*range.multiple_of));
  std::optional<Bound> least, most;
  for (const auto& [bound, out] :
       {std::pair(&range.least, &least), std::pair(&range.most, &most)}) {
    if (!bound->has_value()) continue;
    auto read = ReadBound(**bound);
    if (!read) return read.error();
    *out = std::move(*read);
  }
  if (least && least->beyond) {
    if (!least->negative) return ByteDfa{};
    least.reset();
  }
  if (most && most->beyond) {
    if (most->negative) return ByteDfa{};
    most.reset();
  }
  Nfa nfa;
  Fragment all = nfa.Never();
  const End zero, above_zero{0, "", true};
  for (const size_t digits : {0u, 2u, 6u, 10u, 14u}) {
    if (range.integer && digits > 0) break;
    const End unbounded{PowerOfTen(kGrammarDigitsMax - static_cast<int>(digits)), "", true};
    const auto within = [&](const End& end) {
      return end.whole < unbounded.whole ? end : unbounded;
    };
    if (!most || !most->negative) {
      const End from = least && !least->negative ? least->end : zero;
      const End to = most ? within(most->end) : unbounded;
      all = nfa.Or(all, Magnitudes(nfa, from, to, digits).All());
    }
    if (!least || least->negative) {
      const End from = most && most->negative ? most->end : above_zero;
      const End to = least ? within(least->end) : unbounded;
      const Fragment negative = Magnitudes(nfa, from, to, digits).All();
      all = nfa.Or(all, nfa.Then(nfa.Literal("-"), negative));
    }
  }
  auto dfa = nfa.Determinise(all);
  if (!dfa || !range.multiple_of) return dfa;
  return Intersection(*dfa, Multiples(*range.multiple_of));
}

}  // namespace fathom::grammar
