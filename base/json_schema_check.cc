// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "base/json_schema_impl.h"
#include "base/limits.h"
#include "base/utf8.h"

namespace fathom {
namespace {

bool HasType(const Json& value, std::string_view type) {
  switch (value.type()) {
    case Json::Type::kNull:
      return type == "null";
    case Json::Type::kBool:
      return type == "boolean";
    case Json::Type::kInt:
    case Json::Type::kDouble:
      return type == "number" || (type == "integer" && IsWhole(value));
    case Json::Type::kString:
      return type == "string";
    case Json::Type::kArray:
      return type == "array";
    case Json::Type::kObject:
      return type == "object";
  }
  return false;
}

// -1, 0, 1. Integers are compared as integers.
int Compare(const Json& a, const Json& b) {
  if (a.is_int() && b.is_int()) return a.as_int() < b.as_int() ? -1 : a.as_int() > b.as_int();
  if (a == b) return 0;
  return a.as_double() < b.as_double() ? -1 : 1;
}

bool IsMultiple(const Json& value, const Json& of) {
  if (value.is_int() && of.is_int()) return value.as_int() % of.as_int() == 0;
  // Decimal fractions are not exact as doubles: a quotient within a few units in its last place of
  // a whole number is that number.
  const double unit = of.as_double();
  const double quotient = value.as_double() / unit;
  if (!std::isfinite(quotient)) return std::remainder(value.as_double(), unit) == 0;
  return std::fabs(quotient - std::round(quotient)) <= 4e-16 * std::fabs(quotient);
}

size_t CharacterCount(std::string_view text) {
  size_t count = 0;
  for (size_t i = 0; i < text.size(); ++count) i += DecodeUtf8(text, i).length;
  return count;
}

// One check of one value. Recursion is bounded by kSchemaDepthMax, work by kSchemaStepsMax.
class Checker {
 public:
  explicit Checker(const JsonSchema::Impl& impl) : impl_(impl) {}

  Status Check(const Json& schema, const Json& value, const std::string& place);

 private:
  Status CheckKeywords(const Json& schema, const Json& value, const std::string& place);
  Status CheckType(const Json& type, const Json& value, const std::string& place);
  Status CheckNumber(const Json& schema, const Json& value, const std::string& place);
  Status CheckString(const Json& schema, const Json& value, const std::string& place);
  Status CheckArray(const Json& schema, const Json& value, const std::string& place);
  Status CheckContains(const Json& schema, const Json& value, const std::string& place);
  Status CheckUnique(const Json& value, const std::string& place);
  Status CheckObject(const Json& schema, const Json& value, const std::string& place);
  Status CheckMember(const Json& schema, const Json::Member& member, const std::string& place);
  Status CheckCombined(const Json& schema, const Json& value, const std::string& place);
  Status CheckConditional(const Json& schema, const Json& value, const std::string& place);
  Status CheckCount(const Json& schema, std::string_view what, size_t count,
                    const std::string& place);
  // Whether the value fits. The error is a passed limit, never a violation.
  Result<bool> Fits(const Json& schema, const Json& value, const std::string& place);
  Status Spend(size_t steps);

