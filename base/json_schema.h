// SPDX-License-Identifier: Apache-2.0
// JsonSchema: checks a JSON value against a schema, in the part of JSON Schema 2020-12 and draft 7
// that tools and structured answers use.
//
// Promises
//  * What is not supported is refused by Compile(), by keyword and place; nothing is ignored
//  silently
//    that could change a verdict. `format` and `content*` are annotations, as the standard allows;
//    so is `optional`, by which catalogues of functions mark parameters: what must be there is said
//    by `required` alone.
//  * Patterns run in RE2 (linear time). What RE2 does not know (look-around) is refused.
//  * Schemas are hostile too: depth and work of a check are limited (kLimit).
// Supported: type enum const; multipleOf minimum maximum exclusive*; minLength maxLength pattern;
// items (also draft 7's list form with additionalItems) prefixItems minItems maxItems uniqueItems
// contains minContains maxContains; properties patternProperties additionalProperties propertyNames
// required minProperties maxProperties; allOf anyOf oneOf not if/then/else; $ref inside the
// document. Source: JSON Schema 2020-12 and draft 7; tested on the official suite.
#pragma once

#include <memory>
#include <string>

#include "base/json.h"
#include "base/result.h"

namespace fathom {

class JsonSchema {
 public:
  enum class Dialect { k2020, kDraft7 };  // draft 7 ignores what stands beside a $ref

  // The dialect is the one $schema names, else `dialect`.
  static Result<JsonSchema> Compile(const Json& schema, Dialect dialect = Dialect::k2020);
  JsonSchema(JsonSchema&&) noexcept;
  JsonSchema& operator=(JsonSchema&&) noexcept;
  ~JsonSchema();

  // The first violation, in words a model can act on; `place` is its JSON pointer ("" is the
  // whole).
  Status Check(const Json& value) const;

  struct Impl;  // json_schema_impl.h, for the two files that implement this

 private:
  explicit JsonSchema(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// What a $ref to a place in the document (#, #/a/b) names; nullptr when there is no such place, or
// this is no such reference.
const Json* FindReference(const Json& root, std::string_view reference);

}  // namespace fathom
