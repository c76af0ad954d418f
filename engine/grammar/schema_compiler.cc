// SPDX-License-Identifier: Apache-2.0
#include "engine/grammar/schema_compiler.h"

#include <algorithm>
#include <cmath>

#include "base/json_schema.h"
#include "base/limits.h"
#include "engine/grammar/disjoint.h"
#include "engine/grammar/number_automaton.h"
#include "engine/grammar/pattern.h"

namespace fathom::grammar {
namespace {

constexpr std::string_view kAnnotations[] = {
    "$comment",      "$id",     "$schema",    "$defs",       "definitions", "contentEncoding",
    "contentSchema", "default", "deprecated", "description", "examples",    "contentMediaType",
    "readOnly",      "title",   "writeOnly",  "format",      "optional"};
constexpr std::string_view kHeld[] = {"type",
                                      "enum",
                                      "const",
                                      "$ref",
                                      "anyOf",
                                      "oneOf",
                                      "properties",
                                      "required",
                                      "items",
                                      "prefixItems",
                                      "minItems",
                                      "additionalProperties",
                                      "maxItems",
                                      "minLength",
                                      "maxLength",
                                      "pattern",
                                      "minProperties",
                                      "minimum",
                                      "maximum",
                                      "maxProperties",
                                      "exclusiveMinimum",
                                      "multipleOf",
                                      "additionalItems",
                                      "exclusiveMaximum"};
constexpr std::string_view kTypes[] = {"null",   "boolean", "number", "integer",
                                       "string", "array",   "object"};

template <size_t N>
bool IsOneOf(std::string_view word, const std::string_view (&words)[N]) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

uint32_t CountOf(const Json& schema, std::string_view keyword, uint32_t otherwise) {
  const Json* value = schema.Find(keyword);
  if (value == nullptr) return otherwise;
  return static_cast<uint32_t>(std::min(value->as_double(), double{kUnbounded - 1}));
}

bool IsWhole(const Json& value) {
  return value.is_int() || (value.is_number() && std::fabs(value.as_double()) < 1e15 &&
                            value.as_double() == std::floor(value.as_double()));
}

// Whether it holds with others, or its alternatives with what stands beside them.
bool HoldsTogether(const Json& schema) {
  if (schema.Find("allOf") != nullptr) return true;
  const bool listed = schema.Find("enum") != nullptr || schema.Find("const") != nullptr;
  size_t constraints = 0;
  bool alone = false;
  for (const auto& [keyword, value] : schema.as_object()) {
    if (IsAnnotation(keyword)) continue;
    ++constraints;
    alone |= keyword == "$ref" || (!listed && (keyword == "anyOf" || keyword == "oneOf"));
  }
  return alone && constraints > 1;
}

}  // namespace

bool IsAnnotation(std::string_view keyword) {
  return IsOneOf(keyword, kAnnotations);
}

Error NotHeld(std::string_view keyword, const std::string& why, const std::string& place) {
  return Invalid("keyword \"" + std::string(keyword) + "\" is not supported in a grammar" + why,
                 place + "/" + std::string(keyword));
}

Result<ExprId> SchemaCompiler::Compile(const Json& root, const std::string& place) {
  if (auto checked = JsonSchema::Compile(root); !checked) {
    Error error = checked.error();
    error.place = place + (error.place.starts_with("#") ? error.place.substr(1) : error.place);
    return error;
  }
  root_ = &root;
  const Json* dialect = root.Find("$schema");
  draft7_ = dialect != nullptr && dialect->as_string().find("draft-07") != std::string::npos;
  auto whole = Schema(root, place, 0);
  if (!whole) return whole;
  while (!pending_.empty()) {
    const auto [schema, at] = pending_.front();
    pending_.pop_front();
    auto target = Schema(*schema, at, 0);
    if (!target) return target;
    program_.exprs[references_.at(schema)].children = {*target};
  }
  references_.clear();
  together_.clear();
  return whole;
}

Status SchemaCompiler::CheckKeywords(const Json& schema, const std::string& place) const {
  for (const auto& [keyword, value] : schema.as_object()) {
    if (IsAnnotation(keyword)) continue;
    if (keyword == "uniqueItems" && !value.as_bool()) continue;
    if (!IsOneOf(keyword, kHeld)) return NotHeld(keyword, "", place);
  }
  return OkStatus();
}

Result<ExprId> SchemaCompiler::Schema(const Json& schema, const std::string& place, size_t depth) {
  if (schema.is_bool()) return schema.as_bool() ? AnyValue() : Choice({});
  if (depth > kParseDepthMax) {
    return Error{Code::kLimit, "the schema nests deeper than " + std::to_string(kParseDepthMax),
                 place};
  }
  if (draft7_ && schema.Find("$ref") != nullptr) return Reference(*schema.Find("$ref"), place);
  if (HoldsTogether(schema)) return Together(schema, place, depth);
  const bool listed = schema.Find("enum") != nullptr || schema.Find("const") != nullptr;
  if (listed) return Listed(schema, place);
  if (Status status = CheckKeywords(schema, place); !status) return status.error();
  if (const Json* reference = schema.Find("$ref")) return Reference(*reference, place);
  if (const Json* forms = schema.Find("oneOf"); forms != nullptr && !AreDisjoint(*root_, *forms)) {
    return NotHeld("oneOf", " unless its forms are visibly disjoint", place);
  }
  for (const char* keyword : {"anyOf", "oneOf"}) {
    if (const Json* options = schema.Find(keyword))
      return AnyOf(*options, place + "/" + keyword, depth);
  }
  return Values(schema, place, depth);
}

Result<ExprId> SchemaCompiler::Values(const Json& schema, const std::string& place, size_t depth) {
  std::vector<ExprId> choices;
  const Json* types = schema.Find("type");
  const auto has = [&](std::string_view type) {
    if (types == nullptr) return true;
    if (types->is_string()) return types->as_string() == type;
    const auto& list = types->as_array();
    return std::any_of(list.begin(), list.end(),
                       [&](const Json& name) { return name.as_string() == type; });
  };
  for (const std::string_view type : kTypes) {
    // Every integer is a number.
    if (!has(type) || (type == "integer" && has("number"))) continue;
    auto values = Typed(schema, type, place, depth);
    if (!values) return values;
    choices.push_back(*values);
  }
  return choices.size() == 1 ? Result<ExprId>(choices[0]) : Choice(std::move(choices));
}

Result<ExprId> SchemaCompiler::Reference(const Json& reference, const std::string& place) {
  const Json* target = FindReference(*root_, reference.as_string());
  if (target == nullptr) return Invalid("nothing stands at " + reference.Dump(), place + "/$ref");
  if (const auto known = references_.find(target); known != references_.end()) return known->second;
  auto choice = Choice({});
  if (!choice) return choice;
  references_.emplace(target, *choice);
  pending_.emplace_back(target, reference.as_string());
  return choice;
}

// enum and const: the values that pass all other keywords, each written out.
Result<ExprId> SchemaCompiler::Listed(const Json& schema, const std::string& place) {
  auto check = JsonSchema::Compile(
      schema, draft7_ ? JsonSchema::Dialect::kDraft7 : JsonSchema::Dialect::k2020);
  // The whole schema was compiled before, so that this is a reference to what is not here.
  if (!check) return NotHeld("enum", " beside schemas that hold references", place);
  Json::Array values;
  if (const Json* only = schema.Find("const")) {
    values.push_back(*only);
  } else {
    values = schema.Find("enum")->as_array();
  }
  std::vector<ExprId> choices;
  for (const Json& value : values) {
    if (!check->Check(value)) continue;
    auto constant = Constant(value);
    if (!constant) return constant;
    choices.push_back(*constant);
  }
  return Choice(std::move(choices));
}

Result<ExprId> SchemaCompiler::Constant(const Json& value) {
  if (value.is_string()) return Literal('"' + EscapedJson(value.as_string()) + '"');
  if (!value.is_array() && !value.is_object()) {
    if (value.is_number() && !value.is_int() && IsWhole(value))
      return Literal(std::to_string(static_cast<int64_t>(value.as_double())));
    return Literal(value.Dump());
  }
  std::vector<ExprId> parts = {value.is_array() ? kOpenArray : kOpenObject};
  const auto add = [&](Result<ExprId> part) {
    if (part) parts.push_back(*part);
    return part;
  };
  for (size_t i = 0; i < value.size(); ++i) {
    if (i > 0) parts.push_back(kComma);
    if (value.is_object()) {
      if (auto key = add(Literal('"' + EscapedJson(value.as_object()[i].first) + '"')); !key)
        return key;
      parts.push_back(kColon);
    }
    const Json& item = value.is_array() ? value.as_array()[i] : value.as_object()[i].second;
    if (auto part = add(Constant(item)); !part) return part;
  }
  parts.push_back(value.is_array() ? kCloseArray : kCloseObject);
  return program_.Add({.kind = ExprKind::kSequence, .children = std::move(parts)});
}

Result<ExprId> SchemaCompiler::AnyOf(const Json& options, const std::string& place, size_t depth) {
  std::vector<ExprId> choices;
  for (size_t i = 0; i < options.size(); ++i) {
    auto option = Schema(options.as_array()[i], place + "/" + std::to_string(i), depth + 1);
    if (!option) return option;
    choices.push_back(*option);
  }
  return Choice(std::move(choices));
}

Result<ExprId> SchemaCompiler::Typed(const Json& schema, std::string_view type,
                                     const std::string& place, size_t depth) {
  if (type == "null") return Literal("null");
  if (type == "boolean") {
    auto no = Literal("false"), yes = Literal("true");
    if (!no) return no;
    return yes ? Choice({*no, *yes}) : yes;
  }
  if (type == "number" || type == "integer") return Number(schema, type == "integer", place);
  if (type == "string") return String(schema, place);
  if (type == "array") return Array(schema, place, depth);
  return Object(schema, place, depth);
}

Result<ExprId> SchemaCompiler::Number(const Json& schema, bool integer, const std::string& place) {
  NumberRange range{.integer = integer};
  const auto tighten = [&](const char* keyword, bool exclusive, bool least) {
    const Json* value = schema.Find(keyword);
    if (value == nullptr) return;
    auto& bound = least ? range.least : range.most;
    const bool tighter = !bound || (least ? value->as_double() > bound->value.as_double()
                                          : value->as_double() < bound->value.as_double());
    if (tighter || (exclusive && value->as_double() == bound->value.as_double()))
      bound = NumberBound{*value, exclusive};
  };
  tighten("minimum", false, true);
  tighten("exclusiveMinimum", true, true);
  tighten("maximum", false, false);
  tighten("exclusiveMaximum", true, false);
  if (const Json* multiple = schema.Find("multipleOf")) {
    if (!IsWhole(*multiple) || multiple->as_double() > double{kGrammarMultipleMax}) {
      return NotHeld("multipleOf",
                     " unless it is a whole number up to " + std::to_string(kGrammarMultipleMax),
                     place);
    }
    range.integer = true;
    range.multiple_of = static_cast<int64_t>(multiple->as_double());
  }
  if (!range.least && !range.most && !range.multiple_of) {
    return program_.Add({.kind = ExprKind::kDfa, .dfa = integer ? kIntegerDfa : kNumberDfa});
  }
  return OwnDfa(NumberAutomaton(range), place);
}

Result<ExprId> SchemaCompiler::String(const Json& schema, const std::string& place) {
  const uint32_t least = CountOf(schema, "minLength", 0);
  const uint32_t most = CountOf(schema, "maxLength", kUnbounded);
  if (const Json* pattern = schema.Find("pattern")) {
    auto dfa = PatternAutomaton(pattern->as_string(), least, most);
    if (!dfa) return NotHeld("pattern", ": " + dfa.error().message, place);
    return OwnDfa(std::move(dfa), place);
  }
  return program_.Add({.kind = ExprKind::kString, .least = least, .most = most});
}

Result<ExprId> SchemaCompiler::Array(const Json& schema, const std::string& place, size_t depth) {
  const Json* items = schema.Find("items");
  const bool list = items != nullptr && items->is_array();  // draft 7
  const Json* first = list ? items : schema.Find("prefixItems");
  const Json* rest = list ? schema.Find("additionalItems") : items;
  Expr array{.kind = ExprKind::kArray,
             .least = CountOf(schema, "minItems", 0),
             .most = CountOf(schema, "maxItems", kUnbounded)};
  for (size_t i = 0; first != nullptr && i < first->size(); ++i) {
    auto item = Schema(first->as_array()[i], place + "/items/" + std::to_string(i), depth + 1);
    if (!item) return item;
    array.children.push_back(*item);
  }
  auto further = rest == nullptr ? AnyValue() : Schema(*rest, place + "/items", depth + 1);
  if (!further) return further;
  array.rest = *further;
  return program_.Add(std::move(array));
}

Result<ExprId> SchemaCompiler::Object(const Json& schema, const std::string& place, size_t depth) {
  Expr object{.kind = ExprKind::kObject,
              .least = CountOf(schema, "minProperties", 0),
              .most = CountOf(schema, "maxProperties", kUnbounded)};
  std::set<std::string, std::less<>> required;
  if (const Json* names = schema.Find("required")) {
    for (const Json& name : names->as_array()) required.insert(name.as_string());
  }
  const auto declare = [&](const std::string& name, ExprId value) -> Status {
    auto key = Literal('"' + EscapedJson(name) + '"');
    if (!key) return key.error();
    object.names.insert(EscapedJson(name));
    object.properties.push_back({*key, value, required.erase(name) > 0});
    return OkStatus();
  };
  const Json* properties = schema.Find("properties");
  const Json* additional = schema.Find("additionalProperties");
  for (size_t i = 0; properties != nullptr && i < properties->size(); ++i) {
    const auto& [name, value] = properties->as_object()[i];
    auto inner = Schema(value, place + "/properties/" + name, depth + 1);
    if (!inner) return inner;
    if (Status status = declare(name, *inner); !status) return status.error();
  }
  const bool closed = additional == nullptr && properties != nullptr && options_.closed_objects;
  auto further = closed ? Choice({})
                 : additional == nullptr
                     ? AnyValue()
                     : Schema(*additional, place + "/additionalProperties", depth + 1);
  if (!further) return further;
  // What is required and not declared is declared by additionalProperties.
  for (const std::string& name : std::set<std::string, std::less<>>(required)) {
    if (Status status = declare(name, closed ? *AnyValue() : *further); !status)
      return status.error();
  }
  object.rest = *further;
  auto id = program_.Add(std::move(object));
  if (!id) return id;
  auto key = program_.Add({.kind = ExprKind::kKey, .object = *id});
  if (!key) return key;
  program_.exprs[*id].key = *key;
  return id;
}

Result<ExprId> SchemaCompiler::AnyValue() {
  if (any_ != kNone) return any_;
  auto any = Choice({});
  if (!any) return any;
  any_ = *any;
  const Json anything = Json::EmptyObject();
  std::vector<ExprId> choices;
  for (const std::string_view type : kTypes) {
    if (type == "integer") continue;
    auto values = Typed(anything, type, "", 0);
    if (!values) return values;
    choices.push_back(*values);
  }
  program_.exprs[any_].children = std::move(choices);
  return any_;
}

Result<ExprId> SchemaCompiler::Literal(std::string text) {
  return program_.Add({.kind = ExprKind::kLiteral, .text = std::move(text)});
}

Result<ExprId> SchemaCompiler::Choice(std::vector<ExprId> children) {
  return program_.Add({.kind = ExprKind::kChoice, .children = std::move(children)});
}

Result<ExprId> SchemaCompiler::OwnDfa(Result<ByteDfa> dfa, const std::string& place) {
  if (!dfa) {
    Error error = dfa.error();
    if (error.place.empty()) error.place = place;
    return error;
  }
  program_.own_dfas.push_back(std::move(*dfa));
  const size_t index = kSharedDfaCount + program_.own_dfas.size() - 1;
  return program_.Add({.kind = ExprKind::kDfa, .dfa = static_cast<uint32_t>(index)});
}

}  // namespace fathom::grammar