  const JsonSchema::Impl& impl_;
  size_t depth_ = 0;
  size_t steps_ = 0;
};

Status Checker::Spend(size_t steps) {
  steps_ += steps;
  if (steps_ <= kSchemaStepsMax) return OkStatus();
  return Error{Code::kLimit,
               "the check takes more than " + std::to_string(kSchemaStepsMax) + " steps"};
}

Status Checker::Check(const Json& schema, const Json& value, const std::string& place) {
  if (schema.is_bool()) {
    return schema.as_bool() ? OkStatus() : Status(Invalid("nothing is allowed here", place));
  }
  if (depth_ >= kSchemaDepthMax) {
    return Error{Code::kLimit, "the schema nests deeper than " + std::to_string(kSchemaDepthMax),
                 place};
  }
  if (Status status = Spend(1); !status) return status;
  ++depth_;
  Status status = CheckKeywords(schema, value, place);
  --depth_;
  return status;
}

Result<bool> Checker::Fits(const Json& schema, const Json& value, const std::string& place) {
  const Status status = Check(schema, value, place);
  if (!status && status.error().code == Code::kLimit) return status.error();
  return status.ok();
}

Status Checker::CheckKeywords(const Json& schema, const Json& value, const std::string& place) {
  if (const Json* reference = schema.Find("$ref"); reference != nullptr) {
    Status status = Check(*impl_.references.at(reference->as_string()), value, place);
    if (!status || impl_.dialect == JsonSchema::Dialect::kDraft7) return status;
  }
  if (const Json* type = schema.Find("type"); type != nullptr) {
    if (Status status = CheckType(*type, value, place); !status) return status;
  }
  if (const Json* only = schema.Find("const"); only != nullptr && !(*only == value)) {
    return BadKeyword(Shown(*only), value, place);
  }
  if (const Json* any = schema.Find("enum"); any != nullptr) {
    const Json::Array& allowed = any->as_array();
    if (Status status = Spend(allowed.size()); !status) return status;
    if (std::find(allowed.begin(), allowed.end(), value) == allowed.end()) {
      return BadKeyword("one of " + Shown(*any), value, place);
    }
  }
  Status status;
  if (value.is_number()) status = CheckNumber(schema, value, place);
  if (value.is_string()) status = CheckString(schema, value, place);
  if (value.is_array()) status = CheckArray(schema, value, place);
  if (value.is_object()) status = CheckObject(schema, value, place);
  if (!status) return status;
  if (status = CheckCombined(schema, value, place); !status) return status;
  return CheckConditional(schema, value, place);
}

Status Checker::CheckType(const Json& type, const Json& value, const std::string& place) {
  if (type.is_string()) {
    if (HasType(value, type.as_string())) return OkStatus();
    return BadKeyword(type.as_string(), value, place);
  }
  for (const Json& name : type.as_array()) {
    if (HasType(value, name.as_string())) return OkStatus();
  }
  return BadKeyword("one of " + type.Dump(), value, place);
}

Status Checker::CheckNumber(const Json& schema, const Json& value, const std::string& place) {
  struct Bound {
    const char* keyword;
    const char* words;
    int forbidden, also_forbidden;  // outcomes of Compare(value, bound)
  };
  for (const auto& [keyword, words, forbidden, also] :
       {Bound{"minimum", "at least ", -1, -1}, Bound{"maximum", "at most ", 1, 1},
        Bound{"exclusiveMinimum", "more than ", -1, 0},
        Bound{"exclusiveMaximum", "less than ", 1, 0}}) {
    const Json* bound = schema.Find(keyword);
    if (bound == nullptr) continue;
    const int order = Compare(value, *bound);
    if (order == forbidden || order == also) return BadKeyword(words + bound->Dump(), value, place);
  }
  const Json* unit = schema.Find("multipleOf");
  if (unit != nullptr && !IsMultiple(value, *unit)) {
    return BadKeyword("a multiple of " + unit->Dump(), value, place);
  }
  return OkStatus();
}

// minX and maxX, where what is "Length", "Items", "Properties".
Status Checker::CheckCount(const Json& schema, std::string_view what, size_t count,
                           const std::string& place) {
  const auto number = static_cast<double>(count);
  const Json* least = schema.Find("min" + std::string(what));
  const Json* most = schema.Find("max" + std::string(what));
  if (least != nullptr && number < least->as_double()) {
    return Invalid("expected min" + std::string(what) + " " + least->Dump() + ", found " +
                       std::to_string(count),
                   place);
  }
  if (most != nullptr && number > most->as_double()) {
    return Invalid("expected max" + std::string(what) + " " + most->Dump() + ", found " +
                       std::to_string(count),
                   place);
  }
  return OkStatus();
}

Status Checker::CheckString(const Json& schema, const Json& value, const std::string& place) {
  const std::string& text = value.as_string();
  if (Status status = CheckCount(schema, "Length", CharacterCount(text), place); !status)
    return status;
  const Json* pattern = schema.Find("pattern");
  if (pattern == nullptr || impl_.Matches(pattern->as_string(), text)) return OkStatus();
  return BadKeyword("text that matches " + Shown(*pattern), value, place);
}

Status Checker::CheckArray(const Json& schema, const Json& value, const std::string& place) {
  const Json::Array& array = value.as_array();
  if (Status status = CheckCount(schema, "Items", array.size(), place); !status) return status;
  const Json* items = schema.Find("items");
  const Json* prefix = schema.Find("prefixItems");
  const Json* rest = items;
  if (items != nullptr && items->is_array()) {  // draft 7
    prefix = items;
    rest = schema.Find("additionalItems");
  }
  const size_t prefix_size = prefix == nullptr ? 0 : prefix->size();
  for (size_t i = 0; i < array.size(); ++i) {
    const Json* item = i < prefix_size ? &prefix->as_array()[i] : rest;
    if (item == nullptr) continue;
    Status status = Check(*item, array[i], place + "/" + std::to_string(i));
    if (!status) return status;
  }
  if (const Json* unique = schema.Find("uniqueItems"); unique != nullptr && unique->as_bool()) {
    if (Status status = CheckUnique(value, place); !status) return status;
  }
  return CheckContains(schema, value, place);
}

Status Checker::CheckUnique(const Json& value, const std::string& place) {
  const Json::Array& array = value.as_array();
  for (size_t i = 0; i < array.size(); ++i) {
    if (Status status = Spend(i); !status) return status;
    const auto same = std::find(array.begin(), array.begin() + static_cast<ptrdiff_t>(i), array[i]);
    if (same != array.begin() + static_cast<ptrdiff_t>(i)) {
      return Invalid("expected different items, found " + Shown(array[i]) + " twice", place);
    }
  }
  return OkStatus();
}

Status Checker::CheckContains(const Json& schema, const Json& value, const std::string& place) {
  const Json* contained = schema.Find("contains");
  if (contained == nullptr) return OkStatus();
  size_t count = 0;
  for (const Json& item : value.as_array()) {
    const auto fits = Fits(*contained, item, place);
    if (!fits) return fits.error();
    count += *fits ? 1 : 0;
  }
  if (count == 0 && schema.Find("minContains") == nullptr) {
    return Invalid("expected an item that fits " + Shown(*contained), place);
  }
  return CheckCount(schema, "Contains", count, place);
}

Status Checker::CheckObject(const Json& schema, const Json& value, const std::string& place) {
  if (Status status = CheckCount(schema, "Properties", value.size(), place); !status) return status;
  if (const Json* required = schema.Find("required"); required != nullptr) {
    for (const Json& name : required->as_array()) {
      if (Status status = Spend(value.size()); !status) return status;
      if (value.Find(name.as_string()) == nullptr) {
        return Invalid("required property " + Shown(name) + " is missing", place);
      }
    }
  }
  for (const Json::Member& member : value.as_object()) {
    if (Status status = CheckMember(schema, member, place + PointerStep(member.first)); !status) {
      return status;
    }
  }
  return OkStatus();
}

Status Checker::CheckMember(const Json& schema, const Json::Member& member,
                            const std::string& place) {
  const auto& [name, value] = member;
  bool known = false;
  if (const Json* properties = schema.Find("properties"); properties != nullptr) {
    if (Status status = Spend(properties->size()); !status) return status;
    if (const Json* property = properties->Find(name); property != nullptr) {
      known = true;
      if (Status status = Check(*property, value, place); !status) return status;
    }
  }
  if (const Json* patterns = schema.Find("patternProperties"); patterns != nullptr) {
    for (const auto& [pattern, property] : patterns->as_object()) {
      if (!impl_.Matches(pattern, name)) continue;
      known = true;
      if (Status status = Check(property, value, place); !status) return status;
    }
  }
  const Json* names = schema.Find("propertyNames");
  if (names != nullptr) {
    if (Status status = Check(*names, Json(name), place); !status) return status;
  }
  const Json* others = schema.Find("additionalProperties");
  if (known || others == nullptr) return OkStatus();
  if (others->is_bool() && !others->as_bool()) {
    return Invalid("unknown property " + Shown(Json(name)), place);
  }
  return Check(*others, value, place);
}

Status Checker::CheckCombined(const Json& schema, const Json& value, const std::string& place) {
  if (const Json* all = schema.Find("allOf"); all != nullptr) {
    for (const Json& part : all->as_array()) {
      if (Status status = Check(part, value, place); !status) return status;
    }
  }
  for (const char* keyword : {"anyOf", "oneOf"}) {
    const Json* options = schema.Find(keyword);
    if (options == nullptr) continue;
    size_t fitting = 0;
    for (const Json& option : options->as_array()) {
      const auto fits = Fits(option, value, place);
      if (!fits) return fits.error();
      fitting += *fits ? 1 : 0;
    }
    if (fitting == 0 || (fitting > 1 && keyword == std::string_view("oneOf"))) {
      return Invalid(Shown(value) + " fits " + std::to_string(fitting) + " of the " +
                         std::to_string(options->size()) + " forms of " + keyword,
                     place);
    }
  }
  const Json* forbidden = schema.Find("not");
  if (forbidden == nullptr) return OkStatus();
  const auto fits = Fits(*forbidden, value, place);
  if (!fits) return fits.error();
  if (*fits) return BadKeyword("anything but " + Shown(*forbidden), value, place);
  return OkStatus();
}

Status Checker::CheckConditional(const Json& schema, const Json& value, const std::string& place) {
  const Json* condition = schema.Find("if");
  if (condition == nullptr) return OkStatus();
  const auto fits = Fits(*condition, value, place);
  if (!fits) return fits.error();
  const Json* branch = schema.Find(*fits ? "then" : "else");
  return branch == nullptr ? OkStatus() : Check(*branch, value, place);
}

}  // namespace

std::string Shown(const Json& value) {
  std::string text = value.Dump();
  if (text.size() <= kShownBytesMax) return text;
  size_t end = kShownBytesMax;
  while ((text[end] & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "...";
}

bool IsWhole(const Json& value) {
  return value.is_int() || (value.is_number() && std::isfinite(value.as_double()) &&
                            value.as_double() == std::floor(value.as_double()));
}

std::string PointerStep(std::string_view name) {
  std::string out = "/";
  for (const char c : name) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
  return out;
}

Error BadKeyword(const std::string& expected, const Json& found, const std::string& place) {
  return Invalid("expected " + expected + ", found " + Shown(found), place);
}

Status JsonSchema::Check(const Json& value) const {
  return Checker(*impl_).Check(impl_->root, value, "");
}

}  // namespace fathom
