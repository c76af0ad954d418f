// SPDX-License-Identifier: Apache-2.0
#include "base/thread_pool.h"

#include <sched.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "base/check.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace fathom {
namespace {

// About 50 us on a 4 GHz core: longer than the gap between two operators of one decoded token,
// shorter than what a person or a battery would notice.
constexpr int kSpins = 2'000;

// One step of waiting for another worker. Past the first spins the processor is given away at every
// step: on a busy machine the worker waited for may need this very core.
void Wait(int step) {
#if defined(__x86_64__)
  if (step < kSpins) return _mm_pause();
#endif
  std::this_thread::yield();
}

int UsableCpus() {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (sched_getaffinity(0, sizeof(set), &set) == 0) return std::max(1, CPU_COUNT(&set));
  return std::max(1u, std::thread::hardware_concurrency());
}

}  // namespace

struct ThreadPool::Impl {
  int count = 1;
  std::vector<std::thread> threads;
  const std::function<void(int)>* body = nullptr;
  std::atomic<uint64_t> generation{0};
  std::atomic<int> running{0};
  std::atomic<int> barrier_waiting{0};
  std::atomic<uint64_t> barrier_generation{0};
  std::atomic<bool> stop{false};
  std::mutex mutex;
  std::condition_variable wake;

  void Work(int index) {
    uint64_t seen = 0;
    while (true) {
      int spins = 0;
      while (generation.load(std::memory_order_acquire) == seen) {
        if (++spins < kSpins) {
          Wait(spins);
          continue;
        }
        std::unique_lock lock(mutex);
        wake.wait(lock, [&] { return generation.load(std::memory_order_acquire) != seen; });
      }
      ++seen;
      if (stop.load(std::memory_order_acquire)) return;
      (*body)(index);
      running.fetch_sub(1, std::memory_order_release);
    }
  }

  void Announce() {
    {
      // The lock orders the new generation against a worker that is about to sleep.
      std::lock_guard lock(mutex);
      generation.fetch_add(1, std::memory_order_release);
    }
    wake.notify_all();
  }
};

ThreadPool::ThreadPool(int threads) : impl_(std::make_unique<Impl>()) {
  impl_->count = threads > 0 ? threads : UsableCpus();
  for (int i = 1; i < impl_->count; ++i) impl_->threads.emplace_back([this, i] { impl_->Work(i); });
}

ThreadPool::~ThreadPool() {
  impl_->stop.store(true, std::memory_order_release);
  impl_->Announce();
  for (auto& thread : impl_->threads) thread.join();
}

int ThreadPool::thread_count() const {
  return impl_->count;
}

void ThreadPool::Run(const std::function<void(int)>& body) {
  if (impl_->count == 1) {
    body(0);
    return;
  }
  CHECK(impl_->running.load() == 0);
  impl_->body = &body;
  impl_->running.store(impl_->count - 1, std::memory_order_release);
  impl_->Announce();
  body(0);
  for (int step = 0; impl_->running.load(std::memory_order_acquire) > 0; ++step) Wait(step);
}

void ThreadPool::For(size_t count, size_t grain,
                     const std::function<void(size_t, size_t, int)>& body) {
  CHECK(grain > 0);
  const size_t blocks = (count + grain - 1) / grain;
  const size_t workers = std::min<size_t>(impl_->count, std::max<size_t>(blocks, 1));
  const auto range = [&](int worker) {
    if (static_cast<size_t>(worker) >= workers) return;
    const size_t begin = std::min(count, blocks * worker / workers * grain);
    const size_t end = std::min(count, blocks * (worker + 1) / workers * grain);
    if (begin < end) body(begin, end, worker);
  };
  if (workers == 1) {
    range(0);
    return;
  }
  Run(range);
}

void ThreadPool::Barrier() {
  if (impl_->count == 1) return;
  const uint64_t generation = impl_->barrier_generation.load(std::memory_order_acquire);
  if (impl_->barrier_waiting.fetch_add(1, std::memory_order_acq_rel) == impl_->count - 1) {
    impl_->barrier_waiting.store(0, std::memory_order_relaxed);
    impl_->barrier_generation.fetch_add(1, std::memory_order_release);
    return;
  }
  for (int step = 0; impl_->barrier_generation.load(std::memory_order_acquire) == generation;
       ++step)
    Wait(step);
}

}  // namespace fathom
