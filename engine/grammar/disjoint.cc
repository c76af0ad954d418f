// SPDX-License-Identifier: Apache-2.0
#include "engine/grammar/disjoint.h"

#include <algorithm>
#include <optional>

#include "base/json_schema.h"
#include "base/limits.h"

namespace fathom::grammar {
namespace {

enum TypeBit : unsigned {
  kNull = 1,
  kBool = 2,
  kNumber = 4,
  kString = 8,
  kArray = 16,
  kObject = 32
};
constexpr unsigned kAllTypes = 63;

unsigned BitOf(Json::Type type) {
  switch (type) {
    case Json::Type::kNull:
      return kNull;
    case Json::Type::kBool:
      return kBool;
    case Json::Type::kInt:
    case Json::Type::kDouble:
      return kNumber;
    case Json::Type::kString:
      return kString;
    case Json::Type::kArray:
      return kArray;
    case Json::Type::kObject:
      return kObject;
  }
  return kAllTypes;
}

unsigned BitOf(const std::string& name) {
  if (name == "null") return kNull;
  if (name == "boolean") return kBool;
  if (name == "string") return kString;
  if (name == "array") return kArray;
  return name == "object" ? kObject : kNumber;
}

constexpr size_t kFormsMax = 256;  // compared in pairs

class Judge {
 public:
  explicit Judge(const Json& root) : root_(root) {}

  bool Disjoint(const Json& a, const Json& b, bool look_inside = true) const {
    const Json *left = Target(a), *right = Target(b);
    if (left == nullptr || right == nullptr) return false;
    const unsigned common = Types(*left) & Types(*right);
    if (common == 0) return true;
    const auto listed = Listed(*left), others = Listed(*right);
    if (listed && others) {
      if (listed->size() * others->size() > kListedPairsMax) return false;
      return std::none_of(listed->begin(), listed->end(), [&](const Json& value) {
        return std::find(others->begin(), others->end(), value) != others->end();
      });
    }
    return look_inside && common == kObject &&
           (ToldApart(*left, *right) || Misses(*left, *right) || Misses(*right, *left));
  }

 private:
  static constexpr size_t kListedPairsMax = 1'000'000;

  const Json* Target(const Json& schema) const {
    const Json* at = &schema;
    for (size_t hops = 0; hops < kParseDepthMax; ++hops) {
      const Json* reference = at->Find("$ref");
      if (reference == nullptr) return at;
      at = FindReference(root_, reference->as_string());
      if (at == nullptr) return nullptr;
    }
    return nullptr;
  }

  static unsigned Types(const Json& schema) {
    if (schema.is_bool()) return schema.as_bool() ? kAllTypes : 0;
    unsigned bits = kAllTypes;
    if (const auto listed = Listed(schema)) {
      bits = 0;
      for (const Json& value : *listed) bits |= BitOf(value.type());
    }
    const Json* types = schema.Find("type");
    if (types == nullptr) return bits;
    if (types->is_string()) return bits & BitOf(types->as_string());
    unsigned named = 0;
    for (const Json& name : types->as_array()) named |= BitOf(name.as_string());
    return bits & named;
  }

  static std::optional<Json::Array> Listed(const Json& schema) {
    if (const Json* only = schema.Find("const")) return Json::Array{*only};
    const Json* values = schema.Find("enum");
    return values == nullptr ? std::nullopt : std::optional(values->as_array());
  }

  static const Json::Array& Required(const Json& schema) {
    static const Json::Array none;
    const Json* names = schema.Find("required");
    return names == nullptr ? none : names->as_array();
  }

  static const Json* Property(const Json& schema, const std::string& name) {
    const Json* properties = schema.Find("properties");
    return properties == nullptr ? nullptr : properties->Find(name);
  }

  // A property that both require, with values that cannot be the same.
  bool ToldApart(const Json& a, const Json& b) const {
    const Json::Array& names = Required(b);
    for (const Json& name : Required(a)) {
      if (std::find(names.begin(), names.end(), name) == names.end()) continue;
      const Json *left = Property(a, name.as_string()), *right = Property(b, name.as_string());
      if (left != nullptr && right != nullptr && Disjoint(*left, *right, false)) return true;
    }
    return false;
  }

  // A property that `a` requires and `b` forbids.
  static bool Misses(const Json& a, const Json& b) {
    const Json* further = b.Find("additionalProperties");
    if (further == nullptr || !further->is_bool() || further->as_bool()) return false;
    if (b.Find("patternProperties") != nullptr) return false;
    const Json::Array& names = Required(a);
    return std::any_of(names.begin(), names.end(),
                       [&](const Json& name) { return Property(b, name.as_string()) == nullptr; });
  }

  const Json& root_;
};

}  // namespace

bool AreDisjoint(const Json& root, const Json& schemas) {
  const Judge judge(root);
  const Json::Array& list = schemas.as_array();
  if (list.size() > kFormsMax) return false;
  for (size_t i = 0; i < list.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      if (!judge.Disjoint(list[i], list[j])) return false;
    }
  }
  return true;
}

}  // namespace fathom::grammar
