// SPDX-License-Identifier: Apache-2.0
// AgentRuns: turns of recorded sessions as runs of the server. One session has one run at a time;
// what a tool must ask is asked through Approvals, and the run waits.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "agent/agent.h"
#include "agent/session_store.h"
#include "apps/http/approvals.h"
#include "apps/http/metrics.h"
#include "apps/http/run.h"
#include "apps/toolbox.h"

namespace fathom::http {

class AgentRuns {
 public:
  struct Parts {
    SessionStore& sessions;
    ChatModel& chat;
    Runs& runs;
    Approvals& approvals;
    Metrics& metrics;
  };
  explicit AgentRuns(const Parts& parts) : parts_(parts) {}

  struct Turn {
    std::string session;    // one that is kept
    std::string message;    // empty: the turn that a limit or a crash left open goes on
    std::string workspace;  // where the tools work; empty: no tools
    std::string tools, policy = "default";
    AgentLimits limits;
    std::optional<size_t> thinking_tokens_max;
    std::string client;
  };
  // kBusy while another carries the session on, kInvalid when nothing is open and there is no
  // message. Nothing in the pointer: too much runs.
  Result<std::shared_ptr<Run>> Start(Turn turn);

  // A new session with turns 1 to `turn`; it continues from the model state of this one where that
  // is still in memory.
  Result<std::string> Fork(const std::string& session, size_t turn);
  // kBusy while it is carried on.
  Status Remove(const std::string& session);

 private:
  Result<Json> Work(const Turn& turn, Run& run);
  Result<AgentOutcome> Carry(const Turn& turn, LoadedSession& loaded, Run& run);

  const Parts parts_;
  std::mutex mutex_;
  std::set<std::string> in_memory_;  // sessions whose states the chat model keeps
};

}  // namespace fathom::http
