// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>
#include <nlohmann/json.hpp>
#include <unordered_set>

#include "base/limits.h"
#include "base/utf8.h"

namespace fathom {
namespace {

// From here on an object keeps a hash set of its keys while it is parsed: a vocabulary has 200,000.
constexpr size_t kKeysSearchedLinearly = 16;
constexpr size_t kParserMessageBytesMax = 160;

// Walks the text and leaves the number of bytes read in a place the builder can see: nlohmann's SAX
// events carry no position.
class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountingIterator(const char* at, size_t* count) : at_(at), count_(count) {}
  reference operator*() const { return *at_; }
  CountingIterator& operator++() {
    ++at_;
    ++*count_;
    return *this;
  }
  CountingIterator operator++(int) {
    CountingIterator before = *this;
    ++*this;
    return before;
  }
  bool operator==(const CountingIterator& other) const { return at_ == other.at_; }
  bool operator!=(const CountingIterator& other) const { return at_ != other.at_; }

 private:
  const char* at_;
  size_t* count_;
};

// nlohmann's messages quote the input; what cannot be shown becomes '?'.
std::string Printable(std::string_view text) {
  std::string out(text.substr(0, kParserMessageBytesMax));
  for (char& c : out) {
    if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) > 0x7E) c = '?';
  }
  return out;
}

class Builder {
 public:
  Builder(std::string_view text, const Json::ParseOptions& options)
      : text_(text), depth_max_(options.depth_max > 0 ? options.depth_max : kParseDepthMax) {}

  Result<Json> Run() {
    const CountingIterator begin(text_.data(), &read_);
    const CountingIterator end(text_.data() + text_.size(), &read_);
    const bool ok = nlohmann::json::sax_parse(begin, end, this);
    if (ok) {
      // nlohmann takes a NUL byte after the value for the end of the input.
      const size_t nul = text_.find('\0');
      if (nul == std::string_view::npos) return std::move(root_);
      read_ = nul + 1;
      Fail("NUL byte after the value");
    }
    return error_;
  }

  // nlohmann's SAX interface (its names).
  bool null() { return Add(Json()); }
  bool boolean(bool value) { return Add(Json(value)); }
  bool number_integer(int64_t value) { return Add(Json(value)); }
  bool number_unsigned(uint64_t value) { return Add(Json(static_cast<size_t>(value))); }
  bool number_float(double value, const std::string&) {
    if (!std::isfinite(value)) return Fail("number out of range");
    return Add(Json(value));
  }
  bool string(std::string& value) { return Add(Json(std::move(value))); }
  bool binary(nlohmann::json::binary_t&) { return Fail("binary value"); }
  bool start_object(size_t) { return Open(Json::EmptyObject()); }
  bool start_array(size_t) { return Open(Json::EmptyArray()); }
  bool end_object() { return Close(); }
  bool end_array() { return Close(); }
  bool key(std::string& name) {
    Frame& frame = open_.back();
    Json::Object& members = frame.value->as_object();
    if (IsDuplicate(frame, members, name)) return Fail("duplicate key \"" + Printable(name) + "\"");
    members.emplace_back(std::move(name), Json());
    return true;
  }
  bool parse_error(size_t, const std::string&, const nlohmann::detail::exception& exception) {
    std::string_view what = exception.what();
    const size_t syntax = what.find("syntax error");
    const size_t bracket = what.find("] ");
    if (syntax != std::string_view::npos) {
      what.remove_prefix(syntax);
    } else if (bracket != std::string_view::npos) {
      what.remove_prefix(bracket + 2);
    }
    return Fail(Printable(what));
  }

 private:
  struct Frame {
    Json* value;  // stays put: its parent does not grow while it is open
    std::unordered_set<std::string> keys;
  };

  bool IsDuplicate(Frame& frame, const Json::Object& members, const std::string& name) {
    if (members.size() < kKeysSearchedLinearly) return frame.value->Find(name) != nullptr;
    if (frame.keys.empty()) {
      for (const Json::Member& member : members) frame.keys.insert(member.first);
    }
    return !frame.keys.insert(name).second;
  }

