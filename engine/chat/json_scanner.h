// SPDX-License-Identifier: Apache-2.0
// A JSON grammar check that takes one byte at a time and knows, after each, whether the value is
// complete, can still become complete, or is broken. Strings are strict (no raw control
// characters). Depth is limited; nothing recurses. What values mean (1e400, duplicate keys) is not
// its business.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fathom {

class JsonScanner {
 public:
  enum class Step { kMore, kDone, kFailed };
  enum class Place {
    kValue,       // before a value
    kFirstValue,  // after [
    kFirstKey,    // after {
    kKey,         // after a comma in an object
    kColon,
    kAfterValue,
    kKeyString,    // inside a key's quotes
    kValueString,  // inside a string value's quotes
    kNumber,
    kLiteral,
    kEnd,
  };

  // Whitespace before the value is accepted; after kDone or kFailed no byte may follow.
  // A number at the top level never becomes kDone: only brackets and quotes say where they end.
  Step Feed(char c);

  Place place() const { return place_; }
  size_t depth() const { return open_.size(); }
  bool in_string() const { return place_ == Place::kKeyString || place_ == Place::kValueString; }

 private:
  Step BeginValue(char c);
  Step FeedString(char c);
  Step FeedNumber(char c);
  Step FeedLiteral(char c);
  Step AfterValue(char c);
  Step Close(char c);
  Step EndValue();

  enum class Number { kMinus, kZero, kWhole, kPoint, kFraction, kE, kSign, kExponent };

  Place place_ = Place::kValue;
  std::vector<char> open_;  // '{' and '['
  bool escaped_ = false;
  int hex_left_ = 0;  // digits of \uXXXX still to come
  Number number_ = Number::kMinus;
  std::string_view literal_;  // what is still to come of true, false, null
};

// Turns the inside of a JSON string, fed byte by byte, into text. The bytes are known to be valid.
class StringUnescaper {
 public:
  enum class Mode {
    kDecode,  // the string's value; a surrogate without partner becomes U+FFFD
    kRelax,  // still the inside of a JSON string, but \uXXXX of what needs no escape is written out
  };
  explicit StringUnescaper(Mode mode) : mode_(mode) {}

  void Feed(char c, std::string* out);
  void Flush(std::string* out);  // at the end of the string

 private:
  void Emit(char32_t point, std::string_view spelled, std::string* out) const;

  Mode mode_;
  std::string escape_;  // an escape, or a high surrogate with what follows it, not yet decided
};

}  // namespace fathom
