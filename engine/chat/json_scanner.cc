// SPDX-License-Identifier: Apache-2.0
#include "engine/chat/json_scanner.h"

#include "base/limits.h"
#include "base/utf8.h"

namespace fathom {
namespace {

using Step = JsonScanner::Step;

bool IsBlank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}
int HexValue(char c) {
  if (IsDigit(c)) return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

bool IsHighSurrogate(char32_t point) {
  return point >= 0xD800 && point < 0xDC00;
}
bool IsSurrogate(char32_t point) {
  return point >= 0xD800 && point < 0xE000;
}

// Of "\uXXXX" at the start of `escape`.
char32_t PointOf(std::string_view escape) {
  char32_t point = 0;
  for (int i = 2; i < 6; ++i) point = (point << 4) | static_cast<char32_t>(HexValue(escape[i]));
  return point;
}

}  // namespace

Step JsonScanner::Feed(char c) {
  if (in_string()) return FeedString(c);
  if (place_ == Place::kLiteral) return FeedLiteral(c);
  if (place_ == Place::kNumber) return FeedNumber(c);
  if (IsBlank(c)) return Step::kMore;
  switch (place_) {
    case Place::kFirstValue:
      return c == ']' ? Close(c) : BeginValue(c);
    case Place::kValue:
      return BeginValue(c);
    case Place::kFirstKey:
      if (c == '}') return Close(c);
      [[fallthrough]];
    case Place::kKey:
      if (c != '"') return Step::kFailed;
      place_ = Place::kKeyString;
      return Step::kMore;
    case Place::kColon:
      if (c != ':') return Step::kFailed;
      place_ = Place::kValue;
      return Step::kMore;
    case Place::kAfterValue:
      return AfterValue(c);
    default:
      return Step::kFailed;
  }
}

Step JsonScanner::BeginValue(char c) {
  if (c == '{' || c == '[') {
    if (open_.size() >= kParseDepthMax) return Step::kFailed;
    open_.push_back(c);
    place_ = c == '{' ? Place::kFirstKey : Place::kFirstValue;
    return Step::kMore;
  }
  if (c == '"') {
    place_ = Place::kValueString;
    return Step::kMore;
  }
  if (c == '-' || IsDigit(c)) {
    place_ = Place::kNumber;
    number_ = c == '-' ? Number::kMinus : c == '0' ? Number::kZero : Number::kWhole;
    return Step::kMore;
  }
  for (const std::string_view literal : {"true", "false", "null"}) {
    if (c != literal[0]) continue;
    place_ = Place::kLiteral;
    literal_ = literal.substr(1);
    return Step::kMore;
  }
  return Step::kFailed;
}

Step JsonScanner::FeedString(char c) {
  if (hex_left_ > 0) {
    --hex_left_;
    return HexValue(c) >= 0 ? Step::kMore : Step::kFailed;
  }
  if (escaped_) {
    escaped_ = false;
    if (c == 'u') hex_left_ = 4;
    return std::string_view("\"\\/bfnrtu").find(c) == std::string_view::npos ? Step::kFailed
                                                                             : Step::kMore;
  }
  if (static_cast<unsigned char>(c) < 0x20) return Step::kFailed;
  if (c == '\\') escaped_ = true;
  if (c != '"') return Step::kMore;
  if (place_ == Place::kValueString) return EndValue();
  place_ = Place::kColon;
  return Step::kMore;
}

Step JsonScanner::FeedNumber(char c) {
  const bool exponent = c == 'e' || c == 'E';
  const Number before = number_;
  switch (before) {
    case Number::kMinus:
      if (!IsDigit(c)) return Step::kFailed;
      number_ = c == '0' ? Number::kZero : Number::kWhole;
      return Step::kMore;
    case Number::kPoint:
    case Number::kSign:
      if (!IsDigit(c)) return Step::kFailed;
      number_ = before == Number::kPoint ? Number::kFraction : Number::kExponent;
      return Step::kMore;
    case Number::kE:
      if (!IsDigit(c) && c != '+' && c != '-') return Step::kFailed;
      number_ = IsDigit(c) ? Number::kExponent : Number::kSign;
      return Step::kMore;
    case Number::kZero:
    case Number::kWhole:
    case Number::kFraction:
    case Number::kExponent:
      break;
  }
  if (IsDigit(c)) return before == Number::kZero ? Step::kFailed : Step::kMore;
  if (c == '.' && (before == Number::kZero || before == Number::kWhole)) {
    number_ = Number::kPoint;
    return Step::kMore;
  }
  if (exponent && before != Number::kExponent) {
    number_ = Number::kE;
    return Step::kMore;
  }
  EndValue();
  return Feed(c);  // the byte that ends a number belongs to what follows; never a number again
}

Step JsonScanner::FeedLiteral(char c) {
  if (c != literal_[0]) return Step::kFailed;
  literal_.remove_prefix(1);
  return literal_.empty() ? EndValue() : Step::kMore;
}

Step JsonScanner::AfterValue(char c) {
  if (open_.empty()) return Step::kFailed;
  if (c == ',') {
    place_ = open_.back() == '{' ? Place::kKey : Place::kValue;
    return Step::kMore;
  }
  return Close(c);
}

Step JsonScanner::Close(char c) {
  if (open_.empty() || c != (open_.back() == '{' ? '}' : ']')) return Step::kFailed;
  open_.pop_back();
  return EndValue();
}

Step JsonScanner::EndValue() {
  place_ = open_.empty() ? Place::kEnd : Place::kAfterValue;
  return open_.empty() ? Step::kDone : Step::kMore;
}

void StringUnescaper::Feed(char c, std::string* out) {
  if (escape_.empty() && c != '\\') {
    out->push_back(c);
    return;
  }
  // A high surrogate waits for its partner; anything but an escape says that none comes.
  if (escape_.size() == 6 && c != '\\') {
    Flush(out);
    out->push_back(c);
    return;
  }
  escape_.push_back(c);
  if (escape_.size() == 2 && c != 'u') {
    constexpr std::string_view kLetters = "bfnrt";
    const size_t named = kLetters.find(c);
    Emit(static_cast<char32_t>(named == std::string_view::npos ? c : "\b\f\n\r\t"[named]), escape_,
         out);
    escape_.clear();
  } else if (escape_.size() == 6 && !IsHighSurrogate(PointOf(escape_))) {
    Emit(PointOf(escape_), escape_, out);
    escape_.clear();
  } else if (escape_.size() == 8 && c != 'u') {
    const std::string second = escape_.substr(6);
    escape_.resize(6);
    Flush(out);
    Feed(second[0], out);
    Feed(second[1], out);
  } else if (escape_.size() == 12) {
    const char32_t high = PointOf(escape_);
    const std::string second = escape_.substr(6);
    const char32_t low = PointOf(second);
    if (IsSurrogate(low) && !IsHighSurrogate(low)) {
      Emit(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00), escape_, out);
      escape_.clear();
      return;
    }
    escape_.resize(6);
    Flush(out);
    escape_ = IsHighSurrogate(low) ? second : "";
    if (escape_.empty()) Emit(low, second, out);
  }
}

void StringUnescaper::Flush(std::string* out) {
  if (escape_.size() == 6) Emit(PointOf(escape_), escape_, out);
  escape_.clear();
}

void StringUnescaper::Emit(char32_t point, std::string_view spelled, std::string* out) const {
  const bool letter_escape = spelled.size() == 2;
  const bool needs_escape = point < 0x20 || point == '"' || point == '\\' || IsSurrogate(point);
  if (mode_ == Mode::kRelax && (letter_escape || needs_escape)) {
    out->append(spelled);
    return;
  }
  AppendUtf8(IsSurrogate(point) ? char32_t{0xFFFD} : point, out);
}

}  // namespace fathom
