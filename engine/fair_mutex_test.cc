// SPDX-License-Identifier: Apache-2.0
#include "engine/fair_mutex.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace fathom {
namespace {

// Whoever lets go and asks again at once comes behind all that waited, and these come in their
// order.
TEST(FairMutex, IsGivenInTheOrderOfAsking) {
  constexpr int kThreads = 8;
  FairMutex mutex;
  std::vector<int> order;
  std::vector<std::thread> threads;
  mutex.lock();
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, i] {
      mutex.lock();
      order.push_back(i);
      mutex.unlock();
    });
    while (mutex.waiting() < static_cast<size_t>(i) + 1) std::this_thread::yield();
  }
  mutex.unlock();
  mutex.lock();
  order.push_back(kThreads);
  mutex.unlock();
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(order, (std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7, kThreads}));
}

TEST(FairMutex, HoldsOneAtATime) {
  FairMutex mutex;
  size_t count = 0;  // not atomic: under --tsan a race would show
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 10'000; ++round) {
        std::lock_guard guard(mutex);
        ++count;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(count, 40'000u);
}

}  // namespace
}  // namespace fathom
