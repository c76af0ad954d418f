// SPDX-License-Identifier: Apache-2.0
#include "agent/workflow/load.h"

#include <algorithm>
#include <set>

#include "agent/workflow/keys.h"
#include "agent/workflow/limits.h"

namespace fathom {
namespace {

namespace keys = workflow_keys;

std::string Quoted(std::string_view text) {
  return "\"" + std::string(text) + "\"";
}

class Loader {
 public:
  explicit Loader(Shape& shape) : shape_(shape) {}

  Workflow Read() {
    const Json& root = shape_.document().value;
    if (!shape_.Mapping(root, "", keys::kTop, keys::kTopRequired)) return std::move(workflow_);
    Version(root);
    if (shape_.ReadPlain(root, "", "name", &workflow_.name)) Name("/name", workflow_.name);
    shape_.Read(root, "", "description", &workflow_.description);
    shape_.ReadPlain(root, "", "model", &workflow_.model);
    shape_.Read(root, "", "corpus", &workflow_.corpus);
    if (const Json* inputs = root.Find("inputs")) Inputs(*inputs);
    if (const Json* tools = root.Find("tools")) Tools(*tools);
    if (const Json* budgets = root.Find("budgets"))
      Budgets(*budgets, "/budgets", keys::kBudgets, workflow_.budgets);
    if (const Json* steps = root.Find("steps")) Steps(*steps);
    return std::move(workflow_);
  }

 private:
  void Version(const Json& root) {
    const Json* version = root.Find("version");
    if (version == nullptr || *version == Json(1)) return;
    shape_.AtValue("/version",
                   {"WF009", "this program reads version 1, found " + version->Dump(), "1"});
  }

  void Name(const std::string& pointer, const std::string& name) {
    if (IsWorkflowName(name)) return;
    shape_.AtValue(pointer, {"WF010",
                             Quoted(name) + " is no name: a small letter, then small letters, "
                                            "digits, \"_\" and \"-\", 64 at most",
                             Suggested(name)});
  }
  void KeyName(const std::string& pointer, const std::string& name) {
    if (IsWorkflowName(name)) return;
    shape_.AtKey(pointer, {"WF010",
                           Quoted(name) + " is no name: a small letter, then small letters, "
                                          "digits, \"_\" and \"-\", 64 at most",
                           Suggested(name)});
  }

  static std::string Suggested(const std::string& name) {
    std::string better;
    for (const char c : name) {
      const bool is_capital = c >= 'A' && c <= 'Z';
      const char lower = is_capital ? static_cast<char>(c - 'A' + 'a') : c;
      const bool is_fine = (lower >= 'a' && lower <= 'z') || lower == '_' || lower == '-' ||
                           (lower >= '0' && lower <= '9');
      better += is_fine ? lower : '-';
    }
    return IsWorkflowName(better) ? better : "";
  }

  void Inputs(const Json& inputs) {
    if (!inputs.is_object()) {
      shape_.AtValue("/inputs", {"WF006", "must be a mapping (name: {type: ...})", ""});
      return;
    }
    if (inputs.size() > kWorkflowInputsMax) {
      shape_.AtValue("/inputs", {"WF014",
                                 "has " + std::to_string(inputs.size()) + " inputs, " +
                                     std::to_string(kWorkflowInputsMax) + " are allowed",
                                 ""});
      return;
    }
    for (const auto& [name, value] : inputs.as_object()) {
      const std::string at = Shape::Child("/inputs", name);
      KeyName(at, name);
      WorkflowInput input{.name = name};
      if (shape_.Mapping(value, at, keys::kInput, {})) {
        shape_.ReadOneOf(value, at, "type", keys::kInputTypes, &input.type);
        shape_.Read(value, at, "description", &input.description);
        InputValues(value, at, input);
      }
      workflow_.inputs.push_back(std::move(input));
    }
  }

  void InputValues(const Json& value, const std::string& at, WorkflowInput& input) {
    if (const Json* allowed = value.Find("enum")) {
      if (!allowed->is_array() || allowed->size() == 0) {
        shape_.AtValue(Shape::Child(at, "enum"),
                       {"WF006", "\"enum\" must be a list of values", ""});
      } else {
        input.allowed = allowed->as_array();
      }
    }
    for (size_t i = 0; i < input.allowed.size(); ++i)
      OfType(Shape::Child(Shape::Child(at, "enum"), i), input.type, input.allowed[i]);
    const Json* fallback = value.Find("default");
    if (fallback == nullptr) return;
    input.fallback = *fallback;
    if (!OfType(Shape::Child(at, "default"), input.type, *fallback)) return;
    const auto& allowed = input.allowed;
    if (!allowed.empty() && std::find(allowed.begin(), allowed.end(), *fallback) == allowed.end())
      shape_.AtValue(Shape::Child(at, "default"),
                     {"WF008", "the default " + fallback->Dump() + " is none of the enum's",
                      allowed[0].is_string() ? allowed[0].as_string() : allowed[0].Dump()});
  }

