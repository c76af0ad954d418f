// SPDX-License-Identifier: Apache-2.0
// What a compiled schema is; shared by json_schema.cc (compiles) and json_schema_check.cc (checks).
#pragma once

#include <re2/re2.h>

#include <map>
#include <memory>
#include <string>

#include "base/json_schema.h"

namespace fathom {

inline constexpr size_t kShownBytesMax = 120;

// For messages: the value as JSON, cut after kShownBytesMax.
std::string Shown(const Json& value);
// "/name" with ~ and / escaped.
std::string PointerStep(std::string_view name);
Error BadKeyword(const std::string& expected, const Json& found, const std::string& place);
bool IsWhole(const Json& value);  // 2 and 2.0

struct JsonSchema::Impl {
  Json root;
  Dialect dialect = Dialect::k2020;
  std::map<std::string, std::unique_ptr<re2::RE2>> patterns;
  std::map<std::string, const Json*> references;

  Status CompileSchema(const Json& schema, const std::string& place);
  Status CompileKeyword(const std::string& keyword, const Json& value, const std::string& place);
  Status CompilePattern(const std::string& pattern, const std::string& place);
  Status CompileReference(const Json& value, const std::string& place);
  bool Matches(const std::string& pattern, std::string_view text) const {
    return re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()),
                                  *patterns.at(pattern));
  }
};

}  // namespace fathom
