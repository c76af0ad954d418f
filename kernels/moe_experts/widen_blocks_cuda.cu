// SPDX-License-Identifier: Apache-2.0
// Blocks of 256 columns to bf16: a warp a block, a lane 8 columns. What the blocks mean stands in
// kernels/blocks.h, how they lie in few_experts.h.
#include "kernels/cuda/device.h"
#include "kernels/cuda/hopper.cuh"
#include "kernels/moe_experts/few_experts.h"

namespace fathom {
namespace {

constexpr int kThreads = 256;

__constant__ int8_t iq4_values[16] = {-127, -104, -83, -65, -49, -35, -22, -10,
                                      1,    13,   25,  38,  53,  69,  89,  113};

__device__ uint32_t Byte(const std::byte* bytes, int at) {
  return static_cast<uint32_t>(bytes[at]);
}
__device__ float HalfAt(const std::byte* bytes) {
  float value;
  const uint16_t half = *reinterpret_cast<const uint16_t*>(bytes);
  asm("cvt.f32.f16 %0, %1;" : "=f"(value) : "h"(half));
  return value;
}
__device__ uint32_t Code(const uint2& codes, int i) {
  return (i < 4 ? codes.x : codes.y) >> (i % 4 * 8) & 255u;
}
__device__ uint2 Eight(const std::byte* bytes) {
  return *reinterpret_cast<const uint2*>(bytes);
}

template <FewKind>
__device__ void Values(const std::byte* block, int lane, float (&values)[8]);

template <>
__device__ void Values<FewKind::kQ4K>(const std::byte* block, int lane, float (&values)[8]) {
  const std::byte* s = block + 4;
  const int j = lane / 4;
  const uint32_t scale = j < 4 ? Byte(s, j) & 63 : (Byte(s, j + 4) & 15) | Byte(s, j - 4) >> 6 << 4;
  const uint32_t min = j < 4 ? Byte(s, j + 4) & 63 : Byte(s, j + 4) >> 4 | Byte(s, j) >> 6 << 4;
  const float d = HalfAt(block) * static_cast<float>(scale),
              least = HalfAt(block + 2) * static_cast<float>(min);
  const uint2 codes = Eight(block + 16 + lane / 8 * 32 + lane % 4 * 8);
  const int shift = lane % 8 < 4 ? 0 : 4;
#pragma unroll
  for (int i = 0; i < 8; ++i)
    values[i] = d * static_cast<float>(Code(codes, i) >> shift & 15u) - least;
}

template <>
__device__ void Values<FewKind::kIq4Xs>(const std::byte* block, int lane, float (&values)[8]) {
  const int j = lane / 4;
  const uint32_t high = Byte(block, 2) | Byte(block, 3) << 8;
  const uint32_t scale = (Byte(block, 4 + j / 2) >> (j % 2 * 4) & 15u) | (high >> (2 * j) & 3u)
                                                                             << 4;
  const float d = HalfAt(block) * static_cast<float>(static_cast<int>(scale) - 32);
  const uint2 codes = Eight(block + 8 + j * 16 + lane % 2 * 8);
  const int shift = lane % 4 < 2 ? 0 : 4;
#pragma unroll
  for (int i = 0; i < 8; ++i)
    values[i] = d * static_cast<float>(iq4_values[Code(codes, i) >> shift & 15u]);
}

template <>
__device__ void Values<FewKind::kQ3K>(const std::byte* block, int lane, float (&values)[8]) {
  const int j = lane / 2, run = lane / 4;
  const uint32_t scale = (Byte(block, j % 8) >> (j < 8 ? 0 : 4) & 15u) |
                         (Byte(block, 8 + j % 4) >> (j / 4 * 2) & 3u) << 4;
  const float d = HalfAt(block + 12) * static_cast<float>(static_cast<int>(scale) - 32);
  const uint2 high = Eight(block + 16 + lane % 4 * 8),
              low = Eight(block + 48 + run / 4 * 32 + lane % 4 * 8);
#pragma unroll
  for (int i = 0; i < 8; ++i) {
    const uint32_t code = (Code(low, i) >> (run % 4 * 2) & 3u) | (Code(high, i) >> run & 1u) << 2;
    values[i] = d * static_cast<float>(static_cast<int>(code) - 4);
  }
}

template <FewKind kKind, int kBlockBytes>
__global__ void __launch_bounds__(kThreads)
    Widen(const std::byte* blocks, size_t count, uint4* out) {
  const size_t block = (blockIdx.x * size_t{kThreads} + threadIdx.x) / 32;
  if (block >= count) return;
  float v[8];
  Values<kKind>(blocks + block * kBlockBytes, threadIdx.x % 32, v);
  out[block * 32 + threadIdx.x % 32] = {PackBf16(v[0], v[1]), PackBf16(v[2], v[3]),
                                        PackBf16(v[4], v[5]), PackBf16(v[6], v[7])};
}

}  // namespace

Status WidenBlocksCuda(const Backend& backend, FewKind kind, const void* blocks, size_t count,
                       uint16_t* out) {
  CudaContext& cuda = backend.cuda().Enter();
  const auto grid = static_cast<unsigned>((count * 32 + kThreads - 1) / kThreads);
  const auto* from = static_cast<const std::byte*>(blocks);
  auto* to = reinterpret_cast<uint4*>(out);
  if (kind == FewKind::kQ4K) {
    Widen<FewKind::kQ4K, 144><<<grid, kThreads, 0, cuda.stream()>>>(from, count, to);
  } else if (kind == FewKind::kIq4Xs) {
    Widen<FewKind::kIq4Xs, 136><<<grid, kThreads, 0, cuda.stream()>>>(from, count, to);
  } else if (kind == FewKind::kQ3K) {
    Widen<FewKind::kQ3K, 112><<<grid, kThreads, 0, cuda.stream()>>>(from, count, to);
  } else {
    return Invalid("moe_experts: only blocks of 256 are widened");
  }
  return cuda.Launched("moe_experts");
}

}  // namespace fathom
