// SPDX-License-Identifier: Apache-2.0
// Schemas that hold together: allOf, and what stands beside $ref, anyOf and oneOf. They are taken
// apart, alternatives are multiplied out, and what remains is merged.
#include <algorithm>

#include "base/json_schema.h"
#include "base/limits.h"
#include "engine/grammar/disjoint.h"
#include "engine/grammar/merge_schemas.h"
#include "engine/grammar/schema_compiler.h"

namespace fathom::grammar {
namespace {

constexpr size_t kMergedBytesMax = 16_MiB;  // of all schemas that hold together, written out

Json Without(const Json& schema, std::string_view keyword) {
  Json::Object members = schema.as_object();
  std::erase_if(members, [&](const Json::Member& member) { return member.first == keyword; });
  return Json(std::move(members));
}

const char* Alternatives(const Json& part) {
  for (const char* keyword : {"anyOf", "oneOf"}) {
    if (part.Find(keyword) != nullptr) return keyword;
  }
  return nullptr;
}

bool IsListed(const Json& part) {
  return part.Find("enum") != nullptr || part.Find("const") != nullptr;
}

}  // namespace

// The schemas that `schema` says must all hold, without references and allOf; equal ones once.
Status SchemaCompiler::TakeApart(const Json& schema, const std::string& place,
                                 std::set<const Json*>& seen, Json::Array& parts) {
  if (schema.is_bool()) {
    if (!schema.as_bool()) parts.push_back(schema);
    return OkStatus();
  }
  Json own = Json::EmptyObject();
  const Json* reference = schema.Find("$ref");
  for (const auto& [keyword, value] : schema.as_object()) {
    if (draft7_ && reference != nullptr) break;
    if (keyword != "allOf" && keyword != "$ref" && !IsAnnotation(keyword)) own.Set(keyword, value);
  }
  if (own.size() > 0 && std::find(parts.begin(), parts.end(), own) == parts.end())
    parts.push_back(std::move(own));
  if (reference != nullptr) {
    const Json* target = FindReference(*root_, reference->as_string());
    if (target == nullptr)
      return Invalid("nothing stands at " + reference->Dump(), place + "/$ref");
    // A schema that refers to itself says nothing more.
    if (seen.insert(target).second) {
      if (Status status = TakeApart(*target, place, seen, parts); !status) return status;
    }
    if (draft7_) return OkStatus();
  }
  if (const Json* all = schema.Find("allOf")) {
    for (const Json& part : all->as_array()) {
      if (Status status = TakeApart(part, place, seen, parts); !status) return status;
    }
  }
  return OkStatus();
}

Result<ExprId> SchemaCompiler::Together(const Json& schema, const std::string& place,
                                        size_t depth) {
  Json::Array parts;
  std::set<const Json*> seen;
  if (Status status = TakeApart(schema, place, seen, parts); !status) return status.error();
  std::string key = Json(parts).Dump();
  merged_bytes_ += key.size();
  if (merged_bytes_ > kMergedBytesMax) {
    return Error{Code::kLimit, "the schemas that hold together multiply too far", place};
  }
  if (const auto known = together_.find(key); known != together_.end()) return known->second;
  auto choice = Choice({});
  if (!choice) return choice;
  together_.emplace(std::move(key), *choice);
  auto values = Parts(std::move(parts), place, depth);
  if (!values) return values;
  program_.exprs[*choice].children = {*values};
  return choice;
}

Result<ExprId> SchemaCompiler::Parts(Json::Array parts, const std::string& place, size_t depth) {
  for (const Json& part : parts) {
    if (part.is_bool()) return Choice({});
  }
  for (size_t i = 0; i < parts.size(); ++i) {
    if (const char* keyword = Alternatives(parts[i]))
      return Multiplied(std::move(parts), i, keyword, place, depth);
  }
  for (const Json& part : parts) {
    if (IsListed(part)) return ListedTogether(std::move(parts), place);
  }
  Json all = Json::EmptyObject();
  for (const Json& part : parts) {
    if (Status status = CheckKeywords(part, place); !status) return status.error();
    auto merged = MergedSchemas(all, part);
    if (!merged) return NotHeld("allOf", " with " + merged.error().message, place);
    all = std::move(*merged);
  }
  return Values(all, place, depth);
}

// The parts with each of the forms that part `at` gives.
Result<ExprId> SchemaCompiler::Multiplied(Json::Array parts, size_t at, const char* keyword,
                                          const std::string& place, size_t depth) {
  const Json forms = *parts[at].Find(keyword);
  if (keyword == std::string_view("oneOf") && !AreDisjoint(*root_, forms))
    return NotHeld("oneOf", " unless its forms are visibly disjoint", place);
  parts[at] = Without(parts[at], keyword);
  std::vector<ExprId> choices;
  for (size_t i = 0; i < forms.size(); ++i) {
    Json::Array all = parts;
    all.push_back(forms.as_array()[i]);
    Json together = Json::EmptyObject();
    together.Set("allOf", std::move(all));
    auto one = Schema(together, place + "/" + keyword + "/" + std::to_string(i), depth + 1);
    if (!one) return one;
    choices.push_back(*one);
  }
  return Choice(std::move(choices));
}

Result<ExprId> SchemaCompiler::ListedTogether(Json::Array parts, const std::string& place) {
  const auto listed = std::find_if(parts.begin(), parts.end(), IsListed);
  Json whole = *listed;
  parts.erase(listed);
  if (!parts.empty()) whole.Set("allOf", std::move(parts));
  return Listed(whole, place);
}

}  // namespace fathom::grammar