  Json* Place(Json value) {
    if (open_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    Json* parent = open_.back().value;
    if (parent->is_array()) {
      parent->as_array().push_back(std::move(value));
      return &parent->as_array().back();
    }
    Json& slot = parent->as_object().back().second;
    slot = std::move(value);
    return &slot;
  }

  bool Add(Json value) {
    Place(std::move(value));
    return true;
  }

  bool Open(Json container) {
    if (open_.size() >= depth_max_) {
      return Fail("nested deeper than " + std::to_string(depth_max_) + " levels", Code::kLimit);
    }
    open_.push_back({Place(std::move(container)), {}});
    return true;
  }

  bool Close() {
    open_.pop_back();
    return true;
  }

  bool Fail(std::string message, Code code = Code::kInvalid) {
    const std::string_view before = text_.substr(0, read_ == 0 ? 0 : read_ - 1);
    const size_t line = 1 + std::count(before.begin(), before.end(), '\n');
    const size_t line_start =
        before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    const size_t column = before.size() - line_start + 1;
    error_ = {code, std::move(message), std::to_string(line) + ":" + std::to_string(column)};
    return false;
  }

  std::string_view text_;
  size_t depth_max_;
  size_t read_ = 0;
  Json root_;
  std::vector<Frame> open_;
  Error error_;
};

void AppendEscaped(std::string_view text, std::string* out) {
  out->push_back('"');
  for (size_t i = 0; i < text.size();) {
    const Utf8Character character = DecodeUtf8(text, i);
    if (!character.valid) {
      out->append("\xEF\xBF\xBD");  // U+FFFD
    } else if (character.code_point == '"' || character.code_point == '\\') {
      out->push_back('\\');
      out->push_back(text[i]);
    } else if (character.code_point < 0x20) {
      constexpr std::string_view kHex = "0123456789abcdef";
      constexpr std::string_view kShort = "\b\t\n\f\r";
      const size_t named = kShort.find(text[i]);
      out->push_back('\\');
      if (named != std::string_view::npos) {
        out->push_back("btnfr"[named]);
      } else {
        out->append("u00");
        out->push_back(kHex[character.code_point >> 4]);
        out->push_back(kHex[character.code_point & 15]);
      }
    } else {
      out->append(text.substr(i, character.length));
    }
    i += character.length;
  }
  out->push_back('"');
}

// The shortest digits that read back as the same double, laid out as Python's repr does: an
// exponent only below 1e-4 and from 1e16 on, and always a point or an exponent. What JSON cannot
// say is null.
void AppendDouble(double value, std::string* out) {
  if (!std::isfinite(value)) {
    out->append("null");
    return;
  }
  char buffer[512];  // fixed notation of 1e16 at most
  const double magnitude = std::fabs(value);
  const bool fixed = magnitude == 0 || (magnitude >= 1e-4 && magnitude < 1e16);
  const auto format = fixed ? std::chars_format::fixed : std::chars_format::scientific;
  const auto end = std::to_chars(buffer, buffer + sizeof(buffer), value, format).ptr;
  const std::string_view digits(buffer, end - buffer);
  out->append(digits);
  if (fixed && digits.find('.') == std::string_view::npos) out->append(".0");
}

struct Writer {
  int indent;
  bool spaced;
  std::string out;

  // Recursion is bounded by the depth of values: parsed ones by ParseOptions, ours by our code.
  void Write(const Json& value, int level) {
    switch (value.type()) {
      case Json::Type::kNull:
        out.append("null");
        return;
      case Json::Type::kBool:
        out.append(value.as_bool() ? "true" : "false");
        return;
      case Json::Type::kInt:
        out.append(std::to_string(value.as_int()));
        return;
      case Json::Type::kDouble:
        AppendDouble(value.as_double(), &out);
        return;
      case Json::Type::kString:
        AppendEscaped(value.as_string(), &out);
        return;
      case Json::Type::kArray:
        WriteArray(value.as_array(), level);
        return;
      case Json::Type::kObject:
        WriteObject(value.as_object(), level);
        return;
    }
  }

  void WriteArray(const Json::Array& array, int level) {
    out.push_back('[');
    for (size_t i = 0; i < array.size(); ++i) {
      Separate(i, level + 1);
      Write(array[i], level + 1);
    }
    if (!array.empty()) BreakLine(level);
    out.push_back(']');
  }

  void WriteObject(const Json::Object& object, int level) {
    out.push_back('{');
    for (size_t i = 0; i < object.size(); ++i) {
      Separate(i, level + 1);
      AppendEscaped(object[i].first, &out);
      out.append(spaced || indent >= 0 ? ": " : ":");
      Write(object[i].second, level + 1);
    }
    if (!object.empty()) BreakLine(level);
    out.push_back('}');
  }

  void Separate(size_t index, int level) {
    if (index > 0) out.append(spaced && indent < 0 ? ", " : ",");
    BreakLine(level);
  }

