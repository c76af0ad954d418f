// SPDX-License-Identifier: Apache-2.0
// Any bytes as a workflow: problems with a known code inside the text, or a workflow whose order,
// graph, bound and values can be made.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>

#include "agent/workflow/workflow.h"
#include "base/check.h"
#include "tools/builtin.h"

namespace fathom {
namespace {

const Registry& Tools() {
  static const Registry* registry = [] {
    auto* made = new Registry();
    CHECK(AddBuiltinTools(made).ok());
    return made;
  }();
  return *registry;
}

void CheckProblem(const WorkflowProblem& problem, std::string_view text) {
  CHECK(std::any_of(kWorkflowCodes.begin(), kWorkflowCodes.end(),
                    [&](const WorkflowCode& known) { return known.code == problem.code; }));
  CHECK(!problem.message.empty());
  // One line more than there are line breaks: what is missing is missing at the end. yaml-cpp
  // counts a carriage return as a line break too.
  const auto breaks =
      std::count_if(text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r'; });
  CHECK(problem.line >= 0 && problem.line <= breaks + 2);
}

void CheckSound(const Workflow& workflow) {
  CHECK(workflow.order.size() == workflow.steps.size());
  std::set<std::string> before;
  for (const size_t index : workflow.order) {
    const WorkflowStep& step = workflow.steps[index];
    for (const std::string& id : step.follows) CHECK(before.contains(id));
    CHECK(before.insert(step.id).second);
    // What was checked has a value, whatever its scope holds.
    const auto value = RenderTree(step.with, Json::EmptyObject());
    CHECK(value.ok() || value.error().code == Code::kLimit);
  }
  const WorkflowGraph graph = GraphOf(workflow);
  CHECK(!WorkflowMermaid(graph).empty() && !WorkflowDot(graph).empty());
  Profile profile{.name = "fuzz"};
  profile.window_accepted_tokens = profile.window_reliable_tokens = 1'000;
  CHECK(BoundWorkflow(workflow, profile, Json()).steps.size() == workflow.steps.size());
}

}  // namespace
}  // namespace fathom

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace fathom;
  const std::string text(reinterpret_cast<const char*>(data), size);
  static const WorkflowFacts facts{.tools = &Tools(), .models = {"nano", "m1"}, .rules = {"xss"}};
  const CheckedWorkflow checked = CheckWorkflow(text, "fuzz.yaml", facts);
  for (const WorkflowProblem& problem : checked.problems) CheckProblem(problem, text);
  if (checked.ok()) {
    CheckSound(*checked.workflow);
  } else {
    CHECK(!checked.problems.empty());
  }
  return 0;
}
