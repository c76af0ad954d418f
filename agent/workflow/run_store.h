// SPDX-License-Identifier: Apache-2.0
// WorkflowRunStore: runs of workflows in workflows.db, beside sessions.db.
//
// Promises
//  * One transition of a step (begun, done, failed, waiting, cut) is one transaction, with the
//    events that tell it; it is committed (base/db.h) when Change() returns. What was told is
//    never lost, and no half of a transition is ever seen.
//  * A run keeps the text it began with: a file that is edited meanwhile changes no run.
//  * Several processes may use one store; a run is carried out by one at a time (Lock).
// Crash points: run.created, step.started, step.ran (an effect happened and is not recorded yet),
// step.recorded, run.ended, and those of base/db.h.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "agent/agent.h"
#include "agent/event.h"
#include "base/file_descriptor.h"
#include "base/result.h"

namespace fathom {

// States of a run: "open" (being carried out, or cut off), "paused", "done", "negative" (a verdict
// or an approval said no), "failed", "cancelled".
// States of a step: "running" (or cut off), "waiting" (for a person), "paused" (a limit, or
// stopped), "cut" (its effect is not known, a person decides), "done", "failed", "skipped".
struct WorkflowStepRecord {
  std::string step;
  size_t instance = 0;  // of the matrix, from 0
  std::string state;
  Json matrix;  // this instance's values; null without a matrix
  Json output;
  std::string error;                    // of "failed", "waiting", "cut"
  std::vector<std::string> tainted_by;  // untrusted texts that its output may carry
  std::string session;                  // of an agent step
  std::string kept_from;                // run that it was taken over from
  AgentUsage usage;
  int64_t started_ms = 0, ended_ms = 0;
};
Json WorkflowStepRecordJson(const WorkflowStepRecord& record);

struct WorkflowRunInfo {
  std::string id;
  std::string workflow, file, hash, model;
  std::string state, reason;
  std::string from_run;  // whose steps were kept; empty: none
  Json inputs;
  AgentUsage usage;  // of all its steps
  int64_t created_ms = 0, updated_ms = 0, last_event = 0;
};
Json WorkflowRunJson(const WorkflowRunInfo& info);

struct WorkflowRunRecord {
  WorkflowRunInfo info;
  std::string text;
  std::vector<WorkflowStepRecord> steps;  // in the order in which they began

  const WorkflowStepRecord* Find(std::string_view step, size_t instance) const;
};

class WorkflowRunStore {
 public:
  // workflows.db in `data_folder`. Made when first written.
  static Result<std::unique_ptr<WorkflowRunStore>> Open(const std::string& data_folder);

  // The id is made here; steps that are kept from another run go in with it.
  Result<std::string> Create(WorkflowRunRecord record);

  struct Transition {
    std::string state, reason;  // of the run; empty: as it is
    std::vector<WorkflowStepRecord> steps;
    std::vector<Event> events;
    std::string_view crash_point;  // passed once it is committed
  };
  Status Change(const std::string& run, const Transition& transition);

  Result<std::vector<WorkflowRunInfo>> List(size_t count_max) const;  // newest first
  // An id, or the beginning of one when it is the only one.
  Result<WorkflowRunRecord> Load(const std::string& id) const;
  // With its steps and events. Sessions of its agents stay.
  Status Remove(const std::string& run);
  Result<std::vector<Event>> Events(const std::string& run, int64_t after) const;

  // kBusy while another carries out this run. Held until it goes.
  Result<FileDescriptor> Lock(const std::string& run) const;

 private:
  explicit WorkflowRunStore(std::string folder) : folder_(std::move(folder)) {}
  std::string folder_;
};

}  // namespace fathom
