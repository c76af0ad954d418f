// SPDX-License-Identifier: Apache-2.0
// Running a workflow: step by step in its order, each transition committed before it is told.
//
// Promises
//  * What is done is not done again: a run that was killed, paused or cancelled goes on after the
//    last step that was recorded, in this process or another.
//  * A step that was cut while it may have changed something is never repeated silently: an agent's
//    session goes on and tells the model that the outcome is unknown; a tool that writes or runs
//    waits until a person says `again` or `skip` (WorkflowDecision, or the approver).
//  * Every tool goes through tools/execute.h with the workflow's policy and grants. A step carries
//    the taint of all that it follows and of what it reads; what leaves a quarantine has none.
//  * A budget that is reached pauses the run. An approval that nobody answers does too.
//
// Events, all with the run's id (agent/event.h):
//   workflow.started  workflow, hash, model, inputs, resumed
//   step.started      step, instance, kind, matrix, again
//   step.kept         step, instance, run               taken over from another run
//   delta.progress    step, instance, stage, done, total
//   delta.step        step, instance, event             an agent's own event, as EventJson
//   step.done         step, instance, output, tainted_by, usage
//   step.failed       step, instance, error
//   step.skipped      step, reason
//   step.waiting      step, instance, question          a person is needed
//   step.paused       step, instance, reason
//   step.cut          step, instance, reason
//   workflow.paused   state, reason
//   workflow.done     state, reason, reports, usage
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "agent/session_store.h"
#include "agent/workflow/run_store.h"
#include "agent/workflow/workflow.h"
#include "engine/engine.h"
#include "rag/catalog.h"

namespace fathom {

// What the steps of a run work with. What a function opens is opened when a step first needs it.
struct WorkflowWorld {
  const Profile& profile;
  std::function<Result<ChatModel*>()> chat;
  std::function<Result<Engine*>()> engine;  // empty: the model runs elsewhere
  std::function<Result<Catalog*>()> catalog;
  const Registry& tools;  // all there are; a workflow allows some
  SessionStore& sessions;
  std::vector<std::string> policies;  // folders of policies by name, looked through in order
  std::vector<std::string> settings;  // what no tool may change (tools/registry.h)
  bool keep = true;                   // store the states of what was read
  PathDoor door = {};                 // for all paths that the workflow names
};

struct WorkflowQuestion {
  enum class Kind { kApprove, kTool, kCut };
  Kind kind = Kind::kApprove;
  std::string step;
  size_t instance = 0;
  std::string text;  // exactly what is asked; of a tool: every byte that would run, escaped
  std::string tool, effect, reason;  // of kTool: which, what it can do, why it is asked
};
// nullopt: nobody is there to ask now.
using WorkflowApprover = std::function<std::optional<bool>(const WorkflowQuestion&)>;

// Said beforehand about a step that waits or was cut.
enum class WorkflowDecision { kApprove, kRefuse, kAgain, kSkip };

struct WorkflowRunOptions {
  AgentLimits budgets;  // those that are set stand in place of the workflow's
  WorkflowApprover approver;
  std::map<std::string, WorkflowDecision> decisions;  // by step
  EventSink events;
  const std::atomic<bool>* cancel = nullptr;
};

struct WorkflowOutcome {
  std::string run;
  std::string state, reason;         // of the run, see run_store.h
  std::vector<std::string> reports;  // texts of its report steps, in their order
  AgentUsage usage;
};

struct NewWorkflowRun {
  const Workflow& workflow;
  Json inputs;  // WorkflowInputs
  std::string model;
  // Steps that neither are `from_step` nor follow it are taken over from the run `with_run`.
  std::string with_run, from_step;
};
Result<std::string> CreateWorkflowRun(WorkflowRunStore& store, const NewWorkflowRun& run);

// Begins or goes on. Errors are those of the store and of a run that cannot be carried out at all;
// what fails inside a step is the outcome's state "failed".
Result<WorkflowOutcome> RunWorkflow(WorkflowRunStore& store, const std::string& run,
                                    const WorkflowWorld& world, const WorkflowRunOptions& options);

}  // namespace fathom
