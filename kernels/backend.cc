// SPDX-License-Identifier: Apache-2.0
#include "kernels/backend.h"

#include <algorithm>
#include <cstdlib>
#include <new>
#include <string>

#include "base/check.h"
#include "base/checked_math.h"

namespace fathom {
namespace {

constexpr std::align_val_t kAlignment{64};

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
  if (!IsaSupported(isa)) {
    return Error{Code::kUnavailable,
                 "instruction set " + std::string(IsaName(isa)) + " is missing on this machine",
                 ""};
  }
  return std::unique_ptr<Backend>(new Backend(pool, isa));
}

void Scratch::Deleter::operator()(std::byte* bytes) const {
  ::operator delete[](bytes, kAlignment);
}

Scratch::Block Scratch::NewBlock(size_t bytes) {
  return Block(static_cast<std::byte*>(::operator new[](bytes, kAlignment)));
}

void* Scratch::Take(size_t count, size_t bytes_each) {
  const auto exact = CheckedMul(count, bytes_each);
  CHECK(exact.has_value() && *exact < (size_t{1} << 46));
  const size_t bytes = std::max<size_t>((*exact + 63) / 64 * 64, 64);
  const size_t begin = used_;
  used_ += bytes;
  if (used_ <= capacity_) return block_.get() + begin;
  overflow_.push_back(NewBlock(bytes));
  ++growths_;
  return overflow_.back().get();
}

void Scratch::Release(size_t mark) {
  high_ = std::max(high_, used_);
  used_ = mark;
  if (mark > 0 || overflow_.empty()) return;
  overflow_.clear();
  block_ = NewBlock(high_);
  capacity_ = high_;
  ++growths_;
}

}  // namespace fathom
