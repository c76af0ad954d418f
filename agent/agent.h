// SPDX-License-Identifier: Apache-2.0
// The agent: query the model, parse, decide, execute, record, until it answers.
//
// Promises
//  * The state is a value, AgentState: messages and what has been spent. RunAgent continues from
//  any
//    state, so a run that a limit paused goes on with a raised limit, in this process or another.
//  * A step's messages are recorded (AgentOptions::record) before the run goes on, and calls before
//    they run: what was acknowledged is never lost, and a call whose outcome a crash took is told
//    to the model as such, not run again.
//  * Every call gets an answer: what was malformed, unknown or denied is told to the model. Calls
//  of
//    one reply run side by side unless one writes what another touches; results are in the order of
//    the calls.
//  * A run that stands still (the same call with the same result, A-B-A-B, replies without effect)
//    is rewound: messages and model state go back to before it, with one line that says what
//    failed.
//  * Limits are checked before each query and each call; a limit of 0 allows nothing.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agent/chat_model.h"
#include "agent/event.h"
#include "base/result.h"

namespace fathom {

class Registry;
struct Policy;
class Grants;
struct Workspace;
struct ApprovalRequest;

// Unset: no limit.
struct AgentLimits {
  std::optional<size_t> steps;   // queries to the model
  std::optional<size_t> tokens;  // computed: prompt tokens that were not cached, and output
  std::optional<size_t> thinking_tokens;
  std::optional<double> dollars;  // at the profile's prices
  std::optional<double> seconds;  // of running, summed over resumptions
};

struct AgentUsage {
  size_t steps = 0;
  size_t calls = 0;
  size_t rewinds = 0;
  size_t prompt = 0, cached = 0, prefilled = 0, thinking = 0, output = 0;
  double dollars = 0;
  double seconds = 0;
  size_t context = 0;  // tokens of the latest prompt and reply

  size_t computed() const { return prefilled + output; }
};
Json UsageJson(const AgentUsage& usage);
AgentUsage UsageFromJson(const Json& json);               // what is missing is 0
AgentUsage operator+(AgentUsage a, const AgentUsage& b);  // context: b's

struct AgentState {
  std::string conversation;  // of the chat model's kept state
  std::vector<Message> messages;
  AgentUsage usage;
  std::vector<std::string> tainted_by;  // untrusted texts read so far; only grows
  int64_t last_event = 0;               // id of the latest event of this run
};

enum class AgentStop {
  kDone,       // answered
  kLimit,      // paused; RunAgent again with a higher limit
  kStuck,      // stood still again after as many rewinds as are allowed
  kCancelled,  // the caller stopped it; RunAgent again goes on
};
std::string_view AgentStopName(AgentStop stop);  // "done", "limit", "stuck", "cancelled"

struct AgentOutcome {
  AgentStop stop = AgentStop::kDone;
  std::string answer;  // of kDone
  std::string reason;  // of the others: which limit and what was spent, what stood still
};

// What the agent may do to the world. Without a registry the model is offered no tools.
struct AgentTools {
  const Registry* registry = nullptr;
  const Policy* policy = nullptr;
  const Grants* grants = nullptr;
  const Workspace* workspace = nullptr;
  // Empty: what must be asked is denied. Asked one at a time.
  std::function<bool(const ApprovalRequest&)> approver;
};

// What happened since the last record, to be committed before the run goes on.
struct AgentRecord {
  const AgentState& state;
  size_t messages_kept = 0;               // of the recorded messages, how many still stand
  const std::vector<Event>& events;       // new ones, without provisional ones
  std::string thinking;                   // of the latest assistant message
  const AgentOutcome* outcome = nullptr;  // set when the run ends or pauses with this record
};

struct AgentOptions {
  std::string run;  // names the run in events; empty: a new id
  AgentLimits limits;
  AgentTools tools;
  std::optional<size_t> thinking_tokens_max;  // of one query; unset: the profile's default
  std::string thinks_further_of;              // of the first query: see ChatRequest
  std::optional<SamplingOptions> sampling;
  std::optional<Json> response_schema;  // of the answer
  size_t rewinds_max = 3;
  EventSink events;                                  // may be empty
  std::function<Status(const AgentRecord&)> record;  // may be empty: nothing is kept
  const std::atomic<bool>* cancel = nullptr;
};

// Runs until the model answers without a call, or something stops it. `state.messages` ends with
// what it shall answer: a user message, or tool results. Errors are the model's and the store's;
// the state then holds what was recorded.
Result<AgentOutcome> RunAgent(ChatModel& model, AgentState& state, const AgentOptions& options);

}  // namespace fathom
