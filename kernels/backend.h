// SPDX-License-Identifier: Apache-2.0
// Backend: what an operator runs on. The threads, the instruction set chosen at run time, and
// scratch memory.
//
// Goals: one binary for every x86-64 (and, in its portable form, any CPU gcc or clang knows); no
// allocation per token once the largest call has been seen. One operator at a time per Backend, as
// with its ThreadPool.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/thread_pool.h"

namespace fathom {

// kScalar is the portable form (compiler vectors of 4). kAvx2 needs AVX2 and FMA; kAvx512
// needs F, BW, DQ, VL, VNNI and BF16 (Zen 4, Sapphire Rapids and newer).
enum class Isa { kScalar, kAvx2, kAvx512 };

std::string_view IsaName(Isa isa);
bool IsaSupported(Isa isa);  // by this machine and this build

// Scratch memory in stack order. Grows to the largest use ever seen and then stays; growths()
// counts allocations.
class Scratch {
 public:
  // Everything taken through a Frame is given back when it ends. Frames nest.
  class Frame {
   public:
    explicit Frame(Scratch& scratch) : scratch_(scratch), mark_(scratch.used_) {}
    ~Frame() { scratch_.Release(mark_); }
    Frame(const Frame&) = delete;
    Frame& operator=(const Frame&) = delete;

    // 64-byte aligned, contents undefined; valid until the frame ends.
    template <typename T>
    T* Take(size_t count) {
      return static_cast<T*>(scratch_.Take(count, sizeof(T)));
    }

   private:
    Scratch& scratch_;
    size_t mark_;
  };

  size_t growths() const { return growths_; }
  size_t capacity_bytes() const { return capacity_; }

 private:
  friend class Frame;
  void* Take(size_t count, size_t bytes_each);
  void Release(size_t mark);

  struct Deleter {
    void operator()(std::byte* bytes) const;
  };
  using Block = std::unique_ptr<std::byte[], Deleter>;
  static Block NewBlock(size_t bytes);

  Block block_;  // the arena
  std::vector<Block>
      overflow_;  // what did not fit; joined into one arena when the outermost frame ends
  size_t capacity_ = 0;
  size_t used_ = 0;  // of all takes, also those in overflow_
  size_t high_ = 0;  // the largest used_ ever
  size_t growths_ = 0;
};

class Backend {
 public:
  // The best instruction set of this machine, or the one named by FATHOM_ISA=scalar|avx2|avx512
  // (unknown or not supported: kInvalid / kUnavailable). `pool` is borrowed.
  static Result<std::unique_ptr<Backend>> Create(ThreadPool& pool);
  static Result<std::unique_ptr<Backend>> Create(ThreadPool& pool, Isa isa);

  Isa isa() const { return isa_; }
  ThreadPool& pool() const { return pool_; }
  Scratch& scratch() const { return scratch_; }

 private:
  Backend(ThreadPool& pool, Isa isa) : pool_(pool), isa_(isa) {}
  ThreadPool& pool_;
  Isa isa_;
  mutable Scratch scratch_;
};

}  // namespace fathom
