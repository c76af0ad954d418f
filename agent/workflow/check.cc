// SPDX-License-Identifier: Apache-2.0
// What the names of a workflow mean, whether its types fit, and in which order its steps run.
#include <algorithm>
#include <filesystem>
#include <set>

#include "agent/finding.h"
#include "agent/workflow/check_step.h"
#include "agent/workflow/limits.h"
#include "agent/workflow/load.h"
#include "base/files.h"
#include "base/sha256.h"
#include "tools/policy.h"

namespace fathom {
namespace {

std::string Quoted(std::string_view text) {
  return "\"" + std::string(text) + "\"";
}

class Checker {
 public:
  Checker(Workflow& workflow, Shape& shape, const WorkflowFacts& facts)
      : workflow_(workflow), shape_(shape), facts_(facts) {}

  void Check() {
    Known("/model", workflow_.model, facts_.models, "model");
    if (!workflow_.tools.allow.empty() || !workflow_.tools.workspace.empty())
      Known("/tools/policy", workflow_.tools.policy, facts_.policies, "policy");
    Allowed();
    Grants();
    Ids();
    for (WorkflowStep& step : workflow_.steps) step.type = OutputType(step);
    const ValueType inputs_only = ScopeOf(workflow_, nullptr);
    StepChecker outside(workflow_, shape_, facts_, inputs_only, nullptr);
    outside.InputsOnly("/corpus", workflow_.corpus);
    outside.InputsOnly("/tools/workspace", workflow_.tools.workspace);
    for (const std::string& input : outside.inputs_used()) used_.insert(input);
    for (WorkflowStep& step : workflow_.steps) Step(step);
    UnusedInputs();
    if (Order()) Unreachable();
  }

 private:
  // A name that must be one of those installed here; paths and endpoints are not looked up.
  void Known(const std::string& pointer, const std::string& name,
             const std::vector<std::string>& known, const std::string& what) {
    const bool is_name = name.find_first_of("/.:") == std::string::npos;
    if (name.empty() || known.empty() || !is_name ||
        std::find(known.begin(), known.end(), name) != known.end())
      return;
    shape_.AtValue(pointer,
                   {"WF026", "there is no " + what + " " + Quoted(name), Nearest(name, known)});
  }

  std::vector<std::string> ToolNames() const {
    std::vector<std::string> names;
    for (const ToolSpec* spec : facts_.tools->Specs()) names.push_back(spec->name);
    return names;
  }

  void Allowed() {
    if (facts_.tools == nullptr) return;
    for (size_t i = 0; i < workflow_.tools.allow.size(); ++i) {
      const std::string& name = workflow_.tools.allow[i];
      if (facts_.tools->Find(name)) continue;
      shape_.AtValue(Shape::Child("/tools/allow", i),
                     {"WF022", "unknown tool " + Quoted(name), Nearest(name, ToolNames())});
    }
  }

  void Grants() {
    for (size_t i = 0; i < workflow_.tools.grants; ++i) {
      const std::string at = Shape::Child("/tools/grants", i);
      auto map = YamlMap::At(shape_.document(), at);
      Taint untainted;
      class Grants grants;
      const Status added = map ? grants.Add(*map, untainted) : Status(map.error());
      if (added) continue;
      // The message names the key; its place is looked up again, as a number.
      std::string pointer = at;
      for (const std::string_view key : CallPattern::kKeys) {
        if (added.error().message.starts_with(Quoted(key) + ":")) pointer = Shape::Child(at, key);
      }
      shape_.AtValue(pointer, {"WF049", added.error().message, ""});
    }
  }

  void Ids() {
    std::set<std::string> seen;
    for (const WorkflowStep& step : workflow_.steps) {
      if (step.id.empty() || seen.insert(step.id).second) continue;
      shape_.AtValue(step.pointer + "/id",
                     {"WF011", "there is a step " + Quoted(step.id) + " already", ""});
    }
  }

  ValueType OutputType(const WorkflowStep& step) const {
    if (step.output) return ValueType::OfSchema(*step.output);
    return ResultType(step);
  }

  void Step(WorkflowStep& step) {
    Names(step, step.pointer + "/needs", step.needs);
    if (!step.fork.empty()) {
      const std::vector<std::string> fork = {step.fork};
      Names(step, step.pointer + "/fork", fork);
    }
    const ValueType scope = ScopeOf(workflow_, &step);
    StepChecker checker(workflow_, shape_, facts_, scope, &step);
    checker.Check();
    used_.insert(checker.inputs_used().begin(), checker.inputs_used().end());
    for (const std::string& id : checker.steps_used()) Follow(step, id);
  }

  void Names(WorkflowStep& step, const std::string& at, const std::vector<std::string>& names) {
    std::vector<std::string> known;
    for (const WorkflowStep& other : workflow_.steps) known.push_back(other.id);
    for (size_t i = 0; i < names.size(); ++i) {
      if (workflow_.Find(names[i]) != nullptr) {
        Follow(step, names[i]);
        continue;
      }
      const bool is_list = at.ends_with("/needs");
      shape_.AtValue(is_list ? Shape::Child(at, i) : at,
                     {"WF020", "there is no step " + Quoted(names[i]), Nearest(names[i], known)});
    }
  }

  void Follow(WorkflowStep& step, const std::string& id) const {
    if (workflow_.Find(id) == nullptr) return;
    if (std::find(step.follows.begin(), step.follows.end(), id) == step.follows.end())
      step.follows.push_back(id);
  }

  void UnusedInputs() {
    for (const WorkflowInput& input : workflow_.inputs) {
      if (used_.contains(input.name)) continue;
      shape_.AtKey(Shape::Child("/inputs", input.name),
                   {"WF028", "the input " + Quoted(input.name) + " is used nowhere", "", false});
    }
  }

