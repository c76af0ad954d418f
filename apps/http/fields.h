// SPDX-License-Identifier: Apache-2.0
// Fields: a request's body, read field by field. Every field has a type and a range; null counts as
// absent. The first thing wrong is kept as an error that names the field; later reads give the
// fallback.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "apps/http/message.h"

namespace fathom::http {

class Fields {
 public:
  // `path` names the object in messages: "" is the body.
  explicit Fields(const Json& object, std::string path = "");

  const Json* Get(std::string_view key);  // nullptr: absent or null
  bool Flag(std::string_view key, bool fallback);
  std::string Text(std::string_view key, std::string fallback = "");
  struct IntRange {
    int64_t min = 0, max = 0;
  };
  int64_t Int(std::string_view key, int64_t fallback, IntRange range);
  struct Range {
    double min = 0, max = 0;
  };
  double Number(std::string_view key, double fallback, Range range);
  // A string or a list of strings.
  std::vector<std::string> Texts(std::string_view key, size_t count_max);

  // Fields that were not read and are not in `ignored`: named, with a suggestion.
  std::vector<std::string> Unknown(std::initializer_list<std::string_view> ignored = {}) const;
  // ... as an error.
  void RefuseUnknown(std::initializer_list<std::string_view> ignored = {});

  // Takes over what was wrong in an object inside this one.
  void Adopt(const Fields& inner);
  void Fail(std::string_view key, std::string message, std::string code = "");
  const std::optional<HttpError>& error() const { return error_; }

 private:
  std::string NameOf(std::string_view key) const;

  const Json& object_;
  std::string path_;
  std::vector<std::string> read_;
  std::optional<HttpError> error_;
};

// The body of a request: a JSON object within the limits of size, depth and count of values.
std::optional<HttpError> ParseBody(const std::string& body, Json* out);

}  // namespace fathom::http
