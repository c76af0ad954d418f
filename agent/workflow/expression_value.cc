// SPDX-License-Identifier: Apache-2.0
// Values of expressions and templates.
#include <algorithm>

#include "agent/workflow/expression.h"
#include "agent/workflow/functions.h"
#include "agent/workflow/limits.h"

namespace fathom {
namespace {

using Node = Expression::Node;
using Op = Node::Op;

bool IsTrue(const Json& value) {
  return value.is_bool() && value.as_bool();
}

Json Compared(const std::string& op, const Json& left, const Json& right) {
  if (op == "==") return left == right;
  if (op == "!=") return !(left == right);
  if (!left.is_number() || !right.is_number()) return false;
  const double a = left.as_double(), b = right.as_double();
  if (op == "<") return a < b;
  if (op == "<=") return a <= b;
  return op == ">" ? a > b : a >= b;
}

class Evaluator {
 public:
  explicit Evaluator(const Json& scope) : scope_(scope) {}

  Result<Json> Of(const Node& node, const Json* item) const {
    switch (node.op) {
      case Op::kLiteral:
        return node.literal;
      case Op::kName: {
        const Json* value = scope_.Find(node.name);
        return value != nullptr ? *value : Json();
      }
      case Op::kItem:
        return *item;
      case Op::kField: {
        auto base = Of(node.args[0], item);
        if (!base) return base;
        const Json* value = base->Find(node.name);
        return value != nullptr ? *value : Json();
      }
      case Op::kIndex: {
        auto base = Of(node.args[0], item);
        if (!base) return base;
        const auto index = static_cast<size_t>(node.literal.as_int());
        return base->is_array() && index < base->size() ? base->as_array()[index] : Json();
      }
      case Op::kEach:
        return OfEach(node, item);
      case Op::kNot: {
        auto value = Of(node.args[0], item);
        return value ? Result<Json>(Json(!IsTrue(*value))) : value;
      }
      case Op::kAnd:
      case Op::kOr: {
        auto left = Of(node.args[0], item);
        if (!left || IsTrue(*left) == (node.op == Op::kOr))
          return left ? Result<Json>(Json(IsTrue(*left))) : left;
        auto right = Of(node.args[1], item);
        return right ? Result<Json>(Json(IsTrue(*right))) : right;
      }
      case Op::kCompare: {
        auto left = Of(node.args[0], item);
        if (!left) return left;
        auto right = Of(node.args[1], item);
        return right ? Result<Json>(Compared(node.name, *left, *right)) : right;
      }
      case Op::kCall:
        return OfCall(node, item);
    }
    return Json();
  }

 private:
  Result<Json> OfEach(const Node& node, const Json* item) const {
    auto list = Of(node.args[0], item);
    if (!list) return list;
    Json values = Json::EmptyArray();
    if (!list->is_array()) return values;
    const bool is_flat = node.args[1].op == Op::kEach;
    for (const Json& one : list->as_array()) {
      auto value = Of(node.args[1], &one);
      if (!value) return value;
      if (!is_flat) {
        values.Push(std::move(*value));
        continue;
      }
      for (Json& inner : value->as_array()) values.Push(std::move(inner));
    }
    return values;
  }

  Result<Json> OfCall(const Node& node, const Json* item) const {
    const WorkflowFunction* function = FindWorkflowFunction(node.name);
    if (function == nullptr || function->parameters.size() != node.args.size())
      return Invalid("no function " + node.name + " of so many values");
    std::vector<Json> values;
    for (const Node& arg : node.args) {
      auto value = Of(arg, item);
      if (!value) return value;
      values.push_back(std::move(*value));
    }
    return function->value(values);
  }

  const Json& scope_;
};

}  // namespace

Result<Json> Expression::Evaluate(const Json& scope) const {
  return Evaluator(scope).Of(root_, nullptr);
}

std::string ValueText(const Json& value) {
  if (value.is_string()) return value.as_string();
  return value.is_null() ? "" : value.Dump(-1, true);
}

Result<Json> Template::Render(const Json& scope) const {
  if (is_value()) return parts_[0].expression.Evaluate(scope);
  std::string text;
  for (const Part& part : parts_) {
    if (!part.is_expression) {
      text += part.text;
      continue;
    }
    auto value = part.expression.Evaluate(scope);
    if (!value) return value;
    text += ValueText(*value);
    if (text.size() > kWorkflowValueBytesMax) break;
  }
  return LimitedText(std::move(text));
}

Result<Json> RenderTree(const Json& tree, const Json& scope) {
  if (tree.is_string()) {
    std::vector<ExpressionFault> faults;
    std::vector<size_t> index;
    const Template parsed = Template::Parse(tree.as_string(), faults, index);
    if (!faults.empty()) return Invalid(faults[0].message);
    return parsed.Render(scope);
  }
  if (tree.is_array()) {
    Json list = Json::EmptyArray();
    for (const Json& item : tree.as_array()) {
      auto value = RenderTree(item, scope);
      if (!value) return value;
      list.Push(std::move(*value));
    }
    return list;
  }
  if (!tree.is_object()) return tree;
  Json object = Json::EmptyObject();
  for (const auto& [key, item] : tree.as_object()) {
    auto value = RenderTree(item, scope);
    if (!value) return value;
    object.Set(key, std::move(*value));
  }
  return object;
}

}  // namespace fathom
