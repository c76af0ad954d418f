// SPDX-License-Identifier: Apache-2.0
// Approvals: what runs ask a person before they go on. A run waits in Ask() until somebody decides
// or it is cancelled; who looks may come, go and come back. Safe from any thread.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <string>

#include "base/json.h"

namespace fathom::http {

struct ApprovalQuestion {
  std::string kind = "tool";  // "approve": a workflow's step; "again": one that was cut off
  std::string run;
  std::string step;    // of a workflow
  std::string tool;    // empty: no call is asked about
  std::string effect;  // what the tool can do
  std::string text;    // every byte that would be executed, escaped (tools/execute.h)
  std::string reason;  // why it is asked
};

class Approvals {
 public:
  // Nothing: cancelled before anybody decided.
  std::optional<bool> Ask(const ApprovalQuestion& question, const std::atomic<bool>& cancel);

  Json List() const;  // what waits, oldest first
  // The approval as decided. Nothing: no such id waits (it may have been decided already).
  std::optional<Json> Decide(const std::string& id, bool allow);

 private:
  struct Waiting {
    std::string id, created;
    ApprovalQuestion question;
    std::optional<bool> allowed;
  };
  static Json ToJson(const Waiting& waiting);

  mutable std::mutex mutex_;
  std::condition_variable decided_;
  std::deque<Waiting*> waiting_;  // each on the stack of its Ask()
};

}  // namespace fathom::http
