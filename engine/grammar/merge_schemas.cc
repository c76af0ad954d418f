// SPDX-License-Identifier: Apache-2.0
#include "engine/grammar/merge_schemas.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/limits.h"

namespace fathom::grammar {
namespace {

bool IsBool(const Json& schema, bool value) {
  return schema.is_bool() && schema.as_bool() == value;
}

Json Both(const Json& a, const Json& b) {
  if (IsBool(a, true) || IsBool(b, false) || a == b) return b;
  if (IsBool(b, true) || IsBool(a, false)) return a;
  Json both = Json::EmptyObject();
  both.Set("allOf", Json::Array{a, b});
  return both;
}

Json::Array Names(const Json& types) {
  return types.is_array() ? types.as_array() : Json::Array{types};
}

Json CommonTypes(const Json& a, const Json& b) {
  Json::Array common;
  const Json::Array left = Names(a), right = Names(b);
  const auto has = [](const Json::Array& names, const Json& name) {
    if (std::find(names.begin(), names.end(), name) != names.end()) return true;
    // Every integer is a number.
    return name.as_string() == "integer" &&
           std::find(names.begin(), names.end(), Json("number")) != names.end();
  };
  for (const Json& name : left) {
    if (has(right, name)) common.push_back(name);
  }
  for (const Json& name : right) {
    if (has(left, name) && std::find(common.begin(), common.end(), name) == common.end())
      common.push_back(name);
  }
  return common;
}

Result<Json> CommonMultiple(const Json& a, const Json& b) {
  if (a == b) return a;
  const double x = a.as_double(), y = b.as_double();
  const bool small = x == std::floor(x) && y == std::floor(y) && x <= kGrammarMultipleMax &&
                     y <= kGrammarMultipleMax;
  if (!small) return Invalid("two of multipleOf");
  return Json(std::lcm(static_cast<int64_t>(x), static_cast<int64_t>(y)));
}

// A keyword whose value counts by itself.
Result<Json> MergedKeyword(std::string_view keyword, const Json& a, const Json& b) {
  if (keyword == "type") return CommonTypes(a, b);
  if (keyword == "multipleOf") return CommonMultiple(a, b);
  if (keyword == "required") {
    Json all = a;
    for (const Json& name : b.as_array()) all.Push(name);
    return all;
  }
  if (a == b) return a;
  const bool larger = keyword.starts_with("min") || keyword == "exclusiveMinimum";
  const bool smaller = keyword.starts_with("max") || keyword == "exclusiveMaximum";
  if (!larger && !smaller) return Invalid("two of " + std::string(keyword));
  return (a.as_double() < b.as_double()) == smaller ? a : b;
}

bool IsInner(std::string_view keyword) {
  return keyword == "properties" || keyword == "additionalProperties" || keyword == "items" ||
         keyword == "prefixItems" || keyword == "additionalItems";
}

void MergeProperties(const Json& a, const Json& b, Json& out) {
  const auto at = [](const Json& schema, const std::string& name) {
    const Json* properties = schema.Find("properties");
    const Json* own = properties == nullptr ? nullptr : properties->Find(name);
    if (own == nullptr) own = schema.Find("additionalProperties");
    return own == nullptr ? Json(true) : *own;
  };
  Json properties = Json::EmptyObject();
  bool any = false;
  for (const Json* schema : {&a, &b}) {
    const Json* declared = schema->Find("properties");
    if (declared == nullptr) continue;
    any = true;
    for (const auto& [name, value] : declared->as_object()) {
      if (properties.Find(name) == nullptr) properties.Set(name, Both(at(a, name), at(b, name)));
    }
  }
  if (any) out.Set("properties", std::move(properties));
  const Json *left = a.Find("additionalProperties"), *right = b.Find("additionalProperties");
  if (left == nullptr && right == nullptr) return;
  out.Set("additionalProperties", left == nullptr    ? *right
                                  : right == nullptr ? *left
                                                     : Both(*left, *right));
}

// The first items and the further ones, in either draft's words.
struct Items {
  explicit Items(const Json& schema) {
    const Json* items = schema.Find("items");
    const bool list = items != nullptr && items->is_array();
    const Json* prefix = list ? items : schema.Find("prefixItems");
    const Json* further = list ? schema.Find("additionalItems") : items;
    if (prefix != nullptr) first = prefix->as_array();
    if (further != nullptr) rest = *further;
  }
  const Json& At(size_t i) const { return i < first.size() ? first[i] : rest; }

  Json::Array first;
  Json rest = Json(true);
};

void MergeItems(const Json& a, const Json& b, Json& out) {
  const Items left(a), right(b);
  Json first = Json::EmptyArray();
  for (size_t i = 0; i < std::max(left.first.size(), right.first.size()); ++i)
    first.Push(Both(left.At(i), right.At(i)));
  const Json rest = Both(left.rest, right.rest);
  if (first.size() > 0) out.Set("prefixItems", std::move(first));
  if (!IsBool(rest, true)) out.Set("items", rest);
}

}  // namespace

Result<Json> MergedSchemas(const Json& a, const Json& b) {
  Json out = Json::EmptyObject();
  for (const auto& [keyword, value] : a.as_object()) {
    if (IsInner(keyword)) continue;
    const Json* other = b.Find(keyword);
    auto merged = other == nullptr ? Result<Json>(value) : MergedKeyword(keyword, value, *other);
    if (!merged) return merged;
    out.Set(keyword, std::move(*merged));
  }
  for (const auto& [keyword, value] : b.as_object()) {
    if (!IsInner(keyword) && a.Find(keyword) == nullptr) out.Set(keyword, value);
  }
  MergeProperties(a, b, out);
  MergeItems(a, b, out);
  return out;
}

}  // namespace fathom::grammar
