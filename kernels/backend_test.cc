// SPDX-License-Identifier: Apache-2.0
#include "kernels/backend.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>

#include "kernels/operator_times.h"

namespace fathom {
namespace {

TEST(Backend, EnvironmentNamesTheInstructionSet) {
  ThreadPool pool(1);
  setenv("FATHOM_ISA", "scalar", 1);
  EXPECT_EQ((*Backend::Create(pool))->isa(), Isa::kScalar);
  setenv("FATHOM_ISA", "sse9", 1);
  const auto unknown = Backend::Create(pool);
  ASSERT_FALSE(unknown.ok());
  EXPECT_NE(unknown.error().message.find("sse9"), std::string::npos);
  unsetenv("FATHOM_ISA");
  EXPECT_TRUE(Backend::Create(pool).ok());
}

// Where there is none, the operators' tests say nothing of CUDA; here it is said why.
TEST(Cuda, DeviceIsOpened) {
  const auto device = DescribeCudaDevice(0);
  if (!device) GTEST_SKIP() << device.error().Text();
  std::printf("%s\n", device->c_str());
  ThreadPool pool(1);
  const auto backend = Backend::CreateCuda(pool, 0);
  ASSERT_TRUE(backend.ok()) << backend.error().Text();
  EXPECT_TRUE((*backend)->on_device());
  EXPECT_EQ(Backend::CreateCuda(pool, 99).error().code, Code::kUnavailable);
}

// Where there is too little memory the taker sees null and a status, and the next frame is as new.
TEST(Cuda, TooLargeScratchIsAnErrorOnce) {
  if (!DescribeCudaDevice(0)) GTEST_SKIP() << "no device";
  ThreadPool pool(1);
  const auto backend = Backend::CreateCuda(pool, 0);
  ASSERT_TRUE(backend.ok()) << backend.error().Text();
  {
    Scratch::Frame frame((*backend)->scratch());
    EXPECT_EQ(frame.Take<float>(size_t{1} << 40), nullptr);
    EXPECT_EQ(frame.status().error().code, Code::kLimit);
  }
  Scratch::Frame frame((*backend)->scratch());
  EXPECT_NE(frame.Take<float>(1000), nullptr);
  EXPECT_TRUE(frame.status().ok());
}

// An operator inside another counts as the outer one; without times nothing is timed.
TEST(OperatorTimes, TheOutermostOperatorCounts) {
  ThreadPool pool(1);
  const auto backend = Backend::Create(pool);
  ASSERT_TRUE(backend.ok());
  OperatorTimes times;
  { const OperatorTimer off(**backend, Operator::kHead); }
  (*backend)->set_operator_times(&times);
  EXPECT_EQ(times.seconds, OperatorTimes{}.seconds);
  {
    const OperatorTimer outer(**backend, Operator::kHead);
    { const OperatorTimer inner(**backend, Operator::kMatmul); }
    EXPECT_TRUE(times.running);
    EXPECT_EQ(times.seconds[static_cast<size_t>(Operator::kHead)], 0);
  }
  EXPECT_FALSE(times.running);
  EXPECT_GT(times.seconds[static_cast<size_t>(Operator::kHead)], 0);
  EXPECT_EQ(times.seconds[static_cast<size_t>(Operator::kMatmul)], 0);
}

// A large buffer can lie on large pages from its first byte on; too much is an error.
TEST(HostMemory, LargeBuffersBeginAtALargePage) {
  for (const size_t bytes : {size_t{4} << 20, (size_t{4} << 20) + 1, size_t{9'000'001}}) {
    const auto buffer = Buffer::Make(HostMemory(), bytes);
    ASSERT_TRUE(buffer.ok());
    EXPECT_EQ(reinterpret_cast<uintptr_t>(buffer->data()) % (size_t{2} << 20), 0u);
    std::memset(buffer->data(), 1, bytes);
  }
  EXPECT_EQ(Buffer::Make(HostMemory(), SIZE_MAX / 4).error().code, Code::kLimit);
}

TEST(Scratch, GrowsOnceAndGivesBackInOrder) {
  Scratch scratch(HostMemory());
  for (int round = 0; round < 3; ++round) {
    Scratch::Frame outer(scratch);
    float* a = outer.Take<float>(100);
    {
      Scratch::Frame inner(scratch);
      double* b = inner.Take<double>(50);
      a[99] = 1;
      b[49] = 2;
      EXPECT_EQ(reinterpret_cast<uintptr_t>(b) % 64, 0u);
      EXPECT_NE(static_cast<void*>(a), static_cast<void*>(b));
    }
    EXPECT_EQ(reinterpret_cast<uintptr_t>(a) % 64, 0u);
    EXPECT_EQ(a[99], 1);
  }
  EXPECT_EQ(scratch.growths(), 3u);  // two takes of the first round and the joining; nothing after
}

}  // namespace
}  // namespace fathom
