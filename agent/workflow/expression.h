// SPDX-License-Identifier: Apache-2.0
// Expression: what stands between ${{ and }} in a workflow. A tiny total language.
//
// Promises
//  * It sees its scope and nothing else: the object it is given, whose members are `inputs`,
//    `steps` and `matrix` in a workflow. No environment, no files, no clock, no other names.
//  * It has no side effects and always ends: there are no loops, no definitions and no recursion;
//    text and depth have limits (base/limits.h).
//  * It always has a value, but for one limit on size: what is absent is null, what does not fit
//    compares as unequal. Where types are known before anything runs, Check() refuses what does not
//    fit instead.
//
//   or    = and { "||" and }             values of && || ! are booleans
//   and   = compare { "&&" compare }
//   compare = unary [ ("==" | "!=" | "<" | "<=" | ">" | ">=") unary ]
//   unary = "!" unary | primary { "." name | "[" number "]" | ".*" }
//   primary = 'text' | number | true | false | null | name | function "(" or { "," or } ")"
//           | "(" or ")"
//
// In 'text' a quote is written twice. `list.*.name` is the list of the items' names; a second .*
// gives one flat list.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace fathom {

struct FieldType;

// The type of a value, as far as it is known before anything runs.
struct ValueType {
  enum class Kind { kAny, kNull, kBoolean, kNumber, kString, kList, kObject };
  Kind kind = Kind::kAny;
  std::vector<ValueType> item;    // of a list: one, or none: not known
  std::vector<FieldType> fields;  // of an object
  bool is_open = true;            // the object may have other fields

  static ValueType Of(Kind kind);
  static ValueType ListOf(ValueType item);
  // A closed object.
  static ValueType ObjectOf(std::vector<FieldType> fields);
  // Of values that fit a JSON Schema; what it does not say is kAny.
  static ValueType OfSchema(const Json& schema);
  const ValueType* Field(std::string_view name) const;
};

struct FieldType {
  std::string name;
  ValueType type;
};

inline ValueType ValueType::Of(Kind kind) {
  return {.kind = kind};
}

std::string_view TypeName(ValueType::Kind kind);  // "any", "boolean", "text", ...

// What is wrong with an expression. `code` is a workflow's (agent/workflow/workflow.h).
struct ExpressionFault {
  std::string code;
  std::string message;
  std::string suggestion;
  static constexpr size_t kWhole = static_cast<size_t>(-1);
  size_t offset = 0;  // bytes from the expression's first; kWhole: its ${{
};

class Expression {
 public:
  // Faults are added to `faults`; the expression is then not to be used.
  static Expression Parse(std::string_view text, std::vector<ExpressionFault>& faults);

  // Names and types against the type of the scope. Returns the value's type.
  ValueType Check(const ValueType& scope, std::vector<ExpressionFault>& faults) const;
  // kLimit when a text would be longer than kWorkflowValueBytesMax.
  Result<Json> Evaluate(const Json& scope) const;
  // The steps whose values it names, in the order of their first mention.
  std::vector<std::string> Steps() const;
  // Names a member of `root`, or the root itself.
  bool Names(std::string_view root) const;

  struct Node {
    enum class Op {
      kLiteral,
      kName,   // of the scope
      kItem,   // of the list that `.*` goes through
      kField,  // args[0] . name
      kIndex,  // args[0] [ literal ]
      kEach,   // args[1] for each item of args[0]
      kNot,
      kAnd,
      kOr,
      kCompare,  // name is the operator
      kCall,     // name is the function
    };
    Op op = Op::kLiteral;
    Json literal;
    std::string name;
    std::vector<Node> args;
    size_t offset = 0;
  };
  const Node& root() const { return root_; }

 private:
  Node root_;
};

// A text with ${{ }} in it.
class Template {
 public:
  struct Part {
    std::string text;  // literal, when there is no expression
    bool is_expression = false;
    Expression expression;
    size_t index = 0;  // of the expression, counted from 0 in its text
  };
  // `index` of a fault's expression goes to fault_index, beside `faults`.
  static Template Parse(std::string_view text, std::vector<ExpressionFault>& faults,
                        std::vector<size_t>& fault_index);

  const std::vector<Part>& parts() const { return parts_; }
  // Nothing but one expression: its value keeps its type.
  bool is_value() const { return parts_.size() == 1 && parts_[0].is_expression; }
  bool is_constant() const;  // no expression at all
  Result<Json> Render(const Json& scope) const;

 private:
  std::vector<Part> parts_;
};

// Every text of `tree` rendered. Faults cannot occur in what was checked; they are kInvalid.
Result<Json> RenderTree(const Json& tree, const Json& scope);

// As a value stands inside a text: texts as they are, null as nothing, lists and objects as JSON.
std::string ValueText(const Json& value);

}  // namespace fathom
