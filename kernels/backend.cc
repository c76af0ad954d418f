// SPDX-License-Identifier: Apache-2.0
#include "kernels/backend.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <string>

#include "base/check.h"
#include "base/checked_math.h"
#include "kernels/cuda/context.h"

namespace fathom {
namespace {

constexpr size_t kAlignment = 256;

// Weights are streamed from end to end: with pages of 4 KiB each costs a walk of the page table,
// in a virtual machine two, that the prefetchers do not go over. What does not fill a large page
// stays on small ones, so that nothing is wasted.
constexpr size_t kLargePage = size_t{2} << 20;
constexpr size_t kLargePagesFrom = 2 * kLargePage;

class CpuMemory : public Memory {
 public:
  Result<std::byte*> Allocate(size_t bytes) override {
    const size_t alignment = bytes >= kLargePagesFrom ? kLargePage : kAlignment;
    const size_t rounded = (std::max(bytes, size_t{1}) + kAlignment - 1) / kAlignment * kAlignment;
    void* at = nullptr;
    if (rounded < bytes || posix_memalign(&at, alignment, rounded) != 0)
      return Error{Code::kLimit, "no memory for " + std::to_string(bytes) + " bytes"};
#if defined(MADV_HUGEPAGE)
    // Advice: where it is refused the pages are small.
    if (alignment == kLargePage) madvise(at, bytes / kLargePage * kLargePage, MADV_HUGEPAGE);
#endif
    return static_cast<std::byte*>(at);
  }
  void Free(std::byte* bytes) override {
    std::free(bytes);
  }
  Status Zero(void* to, size_t bytes) override {
    std::memset(to, 0, bytes);
    return OkStatus();
  }
  Status CopyIn(void* to, const void* host, size_t bytes) override {
    std::memcpy(to, host, bytes);
    return OkStatus();
  }
  Status CopyOut(void* host, const void* from, size_t bytes) override {
    return CopyIn(host, from, bytes);
  }
  Status Copy(void* to, const void* from, size_t bytes) override {
    return CopyIn(to, from, bytes);
  }
  bool on_device() const override {
    return false;
  }
};

bool CpuHasAvx2() {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#else
  return false;
#endif
}

bool CpuHasAvx512() {
#if defined(__x86_64__)
  return CpuHasAvx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512bf16");
#else
  return false;
#endif
}

}  // namespace

std::string_view IsaName(Isa isa) {
  switch (isa) {
    case Isa::kScalar:
      return "scalar";
    case Isa::kAvx2:
      return "avx2";
    case Isa::kAvx512:
      return "avx512";
    case Isa::kCuda:
      return "cuda";
  }
  return "?";
}

bool IsaSupported(Isa isa) {
  switch (isa) {
    case Isa::kScalar:
      return true;
    case Isa::kAvx2:
      return CpuHasAvx2();
    case Isa::kAvx512:
      return CpuHasAvx512();
    case Isa::kCuda:
      return DescribeCudaDevice(0).ok();
  }
  return false;
}

Result<std::unique_ptr<Backend>> Backend::Create(ThreadPool& pool) {
  const char* wanted = std::getenv("FATHOM_ISA");
  const Isa best_first[] = {Isa::kAvx512, Isa::kAvx2, Isa::kScalar};
  if (wanted == nullptr || *wanted == 0) {
    for (Isa isa : best_first) {
      if (IsaSupported(isa)) return Create(pool, isa);
    }
  }
  for (Isa isa : best_first) {
    if (IsaName(isa) == wanted) return Create(pool, isa);
  }
  return Invalid("FATHOM_ISA: expected scalar, avx2 or avx512, found '" + std::string(wanted) +
                 "'");
}

Result<std::unique_ptr<Backend>> Backend::Create(ThreadPool& pool, Isa isa) {
  if (isa == Isa::kCuda) return CreateCuda(pool, 0);
  if (!IsaSupported(isa)) {
    return Error{Code::kUnavailable,
                 "instruction set " + std::string(IsaName(isa)) + " is missing on this machine",
                 ""};
  }
  return std::unique_ptr<Backend>(new Backend(pool, isa, isa, nullptr));
}

Result<std::unique_ptr<Backend>> Backend::CreateCuda(ThreadPool& pool, int device) {
  auto cpu = Create(pool);
  if (!cpu) return cpu.error();
  auto cuda = OpenCuda(device);
  if (!cuda) return cuda.error();
  return std::unique_ptr<Backend>(new Backend(pool, Isa::kCuda, (*cpu)->isa(), std::move(*cuda)));
}

Backend::Backend(ThreadPool& pool, Isa isa, Isa cpu_isa, CudaPointer cuda)
    : pool_(pool),
      isa_(isa),
      cpu_isa_(cpu_isa),
      cuda_(std::move(cuda)),
      memory_(cuda_ ? CudaMemoryOf(*cuda_) : HostMemory()),
      scratch_(memory_) {}

Memory& Backend::pinned() const {
  return CudaPinnedMemoryOf(*cuda_);
}

Memory& HostMemory() {
  static CpuMemory memory;
  return memory;
}

Result<Buffer> Buffer::Make(Memory& memory, size_t bytes) {
  Buffer buffer;
  if (bytes == 0) return buffer;
  auto data = memory.Allocate(bytes);
  if (!data) return data.error();
  buffer.memory_ = &memory;
  buffer.data_ = *data;
  buffer.size_ = bytes;
  return buffer;
}

Result<Buffer> Buffer::MakeFrom(Memory& memory, const void* host, size_t bytes) {
  auto buffer = Make(memory, bytes);
  if (!buffer || bytes == 0) return buffer;
  if (Status status = memory.CopyIn(buffer->data(), host, bytes); !status) return status.error();
  return buffer;
}

Buffer Buffer::Borrowed() const {
  Buffer borrowed;
  borrowed.data_ = data_;
  borrowed.size_ = size_;
  return borrowed;
}

Buffer& Buffer::operator=(Buffer&& other) noexcept {
  std::swap(memory_, other.memory_);
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

Buffer::~Buffer() {
  if (memory_ != nullptr) memory_->Free(data_);
}

Buffer Scratch::NewBlock(size_t bytes) {
  auto block = Buffer::Make(memory_, bytes);
  ++growths_;
  if (block) return std::move(*block);
  status_ = block.error();
  return {};
}

void* Scratch::Take(size_t count, size_t bytes_each) {
  const auto exact = CheckedMul(count, bytes_each);
  CHECK(exact.has_value() && *exact < (size_t{1} << 46));
  const size_t bytes =
      std::max<size_t>((*exact + kAlignment - 1) / kAlignment * kAlignment, kAlignment);
  const size_t begin = used_;
  used_ += bytes;
  if (used_ <= block_.size()) return block_.data() + begin;
  grows_ = true;
  overflow_.push_back({begin, NewBlock(bytes)});
  return overflow_.back().block.data();
}

void Scratch::Release(size_t mark) {
  high_ = std::max(high_, used_);
  used_ = mark;
  while (!overflow_.empty() && overflow_.back().begin >= mark) overflow_.pop_back();
  if (mark > 0 || !grows_) return;
  grows_ = false;
  const bool failed = !status_.ok();
  status_ = OkStatus();
  if (failed) {
    high_ = block_.size();
    return;
  }
  block_ = {};
  block_ = NewBlock(high_);
}

}  // namespace fathom
