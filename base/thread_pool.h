// SPDX-License-Identifier: Apache-2.0
// ThreadPool: splits one piece of work over a fixed set of threads and waits for all of them.
//
// The calling thread is worker 0. Workers spin for a short while between calls (decode makes
// thousands of calls a second), then sleep. The split depends on the counts alone, so results do
// not depend on timing. One caller at a time; Run must not be called from inside a task.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

namespace fathom {

class ThreadPool {
 public:
  // threads 0: one per usable CPU (affinity mask respected).
  explicit ThreadPool(int threads = 0);
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  int thread_count() const;

  // Calls body(worker_index) once on every worker and returns when all have returned.
  void Run(const std::function<void(int worker_index)>& body);

  // Calls body(begin, end, worker_index) on disjoint ranges that cover [0, count): contiguous, near
  // equal, and multiples of `grain` except the last.
  void For(size_t count, size_t grain,
           const std::function<void(size_t begin, size_t end, int worker_index)>& body);

  // Waits until all workers have arrived; only inside a body given to Run. For operators with
  // several phases.
  void Barrier();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace fathom
