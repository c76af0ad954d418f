// SPDX-License-Identifier: Apache-2.0
#include "kernels/backend.h"

#include <gtest/gtest.h>

#include <cstdlib>

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

TEST(Scratch, GrowsOnceAndGivesBackInOrder) {
  Scratch scratch;
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
