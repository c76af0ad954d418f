// SPDX-License-Identifier: Apache-2.0
#include "engine/sequence_state.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <map>
#include <mutex>

#include "engine/host_backed_memory.h"

namespace fathom {
namespace {

// The host's memory, which remembers sizes and looks at what is given back.
class WatchedMemory : public test::HostBackedMemory {
 public:
  Result<std::byte*> Allocate(size_t bytes) override {
    auto block = HostMemory().Allocate(bytes);
    if (block) sizes_[*block] = bytes;
    return block;
  }
  void Free(std::byte* bytes) override {
    const size_t size = sizes_[bytes];
    freed_ += size;
    dirty_ += static_cast<size_t>(
        std::count_if(bytes, bytes + size, [](std::byte b) { return b != std::byte{0}; }));
    sizes_.erase(bytes);
    HostMemory().Free(bytes);
  }
  size_t held() const {
    size_t bytes = 0;
    for (const auto& [block, size] : sizes_) bytes += size;
    return bytes;
  }
  size_t freed() const { return freed_; }
  size_t dirty() const { return dirty_; }

 private:
  std::map<std::byte*, size_t> sizes_;
  size_t freed_ = 0, dirty_ = 0;
};

StateShape Shape() {
  return {.lightning_layers = 7,
          .heads = 4,
          .head_dim = 32,
          .softmax_layers = 2,
          .kv = {KvType::kF32, 1, 4, 64}};
}

SequenceState StateOf(size_t tokens, Memory& memory) {
  SequenceState state(Shape(), memory);
  EXPECT_TRUE(state.Reserve(tokens).ok());
  state.set_tokens(tokens);
  return state;
}

// The least of many times: what a copy costs when nothing disturbs it.
double SecondsOfACopy(const SequenceState& state) {
  double least = 1;
  for (int i = 0; i < 3'000; ++i) {
    const auto start = std::chrono::steady_clock::now();
    const SequenceState copy(state);
    const auto end = std::chrono::steady_clock::now();
    least = std::min(least, std::chrono::duration<double>(end - start).count());
  }
  return least;
}

TEST(SequenceState, ACopyCostsTheSameAtAnyLength) {
  const SequenceState shorter = StateOf(1'024, HostMemory()),
                      longer = StateOf(131'072, HostMemory());
  EXPECT_EQ(longer.page_count(), 2'048u);
  const double few = SecondsOfACopy(shorter), many = SecondsOfACopy(longer);
  EXPECT_LE(many, 1.2 * few) << few * 1e6 << " and " << many * 1e6 << " microseconds";
}

// What copies hold together grows by states and by the pages that they write, not by what they
// share.
TEST(SequenceState, CopiesShareWhatTheyDoNotWrite) {
  WatchedMemory memory;
  const SequenceState corpus = StateOf(64'000 + 10, memory);
  const size_t page = KvPageBytes(Shape().kv), states = Shape().lightning_floats() * sizeof(float);
  const size_t before = memory.held();
  std::vector<SequenceState> forks(64, corpus);
  EXPECT_EQ(memory.held() - before, 64 * states);
  for (SequenceState& fork : forks) {
    ASSERT_TRUE(fork.Reserve(64'000 + 74).ok());  // in the page begun, and one more
    fork.set_tokens(64'000 + 74);
  }
  EXPECT_EQ(memory.held() - before, 64 * (states + 2 * Shape().softmax_layers * page));
}

TEST(SequenceState, ACopyIsIndependent) {
  SequenceState a = StateOf(100, HostMemory());
  std::memset(a.Page(1, 1), 1, 16);
  a.Lightning(3)[5] = 7;
  SequenceState b(a);
  ASSERT_TRUE(b.Reserve(101).ok());
  std::memset(b.Page(1, 1), 2, 16);
  b.Lightning(3)[5] = 8;
  EXPECT_EQ(a.Page(1, 1)[3], std::byte{1});
  EXPECT_EQ(b.Page(1, 1)[3], std::byte{2});
  EXPECT_EQ(a.Lightning(3)[5], 7);
  EXPECT_EQ(a.Page(0, 0), b.Page(0, 0));  // full pages stay shared
  const std::byte* own = a.Page(1, 1);
  ASSERT_TRUE(a.Reserve(101).ok());  // the other has copied: nothing to copy
  EXPECT_EQ(a.Page(1, 1), own);
  EXPECT_EQ(a.Kv(1, 101).pages[1], own);
  EXPECT_EQ(b.Kv(1, 101).pages[1], b.Page(1, 1));
}

TEST(SequenceState, WhatWasHeldIsWipedWhenFreed) {
  WatchedMemory memory;
  {
    SequenceState state = StateOf(300, memory);
    for (size_t i = 0; i < 5; ++i) std::memset(state.Page(0, i), 0xaa, KvPageBytes(Shape().kv));
    state.Lightning(0)[0] = 1;
    SequenceState copy(state);
    ASSERT_TRUE(copy.Reserve(310).ok());
    state = StateOf(10, memory);
  }
  EXPECT_EQ(memory.held(), 0u);
  EXPECT_GT(memory.freed(), 0u);
  EXPECT_EQ(memory.dirty(), 0u);
}

}  // namespace
}  // namespace fathom
