// SPDX-License-Identifier: Apache-2.0
// Prefill over bf16 pages on Hopper, for heads of 64 or 128. A tile is 128 packed rows of one KV
// head: the heads that share it, position after position, so few positions fill a tile too. A block
// takes tile after tile, the longest first:
//
//   one warp copies K and V, 128 positions at a time, through a ring; pages hold them as tiles
//   that wgmma reads (kv_layout.h), so a copy is a copy;
//   three warps place the next tile's q while this one's is used;
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
constexpr int kThreads = 3 * 128, kPlacers = 3 * 32;
constexpr int kTurn = 1;  // named barriers kTurn and kTurn + 1
constexpr uint32_t kTile = 64 * 128;

template <int kDim>
struct alignas(1024) Shared {
  static constexpr int kTiles = kDim / 64;
  uint8_t q[2][2][kTiles][kTile];         // of this tile and the next, of each warpgroup
  uint8_t k[kStages][kTiles][2 * kTile];  // 128 positions of 64 dimensions
  uint8_t v[kStages][kTiles][2 * kTile];
  uint64_t k_full[kStages], k_empty[kStages], v_full[kStages], v_empty[kStages];
  uint64_t q_full[2], q_empty[2];
};

struct Args {
  DevicePages kv;
  Positions positions;
  uint32_t rows;  // positions
  uint32_t heads, group;
  int tiles;
  int blocks;  // of 64 keys that exist
  float scale;
  const float* q;
  float* o;
};

struct Tile {
  uint32_t kv_head, first_row;  // packed
  int steps;                    // of kKeys
};

// The n-th tile of this block; false when it has had all. Rounds go over the blocks there and back,
// so that each has long and short ones alike.
__device__ bool TakeTile(const Args& args, int n, Tile& tile) {
  const int blocks = gridDim.x, block = blockIdx.x;
  const int index = n * blocks + (n % 2 == 0 ? block : blocks - 1 - block);
  if (index >= args.tiles) return false;
  tile.kv_head = index % args.kv.kv_heads;
  tile.first_row = (args.tiles - 1 - index) / args.kv.kv_heads * kRows;
  const uint32_t last = min(tile.first_row + kRows, args.rows * args.group) - 1;
  tile.steps = static_cast<int>(args.positions[last / args.group] / kKeys + 1);
  return true;
}

