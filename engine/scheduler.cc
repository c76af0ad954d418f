// SPDX-License-Identifier: Apache-2.0
#include "engine/scheduler.h"

#include <algorithm>
#include <chrono>
#include <cstring>

namespace fathom {
namespace {

// How long a pass waits for sessions that are between two steps: a part of what a pass takes.
constexpr double kPatienceShare = 0.25;
constexpr double kPatienceSecondsMax = 0.002;

}  // namespace

Scheduler::Generating::Generating(Scheduler& scheduler) : scheduler_(scheduler) {
  const std::lock_guard lock(scheduler_.mutex_);
  ++scheduler_.generating_;
}

Scheduler::Generating::~Generating() {
  const std::lock_guard lock(scheduler_.mutex_);
  --scheduler_.generating_;
  scheduler_.arrived_.notify_one();
}

Scheduler::Counts Scheduler::counts() const {
  const std::lock_guard lock(mutex_);
  Counts now = counts_;
  now.steps_waiting = steps_.size();
  now.alone_waiting = alone_.size();
  return now;
}

Status Scheduler::Decode(DecodeStep& step) {
  Waiter own;
  own.step = &step;
  Lock lock(mutex_);
  steps_.push_back(&own);
  arrived_.notify_one();
  WaitForTurn(own, lock);
  if (own.turn == Turn::kDone) return step.status;
  const std::vector<Waiter*> taken = TakeSteps(own, lock);
  lock.unlock();
  RunSteps(taken);
  lock.lock();
  for (Waiter* waiter : taken) {
    if (waiter == &own) continue;
    waiter->turn = Turn::kDone;
    waiter->changed.notify_one();  // under the lock: the waiter may vanish once it has run
  }
  PassOn();
  return step.status;
}

Status Scheduler::Alone(uint64_t& served, size_t tokens, const std::function<Status()>& work) {
  Waiter own;
  Lock lock(mutex_);
  own.served = served = std::max(served, clock_);
  served += tokens;
  alone_.push_back(&own);
  WaitForTurn(own, lock);
  clock_ = std::max(clock_, own.served);
  lock.unlock();
  Status status = work();
  lock.lock();
  PassOn();
  return status;
}

Status Scheduler::Alone(const std::function<Status()>& work) {
  uint64_t served = 0;
  return Alone(served, 0, work);
}

void Scheduler::WaitForTurn(Waiter& waiter, Lock& lock) {
  if (!busy_) {
    busy_ = true;
    PassOn();  // to this waiter: while nobody works, nobody else waits
  }
  waiter.changed.wait(lock, [&] { return waiter.turn != Turn::kWaiting; });
}

void Scheduler::PassOn() {
  Waiter* next = nullptr;
  if (!steps_.empty() && (alone_.empty() || last_was_alone_)) {
    next = steps_.front();
    last_was_alone_ = false;
  } else if (!alone_.empty()) {
    const auto least =
        std::min_element(alone_.begin(), alone_.end(),
                         [](const Waiter* a, const Waiter* b) { return a->served < b->served; });
    next = *least;
    alone_.erase(least);
    last_was_alone_ = true;
  } else {
    busy_ = false;
    return;
  }
  next->turn = Turn::kYours;
  next->changed.notify_one();
}

std::vector<Scheduler::Waiter*> Scheduler::TakeSteps(Waiter& own, Lock& lock) {
  const double patience = std::min(last_pass_seconds_ * kPatienceShare, kPatienceSecondsMax);
  arrived_.wait_for(lock, std::chrono::duration<double>(patience),
                    [&] { return steps_.size() >= std::min(generating_, kStepsTogetherMax); });
  std::iter_swap(steps_.begin(), std::find(steps_.begin(), steps_.end(), &own));
  const size_t count = std::min(steps_.size(), kStepsTogetherMax);
  const auto end = steps_.begin() + static_cast<std::ptrdiff_t>(count);
  std::vector<Waiter*> taken(steps_.begin(), end);
  steps_.erase(steps_.begin(), end);
  ++counts_.passes;
  counts_.steps += count;
  return taken;
}

void Scheduler::RunSteps(const std::vector<Waiter*>& waiters) {
  const auto start = std::chrono::steady_clock::now();
  const size_t width = static_cast<size_t>(model_.config().hidden),
               vocabulary = static_cast<size_t>(model_.config().vocabulary);
  tokens_.clear(), segments_.clear(), reads_.clear();
  std::vector<DecodeStep*> steps, with_logits;
  for (Waiter* waiter : waiters) {
    DecodeStep& step = *waiter->step;
    // One state that finds no memory must not fail the others.
    step.status = step.state->Reserve(step.state->tokens() + 1);
    if (!step.status) continue;
    reads_.push_back(steps.size());
    steps.push_back(&step);
    tokens_.push_back(step.token);
    segments_.push_back({step.state, 1});
  }
  if (steps.empty()) return;
  hidden_.resize(std::max(hidden_.size(), steps.size() * width));
  float* logits = steps.size() == 1 ? steps[0]->logits : nullptr;  // made in the same pass
  Status status = model_.Forward({tokens_, reads_, segments_, hidden_.data(), nullptr, logits});
  head_rows_.resize(hidden_.size());
  for (size_t i = 0; status.ok() && i < steps.size(); ++i) {
    std::memcpy(steps[i]->hidden, hidden_.data() + i * width, width * sizeof(float));
    if (steps[i]->logits == nullptr || logits != nullptr) continue;
    std::memcpy(head_rows_.data() + with_logits.size() * width, steps[i]->hidden,
                width * sizeof(float));
    with_logits.push_back(steps[i]);
  }
  if (status.ok() && with_logits.size() == 1) {
    status = model_.Head(1, head_rows_.data(), with_logits[0]->logits);
  } else if (status.ok() && !with_logits.empty()) {
    logits_.resize(std::max(logits_.size(), with_logits.size() * vocabulary));
    status = model_.Head(with_logits.size(), head_rows_.data(), logits_.data());
    for (size_t i = 0; status.ok() && i < with_logits.size(); ++i) {
      std::memcpy(with_logits[i]->logits, logits_.data() + i * vocabulary,
                  vocabulary * sizeof(float));
    }
  }
  for (DecodeStep* step : steps) step->status = status;
  last_pass_seconds_ =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace fathom
