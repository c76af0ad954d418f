// SPDX-License-Identifier: Apache-2.0
// Prefill over bf16 pages on Hopper, for heads of 64 or 128. A block takes 128 packed rows of one
// KV head: the heads that share it, position after position, so few positions fill a tile too.
//
//   one warp copies K and V, 128 positions at a time, through a ring; pages hold them as tiles
//   that wgmma reads (kv_layout.h), so a copy is a copy;
//   two warpgroups take 64 rows each. The scores of the next 128 keys are queued before the product
//   with this step's V, and the groups take turns, so that one's exponentials run under the other's
//   products.
//
// q / sqrt(D) * log2(e) and the probabilities are rounded to bf16; maximum, sums and output are
// f32. Source: FlashAttention-3, arXiv:2407.08608.
#include <algorithm>

#include "kernels/cuda/device.h"
#include "kernels/cuda/hopper.cuh"
#include "kernels/softmax_attention/softmax_attention_device.cuh"

namespace fathom {
namespace {

constexpr int kRows = 128, kKeys = 128, kStages = 2;
constexpr int kThreads = 3 * 128;
constexpr int kTurn = 1;  // named barriers kTurn and kTurn + 1
constexpr uint32_t kTile = 64 * 128;

template <int kDim>
struct alignas(1024) Shared {
  static constexpr int kTiles = kDim / 64;
  uint8_t q[2][kTiles][kTile];            // of each warpgroup
  uint8_t k[kStages][kTiles][2 * kTile];  // 128 positions of 64 dimensions
  uint8_t v[kStages][kTiles][2 * kTile];
  uint64_t k_full[kStages], k_empty[kStages], v_full[kStages], v_empty[kStages];
};

struct Args {
  DevicePages kv;
  Positions positions;
  size_t rows;  // positions
  int heads, group;
  int blocks;  // of 64 keys that exist
  float scale;
  const float* q;
  float* o;
};

template <int kDim>
__device__ void Load(const Args& args, Shared<kDim>& shared, int kv_head, int steps) {
  constexpr int kTiles = kDim / 64;
  for (int n = 0; n < steps; ++n) {
    const int stage = n % kStages;
    const uint32_t parity = (n / kStages - 1) & 1;
    const std::byte* block[2];
#pragma unroll
    for (int b = 0; b < 2; ++b)  // past the end: any, the mask hides it
      block[b] = args.kv.Block(size_t(min(2 * n + b, args.blocks - 1)) * 64, kv_head);
    if (n >= kStages) BarrierWait(&shared.k_empty[stage], parity);
    BarrierExpect(&shared.k_full[stage], 2 * kTiles * kTile);
#pragma unroll
    for (int i = 0; i < 2 * kTiles; ++i)
      LoadBytes(shared.k[stage][i / 2] + i % 2 * kTile, block[i % 2] + i / 2 * kTile, kTile,
                &shared.k_full[stage]);
    if (n >= kStages) BarrierWait(&shared.v_empty[stage], parity);
    BarrierExpect(&shared.v_full[stage], 2 * kTiles * kTile);
#pragma unroll
    for (int i = 0; i < 2 * kTiles; ++i)
      LoadBytes(shared.v[stage][i / 2] + i % 2 * kTile,
                block[i % 2] + args.kv.half_bytes + i / 2 * kTile, kTile, &shared.v_full[stage]);
  }
}

__device__ float Exp2(float x) {
  float y;
  asm("ex2.approx.ftz.f32 %0, %1;" : "=f"(y) : "f"(x));
  return y;
}

// What a thread keeps of its two rows.
struct Rows {
  int64_t limit[2];  // the last key each may see; -1 for rows past the end
  float largest[2] = {-INFINITY, -INFINITY}, total[2] = {};
};

template <int kDim>
__device__ void StartScores(float (&scores)[64], const Shared<kDim>& shared, int group, int stage) {
  const uint32_t q = SharedAddress(shared.q[group]), k = SharedAddress(shared.k[stage]);
#pragma unroll
  for (int step = 0; step < kDim / 16; ++step)
    Product<false, false>(scores, Operand(q + step / 4 * kTile + step % 4 * 32),
                          Operand(k + step / 4 * 2 * kTile + step % 4 * 32), step > 0);
  ProductCommit();
}

template <int kDim>
__device__ void StartValues(float (&sum)[kDim / 2], const uint32_t (&p)[8][4],
                            const Shared<kDim>& shared, int stage) {
  const uint32_t v = SharedAddress(shared.v[stage]);
#pragma unroll
  for (int step = 0; step < 8; ++step)
    Product<true>(sum, p[step], Operand(v + step * 2048, 2 * kTile), true);
  ProductCommit();
}

// scores -> probabilities; `keep` is what earlier sums are multiplied with.
__device__ void Softmax(float (&scores)[64], Rows& rows, float (&keep)[2], int64_t first_key,
                        bool masked, int column) {
#pragma unroll
  for (int r = 0; r < 2; ++r) {
    if (masked) {
#pragma unroll
      for (int i = 0; i < 32; ++i) {
        float& score = scores[i / 2 * 4 + r * 2 + i % 2];
        if (first_key + i / 2 * 8 + column + i % 2 > rows.limit[r]) score = -INFINITY;
      }
    }
    // Four chains each: one warp a scheduler and group has nothing else to hide their latency.
    float tops[4] = {rows.largest[r], -INFINITY, -INFINITY, -INFINITY};
#pragma unroll
    for (int i = 0; i < 32; ++i)
      tops[i % 4] = fmaxf(tops[i % 4], scores[i / 2 * 4 + r * 2 + i % 2]);
    float top = fmaxf(fmaxf(tops[0], tops[1]), fmaxf(tops[2], tops[3]));
    top = fmaxf(top, __shfl_xor_sync(~0u, top, 1));
    top = fmaxf(top, __shfl_xor_sync(~0u, top, 2));
    const float base = top == -INFINITY ? 0.0f : top;
    keep[r] = Exp2(rows.largest[r] - base);
    rows.largest[r] = top;
    float totals[4] = {};
#pragma unroll
    for (int i = 0; i < 32; ++i) {
      float& score = scores[i / 2 * 4 + r * 2 + i % 2];
      score = Exp2(score - base);
      totals[i % 4] += score;
    }
    rows.total[r] = fmaf(rows.total[r], keep[r], (totals[0] + totals[1]) + (totals[2] + totals[3]));
  }
}

__device__ void Pack(const float (&scores)[64], uint32_t (&p)[8][4]) {
#pragma unroll
  for (int i = 0; i < 32; ++i) p[i / 4][i % 4] = PackBf16(scores[2 * i], scores[2 * i + 1]);
}

// q of a warpgroup's rows, scaled, as a tile.
template <int kDim>
__device__ void PlaceQuery(const Args& args, Shared<kDim>& shared, int group, int kv_head,
                           size_t first_row) {
  const int thread = threadIdx.x % 128;
  for (int i = thread; i < 64 * kDim / 8; i += 128) {
    const int row = i / (kDim / 8), part = i % (kDim / 8);
    const size_t packed = first_row + row, position = packed / args.group;
    float4 low{}, high{};
    if (position < args.rows) {
      const float* q =
          args.q + ((position * args.heads + kv_head * args.group + packed % args.group) * kDim) +
          part * 8;
      low = *reinterpret_cast<const float4*>(q);
      high = *reinterpret_cast<const float4*>(q + 4);
    }
    const float s = args.scale;
    const uint4 packed_words = {PackBf16(low.x * s, low.y * s), PackBf16(low.z * s, low.w * s),
                                PackBf16(high.x * s, high.y * s), PackBf16(high.z * s, high.w * s)};
    *reinterpret_cast<uint4*>(shared.q[group][part / 8] + Swizzled(row, part % 8 * 16)) =
        packed_words;
  }
  FenceForAsync();
}

template <int kDim>
__device__ void Attend(const Args& args, Shared<kDim>& shared, int group, int kv_head,
                       size_t first_row, int steps) {
  const int thread = threadIdx.x % 128, lane = thread % 32;
  const int row = thread / 32 * 16 + lane / 4, column = lane % 4 * 2;
  PlaceQuery(args, shared, group, kv_head, first_row);
  Rows rows;
#pragma unroll
  for (int r = 0; r < 2; ++r) {
    const size_t position = (first_row + row + r * 8) / args.group;
    rows.limit[r] = position < args.rows ? static_cast<int64_t>(args.positions[position]) : -1;
  }
  // The first limit of the warpgroup's rows: from there on masks are needed.
  const size_t first_position = first_row / args.group;
  const int64_t least = first_position < args.rows && (first_row + 63) / args.group < args.rows
                            ? static_cast<int64_t>(args.positions[first_position])
                            : -1;
  NamedBarrier(kTurn + 2 + group, 128);
  float scores[64], sum[kDim / 2];
  uint32_t p[8][4];
  float keep[2];
#pragma unroll
  for (int i = 0; i < kDim / 2; ++i) sum[i] = 0;
  BarrierWait(&shared.k_full[0], 0);
  ProductFence();
  StartScores(scores, shared, group, 0);
  ProductWait<0>();
  if (lane == 0) BarrierArrive(&shared.k_empty[0]);
  Softmax(scores, rows, keep, 0, least < kKeys - 1, column);
  Pack(scores, p);
  if (group == 1) asm volatile("bar.arrive %0, 256;" ::"r"(kTurn) : "memory");
  for (int n = 0; n + 1 < steps; ++n) {
    const int stage = n % kStages, next = (n + 1) % kStages;
    NamedBarrier(kTurn + group, 256);
    BarrierWait(&shared.k_full[next], ((n + 1) / kStages) & 1);
    BarrierWait(&shared.v_full[stage], (n / kStages) & 1);
    ProductFence();
    StartScores(scores, shared, group, next);
    StartValues<kDim>(sum, p, shared, stage);
    asm volatile("bar.arrive %0, 256;" ::"r"(kTurn + 1 - group) : "memory");
    ProductWait<1>();
    if (lane == 0) BarrierArrive(&shared.k_empty[next]);
    const int64_t first_key = int64_t(n + 1) * kKeys;
    Softmax(scores, rows, keep, first_key, first_key + kKeys - 1 > least, column);
    ProductWait<0>();
    if (lane == 0) BarrierArrive(&shared.v_empty[stage]);
    // After the first blocks of keys the maximum rarely moves.
    if (__any_sync(~0u, keep[0] != 1.0f || keep[1] != 1.0f)) {
#pragma unroll
      for (int i = 0; i < kDim / 2; ++i) sum[i] *= keep[i % 4 / 2];
    }
    Pack(scores, p);
  }
  const int stage = (steps - 1) % kStages;
  BarrierWait(&shared.v_full[stage], ((steps - 1) / kStages) & 1);
  ProductFence();
  StartValues<kDim>(sum, p, shared, stage);
  ProductWait<0>();
#pragma unroll
  for (int r = 0; r < 2; ++r) {
    float total = rows.total[r];
    total += __shfl_xor_sync(~0u, total, 1);
    total += __shfl_xor_sync(~0u, total, 2);
    const size_t packed = first_row + row + r * 8, position = packed / args.group;
    if (position >= args.rows) continue;
    float* o = args.o + (position * args.heads + kv_head * args.group + packed % args.group) * kDim;
    const float inverse = 1.0f / total;
#pragma unroll
    for (int i = 0; i < kDim / 8; ++i)
      *reinterpret_cast<float2*>(o + i * 8 + column) = {sum[i * 4 + r * 2] * inverse,
                                                        sum[i * 4 + r * 2 + 1] * inverse};
  }
}

template <int kDim>
__global__ void __launch_bounds__(kThreads, 1) Prefill(const Args args) {
  extern __shared__ uint8_t raw[];
  using Space = Shared<kDim>;
  Space& shared =
      *reinterpret_cast<Space*>((reinterpret_cast<uintptr_t>(raw) + 1023) / 1024 * 1024);
  const int kv_head = blockIdx.x % args.kv.kv_heads;
  const size_t tiles = (args.rows * args.group + kRows - 1) / kRows;
  const size_t tile = tiles - 1 - blockIdx.x / args.kv.kv_heads;  // the longest first
  const size_t last = min((tile + 1) * kRows - 1, args.rows * args.group - 1) / args.group;
  const int steps = static_cast<int>(args.positions[last] / kKeys + 1);
  if (threadIdx.x == 0) {
    for (int i = 0; i < kStages; ++i) {
      BarrierInit(&shared.k_full[i], 1);
      BarrierInit(&shared.v_full[i], 1);
      BarrierInit(&shared.k_empty[i], 8);
      BarrierInit(&shared.v_empty[i], 8);
    }
    BarrierInitFence();
    FenceForAsync();
  }
  __syncthreads();
  if (threadIdx.x < 128) {
    FewerRegisters<24>();
    if (threadIdx.x == 0) Load<kDim>(args, shared, kv_head, steps);
  } else {
    MoreRegisters<240>();
    const int group = threadIdx.x / 128 - 1;
    Attend<kDim>(args, shared, group, kv_head, tile * kRows + group * 64, steps);
  }
}

template <int kDim>
Status Launch(CudaContext& cuda, const Args& args) {
  constexpr int kBytes = sizeof(Shared<kDim>) + 1024;
  static const cudaError_t raised =
      cudaFuncSetAttribute(Prefill<kDim>, cudaFuncAttributeMaxDynamicSharedMemorySize, kBytes);
  if (Status status = CudaStatus(raised, "softmax_attention"); !status) return status;
  const size_t tiles = (args.rows * args.group + kRows - 1) / kRows;
  const auto blocks = static_cast<unsigned>(tiles * args.kv.kv_heads);
  Prefill<kDim><<<blocks, kThreads, kBytes, cuda.stream()>>>(args);
  return cuda.Launched("softmax_attention");
}

}  // namespace

Status AttentionPrefillCuda(CudaContext& cuda, const DeviceAttention& call) {
  const int dim = call.kv.dim;
  const float scale = 1.44269504f / sqrtf(static_cast<float>(dim));
  const Args args{call.kv,     call.positions, call.rows, call.heads, call.heads / call.kv.kv_heads,
                  call.blocks, scale,          call.q,    call.o};
  return dim == 128 ? Launch<128>(cuda, args) : Launch<64>(cuda, args);
}

}  // namespace fathom
