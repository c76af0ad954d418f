// SPDX-License-Identifier: Apache-2.0
// Scheduler: whose turn it is on one model. Internal to engine/.
//
// The threads that use sessions do the work themselves, one at a time. Sessions that generate are
// taken together: whoever's turn it is runs the waiting steps of all in one pass. Work that needs
// the model alone (a chunk of a prompt) has every second turn at most, so that no prompt, however
// long, keeps an answer waiting for more than one chunk; among such work the session that has had
// the fewest tokens goes first, newcomers counting as having had as much as the one last served.
//
// Which steps meet in a pass is a matter of timing; what each gives is not (an operator's row
// depends on that row alone).
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <vector>

#include "engine/m1_model.h"

namespace fathom {

inline constexpr size_t kStepsTogetherMax = 64;

// One token of one session.
struct DecodeStep {
  Token token = -1;
  SequenceState* state = nullptr;  // advanced by the token
  float* hidden = nullptr;         // (hidden) ready for the head
  float* logits = nullptr;         // (vocabulary); null: not wanted
  Status status;
};

class Scheduler {
 public:
  explicit Scheduler(const M1Model& model) : model_(model) {}

  // Runs the step, with those of other sessions that wait.
  Status Decode(DecodeStep& step);

  // Runs `work` with the model to itself. `served` is what this session has had so far; `tokens`
  // are added to it.
  Status Alone(uint64_t& served, size_t tokens, const std::function<Status()>& work);
  Status Alone(const std::function<Status()>& work);

  // While it lives its session is generating: others' steps wait a moment for it.
  class Generating {
   public:
    explicit Generating(Scheduler& scheduler);
    ~Generating();
    Generating(const Generating&) = delete;
    Generating& operator=(const Generating&) = delete;

   private:
    Scheduler& scheduler_;
  };

  struct Counts {
    uint64_t passes = 0, steps = 0;  // passes that steps were taken in: how well they meet
    size_t steps_waiting = 0, alone_waiting = 0;
  };
  Counts counts() const;

 private:
  enum class Turn { kWaiting, kYours, kDone };
  struct Waiter {
    DecodeStep* step = nullptr;  // null: works alone
    uint64_t served = 0;
    Turn turn = Turn::kWaiting;
    std::condition_variable changed;
  };
  using Lock = std::unique_lock<std::mutex>;

  void WaitForTurn(Waiter& waiter, Lock& lock);
  void PassOn();  // with the lock held
  std::vector<Waiter*> TakeSteps(Waiter& own, Lock& lock);
  void RunSteps(const std::vector<Waiter*>& waiters);

  const M1Model& model_;
  mutable std::mutex mutex_;
  std::condition_variable arrived_;
  bool busy_ = false, last_was_alone_ = false;
  std::vector<Waiter*> steps_, alone_;
  size_t generating_ = 0;
  uint64_t clock_ = 0;  // served of the session that last worked alone
  double last_pass_seconds_ = 0;
  Counts counts_;
  std::vector<Token> tokens_;  // workspaces of the pass
  std::vector<Segment> segments_;
  std::vector<size_t> reads_;
  std::vector<float> hidden_, head_rows_, logits_;
};

}  // namespace fathom
