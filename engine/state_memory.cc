// SPDX-License-Identifier: Apache-2.0
#include "engine/state_memory.h"

#include <algorithm>
#include <cstring>
#include <string>

namespace fathom {
namespace {

#ifdef NDEBUG
constexpr bool kPoisons = false;
#else
constexpr bool kPoisons = true;
#endif
constexpr int kPoison = 0xFF;  // NaN as f32 and as bf16

}  // namespace

void StateMemory::Register(Evictable& who) {
  const std::lock_guard lock(evicting_);
  evictables_.push_back(&who);
}

void StateMemory::Unregister(Evictable& who) {
  const std::lock_guard lock(evicting_);
  std::erase(evictables_, &who);
}

bool StateMemory::Claim(size_t bytes) {
  size_t held = held_;
  do {
    if (bytes > bytes_max_ - std::min(held, bytes_max_)) return false;
  } while (!held_.compare_exchange_weak(held, held + bytes));
  return true;
}

bool StateMemory::EvictOne() {
  Evictable* oldest = nullptr;
  uint64_t oldest_use = Evictable::kNothing;
  for (Evictable* one : evictables_) {
    const uint64_t use = one->OldestUse();
    if (use < oldest_use) oldest = one, oldest_use = use;
  }
  return oldest != nullptr && oldest->EvictOldest();
}

bool StateMemory::MakeRoom(size_t bytes) {
  const std::lock_guard lock(evicting_);
  while (bytes > bytes_max_ - std::min<size_t>(held_, bytes_max_)) {
    if (!EvictOne()) return false;
  }
  return true;
}

Result<std::byte*> StateMemory::Allocate(size_t bytes) {
  while (!Claim(bytes)) {
    if (MakeRoom(bytes)) continue;
    return Error{.code = Code::kLimit,
                 .message = "the states hold " + std::to_string(held_) + " of the " +
                            std::to_string(bytes_max_) + " bytes they may, and " +
                            std::to_string(bytes) + " more do not fit",
                 .place = std::string(kStateMemoryPlace)};
  }
  auto block = memory_.Allocate(bytes);
  while (!block && block.error().code == Code::kLimit) {
    {
      const std::lock_guard lock(evicting_);
      if (!EvictOne()) break;
    }
    block = memory_.Allocate(bytes);
  }
  if (!block) {
    held_ -= bytes;
    return block;
  }
  const std::lock_guard lock(sizes_mutex_);
  sizes_[*block] = bytes;
  return block;
}

void StateMemory::Free(std::byte* bytes) {
  if (bytes == nullptr) return;
  size_t size = 0;
  {
    const std::lock_guard lock(sizes_mutex_);
    const auto found = sizes_.find(bytes);
    CHECK(found != sizes_.end());
    size = found->second;
    sizes_.erase(found);
  }
  if (kPoisons && !on_device()) std::memset(bytes, kPoison, size);
  memory_.Free(bytes);
  held_ -= size;
}

size_t StateMemory::Available() const {
  return std::min(memory_.Available(), bytes_max_ - std::min<size_t>(held_, bytes_max_));
}

}  // namespace fathom