  bool OfType(const std::string& pointer, const std::string& type, const Json& value) {
    const bool fits = type == "integer"   ? value.is_int()
                      : type == "number"  ? value.is_number()
                      : type == "boolean" ? value.is_bool()
                      : type == "list"    ? IsTextList(value)
                                          : value.is_string();
    if (!fits) {
      const bool quote = (type == "string" || type == "path") && !value.is_object() &&
                         !value.is_array() && !value.is_null();
      shape_.AtValue(pointer, {"WF006", value.Dump() + " is not of the type " + type,
                               quote ? Quoted(value.Dump()) : ""});
    }
    return fits;
  }
  static bool IsTextList(const Json& value) {
    return value.is_array() && std::all_of(value.as_array().begin(), value.as_array().end(),
                                           [](const Json& item) { return item.is_string(); });
  }

  void Tools(const Json& tools) {
    constexpr std::string_view kRequired[] = {"allow"};
    if (!shape_.Mapping(tools, "/tools", keys::kTools, kRequired)) return;
    shape_.Read(tools, "/tools", "workspace", &workflow_.tools.workspace);
    shape_.ReadPlain(tools, "/tools", "policy", &workflow_.tools.policy);
    shape_.Read(tools, "/tools", "allow", &workflow_.tools.allow);
    const Json* grants = tools.Find("grants");
    if (grants == nullptr) return;
    if (!grants->is_array()) {
      shape_.AtValue("/tools/grants", {"WF006", "\"grants\" must be a list of mappings", ""});
      return;
    }
    workflow_.tools.grants = grants->size();
  }

  void Budgets(const Json& budgets, const std::string& at, std::span<const std::string_view> known,
               AgentLimits& limits) {
    if (!shape_.Mapping(budgets, at, known, {})) return;
    shape_.Read(budgets, at, "steps", &limits.steps);
    shape_.Read(budgets, at, "tokens", &limits.tokens);
    shape_.Read(budgets, at, "thinking_tokens", &limits.thinking_tokens);
    shape_.Read(budgets, at, "dollars", &limits.dollars);
    shape_.Read(budgets, at, "seconds", &limits.seconds);
  }

  void Steps(const Json& steps) {
    if (!steps.is_array() || steps.size() == 0) {
      shape_.AtValue("/steps", {"WF006", "\"steps\" must be a list with one step at least", ""});
      return;
    }
    if (steps.size() > kWorkflowStepsMax) {
      shape_.AtValue("/steps", {"WF014",
                                "has " + std::to_string(steps.size()) + " steps, " +
                                    std::to_string(kWorkflowStepsMax) + " are allowed",
                                ""});
      return;
    }
    for (size_t i = 0; i < steps.size(); ++i) Step(steps.as_array()[i], Shape::Child("/steps", i));
  }

  // The keys of all kinds and of every step.
  static std::vector<std::string_view> StepKeys() {
    std::vector<std::string_view> known(keys::kStep.begin(), keys::kStep.end());
    known.insert(known.end(), keys::kKinds.begin(), keys::kKinds.end());
    return known;
  }

  void Step(const Json& value, const std::string& at) {
    constexpr std::string_view kRequired[] = {"id"};
    const auto known = StepKeys();
    if (!shape_.Mapping(value, at, known, kRequired)) return;
    WorkflowStep step{.pointer = at};
    if (shape_.ReadPlain(value, at, "id", &step.id)) Name(at + "/id", step.id);
    if (!Kind(value, at, step)) return;
    shape_.ReadPlain(value, at, "name", &step.name);
    shape_.Read(value, at, "needs", &step.needs);
    shape_.ReadPlain(value, at, "fork", &step.fork);
    shape_.Read(value, at, "corpus", &step.corpus);
    shape_.Read(value, at, "quarantine", &step.quarantine);
    shape_.Read(value, at, "continue_on_error", &step.continue_on_error);
    if (const Json* condition = value.Find("if")) step.condition = *condition;
    if (const Json* matrix = value.Find("matrix")) Matrix(*matrix, at + "/matrix", step);
    if (const Json* output = value.Find("output")) step.output = *output;
    if (const Json* budgets = value.Find("budgets"))
      Budgets(*budgets, at + "/budgets", keys::kStepBudgets, step.budgets);
    OnlyWhereItMeansSomething(value, at, step.kind);
    workflow_.steps.push_back(std::move(step));
  }

