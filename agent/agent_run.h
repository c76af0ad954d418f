// SPDX-License-Identifier: Apache-2.0
// The parts of one run that agent/agent.cc puts in order: events, limits, the query, the calls, the
// record, the rewind.
#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "agent/agent.h"
#include "agent/stuck.h"
#include "agent/tool_calls.h"

namespace fathom {

class AgentRun {
 public:
  AgentRun(ChatModel& model, AgentState& state, const AgentOptions& options);

  // Announces the run. Answers calls that a crash left without a result.
  Status Begin();
  // Why nothing more may be spent, if so.
  std::optional<AgentOutcome> MustStop();
  // nullopt: cut short by a limit or the user; MustStop() says why. What was said is not kept.
  Result<std::optional<ChatReply>> Query();
  // Asks for an answer in the schema; nullopt as above.
  Result<std::optional<ChatReply>> QueryInSchema();
  // The reply becomes part of the messages, and is recorded before its calls run.
  Status Take(const ChatReply& reply);
  Status CarryOutCalls(const ChatReply& reply);
  // Tells the model that its calls could not be read.
  Status AnswerUnreadable(const ChatReply& reply);
  // nullopt: no loop, or it was taken back. Otherwise the run has stood still too often.
  Result<std::optional<AgentOutcome>> LeaveLoop();
  Result<AgentOutcome> End(AgentOutcome outcome);

 private:
  void Emit(std::string type, Json data);
  void EmitLocked(std::string type, Json data);
  void Count(const ChatReply& reply);
  bool PassDelta(const ParseDelta& delta);
  Result<std::optional<ChatReply>> Ask(ChatRequest request);
  ChatRequest NewRequest() const;
  std::optional<size_t> OutputLeft() const;
  Status Record(const AgentOutcome* outcome = nullptr);
  Json RunningUsage();
  double Seconds() const;
  std::optional<std::string> LimitReached() const;
  bool Cancelled() const { return options_.cancel && options_.cancel->load(); }
  void RebuildSteps();

  ChatModel& model_;
  AgentState& state_;
  const AgentOptions& options_;
  const std::string run_;
  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  const double seconds_before_;
  const std::vector<ToolDefinition> definitions_;
  Taint taint_;
  std::vector<AgentStep> steps_;
  std::string thinking_;  // of the latest reply
  size_t recorded_;       // messages
  std::mutex events_mutex_;
  std::vector<Event> unrecorded_;
};

}  // namespace fathom
