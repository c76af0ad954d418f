// SPDX-License-Identifier: Apache-2.0
#include "agent/workflow/functions.h"

#include <algorithm>

#include "agent/workflow/limits.h"

namespace fathom {
namespace {

using Kind = ValueType::Kind;

bool Contains(const Json& whole, const Json& part) {
  if (whole.is_string())
    return part.is_string() && whole.as_string().find(part.as_string()) != std::string::npos;
  if (!whole.is_array()) return false;
  const Json::Array& items = whole.as_array();
  return std::find(items.begin(), items.end(), part) != items.end();
}

int64_t Length(const Json& value) {
  if (value.is_string()) return static_cast<int64_t>(value.as_string().size());
  return value.is_array() || value.is_object() ? static_cast<int64_t>(value.size()) : 0;
}

Result<Json> Join(const Json& list, const Json& separator) {
  std::string text;
  if (!list.is_array()) return Json(ValueText(list));
  for (size_t i = 0; i < list.size(); ++i) {
    if (i > 0) text += ValueText(separator);
    text += ValueText(list.as_array()[i]);
    if (text.size() > kWorkflowValueBytesMax) break;
  }
  return LimitedText(std::move(text));
}

Json Lines(const Json& text) {
  Json lines = Json::EmptyArray();
  if (!text.is_string()) return lines;
  std::string_view rest = text.as_string();
  while (!rest.empty()) {
    const size_t end = std::min(rest.find('\n'), rest.size());
    if (end > 0) lines.Push(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return lines;
}

// Each of the texts, none of them empty, stands in the whole.
bool AllIn(const Json& parts, const Json& whole) {
  if (!parts.is_array() || !whole.is_string()) return false;
  return std::all_of(parts.as_array().begin(), parts.as_array().end(), [&](const Json& part) {
    return part.is_string() && !part.as_string().empty() && Contains(whole, part);
  });
}

std::function<ValueType(const std::vector<ValueType>&)> Always(Kind kind) {
  return [kind](const std::vector<ValueType>&) { return ValueType::Of(kind); };
}

ValueType Either(const ValueType& a, const ValueType& b) {
  return a.kind == b.kind ? b : ValueType{};
}

const std::vector<WorkflowFunction>& Functions() {
  using Types = std::vector<ValueType>;
  using Values = std::vector<Json>;
  static const std::vector<WorkflowFunction> functions = {
      {"all_in",
       "all_in(texts, text)",
       {{Kind::kList}, {Kind::kString}},
       Always(Kind::kBoolean),
       [](const Values& v) -> Result<Json> { return Json(AllIn(v[0], v[1])); }},
      {"choose",
       "choose(condition, value, otherwise)",
       {{Kind::kBoolean}, {}, {}},
       [](const Types& t) { return Either(t[1], t[2]); },
       [](const Values& v) -> Result<Json> { return v[0] == Json(true) ? v[1] : v[2]; }},
      {"contains",
       "contains(list or text, value)",
       {{Kind::kList, Kind::kString}, {}},
       Always(Kind::kBoolean),
       [](const Values& v) -> Result<Json> { return Json(Contains(v[0], v[1])); }},
      {"default",
       "default(value, if it is null)",
       {{}, {}},
       [](const Types& t) { return t[0].kind == Kind::kNull ? t[1] : Either(t[0], t[1]); },
       [](const Values& v) -> Result<Json> { return v[0].is_null() ? v[1] : v[0]; }},
      {"join",
       "join(list, separator)",
       {{Kind::kList}, {Kind::kString}},
       Always(Kind::kString),
       [](const Values& v) { return Join(v[0], v[1]); }},
      {"json",
       "json(value)",
       {{}},
       Always(Kind::kString),
       [](const Values& v) { return LimitedText(v[0].Dump()); }},
      {"length",
       "length(list or text)",
       {{Kind::kList, Kind::kString, Kind::kObject}},
       Always(Kind::kNumber),
       [](const Values& v) -> Result<Json> { return Json(Length(v[0])); }},
      {"lines",
       "lines(text)",
       {{Kind::kString}},
       [](const Types&) { return ValueType::ListOf(ValueType::Of(Kind::kString)); },
       [](const Values& v) -> Result<Json> { return Lines(v[0]); }},
  };
  return functions;
}

}  // namespace

const WorkflowFunction* FindWorkflowFunction(std::string_view name) {
  for (const WorkflowFunction& function : Functions()) {
    if (function.name == name) return &function;
  }
  return nullptr;
}

std::span<const std::string_view> WorkflowFunctionNames() {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> all;
    for (const WorkflowFunction& function : Functions()) all.push_back(function.name);
    return all;
  }();
  return names;
}

Result<Json> LimitedText(std::string text) {
  if (text.size() > kWorkflowValueBytesMax) {
    return Error{Code::kLimit, "a text made by an expression is longer than " +
                                   std::to_string(kWorkflowValueBytesMax) + " bytes"};
  }
  return Json(std::move(text));
}

}  // namespace fathom
