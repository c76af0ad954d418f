// SPDX-License-Identifier: Apache-2.0
// JSON Schema to a Program. Internal to engine/grammar.
#pragma once

#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "engine/grammar/program.h"

namespace fathom::grammar {

struct SchemaCompilerOptions {
  // Objects that declare properties and say nothing of further ones have none.
  bool closed_objects = false;
};

// Keywords that constrain nothing.
bool IsAnnotation(std::string_view keyword);

Error NotHeld(std::string_view keyword, const std::string& why, const std::string& place);

class SchemaCompiler {
 public:
  explicit SchemaCompiler(Program& program, const SchemaCompilerOptions& options = {})
      : program_(program), options_(options) {}

  // The expression of the schema's values. The schema is checked by base/json_schema first.
  Result<ExprId> Compile(const Json& root, const std::string& place);

 private:
  Result<ExprId> Schema(const Json& schema, const std::string& place, size_t depth);
  Result<ExprId> Reference(const Json& reference, const std::string& place);
  Result<ExprId> Listed(const Json& schema, const std::string& place);
  Result<ExprId> Constant(const Json& value);
  Result<ExprId> AnyOf(const Json& options, const std::string& place, size_t depth);
  Result<ExprId> Typed(const Json& schema, std::string_view type, const std::string& place,
                       size_t depth);
  Result<ExprId> Number(const Json& schema, bool integer, const std::string& place);
  Result<ExprId> String(const Json& schema, const std::string& place);
  Result<ExprId> Array(const Json& schema, const std::string& place, size_t depth);
  Result<ExprId> Object(const Json& schema, const std::string& place, size_t depth);
  // schema_parts.cc
  Status TakeApart(const Json& schema, const std::string& place, std::set<const Json*>& seen,
                   Json::Array& parts);
  Result<ExprId> Together(const Json& schema, const std::string& place, size_t depth);
  Result<ExprId> Parts(Json::Array parts, const std::string& place, size_t depth);
  Result<ExprId> Multiplied(Json::Array parts, size_t at, const char* keyword,
                            const std::string& place, size_t depth);
  Result<ExprId> ListedTogether(Json::Array parts, const std::string& place);

  // By type, of keywords that each count by themselves.
  Result<ExprId> Values(const Json& schema, const std::string& place, size_t depth);
  Result<ExprId> AnyValue();
  Result<ExprId> Literal(std::string text);
  Result<ExprId> Choice(std::vector<ExprId> children);
  Result<ExprId> OwnDfa(Result<ByteDfa> dfa, const std::string& place);
  Status CheckKeywords(const Json& schema, const std::string& place) const;

  Program& program_;
  SchemaCompilerOptions options_;
  const Json* root_ = nullptr;
  bool draft7_ = false;
  ExprId any_ = kNone;
  std::map<const Json*, ExprId> references_;
  std::map<std::string, ExprId> together_;  // by the parts, written out
  size_t merged_bytes_ = 0;
  // References met and not yet compiled: the choice that stands for each.
  std::deque<std::pair<const Json*, std::string>> pending_;
};

}  // namespace fathom::grammar