  // False: there is a cycle.
  bool Order() {
    std::vector<bool> placed(workflow_.steps.size(), false);
    const auto index_of = [&](const std::string& id) {
      return static_cast<size_t>(workflow_.Find(id) - workflow_.steps.data());
    };
    while (workflow_.order.size() < workflow_.steps.size()) {
      size_t next = 0;
      for (; next < placed.size(); ++next) {
        if (placed[next]) continue;
        const auto& follows = workflow_.steps[next].follows;
        if (std::all_of(follows.begin(), follows.end(),
                        [&](const std::string& id) { return placed[index_of(id)]; }))
          break;
      }
      if (next == placed.size()) {
        TellCycle(placed);
        return false;
      }
      placed[next] = true;
      workflow_.order.push_back(next);
    }
    return true;
  }

  // Every step that is not placed follows another such one, so going back ends in a circle.
  void TellCycle(const std::vector<bool>& placed) {
    std::vector<std::string> path;
    size_t at =
        static_cast<size_t>(std::find(placed.begin(), placed.end(), false) - placed.begin());
    for (;;) {
      const WorkflowStep& step = workflow_.steps[at];
      const auto before = std::find(path.begin(), path.end(), step.id);
      if (before != path.end()) {
        path.erase(path.begin(), before);
        break;
      }
      path.push_back(step.id);
      for (const std::string& id : step.follows) {
        const auto index = static_cast<size_t>(workflow_.Find(id) - workflow_.steps.data());
        if (placed[index]) continue;
        at = index;
        break;
      }
    }
    // Told at the first of them in the file, and from there.
    const auto first = std::min_element(
        path.begin(), path.end(),
        [&](const auto& a, const auto& b) { return workflow_.Find(a) < workflow_.Find(b); });
    std::rotate(path.begin(), first, path.end());
    std::string text = path[0];
    for (size_t i = 1; i < path.size(); ++i) text += " needs " + path[i] + ", which";
    text += " needs " + path[0];
    shape_.AtValue(workflow_.Find(path[0])->pointer + "/id",
                   {"WF021", "the steps go in a circle: " + text, ""});
  }

  void Unreachable() {
    std::set<std::string> never;
    for (const size_t index : workflow_.order) {
      const WorkflowStep& step = workflow_.steps[index];
      if (IsNever(step.condition)) {
        shape_.AtValue(step.pointer + "/if",
                       {"WF027", "this step never runs: the condition is false", ""});
        never.insert(step.id);
        continue;
      }
      for (const std::string& id : step.follows) {
        if (!never.contains(id) || never.contains(step.id)) continue;
        shape_.AtValue(step.pointer + "/id",
                       {"WF027", "this step never runs: it needs " + Quoted(id), ""});
        never.insert(step.id);
      }
    }
  }

  static bool IsNever(const Json& condition) {
    if (condition.is_bool()) return !condition.as_bool();
    if (!condition.is_string()) return false;
    std::vector<ExpressionFault> faults;
    std::vector<size_t> index;
    const Template parsed = Template::Parse(condition.as_string(), faults, index);
    if (!faults.empty() || !parsed.is_value()) return false;
    const Expression& expression = parsed.parts()[0].expression;
    for (const std::string_view root : {"inputs", "steps", "matrix"}) {
      if (expression.Names(root)) return false;
    }
    const auto value = expression.Evaluate(Json::EmptyObject());
    return value && *value == Json(false);
  }

  Workflow& workflow_;
  Shape& shape_;
  const WorkflowFacts& facts_;
  std::set<std::string> used_;
};

std::vector<std::string> YamlNamesIn(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".yaml") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

CheckedWorkflow CheckWorkflow(std::string text, const std::string& file,
                              const WorkflowFacts& facts) {
  CheckedWorkflow checked;
  auto document = ParseWorkflowYaml(text, file, checked.problems);
  if (!document) return checked;
  Shape shape(*document, text, checked.problems);
  Workflow workflow = ReadWorkflow(shape);
  workflow.file = file;
  const auto is_error = [](const WorkflowProblem& problem) { return problem.is_error; };
  // Names are looked up where the shape is sound: one slip is told once.
  if (std::none_of(checked.problems.begin(), checked.problems.end(), is_error))
    Checker(workflow, shape, facts).Check();
  std::stable_sort(checked.problems.begin(), checked.problems.end(),
                   [](const WorkflowProblem& a, const WorkflowProblem& b) {
                     return std::tie(a.line, a.column) < std::tie(b.line, b.column);
                   });
  if (std::any_of(checked.problems.begin(), checked.problems.end(), is_error)) return checked;
  workflow.hash = Sha256Hex(text);
  workflow.text = std::move(text);
  workflow.document = std::move(*document);
  checked.workflow = std::move(workflow);
  return checked;
}

Error CheckedWorkflow::FirstError() const {
  for (const WorkflowProblem& problem : problems) {
    if (problem.is_error) return Invalid(problem.Text());
  }
  return Invalid("the workflow has no error");
}

WorkflowFacts InstalledWorkflowFacts(const Registry* tools) {
  WorkflowFacts facts{.tools = tools};
  for (const RuleInfo& rule : KnownFamilies()) facts.rules.push_back(rule.family);
  std::vector<std::string> roots;
  if (auto root = InstallRoot()) roots.push_back(*root + "/configs");
  if (auto places = UserPlaces()) roots.push_back(places->config);
  for (const std::string& root : roots) {
    for (std::string& name : YamlNamesIn(root + "/models")) facts.models.push_back(std::move(name));
    for (std::string& name : YamlNamesIn(root + "/policies"))
      facts.policies.push_back(std::move(name));
  }
  return facts;
}

}  // namespace fathom
