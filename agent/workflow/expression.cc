// SPDX-License-Identifier: Apache-2.0
// Reading and checking. Values are made in expression_value.cc.
#include "agent/workflow/expression.h"

#include <algorithm>
#include <charconv>

#include "agent/workflow/functions.h"
#include "agent/workflow/limits.h"
#include "base/did_you_mean.h"

namespace fathom {
namespace {

using Node = Expression::Node;
using Op = Node::Op;
using Kind = ValueType::Kind;

bool IsNameStart(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool IsNamePart(char c) {
  return IsNameStart(c) || (c >= '0' && c <= '9') || c == '-';
}

class Parser {
 public:
  Parser(std::string_view text, std::vector<ExpressionFault>& faults)
      : text_(text), faults_(faults) {}

  Node Whole() {
    Node node = Or();
    Skip();
    if (ok() && at_ < text_.size()) Fail("expected an operator or the end");
    return node;
  }

 private:
  bool ok() const { return is_ok_; }
  void Fail(const std::string& expected) {
    if (!is_ok_) return;
    is_ok_ = false;
    const std::string found =
        at_ < text_.size() ? ", found " + Json(text_.substr(at_, 1)).Dump() : ", found the end";
    faults_.push_back({.code = "WF030", .message = expected + found, .offset = at_});
  }
  void Skip() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n'))
      ++at_;
  }
  bool Take(std::string_view token) {
    Skip();
    if (!text_.substr(at_).starts_with(token)) return false;
    at_ += token.size();
    return true;
  }

  Node Chain(Op op, std::string_view token, Node (Parser::*next)()) {
    Node left = (this->*next)();
    while (ok()) {
      Skip();
      const size_t offset = at_;
      if (!Take(token)) break;
      Node right = (this->*next)();
      Node both{.op = op, .offset = offset};
      both.args.push_back(std::move(left));
      both.args.push_back(std::move(right));
      left = std::move(both);
    }
    return left;
  }
  Node Or() {
    if (++depth_ > kWorkflowExpressionDepthMax) {
      Fail("nested deeper than " + std::to_string(kWorkflowExpressionDepthMax));
      return {};
    }
    Node node = Chain(Op::kOr, "||", &Parser::And);
    --depth_;
    return node;
  }
  Node And() { return Chain(Op::kAnd, "&&", &Parser::Compare); }

  Node Compare() {
    Node left = Unary();
    Skip();
    const size_t offset = at_;
    for (const std::string_view token : {"==", "!=", "<=", ">=", "<", ">"}) {
      if (!ok() || !Take(token)) continue;
      Node both{.op = Op::kCompare, .name = std::string(token), .offset = offset};
      both.args.push_back(std::move(left));
      both.args.push_back(Unary());
      return both;
    }
    return left;
  }

  Node Unary() {
    Skip();
    const size_t offset = at_;
    size_t count = 0;
    while (ok() && !text_.substr(at_).starts_with("!=") && Take("!")) ++count;
    Node node = Postfix(Primary());
    if (count == 0) return node;
    Node inverted{.op = Op::kNot, .offset = offset};
    inverted.args.push_back(std::move(node));
    if (count % 2 != 0) return inverted;
    Node twice{.op = Op::kNot, .offset = offset};
    twice.args.push_back(std::move(inverted));
    return twice;
  }

  // What follows `.*` is built on the item, inside the kEach node.
  Node Postfix(Node node) {
    while (ok()) {
      Skip();
      const size_t offset = at_;
      if (Take(".*")) {
        Node each{.op = Op::kEach, .offset = offset};
        each.args.push_back(std::move(node));
        each.args.push_back(Postfix({.op = Op::kItem, .offset = offset}));
        return each;
      }
      if (Take(".")) {
        const size_t name_at = at_;
        Node field{.op = Op::kField, .name = Name(), .offset = name_at};
        if (field.name.empty()) Fail("expected a name after \".\"");
        field.args.push_back(std::move(node));
        node = std::move(field);
      } else if (Take("[")) {
        Skip();
        Node index{.op = Op::kIndex, .literal = Number(), .offset = offset};
        if (!index.literal.is_int() || index.literal.as_int() < 0) {
          Fail("expected a whole number from 0 in [ ]");
        } else if (!Take("]")) {
          Fail("expected \"]\"");
        }
        index.args.push_back(std::move(node));
        node = std::move(index);
      } else {
        break;
      }
    }
    return node;
  }

  std::string Name() {
    const size_t start = at_;
    if (at_ < text_.size() && IsNameStart(text_[at_])) {
      while (at_ < text_.size() && IsNamePart(text_[at_])) ++at_;
    }
    return std::string(text_.substr(start, at_ - start));
  }

  Json Number() {
    const char* begin = text_.data() + at_;
    const char* end = text_.data() + text_.size();
    int64_t whole = 0;
    const auto as_int = std::from_chars(begin, end, whole);
    double real = 0;
    const auto as_real = std::from_chars(begin, end, real, std::chars_format::fixed);
    if (as_real.ec != std::errc() || as_real.ptr == begin) return {};
    at_ += static_cast<size_t>(as_real.ptr - begin);
    if (as_int.ec == std::errc() && as_int.ptr == as_real.ptr) return whole;
    return real;
  }

  Node Text() {
    Node node{.offset = at_ - 1};
    std::string text;
    for (;; ++at_) {
      if (at_ >= text_.size()) {
        Fail("the text that begins here has no closing '");
        return node;
      }
      if (text_[at_] == '\'') {
        if (at_ + 1 < text_.size() && text_[at_ + 1] == '\'') {
          ++at_;
        } else {
          break;
        }
      }
      text += text_[at_];
    }
    ++at_;
    node.literal = std::move(text);
    return node;
  }

  Node Primary() {
    Skip();
    const size_t offset = at_;
    if (!ok()) return {};
    if (Take("(")) {
      Node node = Or();
      if (ok() && !Take(")")) Fail("expected \")\"");
      return node;
    }
    if (Take("'")) return Text();
    const bool is_number =
        at_ < text_.size() && ((text_[at_] >= '0' && text_[at_] <= '9') || text_[at_] == '-');
    if (is_number) {
      Node node{.literal = Number(), .offset = offset};
      if (node.literal.is_null()) Fail("expected a number");
      return node;
    }
    std::string name = Name();
    if (name.empty()) {
      Fail("expected a value (a name, 'text', a number)");
      return {};
    }
    if (name == "true" || name == "false") return {.literal = name == "true", .offset = offset};
    if (name == "null") return {.offset = offset};
    if (!Take("(")) return {.op = Op::kName, .name = std::move(name), .offset = offset};
    Node call{.op = Op::kCall, .name = std::move(name), .offset = offset};
    if (Take(")")) return call;
    do {
      call.args.push_back(Or());
    } while (ok() && Take(","));
    if (ok() && !Take(")")) Fail("expected \",\" or \")\"");
    return call;
  }

  std::string_view text_;
  std::vector<ExpressionFault>& faults_;
  size_t at_ = 0;
  size_t depth_ = 0;
  bool is_ok_ = true;
};

class Checker {
 public:
  Checker(const ValueType& scope, std::vector<ExpressionFault>& faults)
      : scope_(scope), faults_(faults) {}

