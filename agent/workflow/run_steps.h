// SPDX-License-Identifier: Apache-2.0
// What one instance of a step does, by its kind. When it runs and what is recorded is run.cc.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "agent/audit.h"
#include "agent/workflow/run.h"
#include "tools/execute.h"
#include "tools/policy.h"

namespace fathom {

class ChatCorpus;
class Asker;
struct Reading;

struct StepEnd {
  std::string state;  // "done", "failed", "waiting", "paused", "cut"
  Json output;
  std::string error;         // of the others than "done"
  bool is_negative = false;  // done, and the answer is no
  bool is_stopped = false;   // paused: by the user
};

struct StepCall {
  const WorkflowStep& step;
  const Json& scope;
  WorkflowStepRecord& record;                             // usage, taint and session are kept here
  AgentLimits left;                                       // of the run's budgets, for this instance
  std::string run;                                        // id of the run
  std::function<void(std::string type, Json data)> tell;  // provisional events
};

class StepRunner {
 public:
  // Opens workspace, policy and grants. All arguments must outlive it.
  static Result<std::unique_ptr<StepRunner>> Open(const Workflow& workflow, const Json& inputs,
                                                  const WorkflowWorld& world,
                                                  const WorkflowRunOptions& options);
  ~StepRunner();

  // Repeating it could change something twice.
  bool HasEffects(const WorkflowStep& step) const;
  // What must be there before the step is recorded as running: an agent's session. `base` is the
  // record of the step that it forks, if any.
  Status Prepare(StepCall& call, const WorkflowStepRecord* base);
  StepEnd Do(StepCall& call);

 private:
  StepRunner(const Workflow& workflow, const WorkflowWorld& world,
             const WorkflowRunOptions& options);
  Status OpenTools(const Json& scope);
  Result<StepEnd> ByKind(StepCall& call);
  Result<StepEnd> Agent(StepCall& call);
  Result<AgentState> BeginAgent(StepCall& call, const std::string& turn);
  Result<StepEnd> EndAgent(StepCall& call, const AgentState& state,
                           const std::string& answer) const;
  Result<StepEnd> Tool(StepCall& call);
  Result<StepEnd> Approve(StepCall& call);
  Result<StepEnd> Report(StepCall& call);
  Result<StepEnd> Ask(StepCall& call);
  Result<StepEnd> Audit(StepCall& call);
  Result<StepEnd> EndAudit(StepCall& call, const AuditReport& report) const;
  Result<std::string> CorpusPath(const StepCall& call) const;

  // A corpus that was read, by the engine or to be sent along.
  struct OpenCorpus {
    std::unique_ptr<Reading> reading;
    std::unique_ptr<Asker> asker;
    std::unique_ptr<ChatCorpus> chat;
  };
  Result<OpenCorpus*> CorpusOf(StepCall& call, const std::string& path);

  std::optional<bool> AskPerson(const StepCall& call, WorkflowQuestion question) const;
  std::optional<bool> AskAboutCall(const StepCall& call, const ApprovalRequest& request) const;
  Result<std::string> Through(const std::string& path, PathUse use) const;
  Registry ToolsOf(const WorkflowStep& step) const;
  bool Cancelled() const { return options_.cancel != nullptr && options_.cancel->load(); }

  const Workflow& workflow_;
  const WorkflowWorld& world_;
  const WorkflowRunOptions& options_;
  std::unique_ptr<Workspace> workspace_;
  std::string empty_folder_;  // the workspace of a workflow that names none; removed with this
  Registry allowed_;
  Policy policy_;
  Grants grants_;
  std::map<std::string, OpenCorpus> corpora_;
};

// Adds sources that are not there yet.
void AddTaint(std::vector<std::string>& to, const std::vector<std::string>& sources);

}  // namespace fathom
