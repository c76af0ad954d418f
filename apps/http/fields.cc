// SPDX-License-Identifier: Apache-2.0
#include "apps/http/fields.h"

#include <algorithm>
#include <cmath>

#include "base/did_you_mean.h"
#include "base/limits.h"

namespace fathom::http {
namespace {

// Commas outside of strings: a bound on how many values there are, before they cost memory.
size_t CountCommas(std::string_view text) {
  size_t count = 0;
  bool in_string = false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (in_string) {
      if (text[i] == '\\')
        ++i;
      else if (text[i] == '"')
        in_string = false;
    } else if (text[i] == '"') {
      in_string = true;
    } else if (text[i] == ',') {
      ++count;
    }
  }
  return count;
}

std::string Plain(double value) {
  return Json(value == std::floor(value) && std::abs(value) < 1e15
                  ? Json(static_cast<int64_t>(value))
                  : Json(value))
      .Dump();
}

}  // namespace

Fields::Fields(const Json& object, std::string path) : object_(object), path_(std::move(path)) {
  if (!object.is_object())
    error_ = HttpError{.message = NameOf("") + " must be an object", .param = path_};
}

std::string Fields::NameOf(std::string_view key) const {
  if (key.empty()) return path_.empty() ? "the body" : "'" + path_ + "'";
  return "'" + (path_.empty() ? "" : path_ + ".") + std::string(key) + "'";
}

void Fields::Fail(std::string_view key, std::string message, std::string code) {
  if (error_) return;
  const std::string param =
      path_.empty() || key.empty() ? path_ + std::string(key) : path_ + "." + std::string(key);
  error_ = HttpError{
      .message = NameOf(key) + " " + std::move(message), .param = param, .code = std::move(code)};
}

void Fields::Adopt(const Fields& inner) {
  if (!error_) error_ = inner.error_;
}

const Json* Fields::Get(std::string_view key) {
  read_.emplace_back(key);
  const Json* value = object_.Find(key);
  return value && !value->is_null() ? value : nullptr;
}

bool Fields::Flag(std::string_view key, bool fallback) {
  const Json* value = Get(key);
  if (!value) return fallback;
  if (value->is_bool()) return value->as_bool();
  Fail(key, "must be true or false", "invalid_type");
  return fallback;
}

std::string Fields::Text(std::string_view key, std::string fallback) {
  const Json* value = Get(key);
  if (!value) return fallback;
  if (value->is_string()) return value->as_string();
  Fail(key, "must be a string", "invalid_type");
  return fallback;
}

int64_t Fields::Int(std::string_view key, int64_t fallback, IntRange range) {
  const Json* value = Get(key);
  if (!value) return fallback;
  if (value->is_int() && value->as_int() >= range.min && value->as_int() <= range.max)
    return value->as_int();
  const std::string code = !value->is_int()              ? "invalid_type"
                           : value->as_int() > range.max ? "integer_above_max_value"
                                                         : "integer_below_min_value";
  Fail(key,
       "must be a whole number from " + std::to_string(range.min) + " to " +
           std::to_string(range.max),
       code);
  return fallback;
}

double Fields::Number(std::string_view key, double fallback, Range range) {
  const Json* value = Get(key);
  if (!value) return fallback;
  if (value->is_number() && value->as_double() >= range.min && value->as_double() <= range.max)
    return value->as_double();
  const std::string code = !value->is_number()              ? "invalid_type"
                           : value->as_double() > range.max ? "decimal_above_max_value"
                                                            : "decimal_below_min_value";
  Fail(key, "must be a number from " + Plain(range.min) + " to " + Plain(range.max), code);
  return fallback;
}

std::vector<std::string> Fields::Texts(std::string_view key, size_t count_max) {
  const Json* value = Get(key);
  if (!value) return {};
  if (value->is_string()) return {value->as_string()};
  std::vector<std::string> texts;
  const bool is_list = value->is_array() && value->size() <= count_max;
  if (is_list) {
    for (const Json& each : value->as_array()) {
      if (each.is_string()) texts.push_back(each.as_string());
    }
  }
  if (is_list && texts.size() == value->size()) return texts;
  Fail(key, "must be a string or a list of at most " + std::to_string(count_max) + " strings",
       value->is_array() && value->size() > count_max ? "array_above_max_length" : "invalid_type");
  return {};
}

std::vector<std::string> Fields::Unknown(std::initializer_list<std::string_view> ignored) const {
  std::vector<std::string> unknown;
  if (!object_.is_object()) return unknown;
  for (const auto& [key, value] : object_.as_object()) {
    const bool known = std::find(read_.begin(), read_.end(), key) != read_.end() ||
                       std::find(ignored.begin(), ignored.end(), key) != ignored.end();
    if (!known) unknown.push_back(key);
  }
  return unknown;
}

void Fields::RefuseUnknown(std::initializer_list<std::string_view> ignored) {
  for (const std::string& key : Unknown(ignored)) {
    std::vector<std::string_view> known(read_.begin(), read_.end());
    const std::string near = DidYouMean(key, known);
    return Fail(key, "is not known here" + (near.empty() ? "" : "; did you mean '" + near + "'?"),
                "unknown_parameter");
  }
}

std::optional<HttpError> ParseBody(const std::string& body, Json* out) {
  if (body.empty()) return HttpError{.message = "a JSON object is needed as the body"};
  if (CountCommas(body) > kHttpJsonValuesMax)
    return HttpError{.status = 413, .message = "the body holds more than 2,000,000 values"};
  auto json = Json::Parse(body, {.bytes_max = kHttpBodyBytesMax, .depth_max = kParseDepthMax});
  if (!json) return HttpError{.message = "the body is no JSON: " + json.error().Text()};
  if (!json->is_object()) return HttpError{.message = "the body must be a JSON object"};
  *out = std::move(*json);
  return std::nullopt;
}

}  // namespace fathom::http