  ValueType Of(const Node& node, const ValueType* item) {
    switch (node.op) {
      case Op::kLiteral:
        return OfLiteral(node.literal);
      case Op::kName:
        return OfName(node);
      case Op::kItem:
        return *item;
      case Op::kField:
        return OfField(node, item);
      case Op::kIndex: {
        const ValueType list = Of(node.args[0], item);
        if (!Is(list, Kind::kList)) Mismatch(node, "[ ] needs a list", list);
        return list.item.empty() ? ValueType{} : list.item[0];
      }
      case Op::kEach:
        return OfEach(node, item);
      case Op::kNot:
      case Op::kAnd:
      case Op::kOr:
        for (const Node& arg : node.args) {
          const ValueType type = Of(arg, item);
          if (!Is(type, Kind::kBoolean)) Mismatch(arg, "&& || ! need booleans", type);
        }
        return ValueType::Of(Kind::kBoolean);
      case Op::kCompare:
        return OfCompare(node, item);
      case Op::kCall:
        return OfCall(node, item);
    }
    return {};
  }

 private:
  static bool Is(const ValueType& type, Kind kind) {
    return type.kind == kind || type.kind == Kind::kAny;
  }
  void Mismatch(const Node& node, const std::string& needs, const ValueType& found) {
    faults_.push_back({.code = "WF031",
                       .message = needs + ", found " + std::string(TypeName(found.kind)),
                       .offset = node.offset});
  }
  static ValueType OfLiteral(const Json& literal) {
    if (literal.is_bool()) return ValueType::Of(Kind::kBoolean);
    if (literal.is_number()) return ValueType::Of(Kind::kNumber);
    return ValueType::Of(literal.is_string() ? Kind::kString : Kind::kNull);
  }

