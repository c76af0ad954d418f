// SPDX-License-Identifier: Apache-2.0
#include "kernels/dtype.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "kernels/blocks.h"

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

// Every bit of a block has one meaning and every meaning its bits: whatever the bytes, unpacked and
// packed they are the same. (That the meaning is ggml's: tests/peers/llama/weight_types.py.)
TEST(DType, EveryBlockSurvivesTheRoundTrip) {
  std::mt19937 random(1);
  for (const DType type : kAllDTypes) {
    if (!IsSmall(type)) continue;
    std::vector<std::byte> bytes(BlockTypeOf(type).bytes), again(bytes.size());
    for (int i = 0; i < 2'000; ++i) {
      for (std::byte& byte : bytes) byte = static_cast<std::byte>(random());
      Block block;
      UnpackBlock(type, bytes.data(), block);
      if (!std::isfinite(block.d) || !std::isfinite(block.d_min)) continue;
      PackBlock(type, block, again.data());
      ASSERT_EQ(bytes, again) << DTypeName(type);
    }
  }
}

// Normal values, as weights are: the error is that of so many bits (root mean square of a uniform
// rounding error would be 0.29 of a step), no value is off by more than its group's range allows,
// and zeros stay zeros.
TEST(DType, SmallTypesRoundWeightsToTheirBits) {
  std::mt19937_64 random(2);
  std::normal_distribution<float> normal(0, 0.02f);
  std::vector<float> in(256 * 64), out(in.size());
  for (float& value : in) value = normal(random);
  std::fill(in.begin() + 256, in.begin() + 512, 0.0f);
  const std::pair<DType, double> most[] = {{DType::kQ6K, 0.022},
                                           {DType::kQ4K, 0.078},
                                           {DType::kQ4_0, 0.098},
                                           {DType::kIQ4XS, 0.080},
                                           {DType::kQ3K, 0.165}};
  for (const auto& [type, share] : most) {
    std::vector<std::byte> row(DTypeRowBytes(type, in.size()));
    QuantizeRow(type, in.data(), in.size(), row.data());
    DequantizeRow(type, row.data(), in.size(), out.data());
    double error = 0, size = 0;
    for (size_t i = 0; i < in.size(); ++i) {
      error += (out[i] - in[i]) * (out[i] - in[i]);
      size += in[i] * in[i];
    }
    EXPECT_LT(std::sqrt(error / size), share) << DTypeName(type);
    EXPECT_GT(std::sqrt(error / size), share / 2) << DTypeName(type);
    for (size_t i = 256; i < 512; ++i) ASSERT_EQ(out[i], 0) << DTypeName(type);
  }
}

TEST(DType, NamesLeadToTypes) {
  for (const DType type : kAllDTypes) EXPECT_EQ(DTypeOfName(DTypeName(type)), type);
  EXPECT_FALSE(DTypeOfName("q5_k"));
}

TEST(DType, RowBytesRefusePartBlocksAndOverflow) {
  EXPECT_EQ(DTypeRowBytes(DType::kQ8_0, 320), 340u);
  EXPECT_EQ(DTypeRowBytes(DType::kQ8_0, 33), 0u);
  EXPECT_EQ(DTypeRowBytes(DType::kBF16, 3), 6u);
  EXPECT_EQ(DTypeRowBytes(DType::kQ3K, 512), 220u);
  EXPECT_EQ(DTypeRowBytes(DType::kQ4K, 320), 0u);
  EXPECT_EQ(DTypeRowBytes(DType::kF32, std::numeric_limits<size_t>::max() / 2), 0u);
}

}  // namespace
}  // namespace fathom
