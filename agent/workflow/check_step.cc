// SPDX-License-Identifier: Apache-2.0
#include "agent/workflow/check_step.h"

#include <algorithm>

#include "agent/workflow/keys.h"
#include "base/did_you_mean.h"
#include "base/json_schema.h"
#include "tools/registry.h"

namespace fathom {
namespace {

using Kind = ValueType::Kind;

constexpr int64_t kQuarantineTextMax = 64;  // a name or a code, no order

std::string Quoted(std::string_view text) {
  return "\"" + std::string(text) + "\"";
}

bool HoldsExpression(const Json& tree) {
  if (tree.is_string()) return tree.as_string().find("${{") != std::string::npos;
  if (tree.is_array())
    return std::any_of(tree.as_array().begin(), tree.as_array().end(), HoldsExpression);
  if (!tree.is_object()) return false;
  return std::any_of(tree.as_object().begin(), tree.as_object().end(),
                     [](const auto& member) { return HoldsExpression(member.second); });
}

ValueType TypeOfInput(const WorkflowInput& input) {
  if (input.type == "integer" || input.type == "number") return ValueType::Of(Kind::kNumber);
  if (input.type == "boolean") return ValueType::Of(Kind::kBoolean);
  if (input.type == "list") return ValueType::ListOf(ValueType::Of(Kind::kString));
  return ValueType::Of(Kind::kString);
}

Kind KindOf(const Json& value) {
  if (value.is_null()) return Kind::kNull;
  if (value.is_bool()) return Kind::kBoolean;
  if (value.is_number()) return Kind::kNumber;
  if (value.is_array()) return Kind::kList;
  return value.is_object() ? Kind::kObject : Kind::kString;
}

// Of the values that one axis of a matrix takes.
ValueType TypeOfAxis(const Json& values, const ValueType& scope) {
  if (values.is_array() && !HoldsExpression(values)) {
    const Json::Array& items = values.as_array();
    const Kind kind = items.empty() ? Kind::kAny : KindOf(items[0]);
    const bool same = std::all_of(items.begin(), items.end(),
                                  [&](const Json& item) { return KindOf(item) == kind; });
    return same && kind != Kind::kObject ? ValueType::Of(kind) : ValueType{};
  }
  if (!values.is_string()) return {};
  std::vector<ExpressionFault> faults;
  std::vector<size_t> index;
  const Template parsed = Template::Parse(values.as_string(), faults, index);
  if (!faults.empty() || !parsed.is_value()) return {};
  const ValueType list = parsed.parts()[0].expression.Check(scope, faults);
  return list.kind == Kind::kList && !list.item.empty() ? list.item[0] : ValueType{};
}

ValueType Scope(const Workflow& workflow) {
  std::vector<FieldType> inputs, steps;
  for (const WorkflowInput& input : workflow.inputs)
    inputs.push_back({input.name, TypeOfInput(input)});
  for (const WorkflowStep& step : workflow.steps) {
    ValueType output = step.matrix.is_null() ? step.type : ValueType::ListOf(step.type);
    steps.push_back({step.id, ValueType::ObjectOf({{"output", std::move(output)},
                                                   {"outcome", ValueType::Of(Kind::kString)}})});
  }
  return ValueType::ObjectOf({{"inputs", ValueType::ObjectOf(std::move(inputs))},
                              {"steps", ValueType::ObjectOf(std::move(steps))}});
}

}  // namespace

ValueType ResultType(const WorkflowStep& step) {
  const ValueType text = ValueType::Of(Kind::kString), number = ValueType::Of(Kind::kNumber),
                  boolean = ValueType::Of(Kind::kBoolean);
  const auto list = [](std::vector<FieldType> fields) {
    return ValueType::ListOf(ValueType::ObjectOf(std::move(fields)));
  };
  switch (step.kind) {
    case StepKind::kAgent:
      return ValueType::ObjectOf({{"text", text}});
    case StepKind::kTool: {
      ValueType type = ValueType::ObjectOf({{"text", text}, {"is_error", boolean}, {"end", text}});
      const Json* name = step.with.Find("name");
      if (name != nullptr && *name == Json("run_command"))
        type.fields.push_back({"exit_code", number});
      return type;
    }
    case StepKind::kAsk:
      return ValueType::ObjectOf({{"question", text},
                                  {"text", text},
                                  {"refused", boolean},
                                  {"withheld", boolean},
                                  {"citations", list({{"path", text},
                                                      {"start", number},
                                                      {"end", number},
                                                      {"quote", text},
                                                      {"verdict", text}})},
                                  {"dropped", number}});
    case StepKind::kAudit:
      return ValueType::ObjectOf({{"text", text},
                                  {"shown", number},
                                  {"rejected", number},
                                  {"failed", boolean},
                                  {"findings", list({{"rule", text},
                                                     {"severity", text},
                                                     {"path", text},
                                                     {"line", number},
                                                     {"quote", text},
                                                     {"message", text},
                                                     {"evidence", text}})}});
    case StepKind::kApprove:
      return ValueType::ObjectOf({{"approved", boolean}});
    case StepKind::kReport:
      return ValueType::ObjectOf({{"text", text}, {"file", text}, {"verdict", boolean}});
  }
  return {};
}

ValueType ScopeOf(const Workflow& workflow, const WorkflowStep* step) {
  ValueType scope = Scope(workflow);
  if (step == nullptr || !step->matrix.is_object()) return scope;
  std::vector<FieldType> axes;
  for (const auto& [axis, values] : step->matrix.as_object())
    axes.push_back({axis, TypeOfAxis(values, scope)});
  scope.fields.push_back({"matrix", ValueType::ObjectOf(std::move(axes))});
  return scope;
}

StepChecker::StepChecker(const Workflow& workflow, Shape& shape, const WorkflowFacts& facts,
                         const ValueType& scope, const WorkflowStep* step)
    : workflow_(workflow),
      shape_(shape),
      facts_(facts),
      scope_(scope),
      step_(step),
      outside_(ScopeOf(workflow, nullptr)) {}

void StepChecker::Check() {
  Condition();
  Matrix();
  InputsOnly(step_->pointer + "/corpus", step_->corpus);
  Fork();
  Output();
  Quarantine();
  Kinds();
}

void StepChecker::Tell(const std::string& pointer, size_t index,
                       const std::vector<ExpressionFault>& faults) {
  for (const ExpressionFault& fault : faults)
    shape_.InExpression(pointer, {index, fault.offset},
                        {fault.code, fault.message, fault.suggestion});
}

void StepChecker::Note(const Expression& expression) {
  for (const std::string& id : expression.Steps()) {
    if (std::find(steps_used_.begin(), steps_used_.end(), id) == steps_used_.end())
      steps_used_.push_back(id);
  }
  const auto note = [&](const auto& self, const Expression::Node& node) -> void {
    using Op = Expression::Node::Op;
    if (node.op == Op::kField && node.args[0].op == Op::kName && node.args[0].name == "inputs")
      inputs_used_.insert(node.name);
    // `inputs` as a whole uses all of them.
    if (node.op == Op::kName && node.name == "inputs" && expression.root().op == Op::kCall) {
      for (const WorkflowInput& input : workflow_.inputs) inputs_used_.insert(input.name);
    }
    for (const Expression::Node& arg : node.args) self(self, arg);
  };
  note(note, expression.root());
}

ValueType StepChecker::Text(const std::string& text, const std::string& pointer,
                            const ValueType& scope, const Expected& expected) {
  std::vector<ExpressionFault> faults;
  std::vector<size_t> index;
  const Template parsed = Template::Parse(text, faults, index);
  for (size_t i = 0; i < faults.size(); ++i) Tell(pointer, index[i], {faults[i]});
  if (!faults.empty()) return {};
  ValueType type;
  for (const Template::Part& part : parsed.parts()) {
    if (!part.is_expression) continue;
    std::vector<ExpressionFault> wrong;
    type = part.expression.Check(scope, wrong);
    Tell(pointer, part.index, wrong);
    Note(part.expression);
    if (!wrong.empty()) type = {};
  }
  if (!parsed.is_value()) type = ValueType::Of(Kind::kString);
  const bool fits =
      expected.kind == Kind::kAny || type.kind == Kind::kAny || type.kind == expected.kind;
  if (!fits) {
    shape_.AtValue(pointer, {"WF031",
                             expected.what + " must be " + std::string(TypeName(expected.kind)) +
                                 ", found " + std::string(TypeName(type.kind)),
                             parsed.is_constant() ? "${{ ... }}" : ""});
  }
  return type;
}

ValueType StepChecker::Texts(const Json& tree, const std::string& pointer, const ValueType& scope,
                             const Expected& expected) {
  if (tree.is_string()) return Text(tree.as_string(), pointer, scope, expected);
  if (tree.is_array()) {
    for (size_t i = 0; i < tree.size(); ++i)
      Texts(tree.as_array()[i], Shape::Child(pointer, i), scope, {});
  }
  if (tree.is_object()) {
    for (const auto& [key, value] : tree.as_object())
      Texts(value, Shape::Child(pointer, key), scope, {});
  }
  return {};
}

void StepChecker::InputsOnly(const std::string& pointer, const std::string& text) {
  std::vector<ExpressionFault> faults;
  std::vector<size_t> index;
  const Template parsed = Template::Parse(text, faults, index);
  for (const Template::Part& part : parsed.parts()) {
    if (!part.is_expression || !faults.empty()) continue;
    for (const std::string_view root : {"steps", "matrix"}) {
      if (!part.expression.Names(root)) continue;
      shape_.InExpression(pointer, {part.index, 0},
                          {"WF036",
                           "only inputs may decide what is read or where something is written, "
                           "not " +
                               std::string(root),
                           "inputs"});
      return;
    }
  }
  Text(text, pointer, outside_, {Kind::kString, "this"});
}

void StepChecker::Condition() {
  const Json& condition = step_->condition;
  if (condition.is_null() || condition.is_bool()) return;
  const std::string at = step_->pointer + "/if";
  if (!condition.is_string()) {
    shape_.AtValue(at, {"WF006", "\"if\" must be true, false or ${{ }}", ""});
    return;
  }
  if (!HoldsExpression(condition)) {
    shape_.AtValue(at, {"WF031", "\"if\" must be true, false or ${{ }}, found text",
                        "${{ " + condition.as_string() + " }}"});
    return;
  }
  Text(condition.as_string(), at, outside_, {Kind::kBoolean, "\"if\""});
}

void StepChecker::Matrix() {
  if (!step_->matrix.is_object()) return;
  for (const auto& [axis, values] : step_->matrix.as_object())
    Texts(values, Shape::Child(step_->pointer + "/matrix", axis), outside_,
          {Kind::kList, Quoted(axis)});
}

void StepChecker::Fork() {
  const WorkflowStep* base = workflow_.Find(step_->fork);
  if (step_->fork.empty() || base == nullptr) return;
  const std::string at = step_->pointer + "/fork";
  const auto reads = [](StepKind kind) {
    return kind == StepKind::kAsk || kind == StepKind::kAudit;
  };
  const bool fits = (step_->kind == StepKind::kAgent && base->kind == StepKind::kAgent) ||
                    (reads(step_->kind) && reads(base->kind));
  if (!fits) {
    shape_.AtValue(
        at, {"WF040",
             "a step of the kind " + std::string(StepKindName(step_->kind)) +
                 " cannot continue from one of the kind " + std::string(StepKindName(base->kind)),
             ""});
  } else if (!base->matrix.is_null()) {
    shape_.AtValue(at, {"WF040", Quoted(base->id) + " has a matrix: it has no one state", ""});
  } else if (!step_->corpus.empty()) {
    shape_.AtKey(step_->pointer + "/corpus",
                 {"WF040", "a fork has the corpus of the step it continues from", ""});
  } else if (base->quarantine) {
    shape_.AtValue(
        at, {"WF040", Quoted(base->id) + " is in quarantine: its state holds what it read", ""});
  }
}

void StepChecker::Output() {
  if (!step_->output) return;
  const std::string at = step_->pointer + "/output";
  if (!step_->output->is_object()) {
    shape_.AtValue(at, {"WF006", "\"output\" must be a JSON Schema (a mapping)", ""});
    return;
  }
  if (HoldsExpression(*step_->output)) {
    shape_.AtValue(at, {"WF034", "\"output\" cannot hold an expression", ""});
    return;
  }
  auto schema = JsonSchema::Compile(*step_->output);
  if (schema) return;
  const std::string& place = schema.error().place;
  shape_.AtValue(place.starts_with("/") ? at + place : at,
                 {"WF042", "no JSON Schema that can be used: " + schema.error().message, ""});
}

void StepChecker::Quarantine() {
  if (!step_->quarantine) return;
  const std::string at = step_->pointer + "/quarantine";
  if (!step_->output) {
    shape_.AtKey(at, {"WF041", "a quarantined step needs \"output\": what leaves it is typed", ""});
    return;
  }
  const Json* tools = step_->with.Find("tools");
  if (tools != nullptr && tools->size() > 0) {
    shape_.AtValue(step_->pointer + "/agent/tools",
                   {"WF041", "a quarantined step has no tools", "[]"});
  }
  if (!step_->fork.empty()) {
    shape_.AtValue(step_->pointer + "/fork",
                   {"WF041", "a quarantined step begins anew: it takes over no state", ""});
  }
  NoFreeText(*step_->output, step_->pointer + "/output");
}

// A text that is free could carry an order to the next step.
void StepChecker::NoFreeText(const Json& schema, const std::string& pointer) {
  if (!schema.is_object() || schema.Find("enum") != nullptr || schema.Find("const") != nullptr)
    return;
  const Json* type = schema.Find("type");
  const std::string name = type != nullptr && type->is_string() ? type->as_string() : "";
  if (name == "boolean" || name == "integer" || name == "number" || name == "null") return;
  if (name == "string") {
    const Json* length = schema.Find("maxLength");
    const bool is_short =
        length != nullptr && length->is_int() && length->as_int() <= kQuarantineTextMax;
    if (schema.Find("pattern") != nullptr && is_short) return;
    shape_.AtValue(pointer, {"WF041",
                             "free text would carry what was read out of the quarantine: give "
                             "enum, or pattern and maxLength up to 64",
                             "enum"});
  } else if (name == "array") {
    const Json* items = schema.Find("items");
    if (items != nullptr) return NoFreeText(*items, pointer + "/items");
    shape_.AtValue(pointer, {"WF041", "the items of a quarantined list need a type", "items"});
  } else if (name == "object") {
    const Json* additional = schema.Find("additionalProperties");
    if (additional == nullptr || !(*additional == Json(false))) {
      shape_.AtValue(pointer, {"WF041", "a quarantined object has no keys but those it names",
                               "additionalProperties: false"});
    }
    if (const Json* properties = schema.Find("properties");
        properties != nullptr && properties->is_object()) {
      for (const auto& [key, inner] : properties->as_object())
        NoFreeText(inner, Shape::Child(pointer + "/properties", key));
    }
  } else {
    shape_.AtValue(pointer, {"WF041",
                             "a quarantined value needs one type: boolean, integer, number, "
                             "string, array or object",
                             "type"});
  }
}

void StepChecker::Kinds() {
  const std::string at = Shape::Child(step_->pointer, StepKindName(step_->kind));
  for (const std::string_view key : {"prompt", "system", "question", "message", "text"}) {
    if (const Json* value = step_->with.Find(key)) Texts(*value, Shape::Child(at, key), scope_, {});
  }
  if (const Json* tools = step_->with.Find("tools"); tools != nullptr && !step_->quarantine) {
    for (size_t i = 0; i < tools->size(); ++i)
      ToolNamed(tools->as_array()[i].as_string(), Shape::Child(at + "/tools", i));
  }
  if (step_->kind == StepKind::kTool) ToolStep(at);
  if (step_->kind == StepKind::kAsk || step_->kind == StepKind::kAudit) CorpusThere();
  if (const Json* rules = step_->with.Find("rules"); rules != nullptr && !facts_.rules.empty()) {
    for (size_t i = 0; i < rules->size(); ++i) {
      const std::string& rule = rules->as_array()[i].as_string();
      if (std::find(facts_.rules.begin(), facts_.rules.end(), rule) != facts_.rules.end()) continue;
      shape_.AtValue(Shape::Child(at + "/rules", i),
                     {"WF026", "unknown rule " + Quoted(rule), Nearest(rule, facts_.rules)});
    }
  }
  if (step_->kind != StepKind::kReport) return;
  if (const Json* file = step_->with.Find("file")) InputsOnly(at + "/file", file->as_string());
  const Json* verdict = step_->with.Find("verdict");
  if (verdict == nullptr || verdict->is_bool()) return;
  if (!verdict->is_string()) {
    shape_.AtValue(at + "/verdict", {"WF006", "\"verdict\" must be true, false or ${{ }}", ""});
    return;
  }
  Text(verdict->as_string(), at + "/verdict", scope_, {Kind::kBoolean, "\"verdict\""});
}

void StepChecker::CorpusThere() {
  if (!workflow_.corpus.empty() || !step_->corpus.empty() || !step_->fork.empty()) return;
  const std::string kind(StepKindName(step_->kind));
  shape_.AtKey(Shape::Child(step_->pointer, kind),
               {"WF046", "this step reads a corpus, and none is named", "corpus"});
}

void StepChecker::ToolNamed(const std::string& name, const std::string& pointer) {
  const auto& allow = workflow_.tools.allow;
  if (facts_.tools != nullptr && !facts_.tools->Find(name)) {
    std::vector<std::string> known;
    for (const ToolSpec* spec : facts_.tools->Specs()) known.push_back(spec->name);
    shape_.AtValue(pointer, {"WF022", "unknown tool " + Quoted(name), Nearest(name, known)});
  } else if (std::find(allow.begin(), allow.end(), name) == allow.end()) {
    shape_.AtValue(pointer, {"WF045", Quoted(name) + " is not among the tools that are allowed",
                             Nearest(name, allow)});
  } else if (facts_.tools != nullptr && workflow_.tools.workspace.empty()) {
    const Effect effect = (*facts_.tools->Find(name))->spec.effect;
    if (effect == Effect::kPure || effect == Effect::kOutward) return;
    shape_.AtValue(pointer, {"WF046", Quoted(name) + " works in a folder, and none is named",
                             "tools: workspace"});
  }
}

void StepChecker::ToolStep(const std::string& at) {
  const std::string name = step_->with.Find("name")->as_string();
  ToolNamed(name, at + "/name");
  const Json* arguments = step_->with.Find("arguments");
  const Json none = Json::EmptyObject();
  Arguments(arguments != nullptr ? *arguments : none, at + "/arguments", name);
}

void StepChecker::Arguments(const Json& arguments, const std::string& at, const std::string& tool) {
  const auto found = facts_.tools != nullptr ? facts_.tools->Find(tool) : Invalid("");
  if (!found) {
    Texts(arguments, at, scope_, {});
    return;
  }
  const Json& parameters = (*found)->spec.parameters;
  const Json none = Json::EmptyObject();
  const Json* properties = parameters.Find("properties");
  if (properties == nullptr) properties = &none;
  std::vector<std::string> known;
  for (const auto& [name, schema] : properties->as_object()) known.push_back(name);
  bool is_sound = true;
  for (const auto& [name, value] : arguments.as_object()) {
    if (const Json* schema = properties->Find(name)) {
      Argument(value, Shape::Child(at, name), *schema);
      continue;
    }
    is_sound = false;
    shape_.AtKey(Shape::Child(at, name),
                 {"WF043", tool + " has no argument " + Quoted(name), Nearest(name, known)});
  }
  if (const Json* required = parameters.Find("required")) {
    for (const Json& name : required->as_array()) {
      if (arguments.Find(name.as_string()) != nullptr) continue;
      is_sound = false;
      shape_.AtValue(at, {"WF043", tool + " needs the argument " + Quoted(name.as_string()), ""});
    }
  }
  if (!is_sound || HoldsExpression(arguments)) return;
  const Status status = facts_.tools->CheckArguments(**found, arguments);
  if (!status && (*found)->spec.check) shape_.AtValue(at, {"WF043", status.error().message, ""});
}

// A value without expressions is held to its schema; of the others the type is compared.
void StepChecker::Argument(const Json& value, const std::string& at, const Json& schema) {
  if (HoldsExpression(value)) {
    const ValueType type = Texts(value, at, scope_, {});
    const ValueType wanted = ValueType::OfSchema(schema);
    if (type.kind == Kind::kAny || wanted.kind == Kind::kAny || type.kind == wanted.kind) return;
    shape_.AtValue(at, {"WF031",
                        "this argument is " + std::string(TypeName(wanted.kind)) + ", found " +
                            std::string(TypeName(type.kind)),
                        ""});
    return;
  }
  auto compiled = JsonSchema::Compile(schema);
  if (!compiled) return;
  if (const Status status = compiled->Check(value); !status) {
    const bool quote = schema.Find("type") != nullptr && *schema.Find("type") == Json("string") &&
                       !value.is_string() && !value.is_object() && !value.is_array();
    shape_.AtValue(at + status.error().place,
                   {"WF043", status.error().message, quote ? Quoted(value.Dump()) : ""});
  }
}

}  // namespace fathom
