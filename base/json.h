// SPDX-License-Identifier: Apache-2.0
// Json: the program's own JSON value. Parsing has limits (size, depth), refuses duplicate keys and
// invalid UTF-8, and reports line:column. Objects keep their key order. nlohmann/json does the
// parsing, inside base/json.cc only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace fathom {

class Json {
 public:
  enum class Type { kNull, kBool, kInt, kDouble, kString, kArray, kObject };
  using Array = std::vector<Json>;
  using Member = std::pair<std::string, Json>;
  using Object = std::vector<Member>;

  Json() = default;
  Json(std::nullptr_t) {}                                  // NOLINT: literals read naturally
  Json(bool value) : type_(Type::kBool), int_(value) {}    // NOLINT
  Json(int value) : type_(Type::kInt), int_(value) {}      // NOLINT
  Json(int64_t value) : type_(Type::kInt), int_(value) {}  // NOLINT
  Json(size_t value);                                      // NOLINT: beyond 2^63 becomes a double
  Json(double value) : type_(Type::kDouble), double_(value) {}                  // NOLINT
  Json(const char* value) : type_(Type::kString), string_(value) {}             // NOLINT
  Json(std::string value) : type_(Type::kString), string_(std::move(value)) {}  // NOLINT
  Json(std::string_view value) : type_(Type::kString), string_(value) {}        // NOLINT
  Json(Array value) : type_(Type::kArray), array_(std::move(value)) {}          // NOLINT
  Json(Object value) : type_(Type::kObject), object_(std::move(value)) {}       // NOLINT
  static Json EmptyArray() { return Json(Array{}); }
  static Json EmptyObject() { return Json(Object{}); }

  Type type() const { return type_; }
  bool is_null() const { return type_ == Type::kNull; }
  bool is_bool() const { return type_ == Type::kBool; }
  bool is_int() const { return type_ == Type::kInt; }
  bool is_number() const { return type_ == Type::kInt || type_ == Type::kDouble; }
  bool is_string() const { return type_ == Type::kString; }
  bool is_array() const { return type_ == Type::kArray; }
  bool is_object() const { return type_ == Type::kObject; }

  // The caller has checked the type (CHECK otherwise).
  bool as_bool() const;
  int64_t as_int() const;
  double as_double() const;  // of an int too
  const std::string& as_string() const;
  const Array& as_array() const;
  Array& as_array();
  const Object& as_object() const;
  Object& as_object();

  // Member of an object; nullptr when absent or when this is no object.
  const Json* Find(std::string_view key) const;
  // Adds or replaces. This must be an object (null becomes one).
  Json& Set(std::string_view key, Json value);
  Json& Push(Json value);
  size_t size() const;  // of arrays and objects

  // Numbers compare by value (1 == 1.0); objects without regard to order.
  bool operator==(const Json& other) const;

  // indent < 0: one line. ASCII is not forced; invalid UTF-8 is written as U+FFFD. ", " and ": " as
  // Python writes them when `spaced`.
  std::string Dump(int indent = -1, bool spaced = false) const;

  struct ParseOptions {
    size_t bytes_max = 0;  // 0: kJsonBytesMax (base/limits.h)
    size_t depth_max = 0;  // 0: kParseDepthMax
  };
  // Strict JSON (RFC 8259): duplicate keys, trailing text, NaN and 1e400 are errors with
  // line:column.
  static Result<Json> Parse(std::string_view text, const ParseOptions& options);
  static Result<Json> Parse(std::string_view text) { return Parse(text, ParseOptions{}); }

 private:
  Type type_ = Type::kNull;
  int64_t int_ = 0;
  double double_ = 0;
  std::string string_;
  Array array_;
  Object object_;
};

}  // namespace fathom
