// SPDX-License-Identifier: Apache-2.0
// StateMemory: the memory that the states of one engine live in. Counts what they hold, and keeps
// it within a budget: what is kept only in case it is needed again goes first, the one used longest
// ago before the others, whoever keeps it; what is in use never. When nothing more can go,
// Allocate is kLimit and names the numbers.
//
// A page that several states share is allocated once, so it counts once. Debug builds overwrite
// what is freed with bytes that read as NaN. Safe from several threads.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "kernels/backend.h"

namespace fathom {

// Place of the kLimit of Allocate: told from the window's, it may go away when others end.
inline constexpr std::string_view kStateMemoryPlace = "state_bytes_max";

// Someone who keeps states that can go.
class Evictable {
 public:
  virtual ~Evictable() = default;
  // When the state used longest ago was used (StateMemory::Tick); kNothing: none can go now.
  static constexpr uint64_t kNothing = UINT64_MAX;
  virtual uint64_t OldestUse() const = 0;
  // Lets that state go. False: none can.
  virtual bool EvictOldest() = 0;
};

class StateMemory final : public Memory {
 public:
  StateMemory(Memory& memory, size_t bytes_max) : memory_(memory), bytes_max_(bytes_max) {}

  size_t held() const { return held_; }
  size_t bytes_max() const { return bytes_max_; }
  uint64_t Tick() { return ++clock_; }

  // Between the two `who` may be asked to let states go, by any thread that allocates.
  void Register(Evictable& who);
  void Unregister(Evictable& who);
  // Lets states go until `bytes` more fit. False: nothing can go, and they do not.
  bool MakeRoom(size_t bytes);

  Result<std::byte*> Allocate(size_t bytes) override;
  void Free(std::byte* bytes) override;
  Status Zero(void* to, size_t bytes) override { return memory_.Zero(to, bytes); }
  Status CopyIn(void* to, const void* host, size_t bytes) override {
    return memory_.CopyIn(to, host, bytes);
  }
  Status CopyOut(void* host, const void* from, size_t bytes) override {
    return memory_.CopyOut(host, from, bytes);
  }
  Status Copy(void* to, const void* from, size_t bytes) override {
    return memory_.Copy(to, from, bytes);
  }
  size_t Available() const override;
  bool on_device() const override { return memory_.on_device(); }

 private:
  bool Claim(size_t bytes);
  bool EvictOne();  // with evicting_ locked

  Memory& memory_;
  const size_t bytes_max_;
  std::atomic<size_t> held_{0};
  std::atomic<uint64_t> clock_{0};
  std::mutex sizes_mutex_;
  std::unordered_map<std::byte*, size_t> sizes_;
  std::mutex evicting_;  // taken before any lock of an Evictable
  std::vector<Evictable*> evictables_;
};

}  // namespace fathom