template <int kDim>
__device__ void Load(const Args& args, Shared<kDim>& shared) {
  constexpr int kTiles = kDim / 64;
  Tile tile;
  for (int t = 0, n = 0; TakeTile(args, t, tile); ++t) {
    for (int step = 0; step < tile.steps; ++step, ++n) {
      const int stage = n % kStages;
      const uint32_t parity = (n / kStages - 1) & 1;
      const std::byte* block[2];
#pragma unroll
      for (int b = 0; b < 2; ++b)  // past the end: any, the mask hides it
        block[b] = args.kv.Block(size_t(min(2 * step + b, args.blocks - 1)) * 64, tile.kv_head);
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
}

// q of one tile's rows, scaled, as tiles of shared memory, by kPlacers threads.
template <int kDim>
__device__ void PlaceRows(const Args& args, uint8_t (&to)[2][kDim / 64][kTile], const Tile& tile,
                          int thread) {
  for (int i = thread; i < kRows * kDim / 8; i += kPlacers) {
    const int row = i / (kDim / 8), part = i % (kDim / 8);
    const uint32_t packed = tile.first_row + row, position = packed / args.group;
    float4 low{}, high{};
    if (position < args.rows) {
      const uint32_t head = tile.kv_head * args.group + packed % args.group;
      const float* q = args.q + (size_t{position} * args.heads + head) * kDim + part * 8;
      low = *reinterpret_cast<const float4*>(q);
      high = *reinterpret_cast<const float4*>(q + 4);
    }
    const float s = args.scale;
    const uint4 words = {PackBf16(low.x * s, low.y * s), PackBf16(low.z * s, low.w * s),
                         PackBf16(high.x * s, high.y * s), PackBf16(high.z * s, high.w * s)};
    *reinterpret_cast<uint4*>(to[row / 64][part / 8] + Swizzled(row % 64, part % 8 * 16)) = words;
  }
}

template <int kDim>
__device__ void PlaceQueries(const Args& args, Shared<kDim>& shared, int thread) {
  Tile tile;
  for (int t = 0; TakeTile(args, t, tile); ++t) {
    if (t >= 2) BarrierWait(&shared.q_empty[t % 2], (t / 2 - 1) & 1);
    PlaceRows<kDim>(args, shared.q[t % 2], tile, thread);
    FenceForAsync();
    __syncwarp();
    if (thread % 32 == 0) BarrierArrive(&shared.q_full[t % 2]);
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
__device__ void StartScores(float (&scores)[64], const uint8_t (&placed)[kDim / 64][kTile],
                            const uint8_t (&keys)[kDim / 64][2 * kTile]) {
  const uint32_t q = SharedAddress(placed), k = SharedAddress(keys);
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

// The tile whose keys come as steps `n` and on through the ring.
template <int kDim>
__device__ void Attend(const Args& args, Shared<kDim>& shared, int group, const Tile& tile,
                       const uint8_t (&q)[kDim / 64][kTile], int n) {
  const int thread = threadIdx.x % 128, lane = thread % 32;
  const int row = thread / 32 * 16 + lane / 4, column = lane % 4 * 2;
  const uint32_t first_row = tile.first_row + group * 64;
  Rows rows;
#pragma unroll
  for (int r = 0; r < 2; ++r) {
    const uint32_t position = (first_row + row + r * 8) / args.group;
    rows.limit[r] = position < args.rows ? static_cast<int64_t>(args.positions[position]) : -1;
  }
  // The first limit of the warpgroup's rows: from there on masks are needed.
  const uint32_t first_position = first_row / args.group;
  const int64_t least = first_position < args.rows && (first_row + 63) / args.group < args.rows
                            ? static_cast<int64_t>(args.positions[first_position])
                            : -1;
  float scores[64], sum[kDim / 2];
  uint32_t p[8][4];
  float keep[2];
#pragma unroll
  for (int i = 0; i < kDim / 2; ++i) sum[i] = 0;
  BarrierWait(&shared.k_full[n % kStages], (n / kStages) & 1);
  ProductFence();
  StartScores<kDim>(scores, q, shared.k[n % kStages]);
  ProductWait<0>();
  if (lane == 0) BarrierArrive(&shared.k_empty[n % kStages]);
  Softmax(scores, rows, keep, 0, least < kKeys - 1, column);
  Pack(scores, p);
  for (int step = 1; step < tile.steps; ++step, ++n) {
    const int stage = n % kStages, next = (n + 1) % kStages;
    NamedBarrier(kTurn + group, 256);
    BarrierWait(&shared.k_full[next], ((n + 1) / kStages) & 1);
    BarrierWait(&shared.v_full[stage], (n / kStages) & 1);
    ProductFence();
    StartScores<kDim>(scores, q, shared.k[next]);
    StartValues<kDim>(sum, p, shared, stage);
    asm volatile("bar.arrive %0, 256;" ::"r"(kTurn + 1 - group) : "memory");
    ProductWait<1>();
    if (lane == 0) BarrierArrive(&shared.k_empty[next]);
    const int64_t first_key = int64_t(step) * kKeys;
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
  BarrierWait(&shared.v_full[n % kStages], (n / kStages) & 1);
  ProductFence();
  StartValues<kDim>(sum, p, shared, n % kStages);
  ProductWait<0>();
  if (lane == 0) BarrierArrive(&shared.v_empty[n % kStages]);
#pragma unroll
  for (int r = 0; r < 2; ++r) {
    float total = rows.total[r];
    total += __shfl_xor_sync(~0u, total, 1);
    total += __shfl_xor_sync(~0u, total, 2);
    const uint32_t packed = first_row + row + r * 8, position = packed / args.group;
    if (position >= args.rows) continue;
    const uint32_t head = tile.kv_head * args.group + packed % args.group;
    float* o = args.o + (size_t{position} * args.heads + head) * kDim;
    const float inverse = 1.0f / total;
#pragma unroll
    for (int i = 0; i < kDim / 8; ++i)
      *reinterpret_cast<float2*>(o + i * 8 + column) = {sum[i * 4 + r * 2] * inverse,
                                                        sum[i * 4 + r * 2 + 1] * inverse};
  }
}

template <int kDim>
__device__ void AttendTiles(const Args& args, Shared<kDim>& shared, int group) {
  if (group == 1) asm volatile("bar.arrive %0, 256;" ::"r"(kTurn) : "memory");
  Tile tile;
  for (int t = 0, n = 0; TakeTile(args, t, tile); ++t, n += tile.steps) {
    BarrierWait(&shared.q_full[t % 2], (t / 2) & 1);
    Attend<kDim>(args, shared, group, tile, shared.q[t % 2][group], n);
    if (threadIdx.x % 32 == 0) BarrierArrive(&shared.q_empty[t % 2]);
  }
}

template <int kDim>
__global__ void __launch_bounds__(kThreads, 1) Prefill(const Args args) {
  extern __shared__ uint8_t raw[];
  using Space = Shared<kDim>;
  Space& shared =
      *reinterpret_cast<Space*>((reinterpret_cast<uintptr_t>(raw) + 1023) / 1024 * 1024);
  if (threadIdx.x == 0) {
    for (int i = 0; i < kStages; ++i) {
      BarrierInit(&shared.k_full[i], 1);
      BarrierInit(&shared.v_full[i], 1);
      BarrierInit(&shared.k_empty[i], 8);
      BarrierInit(&shared.v_empty[i], 8);
    }
    for (int i = 0; i < 2; ++i) {
      BarrierInit(&shared.q_full[i], kPlacers / 32);
      BarrierInit(&shared.q_empty[i], 8);
    }
    BarrierInitFence();
    FenceForAsync();
  }
  __syncthreads();
  if (threadIdx.x < 128) {
    FewerRegisters<40>();
    if (threadIdx.x == 0) {
      Load<kDim>(args, shared);
    } else if (threadIdx.x >= 32) {
      PlaceQueries<kDim>(args, shared, threadIdx.x - 32);
    }
  } else {
    MoreRegisters<232>();
    AttendTiles<kDim>(args, shared, threadIdx.x / 128 - 1);
  }
}

template <int kDim>
Status Launch(CudaContext& cuda, const Args& args) {
  constexpr int kBytes = sizeof(Shared<kDim>) + 1024;
  static const cudaError_t raised =
      cudaFuncSetAttribute(Prefill<kDim>, cudaFuncAttributeMaxDynamicSharedMemorySize, kBytes);
  if (Status status = CudaStatus(raised, "softmax_attention"); !status) return status;
  const auto blocks = static_cast<unsigned>(std::min(args.tiles, cuda.multiprocessors()));
  Prefill<kDim><<<blocks, kThreads, kBytes, cuda.stream()>>>(args);
  return cuda.Launched("softmax_attention");
}

}  // namespace

Status AttentionPrefillCuda(CudaContext& cuda, const DeviceAttention& call) {
  const int dim = call.kv.dim, group = call.heads / call.kv.kv_heads;
  const auto tiles = static_cast<int>((call.rows * group + kRows - 1) / kRows);
  const Args args{.kv = call.kv,
                  .positions = call.positions,
                  .rows = static_cast<uint32_t>(call.rows),
                  .heads = static_cast<uint32_t>(call.heads),
                  .group = static_cast<uint32_t>(group),
                  .tiles = tiles * call.kv.kv_heads,
                  .blocks = call.blocks,
                  .scale = 1.44269504f / sqrtf(static_cast<float>(dim)),
                  .q = call.q,
                  .o = call.o};
  return dim == 128 ? Launch<128>(cuda, args) : Launch<64>(cuda, args);
}

}  // namespace fathom
