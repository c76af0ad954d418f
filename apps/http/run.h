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
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "apps/http/exchange.h"
#include "apps/http/message.h"

namespace fathom::http {

class Run {
 public:
  // `about`: what the run is about, beside its title; an object or null.
  Run(std::string kind, std::string title, Json about = {});

  const std::string& id() const { return id_; }
  const std::string& kind() const { return kind_; }
  const Json& about() const { return about_; }
  std::atomic<bool>* cancel() { return &cancel_; }

  // The worker's side. Beyond kHttpRunEventsBytesMax deltas, candidates and progress are left out.
  void Emit(std::string_view type, Json data = Json::EmptyObject());
  // Ten a second at most; `place` is an object that the event begins with.
  void Progress(std::string_view stage, size_t done, size_t total,
                Json place = Json::EmptyObject());
  void Begin();
  void End(std::string_view state, Json result);  // "done", "failed", "cancelled"
  // While one is there, a person is waited for.
  class Waiting {
   public:
    explicit Waiting(Run& run) : run_(run) { run_.SetState("waiting"); }
    ~Waiting() { run_.SetState("running"); }
    Waiting(const Waiting&) = delete;

   private:
    Run& run_;
  };

  Json Describe() const;
  bool ended() const;
  // Reads the events behind `last`, as server-sent events.
  class Reader {
   public:
    Reader(Run& run, size_t last);
    ~Reader();
    Reader(const Reader&) = delete;
    int wake() const { return bell_.descriptor(); }  // readable when there may be more
    bool Read(std::string* out);                     // false: none will follow

   private:
    Run& run_;
    const Bell bell_;
    size_t last_;
  };

 private:
  void EmitLocked(std::string_view type, Json data);
  void SetState(std::string_view state);
  bool EndedLocked() const;

  const std::string id_, kind_, title_, created_;
  const Clock::time_point start_ = Clock::now();
  const Json about_;
  std::atomic<bool> cancel_{false};
  mutable std::mutex mutex_;
  std::string state_ = "queued";
  Json result_;
  std::vector<std::string> events_;  // as sent
  std::set<const Bell*> readers_;
  size_t bytes_ = 0;
  Clock::time_point last_progress_{};
  std::string last_stage_;
};

// All runs of this process; the oldest that ended go first. Work that may wait for people has a
// thread of its own (kWaitingRunsMax at most), so that it keeps no place from others; the engine
// lets all take turns.
class Runs {
 public:
  explicit Runs(Admission& admission) : admission_(admission) {}
  ~Runs() { Stop(); }
  // Cancels all and waits for those with threads of their own.
  void Stop();

  struct Task {
    std::string kind, title, client;
    size_t tokens = 0;
    Json about;
    bool waits_for_people = false;
    // Returns the result; an Error ends the run as failed or cancelled.
    std::function<Result<Json>(Run&)> work;
  };
  // Nothing: too much runs or waits.
  std::shared_ptr<Run> Start(Task task);
  std::shared_ptr<Run> Find(const std::string& id) const;
  std::vector<std::shared_ptr<Run>> List() const;  // newest first

 private:
  using Work = std::function<Result<Json>(Run&)>;
  static void Carry(const std::shared_ptr<Run>& run, const Work& work);
  bool StartThread(const std::shared_ptr<Run>& run, Work work);

  Admission& admission_;
  mutable std::mutex mutex_;
  std::deque<std::shared_ptr<Run>> runs_;
  std::vector<std::pair<std::shared_ptr<Run>, std::thread>> threads_;
};

std::string NowText();  // UTC, ISO 8601

}  // namespace fathom::http
