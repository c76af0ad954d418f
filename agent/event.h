// SPDX-License-Identifier: Apache-2.0
// Event: one thing that happened in a run, as --jsonl prints it, the server streams it and
// sessions.db keeps it.
//
// Ids rise by one within a run and are never used twice, so that a reader who lost the connection
// asks for what follows the last id it saw. An event whose type begins with "delta." is
// provisional: the event that ends the query ("model.done") carries the whole, and only that is
// kept. "turn.done" comes after the commit.
//
//   run.started     task, model, limits, tools
//   model.started   step
//   delta.reading   tokens_done, tokens_total          the prompt is being read
//   delta.content   text
//   delta.thinking  text
//   delta.call      index, id, name                    a call begins
//   delta.arguments index, text
//   delta.dropped   index                              that call turned out to be none
//   delta.was_thinking                                 all content so far was thinking
//   model.done      step, content, thinking, thinking_closed, calls, finish,
//                   prefix_miss, usage
//   call.started    call_id, name, arguments
//   approval.asked  call_id, name, text
//   call.done       call_id, name, end, rule, asked, is_error, text, is_cut, seconds
//   run.rewound     from_step, to_step, reason, note
//   run.paused      limit, spent, allowed
//   turn.done       turn, usage
//   run.done        stop, answer, usage
//   error           code, message
//
// `usage` is the running usage of the run (AgentUsage, agent/agent.h) and is in every event that is
// not a delta.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "base/json.h"

namespace fathom {

struct Event {
  int64_t id = 0;  // from 1, within the run
  std::string type;
  std::string run;
  int64_t time_ms = 0;  // UTC, since 1970
  Json data = Json::EmptyObject();

  bool provisional() const { return type.starts_with("delta."); }
};

// {"id", "type", "run", "time", "data"}; time as ISO 8601 with milliseconds.
Json EventJson(const Event& event);

using EventSink = std::function<void(const Event&)>;

// Milliseconds since 1970, and "2026-11-25T14:22:02.123Z".
int64_t NowMs();
std::string TimeText(int64_t time_ms);

// 128 random bits as `prefix` and 32 hex digits: ids of runs and sessions.
std::string NewId(std::string_view prefix);

}  // namespace fathom
