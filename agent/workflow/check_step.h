// SPDX-License-Identifier: Apache-2.0
// One step against what surrounds it: its texts, its tool's arguments, its schema, its state.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "agent/workflow/shape.h"
#include "agent/workflow/workflow.h"

namespace fathom {

// What the output of a step is without a schema of its own.
ValueType ResultType(const WorkflowStep& step);

// What the expressions of a step see; of the workflow's own texts when `step` is null.
ValueType ScopeOf(const Workflow& workflow, const WorkflowStep* step);

class StepChecker {
 public:
  // `step` is null for the workflow's own texts.
  StepChecker(const Workflow& workflow, Shape& shape, const WorkflowFacts& facts,
              const ValueType& scope, const WorkflowStep* step);

  void Check();
  // A text that decides what is read or where something is written.
  void InputsOnly(const std::string& pointer, const std::string& text);

  const std::vector<std::string>& steps_used() const { return steps_used_; }
  const std::set<std::string>& inputs_used() const { return inputs_used_; }

 private:
  using Kind = ValueType::Kind;
  struct Expected {
    Kind kind = Kind::kAny;  // of the value; kAny: whatever
    std::string what;        // for the message
  };
  // All texts of a tree. Returns the type of `tree` when it is one expression, else kAny.
  ValueType Texts(const Json& tree, const std::string& pointer, const ValueType& scope,
                  const Expected& expected);
  ValueType Text(const std::string& text, const std::string& pointer, const ValueType& scope,
                 const Expected& expected);
  void Tell(const std::string& pointer, size_t index, const std::vector<ExpressionFault>& faults);
  void Note(const Expression& expression);
  void Condition();
  void Matrix();
  void Fork();
  void Output();
  void Quarantine();
  void NoFreeText(const Json& schema, const std::string& pointer);
  void Kinds();
  void ToolNamed(const std::string& name, const std::string& pointer);
  void ToolStep(const std::string& at);
  void Arguments(const Json& arguments, const std::string& at, const std::string& tool);
  void Argument(const Json& value, const std::string& at, const Json& schema);
  void CorpusThere();

  const Workflow& workflow_;
  Shape& shape_;
  const WorkflowFacts& facts_;
  const ValueType& scope_;
  const WorkflowStep* step_;
  ValueType outside_;  // the scope without the matrix
  std::vector<std::string> steps_used_;
  std::set<std::string> inputs_used_;
};

}  // namespace fathom
