// SPDX-License-Identifier: Apache-2.0
// WorkflowRuns: workflows as runs of the server. What a run does and keeps is agent/workflow/run.h;
// here its events go into the log of a Run, and what it must ask is asked through Approvals. One
// that was killed, paused or stopped goes on as a new Run with the same workflow run.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "agent/workflow/run.h"
#include "apps/http/approvals.h"
#include "apps/http/claims.h"
#include "apps/http/metrics.h"
#include "apps/http/run.h"

namespace fathom::http {

class WorkflowRuns {
 public:
  struct Parts {
    WorkflowRunStore& store;
    const WorkflowWorld& world;  // its door is the server's
    Runs& runs;
    Approvals& approvals;
    Metrics& metrics;
    std::string model;  // that runs here, as it was asked for
  };
  explicit WorkflowRuns(const Parts& parts) : parts_(parts) {}

  struct Asked {
    const Workflow& workflow;
    std::map<std::string, Json> inputs;
    std::string with_run, from_step;  // as NewWorkflowRun
    size_t bound_tokens = 0;          // not started where it could cost more; 0: anything
    double bound_dollars = 0;
    AgentLimits budgets;
    std::string client;
  };
  // Nothing in the pointer: too much runs, and nothing is kept of it.
  Result<std::shared_ptr<Run>> Start(const Asked& asked);
  // kInvalid while it runs, once it has ended, or when it is another model's.
  Result<std::shared_ptr<Run>> Resume(const std::string& id, const AgentLimits& budgets,
                                      const std::string& client);
  // kInvalid while it runs.
  Status Remove(const std::string& id);

  // The run that carries it now; null: none here.
  std::shared_ptr<Run> Live(const std::string& id) const;
  // Whether Resume() would take it.
  bool IsResumable(const WorkflowRunInfo& info) const;

 private:
  struct Job {
    std::string id;  // of the workflow run
    std::string title, client;
    AgentLimits budgets;
    AgentUsage before;  // what earlier runs of it used
    Json about;
  };
  std::shared_ptr<Run> Carry(Job job, std::shared_ptr<Claims::Claim> claim);
  Result<Json> Work(const Job& job, Run& run);
  std::optional<bool> Ask(const WorkflowQuestion& question, Run& run);

  const Parts parts_;
  Claims running_;  // ids of workflow runs
};

// A path of a workflow leads below one of `roots` by the kernel's own resolution, a relative one is
// counted from the first; nothing is written that no tool may write.
PathDoor DoorTo(std::vector<std::string> roots);

}  // namespace fathom::http