  bool Kind(const Json& value, const std::string& at, WorkflowStep& step) {
    std::vector<size_t> found;
    for (size_t i = 0; i < keys::kKinds.size(); ++i) {
      if (value.Find(keys::kKinds[i]) != nullptr) found.push_back(i);
    }
    if (found.empty()) {
      shape_.AtValue(at, {"WF012",
                          "a step has one of agent, tool, ask, audit, approve, report; this one "
                          "has none",
                          ""});
      return false;
    }
    if (found.size() > 1) {
      shape_.AtKey(Shape::Child(at, keys::kKinds[found[1]]),
                   {"WF012",
                    "a step has one kind; this one has " + std::string(keys::kKinds[found[0]]) +
                        " and " + std::string(keys::kKinds[found[1]]),
                    ""});
      return false;
    }
    step.kind = static_cast<StepKind>(found[0]);
    step.with = *value.Find(keys::kKinds[found[0]]);
    With(step, Shape::Child(at, keys::kKinds[found[0]]));
    return true;
  }

  // The keys of a kind and the types of those that hold no expression.
  void With(const WorkflowStep& step, const std::string& at) {
    const auto mapping = [&](std::span<const std::string_view> known,
                             std::span<const std::string_view> required) {
      return shape_.Mapping(step.with, at, known, required);
    };
    std::string text;
    std::vector<std::string> texts;
    std::optional<size_t> count;
    switch (step.kind) {
      case StepKind::kAgent:
        if (!mapping(keys::kAgent, keys::kAgentRequired)) return;
        shape_.Read(step.with, at, "prompt", &text);
        shape_.Read(step.with, at, "system", &text);
        shape_.Read(step.with, at, "tools", &texts);
        shape_.Read(step.with, at, "thinking_tokens", &count);
        return;
      case StepKind::kTool:
        if (!mapping(keys::kTool, keys::kToolRequired)) return;
        shape_.ReadPlain(step.with, at, "name", &text);
        if (const Json* arguments = step.with.Find("arguments");
            arguments != nullptr && !arguments->is_object())
          shape_.AtValue(at + "/arguments", {"WF006", "\"arguments\" must be a mapping", ""});
        return;
      case StepKind::kAsk:
        if (!mapping(keys::kAsk, keys::kAskRequired)) return;
        shape_.Read(step.with, at, "question", &text);
        shape_.Read(step.with, at, "thinking_tokens", &count);
        return;
      case StepKind::kAudit:
        if (!mapping(keys::kAudit, {})) return;
        shape_.Read(step.with, at, "rules", &texts);
        shape_.ReadOneOf(step.with, at, "fail_on", keys::kSeverities, &text);
        return;
      case StepKind::kApprove:
        if (mapping(keys::kApprove, keys::kApprove)) shape_.Read(step.with, at, "message", &text);
        return;
      case StepKind::kReport:
        if (!mapping(keys::kReport, keys::kReportRequired)) return;
        shape_.Read(step.with, at, "text", &text);
        shape_.Read(step.with, at, "file", &text);
        return;
    }
  }

  void Matrix(const Json& matrix, const std::string& at, WorkflowStep& step) {
    if (!matrix.is_object() || matrix.size() == 0) {
      shape_.AtValue(at, {"WF006", "\"matrix\" must be a mapping (name: list)", ""});
      return;
    }
    for (const auto& [axis, values] : matrix.as_object()) {
      KeyName(Shape::Child(at, axis), axis);
      if (values.is_array() && values.size() == 0) {
        shape_.AtValue(Shape::Child(at, axis),
                       {"WF044", "the matrix is empty: this step would never run", ""});
      } else if (!values.is_array() && !values.is_string()) {
        shape_.AtValue(Shape::Child(at, axis),
                       {"WF006", Quoted(axis) + " must be a list, or ${{ }} that gives one", ""});
      }
    }
    step.matrix = matrix;
  }

  void OnlyWhereItMeansSomething(const Json& value, const std::string& at, StepKind kind) {
    const auto only = [&](std::string_view key, std::initializer_list<StepKind> kinds,
                          const std::string& where) {
      if (value.Find(key) == nullptr || std::find(kinds.begin(), kinds.end(), kind) != kinds.end())
        return;
      shape_.AtKey(Shape::Child(at, key),
                   {"WF047",
                    Quoted(key) + " has no meaning in a step of the kind " +
                        std::string(StepKindName(kind)) + ", only in " + where,
                    ""});
    };
    using K = StepKind;
    only("fork", {K::kAgent, K::kAsk, K::kAudit}, "agent, ask and audit");
    only("output", {K::kAgent, K::kTool}, "agent and tool");
    only("quarantine", {K::kAgent}, "agent");
    only("budgets", {K::kAgent}, "agent");
    only("corpus", {K::kAsk, K::kAudit}, "ask and audit");
    only("continue_on_error", {K::kAgent, K::kTool, K::kAsk, K::kAudit, K::kReport},
         "steps that can fail");
  }

  Shape& shape_;
  Workflow workflow_;
};

}  // namespace

bool IsWorkflowName(std::string_view name) {
  if (name.empty() || name.size() > kWorkflowNameBytesMax || name[0] < 'a' || name[0] > 'z')
    return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

Workflow ReadWorkflow(Shape& shape) {
  return Loader(shape).Read();
}

}  // namespace fathom
