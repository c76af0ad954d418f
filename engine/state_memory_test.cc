// SPDX-License-Identifier: Apache-2.0
#include "engine/state_memory.h"

#include <cstring>
#include <optional>
#include <thread>

#include "engine/engine_core.h"
#include "engine/host_backed_memory.h"
#include "engine/sequence_state.h"
#include "engine/test_support.h"

namespace fathom::test {
namespace {

// The host's memory, of which there is only so much, and which remembers how a block came back.
class SmallMemory : public HostBackedMemory {
 public:
  Result<std::byte*> Allocate(size_t bytes) override {
    if (bytes > left) return Error{Code::kLimit, "no more"};
    left -= bytes;
    last_bytes = bytes;
    return HostMemory().Allocate(bytes);
  }
  void Free(std::byte* bytes) override {
    freed_first = *bytes;
    left += last_bytes;
    HostMemory().Free(bytes);
  }
  size_t left = 1 << 20, last_bytes = 0;
  std::byte freed_first{};
};

// Keeps one block until it is asked to let it go.
class Keeper : public Evictable {
 public:
  Keeper(StateMemory& memory, size_t bytes) : memory_(memory), used_(memory.Tick()) {
    memory_.Register(*this);
    block_ = Must(Buffer::Make(memory_, bytes));
  }
  ~Keeper() override { memory_.Unregister(*this); }
  uint64_t OldestUse() const override { return block_ ? used_ : kNothing; }
  bool EvictOldest() override {
    const bool could = block_.has_value();
    block_.reset();
    return could;
  }
  void Use() { used_ = memory_.Tick(); }
  bool keeps() const { return block_.has_value(); }

 private:
  StateMemory& memory_;
  uint64_t used_;
  std::optional<Buffer> block_;
};

TEST(StateMemory, WhatWasUsedLongestAgoMakesRoomWhoeverKeepsIt) {
  SmallMemory host;
  StateMemory memory(host, 1'000);
  Keeper a(memory, 300), b(memory, 300), c(memory, 300);
  a.Use();
  EXPECT_EQ(memory.held(), 900u);
  const Buffer used = Must(Buffer::Make(memory, 300));
  EXPECT_TRUE(a.keeps() && !b.keeps() && c.keeps());
  EXPECT_EQ(memory.held(), 900u);
  const auto refused = Buffer::Make(memory, 800);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, Code::kLimit);
  EXPECT_EQ(refused.error().place, kStateMemoryPlace);
  for (const char* number : {"300", "1000", "800"})
    EXPECT_NE(refused.error().message.find(number), std::string::npos) << refused.error().message;
  EXPECT_FALSE(a.keeps() || c.keeps());
  EXPECT_EQ(memory.held(), 300u) << "what is in use stays";
}

TEST(StateMemory, WhatTheDeviceHasNotIsMadeRoomForToo) {
  SmallMemory host;
  host.left = 500;
  StateMemory memory(host, SIZE_MAX);
  Keeper kept(memory, 400);
  EXPECT_TRUE(Buffer::Make(memory, 400).ok());
  EXPECT_FALSE(kept.keeps());
  EXPECT_FALSE(Buffer::Make(memory, 600).ok());
  EXPECT_EQ(memory.held(), 0u);
}

TEST(StateMemory, FreedPagesAreZeroedAndPoisonedInDebugBuilds) {
  SmallMemory host;
  StateMemory memory(host, SIZE_MAX);
  std::optional<KvPage> page = Must(KvPage::Make(memory, 512));
  std::memset(page->data(), 7, 512);
  page.reset();
#ifdef NDEBUG
  EXPECT_EQ(host.freed_first, std::byte{0});
#else
  EXPECT_EQ(host.freed_first, std::byte{0xFF});
#endif
}

TEST(StateMemory, ManyThreadsNeverPassTheBudgetAndGiveAllBack) {
  StateMemory memory(HostMemory(), 10'000);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 500; ++round) {
        const auto one = Buffer::Make(memory, 3'000), two = Buffer::Make(memory, 1'000);
        EXPECT_LE(memory.held(), 10'000u);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(memory.held(), 0u);
}

class BudgetTest : public testing::Test {
 protected:
  std::unique_ptr<Engine> Open(size_t bytes_max) {
    Must(WriteSyntheticCheckpoint(folder_.path(), golden_.config, {.seed = golden_.seed}));
    return Must(Engine::Open({.checkpoint = folder_.path(),
                              .threads = 1,
                              .device = "cpu",
                              .state_bytes_max = bytes_max}));
  }
  std::vector<Token> Text(size_t length) const {
    std::vector<Token> tokens(length);
    for (size_t i = 0; i < length; ++i) tokens[i] = golden_.ids[i % golden_.ids.size()];
    return tokens;
  }

  const Golden golden_ = LoadGolden("nano");
  TempFolder folder_;
};

TEST_F(BudgetTest, AnAppendBeyondItIsRefusedAndTheSessionStaysWhole) {
  const auto measuring = Open(0);
  EXPECT_GT(measuring->state_bytes_max(), size_t{1} << 20);
  const StateShape shape = measuring->core().model->state_shape();
  const size_t lightning = shape.lightning_floats() * sizeof(float),
               pages = shape.softmax_layers * KvPageBytes(shape.kv);
  const auto engine = Open(lightning + 4 * pages);
  EXPECT_EQ(engine->state_bytes_max(), lightning + 4 * pages);
  const auto text = Text(6 * shape.kv.page_tokens);
  Session session = Must(engine->NewSession({.chunk_tokens = shape.kv.page_tokens}));
  EXPECT_EQ(engine->state_bytes(), lightning);
  const auto status = session.Append(text);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, Code::kLimit);
  EXPECT_NE(status.error().message.find(std::to_string(lightning + 4 * pages)), std::string::npos);
  EXPECT_EQ(session.position(), 4 * shape.kv.page_tokens);
  EXPECT_EQ(session.Fork().error().code, Code::kLimit);
  EXPECT_EQ(engine->NewSession().error().code, Code::kLimit);
  Session fresh = Must(measuring->NewSession({.chunk_tokens = shape.kv.page_tokens}));
  Must(fresh.Append(session.tokens()));
  EXPECT_EQ(Must(session.Logits()), Must(fresh.Logits()));
  EXPECT_EQ(engine->state_bytes(), lightning + 4 * pages);
  { const Session gone = std::move(session); }
  EXPECT_EQ(engine->state_bytes(), 0u);
}

TEST_F(BudgetTest, SharedPagesCountOnce) {
  const auto engine = Open(0);
  const StateShape shape = engine->core().model->state_shape();
  const size_t lightning = shape.lightning_floats() * sizeof(float),
               page = shape.softmax_layers * KvPageBytes(shape.kv);
  Session session = Must(engine->NewSession());
  Must(session.Append(Text(10 * shape.kv.page_tokens)));
  EXPECT_EQ(engine->state_bytes(), lightning + 10 * page);
  std::vector<Session> forks;
  for (int i = 0; i < 5; ++i) forks.push_back(Must(session.Fork()));
  EXPECT_EQ(engine->state_bytes(), 6 * lightning + 10 * page);
  Must(forks[0].Append(Text(1)));
  EXPECT_EQ(engine->state_bytes(), 6 * lightning + 11 * page);
  const std::string path = folder_ / "one.state";
  Must(session.Save(path));
  const Session restored = Must(engine->Restore(path));
  EXPECT_EQ(engine->state_bytes(), 7 * lightning + 21 * page);
}

}  // namespace
}  // namespace fathom::test
