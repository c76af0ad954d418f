// SPDX-License-Identifier: Apache-2.0
#include "tests/hostile_checkpoints/counted_memory.h"

#include <malloc.h>

#include <atomic>
#include <cstdlib>
#include <new>

namespace fathom::hostile {
namespace {

std::atomic<size_t> live{0};
std::atomic<size_t> peak{0};

void* Counted(void* block) {
  if (block == nullptr) std::abort();
  const size_t now = live.fetch_add(::malloc_usable_size(block)) + ::malloc_usable_size(block);
  size_t seen = peak.load();
  while (now > seen && !peak.compare_exchange_weak(seen, now)) {
  }
  return block;
}

void Uncounted(void* block) {
  if (block == nullptr) return;
  live.fetch_sub(::malloc_usable_size(block));
  std::free(block);
}

}  // namespace

size_t LiveBytes() {
  return live.load();
}
size_t PeakBytes() {
  return peak.load();
}
void ResetPeakBytes() {
  peak.store(live.load());
}

}  // namespace fathom::hostile

using fathom::hostile::Counted;
using fathom::hostile::Uncounted;

void* operator new(std::size_t size) {
  return Counted(std::malloc(size));
}
void* operator new[](std::size_t size) {
  return Counted(std::malloc(size));
}
void* operator new(std::size_t size, std::align_val_t align) {
  const auto step = static_cast<std::size_t>(align);
  return Counted(std::aligned_alloc(step, (size + step - 1) / step * step));
}
void* operator new[](std::size_t size, std::align_val_t align) {
  return operator new(size, align);
}
void operator delete(void* block) noexcept {
  Uncounted(block);
}
void operator delete[](void* block) noexcept {
  Uncounted(block);
}
void operator delete(void* block, std::size_t) noexcept {
  Uncounted(block);
}
void operator delete[](void* block, std::size_t) noexcept {
  Uncounted(block);
}
void operator delete(void* block, std::align_val_t) noexcept {
  Uncounted(block);
}
void operator delete[](void* block, std::align_val_t) noexcept {
  Uncounted(block);
}
void operator delete(void* block, std::size_t, std::align_val_t) noexcept {
  Uncounted(block);
}
void operator delete[](void* block, std::size_t, std::align_val_t) noexcept {
  Uncounted(block);
}