  void BreakLine(int level) {
    if (indent < 0) return;
    out.push_back('\n');
    out.append(static_cast<size_t>(indent) * static_cast<size_t>(level), ' ');
  }
};

bool SameNumber(const Json& a, const Json& b) {
  if (a.is_int() && b.is_int()) return a.as_int() == b.as_int();
  if (!a.is_int() && !b.is_int()) return a.as_double() == b.as_double();
  const double real = a.is_int() ? b.as_double() : a.as_double();
  const int64_t whole = a.is_int() ? a.as_int() : b.as_int();
  // Compared as integers: above 2^53 a conversion to double would make neighbours equal.
  return real >= -0x1p63 && real < 0x1p63 &&
         static_cast<double>(static_cast<int64_t>(real)) == real &&
         static_cast<int64_t>(real) == whole;
}

bool SameObject(const Json::Object& a, const Json::Object& b) {
  if (a.size() != b.size()) return false;
  const auto sorted = [](const Json::Object& object) {
    std::vector<const Json::Member*> members;
    for (const Json::Member& member : object) members.push_back(&member);
    std::sort(members.begin(), members.end(),
              [](const auto* x, const auto* y) { return x->first < y->first; });
    return members;
  };
  const auto left = sorted(a), right = sorted(b);
  return std::equal(left.begin(), left.end(), right.begin(),
                    [](const auto* x, const auto* y) { return *x == *y; });
}

}  // namespace

Json::Json(size_t value) {
  if (value <= static_cast<size_t>(INT64_MAX)) {
    type_ = Type::kInt;
    int_ = static_cast<int64_t>(value);
  } else {
    type_ = Type::kDouble;
    double_ = static_cast<double>(value);
  }
}

bool Json::as_bool() const {
  CHECK(is_bool());
  return int_ != 0;
}
int64_t Json::as_int() const {
  CHECK(is_int());
  return int_;
}
double Json::as_double() const {
  CHECK(is_number());
  return is_int() ? static_cast<double>(int_) : double_;
}
const std::string& Json::as_string() const {
  CHECK(is_string());
  return string_;
}
const Json::Array& Json::as_array() const {
  CHECK(is_array());
  return array_;
}
Json::Array& Json::as_array() {
  CHECK(is_array());
  return array_;
}
const Json::Object& Json::as_object() const {
  CHECK(is_object());
  return object_;
}
Json::Object& Json::as_object() {
  CHECK(is_object());
  return object_;
}

const Json* Json::Find(std::string_view key) const {
  if (!is_object()) return nullptr;
  for (const Member& member : object_) {
    if (member.first == key) return &member.second;
  }
  return nullptr;
}

Json& Json::Set(std::string_view key, Json value) {
  if (is_null()) *this = EmptyObject();
  CHECK(is_object());
  for (Member& member : object_) {
    if (member.first == key) return member.second = std::move(value);
  }
  return object_.emplace_back(std::string(key), std::move(value)).second;
}

Json& Json::Push(Json value) {
  if (is_null()) *this = EmptyArray();
  CHECK(is_array());
  return array_.emplace_back(std::move(value));
}

size_t Json::size() const {
  CHECK(is_array() || is_object());
  return is_array() ? array_.size() : object_.size();
}

bool Json::operator==(const Json& other) const {
  if (is_number() && other.is_number()) return SameNumber(*this, other);
  if (type_ != other.type_) return false;
  switch (type_) {
    case Type::kNull:
      return true;
    case Type::kBool:
      return int_ == other.int_;
    case Type::kString:
      return string_ == other.string_;
    case Type::kArray:
      return array_ == other.array_;
    case Type::kObject:
      return SameObject(object_, other.object_);
    case Type::kInt:
    case Type::kDouble:
      break;
  }
  return false;
}

std::string Json::Dump(int indent, bool spaced) const {
  Writer writer{indent, spaced, {}};
  writer.Write(*this, 0);
  return std::move(writer.out);
}

Result<Json> Json::Parse(std::string_view text, const ParseOptions& options) {
  const size_t bytes_max = options.bytes_max > 0 ? options.bytes_max : kJsonBytesMax;
  if (text.size() > bytes_max) {
    return Error{Code::kLimit, "JSON text of " + std::to_string(text.size()) +
                                   " bytes is over the limit of " + std::to_string(bytes_max)};
  }
  return Builder(text, options).Run();
}

}  // namespace fathom
