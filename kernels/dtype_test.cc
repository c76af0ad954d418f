// SPDX-License-Identifier: Apache-2.0
#include "kernels/dtype.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace fathom {
namespace {

TEST(DType, EveryF16SurvivesTheRoundTrip) {
  for (uint32_t bits = 0; bits < 0x10000; ++bits) {
    const float value = F16ToFloat(static_cast<uint16_t>(bits));
    if (std::isnan(value)) {
      EXPECT_TRUE(std::isnan(F16ToFloat(FloatToF16(value))));
      continue;
    }
    ASSERT_EQ(FloatToF16(value), bits);
  }
  EXPECT_EQ(F16ToFloat(0x3c00), 1.0f);
  EXPECT_EQ(F16ToFloat(0x0001), 0x1p-24f);
  EXPECT_EQ(F16ToFloat(0xfbff), -65504.0f);
}

// Halfway cases go to the even neighbour, also below the smallest normal and at the edge of
// infinity.
TEST(DType, F16RoundsToNearestEven) {
  EXPECT_EQ(FloatToF16(1.0f + 0x1p-11f), 0x3c00);
  EXPECT_EQ(FloatToF16(1.0f + 3 * 0x1p-11f), 0x3c02);
  EXPECT_EQ(FloatToF16(std::nextafter(1.0f + 0x1p-11f, 2.0f)), 0x3c01);
  EXPECT_EQ(FloatToF16(0x1p-25f), 0);
  EXPECT_EQ(FloatToF16(std::nextafter(0x1p-25f, 1.0f)), 1);
  EXPECT_EQ(FloatToF16(3 * 0x1p-25f), 2);
  EXPECT_EQ(FloatToF16(65519.0f), 0x7bff);
  EXPECT_EQ(FloatToF16(65520.0f), 0x7c00);
  EXPECT_EQ(FloatToF16(-INFINITY), 0xfc00);
}

TEST(DType, Bf16RoundsToNearestEven) {
  EXPECT_EQ(Bf16ToFloat(FloatToBf16(1.0f + 0x1p-8f)), 1.0f);
  EXPECT_EQ(Bf16ToFloat(FloatToBf16(1.0f + 3 * 0x1p-8f)), 1.0f + 0x1p-6f);
  EXPECT_TRUE(std::isnan(Bf16ToFloat(FloatToBf16(std::numeric_limits<float>::quiet_NaN()))));
  EXPECT_TRUE(std::isinf(Bf16ToFloat(FloatToBf16(std::numeric_limits<float>::max()))));
}

TEST(DType, Q8RowIsWithinHalfAStep) {
  std::vector<float> in(64), out(64);
  for (size_t i = 0; i < 64; ++i) in[i] = i < 32 ? std::sin(static_cast<float>(i)) : 0.0f;
  std::vector<std::byte> row(DTypeRowBytes(DType::kQ8_0, 64));
  QuantizeRow(DType::kQ8_0, in.data(), 64, row.data());
  DequantizeRow(DType::kQ8_0, row.data(), 64, out.data());
  // Half a step of 1/127, and what f16 does to the step times 127.
  for (size_t i = 0; i < 64; ++i) EXPECT_NEAR(out[i], in[i], 0.5 / 127 + 0x1p-11);
  for (size_t i = 32; i < 64; ++i) EXPECT_EQ(out[i], 0);
}

TEST(DType, RowBytesRefusePartBlocksAndOverflow) {
  EXPECT_EQ(DTypeRowBytes(DType::kQ8_0, 320), 340u);
  EXPECT_EQ(DTypeRowBytes(DType::kQ8_0, 33), 0u);
  EXPECT_EQ(DTypeRowBytes(DType::kBF16, 3), 6u);
  EXPECT_EQ(DTypeRowBytes(DType::kF32, std::numeric_limits<size_t>::max() / 2), 0u);
}

}  // namespace
}  // namespace fathom
