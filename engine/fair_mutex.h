// SPDX-License-Identifier: Apache-2.0
// FairMutex: a lock that is given in the order in which it was asked for. Internal to engine/.
//
// A std::mutex is taken again by whoever has just let it go, long before a waiter has woken up: of
// many sessions that generate at the same time some would get several times what others get.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>

namespace fathom {

class FairMutex {
 public:
  void lock() {
    std::unique_lock guard(mutex_);
    if (!held_) {
      held_ = true;
      return;
    }
    Waiter waiter;
    waiting_.push_back(&waiter);
    waiter.turn.wait(guard, [&] { return waiter.has_turn; });
  }

  // Handed over: it stays held until the last waiter lets it go.
  void unlock() {
    std::lock_guard guard(mutex_);
    if (waiting_.empty()) {
      held_ = false;
      return;
    }
    Waiter* next = waiting_.front();
    waiting_.pop_front();
    next->has_turn = true;
    next->turn.notify_one();  // under the lock: with its turn the waiter may end
  }

  size_t waiting() const {
    std::lock_guard guard(mutex_);
    return waiting_.size();
  }

 private:
  struct Waiter {
    std::condition_variable turn;
    bool has_turn = false;
  };
  mutable std::mutex mutex_;
  std::deque<Waiter*> waiting_;  // in the order in which they came
  bool held_ = false;
};

}  // namespace fathom
