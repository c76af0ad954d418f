// SPDX-License-Identifier: Apache-2.0
// Backend: what an operator runs on. The threads and instruction set of the CPU or a CUDA device,
// the memory its buffers live in, and scratch memory.
//
// Goals: one binary for every x86-64 (and, in its portable form, any CPU gcc or clang knows), with
// or without a device; no allocation per token once the largest call has been seen. One operator at
// a time per Backend, as with its ThreadPool.
//
// On a device, pointers in an operator's arguments are to the backend's memory(); std::span
// arguments stay on the host unless the operator says otherwise. Operators return when their work
// is queued; Memory::CopyOut waits for it and reports what went wrong on the device.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/thread_pool.h"

namespace fathom {

// kScalar is the portable form (compiler vectors of 4). kAvx2 needs AVX2 and FMA; kAvx512
// needs F, BW, DQ, VL, VNNI and BF16 (Zen 4, Sapphire Rapids and newer). kCuda is a device of
// compute capability 9.0 (Hopper).
enum class Isa { kScalar, kAvx2, kAvx512, kCuda };

std::string_view IsaName(Isa isa);
bool IsaSupported(Isa isa);  // by this machine and this build

class CudaContext;  // kernels/cuda/device.h
struct CudaDeleter {
  void operator()(CudaContext* context) const;
};
using CudaPointer = std::unique_ptr<CudaContext, CudaDeleter>;

// The memory that a backend's operators read and write.
class Memory {
 public:
  virtual ~Memory() = default;
  // 256-byte aligned, contents undefined. kLimit when there is no more.
  virtual Result<std::byte*> Allocate(size_t bytes) = 0;
  virtual void Free(std::byte* bytes) = 0;
  virtual Status Zero(void* to, size_t bytes) = 0;
  virtual Status CopyIn(void* to, const void* host, size_t bytes) = 0;
  virtual Status CopyOut(void* host, const void* from, size_t bytes) = 0;  // waits
  virtual Status Copy(void* to, const void* from, size_t bytes) = 0;       // not overlapping
  // Bytes that Allocate may find; a guess where others take from the same memory.
  virtual size_t Available() const { return SIZE_MAX; }
  virtual bool on_device() const { return true; }  // false: the CPU reads and writes it in place
};

// The CPU's own.
Memory& HostMemory();

struct OperatorTimes;  // kernels/operator_times.h

// Owned bytes of one Memory, which must outlive it.
class Buffer {
 public:
  Buffer() = default;
  static Result<Buffer> Make(Memory& memory, size_t bytes);
  static Result<Buffer> MakeFrom(Memory& memory, const void* host, size_t bytes);
  // The same bytes, owned by this one still.
  Buffer Borrowed() const;
  Buffer(Buffer&& other) noexcept { *this = std::move(other); }
  Buffer& operator=(Buffer&& other) noexcept;
  ~Buffer();

  std::byte* data() const { return data_; }
  const float* floats() const { return reinterpret_cast<const float*>(data_); }
  size_t size() const { return size_; }

 private:
  Memory* memory_ = nullptr;
  std::byte* data_ = nullptr;
  size_t size_ = 0;
};

// Scratch memory in stack order. Grows to the largest use ever seen and then stays; growths()
// counts allocations.
class Scratch {
 public:
  explicit Scratch(Memory& memory) : memory_(memory) {}

  // Everything taken through a Frame is given back when it ends. Frames nest.
  class Frame {
   public:
    explicit Frame(Scratch& scratch) : scratch_(scratch), mark_(scratch.used_) {}
    ~Frame() { scratch_.Release(mark_); }
    Frame(const Frame&) = delete;
    Frame& operator=(const Frame&) = delete;

    // 256-byte aligned, contents undefined; valid until the frame ends. Null when a device has no
    // more memory: status() says so from then on, until the outermost frame ends.
    template <typename T>
    T* Take(size_t count) {
      return static_cast<T*>(scratch_.Take(count, sizeof(T)));
    }
    const Status& status() const { return scratch_.status_; }

   private:
    Scratch& scratch_;
    size_t mark_;
  };

  size_t growths() const { return growths_; }
  size_t capacity_bytes() const { return block_.size(); }

 private:
  friend class Frame;
  void* Take(size_t count, size_t bytes_each);
  void Release(size_t mark);
  Buffer NewBlock(size_t bytes);

  Memory& memory_;
  Buffer block_;  // the arena
  struct Overflow {
    size_t begin = 0;  // used_ before it was taken
    Buffer block;
  };
  std::vector<Overflow>
      overflow_;  // what did not fit; the arena grows when the outermost frame ends
  bool grows_ = false;
  size_t used_ = 0;  // of all takes, also those in overflow_
  size_t high_ = 0;  // the largest used_ ever
  size_t growths_ = 0;
  Status status_;
};

class Backend {
 public:
  // The best instruction set of this machine, or the one named by FATHOM_ISA=scalar|avx2|avx512
  // (unknown or not supported: kInvalid / kUnavailable). Never a device. `pool` is borrowed.
  static Result<std::unique_ptr<Backend>> Create(ThreadPool& pool);
  // kCuda: device 0.
  static Result<std::unique_ptr<Backend>> Create(ThreadPool& pool, Isa isa);
  static Result<std::unique_ptr<Backend>> CreateCuda(ThreadPool& pool, int device);

  Isa isa() const { return isa_; }
  Isa cpu_isa() const { return cpu_isa_; }  // isa(), or what goes with a device
  bool on_device() const { return isa_ == Isa::kCuda; }
  ThreadPool& pool() const { return pool_; }
  Memory& memory() const { return memory_; }
  // The host's, which a device reads over the bus; only on_device(). Pinned: it is never swapped.
  Memory& pinned() const;
  Scratch& scratch() const { return scratch_; }            // in memory()
  Scratch& host_scratch() const { return host_scratch_; }  // on the CPU
  CudaContext& cuda() const { return *cuda_; }             // only on_device()
  // Where operators add their time; null, as at first: nowhere. Borrowed.
  OperatorTimes* operator_times() const { return operator_times_; }
  void set_operator_times(OperatorTimes* times) { operator_times_ = times; }

 private:
  Backend(ThreadPool& pool, Isa isa, Isa cpu_isa, CudaPointer cuda);
  ThreadPool& pool_;
  Isa isa_, cpu_isa_;
  CudaPointer cuda_;
  Memory& memory_;
  OperatorTimes* operator_times_ = nullptr;
  mutable Scratch scratch_;
  mutable Scratch host_scratch_{HostMemory()};
};

// One line about device `index` for people: name, memory, driver; or why there is none to use.
Result<std::string> DescribeCudaDevice(int index);

}  // namespace fathom
