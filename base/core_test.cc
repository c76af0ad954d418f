// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <vector>

#include "base/byte_reader.h"
#include "base/checked_math.h"
#include "base/thread_pool.h"

namespace fathom {
namespace {

TEST(CheckedMath, NothingWraps) {
  EXPECT_EQ(CheckedAdd<uint64_t>(~0ull - 1, 1), ~0ull);
  EXPECT_FALSE(CheckedAdd<uint64_t>(~0ull, 1));
  EXPECT_FALSE(CheckedMul<uint64_t>(1ull << 32, 1ull << 32));
  EXPECT_EQ(CheckedProduct(std::array<unsigned long, 3>{3, 0, 5}), 0u);
  // A zero does not excuse what overflows beside it.
  EXPECT_FALSE(CheckedProduct(std::array<unsigned long, 3>{1ul << 32, 0, 1ul << 32}));
  EXPECT_EQ(CheckedProduct(std::array<unsigned long, 0>{}), 1u);
}

TEST(ByteReader, AReadPastTheEndNamesWhatAndWhere) {
  const std::vector<uint8_t> bytes = {1, 2, 3, 4, 5};
  ByteReader reader(bytes);
  EXPECT_EQ(*reader.Read<uint32_t>("count"), 0x04030201u);
  const auto failed = reader.Read<uint32_t>("offset");
  ASSERT_FALSE(failed.ok());
  EXPECT_NE(failed.error().message.find("offset"), std::string::npos);
  EXPECT_NE(failed.error().message.find("at offset 4"), std::string::npos);
  EXPECT_EQ(reader.offset(), 4u);  // a failed read moves nothing
  EXPECT_FALSE(reader.ReadSpan("text", ~0ull).ok());
  EXPECT_EQ(reader.ReadSpan("rest", 1)->front(), 5);
  EXPECT_EQ(reader.remaining(), 0u);
}

TEST(ThreadPool, ForCoversEveryIndexOnceInBlocksOfTheGrain) {
  for (const int threads : {1, 2, 3, 7}) {
    ThreadPool pool(threads);
    for (const size_t count : {0, 1, 2, 63, 64, 65, 1000}) {
      for (const size_t grain : {1, 8, 64}) {
        std::vector<std::atomic<int>> seen(count);
        pool.For(count, grain, [&](size_t begin, size_t end, int worker) {
          EXPECT_LT(worker, threads);
          EXPECT_EQ(begin % grain, 0u);
          EXPECT_TRUE(end % grain == 0 || end == count);
          for (size_t i = begin; i < end; ++i) ++seen[i];
        });
        for (size_t i = 0; i < count; ++i) EXPECT_EQ(seen[i], 1) << count << " " << grain;
      }
    }
  }
}

TEST(ThreadPool, ABarrierSeparatesPhases) {
  constexpr int kThreads = 3, kRounds = 200;
  ThreadPool pool(kThreads);
  std::atomic<int> arrived{0};
  std::atomic<int> early{0};
  pool.Run([&](int) {
    for (int round = 1; round <= kRounds; ++round) {
      ++arrived;
      pool.Barrier();
      if (arrived < round * kThreads) ++early;
      pool.Barrier();
    }
  });
  EXPECT_EQ(early, 0);
  EXPECT_EQ(arrived, kThreads * kRounds);
}

TEST(ThreadPool, ManyShortRunsAllComplete) {
  ThreadPool pool(2);
  std::atomic<int> calls{0};
  for (int i = 0; i < 2'000; ++i) pool.Run([&](int) { ++calls; });
  EXPECT_EQ(calls, 4'000);
}

}  // namespace
}  // namespace fathom