  static std::string Near(std::string_view name, const ValueType& object) {
    std::vector<std::string_view> known;
    for (const auto& [field, type] : object.fields) known.push_back(field);
    return DidYouMean(name, known);
  }

  ValueType OfName(const Node& node) {
    if (const ValueType* type = scope_.Field(node.name)) return *type;
    faults_.push_back({.code = "WF023",
                       .message = "unknown name \"" + node.name +
                                  "\": there are inputs, steps and, in a matrix, matrix",
                       .suggestion = Near(node.name, scope_),
                       .offset = node.offset});
    return {};
  }

  ValueType OfField(const Node& node, const ValueType* item) {
    const Node& base_node = node.args[0];
    const ValueType base = Of(base_node, item);
    if (base.kind == Kind::kAny) return {};
    if (base.kind == Kind::kList) {
      faults_.push_back({.code = "WF031",
                         .message = "a list has no \"" + node.name + "\"",
                         .suggestion = ".*." + node.name,
                         .offset = node.offset});
      return {};
    }
    if (base.kind != Kind::kObject) {
      Mismatch(node, "." + node.name + " needs an object", base);
      return {};
    }
    if (const ValueType* type = base.Field(node.name)) return *type;
    if (base.is_open) return {};
    const bool of_scope = base_node.op == Op::kName;
    const bool of_steps = of_scope && base_node.name == "steps";
    faults_.push_back({.code = of_steps   ? "WF020"
                               : of_scope ? "WF023"
                                          : "WF024",
                       .message = of_steps ? "there is no step \"" + node.name + "\""
                                  : of_scope
                                      ? "there is no \"" + node.name + "\" in " + base_node.name
                                      : "this value has no field \"" + node.name + "\"",
                       .suggestion = Near(node.name, base),
                       .offset = node.offset});
    return {};
  }

  ValueType OfEach(const Node& node, const ValueType* item) {
    const ValueType list = Of(node.args[0], item);
    if (!Is(list, Kind::kList)) Mismatch(node, ".* needs a list", list);
    const ValueType inner_item = list.item.empty() ? ValueType{} : list.item[0];
    ValueType body = Of(node.args[1], &inner_item);
    return node.args[1].op == Op::kEach ? body : ValueType::ListOf(std::move(body));
  }

  ValueType OfCompare(const Node& node, const ValueType* item) {
    const ValueType left = Of(node.args[0], item), right = Of(node.args[1], item);
    const bool orders = node.name[0] == '<' || node.name[0] == '>';
    for (const ValueType* side : {&left, &right}) {
      if (orders && !Is(*side, Kind::kNumber))
        Mismatch(node, node.name + " compares numbers", *side);
    }
    const bool known = left.kind != Kind::kAny && right.kind != Kind::kAny;
    const bool null = left.kind == Kind::kNull || right.kind == Kind::kNull;
    if (!orders && known && !null && left.kind != right.kind) {
      faults_.push_back({.code = "WF031",
                         .message = std::string(TypeName(left.kind)) + " and " +
                                    std::string(TypeName(right.kind)) + " are never equal",
                         .offset = node.offset});
    }
    return ValueType::Of(Kind::kBoolean);
  }

  ValueType OfCall(const Node& node, const ValueType* item) {
    std::vector<ValueType> types;
    for (const Node& arg : node.args) types.push_back(Of(arg, item));
    const WorkflowFunction* function = FindWorkflowFunction(node.name);
    if (function == nullptr) {
      faults_.push_back({.code = "WF032",
                         .message = "unknown function \"" + node.name + "\"",
                         .suggestion = DidYouMean(node.name, WorkflowFunctionNames()),
                         .offset = node.offset});
      return {};
    }
    if (types.size() != function->parameters.size()) {
      faults_.push_back({.code = "WF033",
                         .message = node.name + " takes " +
                                    std::to_string(function->parameters.size()) +
                                    " value(s), found " + std::to_string(types.size()),
                         .suggestion = std::string(function->usage),
                         .offset = node.offset});
      return {};
    }
    for (size_t i = 0; i < types.size(); ++i) {
      const auto& takes = function->parameters[i];
      const bool fits = types[i].kind == Kind::kAny || takes.empty() ||
                        std::find(takes.begin(), takes.end(), types[i].kind) != takes.end();
      if (!fits) {
        Mismatch(node.args[i], node.name + " takes " + std::string(TypeName(takes[0])) + " here",
                 types[i]);
      }
    }
    return function->type(types);
  }

