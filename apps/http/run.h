// SPDX-License-Identifier: Apache-2.0
// Run: long work with a log of events. Readers come and go, and each goes on behind the last event
// it has seen; the work does not notice them. Ids rise by one from 1. The last event is "done".
#pragma once

#include <atomic>
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "apps/http/exchange.h"
#include "apps/http/message.h"

namespace fathom::http {

class Run {
 public:
  Run(std::string kind, std::string title);

  const std::string& id() const { return id_; }
  const std::string& kind() const { return kind_; }
  std::atomic<bool>* cancel() { return &cancel_; }

  // The worker's side. Beyond kHttpRunEventsBytesMax deltas, candidates and progress are left out.
  void Emit(std::string_view type, Json data = Json::EmptyObject());
  void Progress(std::string_view stage, size_t done, size_t total);  // ten a second at most
  void Begin();
  void End(std::string_view state, Json result);  // "done", "failed", "cancelled"

  Json Describe() const;
  bool ended() const;
  // Events behind *last, as server-sent events; *last moves on. False: none will follow.
  bool Read(size_t* last, std::string* out) const;

 private:
  void EmitLocked(std::string_view type, Json data);

  const std::string id_, kind_, title_, created_;
  const Clock::time_point start_ = Clock::now();
  std::atomic<bool> cancel_{false};
  mutable std::mutex mutex_;
  std::string state_ = "queued";
  Json result_;
  std::vector<std::string> events_;  // as sent
  size_t bytes_ = 0;
  Clock::time_point last_progress_{};
  std::string last_stage_;
};

// All runs of this process; the oldest that ended go first.
class Runs {
 public:
  explicit Runs(Admission& admission) : admission_(admission) {}
  void CancelAll();

  struct Task {
    std::string kind, title, client;
    size_t tokens = 0;
    // Returns the result; an Error ends the run as failed or cancelled.
    std::function<Result<Json>(Run&)> work;
  };
  // Nothing: the queue is full.
  std::shared_ptr<Run> Start(Task task);
  std::shared_ptr<Run> Find(const std::string& id) const;
  std::vector<std::shared_ptr<Run>> List() const;  // newest first

 private:
  Admission& admission_;
  mutable std::mutex mutex_;
  std::deque<std::shared_ptr<Run>> runs_;
};

std::string NowText();  // UTC, ISO 8601

}  // namespace fathom::http
