// SPDX-License-Identifier: Apache-2.0
// bf16 experts with many rows on Hopper: two grouped products over all experts, without a wait for
// the host before or between them. Rows are sorted by expert on the device, each expert's padded to
// whole tiles of 128.
//
//   h = SiLU(x w1^T) * (x w3^T)     a tile is 128 rows by 128 gate and the same 128 up columns
//   parts = probability * (h w2^T)  a tile is 128 rows by 256 columns
//
// A block takes one tile after another, as many blocks as there are multiprocessors. One warp loads
// 64 deep through a ring of four, on into the next tile; two warpgroups of 64 rows multiply.
#include <algorithm>

#include "kernels/cuda/device.h"
#include "kernels/cuda/hopper.cuh"
#include "kernels/cuda/rows.cuh"
#include "kernels/cuda/tensor_map.h"
#include "kernels/moe_experts/grouped_experts.h"

namespace fathom {
namespace {

constexpr int kTileRows = 128, kTileColumns = 256, kDepth = 64, kStages = 4;
constexpr int kThreads = 3 * 128;
constexpr int kTogether = 16;
constexpr uint32_t kRowsBytes = kTileRows * 128;  // of 128 rows, 64 deep
constexpr uint32_t kStageBytes = 3 * kRowsBytes;  // rows of x, two times 128 columns

struct alignas(1024) Shared {
  uint8_t stages[kStages][kStageBytes];
  uint64_t full[kStages], empty[kStages];
};

struct RowTile {
  int expert, first;  // padded row
};

// What the sort makes of the rows' choices.
struct Order {
  int* counts;     // (experts)
  int32_t* slots;  // (padded rows) the slot there, -1: padding
  int32_t* place;  // (slots) its padded row, -1: no such expert
  RowTile* tiles;  // one expert after another
  int* tile_count;
};

struct Args {
  const CUtensorMap* weights;  // (experts), boxes of 128 rows
  Order order;
  int depth;   // of the sum
  int second;  // distance of a tile's second 128 weight rows: width, or 128
  int columns_a_tile, columns;
  uint16_t* h;           // first product
  float* parts;          // second product
  const float* factors;  // (padded rows) second product
};

struct Tile {
  RowTile rows;
  int column;
};

__device__ int TileCount(const Args& args) {
  return *args.order.tile_count * (args.columns / args.columns_a_tile);
}

// kTogether row tiles go through all columns before the next: their rows stay in the L2 cache.
__device__ Tile TileAt(const Args& args, int index) {
  const int columns = args.columns / args.columns_a_tile, group = index / (kTogether * columns),
            rest = index % (kTogether * columns),
            rows = min(kTogether, *args.order.tile_count - group * kTogether);
  return {args.order.tiles[group * kTogether + rest % rows], rest / rows * args.columns_a_tile};
}

// `step` counts what the block has loaded, or multiplied, before: a stage holds every kStages-th.
__device__ void Load(const CUtensorMap* x, const Args& args, Shared& shared, const Tile& tile,
                     int step) {
  const CUtensorMap* weights = args.weights + tile.rows.expert;
  for (int k = 0; k < args.depth; k += kDepth, ++step) {
    const int stage = step % kStages;
    if (step >= kStages) BarrierWait(&shared.empty[stage], (step / kStages - 1) & 1);
    BarrierExpect(&shared.full[stage], kStageBytes);
    uint8_t* to = shared.stages[stage];
    LoadTile(to, x, k, tile.rows.first, &shared.full[stage]);
    LoadTile(to + kRowsBytes, weights, k, tile.column, &shared.full[stage]);
    LoadTile(to + 2 * kRowsBytes, weights, k, tile.column + args.second, &shared.full[stage]);
  }
}

template <bool kFirst>
__device__ void Multiply(const Args& args, Shared& shared, const Tile& tile, int step) {
  const int group = threadIdx.x / 128 - 1, thread = threadIdx.x % 128, lane = thread % 32;
  float d[128];  // gate, then up; or the left half, then the right
  for (int k = 0; k < args.depth; k += kDepth, ++step) {
    const int stage = step % kStages;
    const uint32_t x = SharedAddress(shared.stages[stage]) + group * (kRowsBytes / 2),
                   w = SharedAddress(shared.stages[stage]) + kRowsBytes;
    BarrierWait(&shared.full[stage], (step / kStages) & 1);
    ProductFence();
#pragma unroll
    for (int i = 0; i < kDepth / 16; ++i)
      Product<false, false>(d, Operand(x + i * 32), Operand(w + i * 32), k > 0 || i > 0);
    ProductCommit();
    // The products of the step before are done: its stage may be filled again.
    ProductWait<1>();
    if (k > 0 && lane == 0) BarrierArrive(&shared.empty[(step - 1) % kStages]);
  }
  ProductWait<0>();
  Pin(d);
  if (lane == 0) BarrierArrive(&shared.empty[(step - 1) % kStages]);
  const int row = tile.rows.first + group * 64 + thread / 32 * 16 + lane / 4, c = lane % 4 * 2;
#pragma unroll
  for (int r = 0; r < 2; ++r) {
    const size_t at = static_cast<size_t>(row + r * 8);
    const float *a = d + 2 * r, *b = a + 64;
    if constexpr (kFirst) {
      uint16_t* h = args.h + at * args.columns + tile.column + c;
#pragma unroll
      for (int i = 0; i < 64; i += 4) {
        *reinterpret_cast<uint32_t*>(h + 2 * i) =
            PackBf16(a[i] * Sigmoid(a[i]) * b[i], a[i + 1] * Sigmoid(a[i + 1]) * b[i + 1]);
      }
    } else {
      const float factor = args.factors[at];
      float* parts = args.parts + at * args.columns + tile.column + c;
#pragma unroll
      for (int i = 0; i < 64; i += 4) {
        *reinterpret_cast<float2*>(parts + 2 * i) = {factor * a[i], factor * a[i + 1]};
        *reinterpret_cast<float2*>(parts + 128 + 2 * i) = {factor * b[i], factor * b[i + 1]};
      }
    }
  }
}

template <bool kFirst>
__global__ void __launch_bounds__(kThreads, 1)
    GroupedProduct(const __grid_constant__ CUtensorMap x, const Args args) {
  extern __shared__ uint8_t raw[];
  Shared& shared =
      *reinterpret_cast<Shared*>((reinterpret_cast<uintptr_t>(raw) + 1023) / 1024 * 1024);
  const int count = TileCount(args), first = static_cast<int>(blockIdx.x),
            stride = static_cast<int>(gridDim.x), steps = args.depth / kDepth;
  if (threadIdx.x == 0) {
    for (int i = 0; i < kStages; ++i) {
      BarrierInit(&shared.full[i], 1);
      BarrierInit(&shared.empty[i], 8);
    }
    BarrierInitFence();
    FenceForAsync();
  }
  __syncthreads();
  if (threadIdx.x < 128) {
    FewerRegisters<40>();
    if (threadIdx.x == 0) {
      for (int i = first, step = 0; i < count; i += stride, step += steps)
        Load(&x, args, shared, TileAt(args, i), step);
    }
  } else {
    MoreRegisters<232>();
    for (int i = first, step = 0; i < count; i += stride, step += steps)
      Multiply<kFirst>(args, shared, TileAt(args, i), step);
  }
}

constexpr int kSortThreads = 1024, kSortWarps = kSortThreads / 32;

// The sum over the block's threads, in every thread.
__device__ int BlockTotal(int value) {
  __shared__ int parts[kSortWarps];
#pragma unroll
  for (int step = 16; step > 0; step /= 2) value += __shfl_xor_sync(~0u, value, step);
  __syncthreads();
  if (threadIdx.x % 32 == 0) parts[threadIdx.x / 32] = value;
  __syncthreads();
  int total = 0;
#pragma unroll
  for (int i = 0; i < kSortWarps; ++i) total += parts[i];
  return total;
}

// One block an expert.
__global__ void __launch_bounds__(kSortThreads)
    CountSlots(const int32_t* experts, int slots, Order order) {
  const int expert = static_cast<int>(blockIdx.x);
  int count = 0;
  for (int i = threadIdx.x; i < slots; i += kSortThreads) count += experts[i] == expert;
  count = BlockTotal(count);
  if (threadIdx.x == 0) order.counts[expert] = count;
}

__device__ int Padded(int rows) {
  return (rows + kTileRows - 1) / kTileRows * kTileRows;
}

// One block an expert; slots keep their order. A warp looks at one range of slots, twice.
__global__ void __launch_bounds__(kSortThreads)
    PlaceSlots(const int32_t* experts, int slots, Order order) {
  __shared__ int counts[kSortWarps];
  const int expert = static_cast<int>(blockIdx.x), all = static_cast<int>(gridDim.x);
  const int warp = threadIdx.x / 32, lane = threadIdx.x % 32;
  int before = 0;
  for (int e = threadIdx.x; e < expert; e += kSortThreads) before += Padded(order.counts[e]);
  const int first = BlockTotal(before), count = order.counts[expert];
  const int range = (slots + kSortThreads - 1) / kSortThreads * 32, begin = warp * range,
            end = min(begin + range, slots);
  int mine = 0;
  for (int i = begin; i < end; i += 32)
    mine += __popc(__ballot_sync(~0u, i + lane < end && experts[i + lane] == expert));
  if (lane == 0) counts[warp] = mine;
  __syncthreads();
  int at = first;
  for (int w = 0; w < warp; ++w) at += counts[w];
  for (int i = begin; i < end; i += 32) {
    const int slot = i + lane, choice = slot < end ? experts[slot] : -1;
    const unsigned matches = __ballot_sync(~0u, choice == expert);
    if (choice == expert) {
      const int row = at + __popc(matches & ((1u << lane) - 1));
      order.slots[row] = slot;
      order.place[slot] = row;
    }
    if (expert == 0 && slot < end && (choice < 0 || choice >= all)) order.place[slot] = -1;
    at += __popc(matches);
  }
  for (int i = count + threadIdx.x; i < Padded(count); i += kSortThreads)
    order.slots[first + i] = -1;
  for (int i = threadIdx.x; i * kTileRows < count; i += kSortThreads)
    order.tiles[first / kTileRows + i] = {expert, first + i * kTileRows};
  if (expert == all - 1 && threadIdx.x == 0)
    *order.tile_count = (first + Padded(count)) / kTileRows;
}

// A row's bf16 to each place that its choices have; factors[place] = their probabilities.
__global__ void __launch_bounds__(kRowThreads)
    SpreadRows(const float* x, const int32_t* place, const float* probabilities, int top_k,
               int hidden, uint16_t* rounded, float* factors) {
  const size_t first = size_t(blockIdx.x) * top_k;
  const float4* from = reinterpret_cast<const float4*>(x + size_t(blockIdx.x) * hidden);
  for (int c = threadIdx.x; c < top_k; c += kRowThreads) {
    const int at = place[first + c];
    if (at >= 0) factors[at] = probabilities[first + c];
  }
  for (int i = threadIdx.x; i < hidden / 8; i += kRowThreads) {
    const float4 a = __ldcs(from + 2 * i), b = __ldcs(from + 2 * i + 1);
    const uint4 words{PackBf16(a.x, a.y), PackBf16(a.z, a.w), PackBf16(b.x, b.y),
                      PackBf16(b.z, b.w)};
    for (int c = 0; c < top_k; ++c) {
      const int at = place[first + c];
      if (at >= 0) reinterpret_cast<uint4*>(rounded + size_t(at) * hidden)[i] = words;
    }
  }
}

// The rows of tiles that hold no slot are zeros. One block a row of the last tile of an expert.
__global__ void __launch_bounds__(kRowThreads)
    ClearPadding(Order order, int hidden, uint16_t* rounded, float* factors) {
  const int expert = static_cast<int>(blockIdx.y);
  int first = 0;
  for (int e = 0; e <= expert; ++e) first += Padded(order.counts[e]);
  const int padding = Padded(order.counts[expert]) - order.counts[expert];
  if (static_cast<int>(blockIdx.x) >= padding) return;
  const size_t row = first - 1 - blockIdx.x;
  if (threadIdx.x == 0) factors[row] = 0;
  for (int i = threadIdx.x; i < hidden / 8; i += kRowThreads)
    reinterpret_cast<uint4*>(rounded + row * hidden)[i] = uint4{};
}

// One block a row.
__global__ void __launch_bounds__(kRowThreads)
    SumParts(const float* parts, const int32_t* place, int top_k, int hidden, float* out) {
  const float nan = __int_as_float(0x7fffffff);
  for (int i = threadIdx.x; i < hidden / 4; i += kRowThreads) {
    float4 sum{};
    for (int c = 0; c < top_k; ++c) {
      const int row = place[blockIdx.x * top_k + c];
      const float4 part =
          row < 0 ? float4{nan, nan, nan, nan}
                  : __ldcs(reinterpret_cast<const float4*>(parts + size_t(row) * hidden) + i);
      sum.x += part.x;
      sum.y += part.y;
      sum.z += part.z;
      sum.w += part.w;
    }
    __stcs(reinterpret_cast<float4*>(out + size_t(blockIdx.x) * hidden) + i, sum);
  }
}

template <bool kFirst>
Status Launch(CudaContext& cuda, const CUtensorMap& x, const Args& args) {
  constexpr int kBytes = sizeof(Shared) + 1024;
  static const cudaError_t raised = cudaFuncSetAttribute(
      GroupedProduct<kFirst>, cudaFuncAttributeMaxDynamicSharedMemorySize, kBytes);
  if (Status status = CudaStatus(raised, "moe_experts"); !status) return status;
  const auto blocks = static_cast<unsigned>(cuda.multiprocessors());
  GroupedProduct<kFirst><<<blocks, kThreads, kBytes, cuda.stream()>>>(x, args);
  return cuda.Launched("moe_experts");
}

Result<const CUtensorMap*> UploadMaps(CudaContext& cuda, std::span<const void* const> weights,
                                      size_t rows, size_t columns) {
  std::vector<CUtensorMap> maps;
  for (const void* weight : weights) {
    auto map = MakeTileMap({weight, rows, columns, columns, 128});
    if (!map) return map.error();
    maps.push_back(*map);
  }
  const CUtensorMap* uploaded = cuda.Upload(maps.data(), maps.size());
  if (uploaded == nullptr) return Error{Code::kLimit, "moe_experts: too many experts", ""};
  return uploaded;
}

}  // namespace

bool GroupedExpertsFit(size_t hidden, size_t width, size_t slots, size_t experts) {
  return hidden % kTileColumns == 0 && width % 128 == 0 && slots >= 32 * experts;
}

Status GroupedExpertsCuda(const Backend& backend, const GroupedExperts& call) {
  CudaContext& cuda = backend.cuda().Enter();
  const int hidden = static_cast<int>(call.hidden), width = static_cast<int>(call.width),
            top_k = static_cast<int>(call.top_k);
  const size_t slots = call.rows * call.top_k, experts = call.gate_up.size();
  const size_t tiles = slots / kTileRows + experts, padded = tiles * kTileRows;  // at most
  Scratch::Frame frame(backend.scratch());
  uint16_t* x = frame.Take<uint16_t>(padded * call.hidden);
  uint16_t* h = frame.Take<uint16_t>(padded * call.width);
  float* factors = frame.Take<float>(padded);
  float* parts = frame.Take<float>(padded * call.hidden);
  const Order order{frame.Take<int>(experts), frame.Take<int32_t>(padded),
                    frame.Take<int32_t>(slots), frame.Take<RowTile>(tiles), frame.Take<int>(1)};
  if (!frame.status()) return frame.status();
  auto x_map = MakeTileMap({x, padded, call.hidden, call.hidden, kTileRows});
  auto h_map = MakeTileMap({h, padded, call.width, call.width, kTileRows});
  auto up = UploadMaps(cuda, call.gate_up, 2 * call.width, call.hidden);
  auto down = UploadMaps(cuda, call.down, call.hidden, call.width);
  if (!x_map) return x_map.error();
  if (!h_map) return h_map.error();
  if (!up) return up.error();
  if (!down) return down.error();
  const auto rows = static_cast<unsigned>(call.rows), blocks = static_cast<unsigned>(experts);
  const auto count = static_cast<int>(slots);
  cudaStream_t stream = cuda.stream();
  CountSlots<<<blocks, kSortThreads, 0, stream>>>(call.experts, count, order);
  PlaceSlots<<<blocks, kSortThreads, 0, stream>>>(call.experts, count, order);
  ClearPadding<<<dim3(kTileRows - 1, blocks), kRowThreads, 0, stream>>>(order, hidden, x, factors);
  SpreadRows<<<rows, kRowThreads, 0, stream>>>(call.x, order.place, call.probabilities, top_k,
                                               hidden, x, factors);
  if (Status status = cuda.Launched("moe_experts"); !status) return status;
  Status status = Launch<true>(cuda, *x_map, {*up, order, hidden, width, 128, width, h});
  if (!status) return status;
  status = Launch<false>(cuda, *h_map,
                         {*down, order, width, 128, kTileColumns, hidden, nullptr, parts, factors});
  if (!status) return status;
  SumParts<<<rows, kRowThreads, 0, stream>>>(parts, order.place, top_k, hidden, call.out);
  return cuda.Launched("moe_experts");
}

}  // namespace fathom