  const ValueType& scope_;
  std::vector<ExpressionFault>& faults_;
};

template <typename Visit>
void Walk(const Node& node, const Visit& visit) {
  visit(node);
  for (const Node& arg : node.args) Walk(arg, visit);
}

}  // namespace

ValueType ValueType::ListOf(ValueType item) {
  ValueType list{.kind = Kind::kList};
  list.item.push_back(std::move(item));
  return list;
}

ValueType ValueType::ObjectOf(std::vector<FieldType> fields) {
  return {.kind = Kind::kObject, .fields = std::move(fields), .is_open = false};
}

const ValueType* ValueType::Field(std::string_view name) const {
  for (const auto& [field, type] : fields) {
    if (field == name) return &type;
  }
  return nullptr;
}

std::string_view TypeName(ValueType::Kind kind) {
  constexpr std::string_view kNames[] = {"any",  "null",   "a boolean", "a number",
                                         "text", "a list", "an object"};
  return kNames[static_cast<size_t>(kind)];
}

ValueType ValueType::OfSchema(const Json& schema) {
  const Json* type = schema.Find("type");
  if (type == nullptr || !type->is_string()) return {};
  const std::string& name = type->as_string();
  if (name == "boolean") return Of(Kind::kBoolean);
  if (name == "number" || name == "integer") return Of(Kind::kNumber);
  if (name == "string") return Of(Kind::kString);
  if (name == "null") return Of(Kind::kNull);
  if (name == "array") {
    const Json* items = schema.Find("items");
    return items != nullptr && items->is_object() ? ListOf(OfSchema(*items)) : Of(Kind::kList);
  }
  if (name != "object") return {};
  ValueType object{.kind = Kind::kObject};
  if (const Json* properties = schema.Find("properties");
      properties != nullptr && properties->is_object()) {
    for (const auto& [field, inner] : properties->as_object())
      object.fields.push_back({field, OfSchema(inner)});
  }
  const Json* additional = schema.Find("additionalProperties");
  object.is_open = additional == nullptr || !additional->is_bool() || additional->as_bool();
  return object;
}

Expression Expression::Parse(std::string_view text, std::vector<ExpressionFault>& faults) {
  Expression expression;
  if (text.size() > kWorkflowExpressionBytesMax) {
    faults.push_back(
        {.code = "WF030",
         .message = "is longer than " + std::to_string(kWorkflowExpressionBytesMax) + " bytes"});
    return expression;
  }
  expression.root_ = Parser(text, faults).Whole();
  return expression;
}

ValueType Expression::Check(const ValueType& scope, std::vector<ExpressionFault>& faults) const {
  return Checker(scope, faults).Of(root_, nullptr);
}

std::vector<std::string> Expression::Steps() const {
  std::vector<std::string> steps;
  Walk(root_, [&](const Node& node) {
    const bool is_step =
        node.op == Op::kField && node.args[0].op == Op::kName && node.args[0].name == "steps";
    if (is_step && std::find(steps.begin(), steps.end(), node.name) == steps.end())
      steps.push_back(node.name);
  });
  return steps;
}

bool Expression::Names(std::string_view root) const {
  bool found = false;
  Walk(root_, [&](const Node& node) { found |= node.op == Op::kName && node.name == root; });
  return found;
}

Template Template::Parse(std::string_view text, std::vector<ExpressionFault>& faults,
                         std::vector<size_t>& fault_index) {
  Template parsed;
  size_t index = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t open = std::min(text.find("${{", at), text.size());
    if (open > at) parsed.parts_.push_back({.text = std::string(text.substr(at, open - at))});
    if (open == text.size()) break;
    size_t end = open + 3;
    bool is_quoted = false;
    while (end < text.size() && (is_quoted || !text.substr(end).starts_with("}}"))) {
      is_quoted ^= text[end] == '\'';
      ++end;
    }
    const size_t before = faults.size();
    Part part{.is_expression = true, .index = index++};
    if (end >= text.size()) {
      faults.push_back(
          {.code = "WF030", .message = "${{ without }}", .offset = ExpressionFault::kWhole});
    } else {
      part.expression = Expression::Parse(text.substr(open + 3, end - open - 3), faults);
    }
    fault_index.resize(fault_index.size() + faults.size() - before, part.index);
    parsed.parts_.push_back(std::move(part));
    at = end + 2;
  }
  return parsed;
}

bool Template::is_constant() const {
  return std::none_of(parts_.begin(), parts_.end(),
                      [](const Part& part) { return part.is_expression; });
}

}  // namespace fathom
