// SPDX-License-Identifier: Apache-2.0
// bf16 experts with many rows on Hopper: two grouped products over all experts, without a wait for
// the host between them. Rows stand sorted by expert, each expert's padded to whole tiles of 128.
//
//   h = SiLU(x w1^T) * (x w3^T)     a tile is 128 rows by 128 gate and the same 128 up columns
//   parts = probability * (h w2^T)  a tile is 128 rows by 256 columns
//
// One warp loads tiles of 64 deep through a ring of four; two warpgroups of 64 rows multiply.
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

struct Args {
  const CUtensorMap* weights;  // (experts), boxes of 128 rows
  const RowTile* tiles;
  int row_tiles;
  int depth;   // of the sum
  int second;  // distance of a tile's second 128 weight rows: width, or 128
  int columns_a_tile, columns;
  uint16_t* h;           // first product
  float* parts;          // second product
  const float* factors;  // (padded rows) second product
};

__device__ void Load(const CUtensorMap* x, const Args& args, Shared& shared, RowTile tile,
                     int column) {
  const CUtensorMap* weights = args.weights + tile.expert;
  const int steps = args.depth / kDepth;
  for (int n = 0; n < steps; ++n) {
    const int stage = n % kStages;
    if (n >= kStages) BarrierWait(&shared.empty[stage], (n / kStages - 1) & 1);
    BarrierExpect(&shared.full[stage], kStageBytes);
    uint8_t* to = shared.stages[stage];
    LoadTile(to, x, n * kDepth, tile.first, &shared.full[stage]);
    LoadTile(to + kRowsBytes, weights, n * kDepth, column, &shared.full[stage]);
    LoadTile(to + 2 * kRowsBytes, weights, n * kDepth, column + args.second, &shared.full[stage]);
  }
}

template <bool kFirst>
__device__ void Multiply(const Args& args, Shared& shared, RowTile tile, int column) {
  const int group = threadIdx.x / 128 - 1, thread = threadIdx.x % 128, lane = thread % 32;
  float a[64], b[64];  // gate and up, or the left and right half
  const int steps = args.depth / kDepth;
  for (int n = 0; n < steps; ++n) {
    const int stage = n % kStages;
    const uint32_t x = SharedAddress(shared.stages[stage]) + group * (kRowsBytes / 2),
                   w = SharedAddress(shared.stages[stage]) + kRowsBytes;
    BarrierWait(&shared.full[stage], (n / kStages) & 1);
    ProductFence();
#pragma unroll
    for (int k = 0; k < kDepth / 16; ++k) {
      const bool add = n > 0 || k > 0;
      Product<false, false>(a, Operand(x + k * 32), Operand(w + k * 32), add);
      Product<false, false>(b, Operand(x + k * 32), Operand(w + kRowsBytes + k * 32), add);
    }
    ProductCommit();
    // The products of the step before are done: its stage may be filled again.
    ProductWait<1>();
    if (n > 0 && lane == 0) BarrierArrive(&shared.empty[(n - 1) % kStages]);
  }
  ProductWait<0>();
  const int row = tile.first + group * 64 + thread / 32 * 16 + lane / 4, c = lane % 4 * 2;
#pragma unroll
  for (int r = 0; r < 2; ++r) {
    const size_t at = static_cast<size_t>(row + r * 8);
    if constexpr (kFirst) {
      uint16_t* h = args.h + at * args.columns + column + c;
#pragma unroll
      for (int i = 0; i < 16; ++i) {
        const float g0 = a[4 * i + 2 * r], g1 = a[4 * i + 2 * r + 1];
        *reinterpret_cast<uint32_t*>(h + 8 * i) =
            PackBf16(g0 * Sigmoid(g0) * b[4 * i + 2 * r], g1 * Sigmoid(g1) * b[4 * i + 2 * r + 1]);
      }
    } else {
      const float factor = args.factors[at];
      float* parts = args.parts + at * args.columns + column + c;
#pragma unroll
      for (int i = 0; i < 16; ++i) {
        *reinterpret_cast<float2*>(parts + 8 * i) = {factor * a[4 * i + 2 * r],
                                                     factor * a[4 * i + 2 * r + 1]};
        *reinterpret_cast<float2*>(parts + 128 + 8 * i) = {factor * b[4 * i + 2 * r],
                                                           factor * b[4 * i + 2 * r + 1]};
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
  // kTogether row tiles go through all columns before the next: their rows stay in the L2 cache.
  const int columns = args.columns / args.columns_a_tile, block = static_cast<int>(blockIdx.x),
            group = block / (kTogether * columns), rest = block % (kTogether * columns),
            rows = min(kTogether, args.row_tiles - group * kTogether);
  const RowTile tile = args.tiles[group * kTogether + rest % rows];
  const int column = rest / rows * args.columns_a_tile;
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
    if (threadIdx.x == 0) Load(&x, args, shared, tile, column);
  } else {
    MoreRegisters<232>();
    Multiply<kFirst>(args, shared, tile, column);
  }
}

// rounded[at] = x[slot / top_k], factors[at] = probabilities[slot], slot = slots[at]; -1: padding.
__global__ void GatherBf16(const float* x, const int32_t* slots, const float* probabilities,
                           int top_k, int hidden, uint16_t* rounded, float* factors) {
  const int slot = slots[blockIdx.x];
  if (threadIdx.x == 0) factors[blockIdx.x] = slot < 0 ? 0.0f : probabilities[slot];
  uint32_t* to = reinterpret_cast<uint32_t*>(rounded + size_t(blockIdx.x) * hidden);
  const float2* from =
      reinterpret_cast<const float2*>(x + size_t(slot < 0 ? 0 : slot / top_k) * hidden);
  for (int i = threadIdx.x; i < hidden / 2; i += kRowThreads)
    to[i] = slot < 0 ? 0 : PackBf16(from[i].x, from[i].y);
}

__global__ void SumParts(const float* parts, const int32_t* place, int top_k, int hidden,
                         float* out) {
  for (int i = threadIdx.x; i < hidden; i += kRowThreads) {
    float sum = 0;
    for (int c = 0; c < top_k; ++c)
      sum += parts[size_t(place[blockIdx.x * top_k + c]) * hidden + i];
    out[size_t(blockIdx.x) * hidden + i] = sum;
  }
}

template <bool kFirst>
Status Launch(CudaContext& cuda, const CUtensorMap& x, const Args& args) {
  constexpr int kBytes = sizeof(Shared) + 1024;
  static const cudaError_t raised = cudaFuncSetAttribute(
      GroupedProduct<kFirst>, cudaFuncAttributeMaxDynamicSharedMemorySize, kBytes);
  if (Status status = CudaStatus(raised, "moe_experts"); !status) return status;
  const auto grid = static_cast<unsigned>(args.row_tiles * (args.columns / args.columns_a_tile));
  GroupedProduct<kFirst><<<grid, kThreads, kBytes, cuda.stream()>>>(x, args);
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
  std::vector<int32_t> slots, place(call.sorted.size());
  std::vector<RowTile> tiles;
  for (size_t e = 0; e + 1 < call.first.size(); ++e) {
    for (size_t at = call.first[e]; at < call.first[e + 1]; ++at) {
      if ((at - call.first[e]) % kTileRows == 0)
        tiles.push_back({static_cast<int>(e), static_cast<int>(slots.size())});
      place[static_cast<size_t>(call.sorted[at])] = static_cast<int32_t>(slots.size());
      slots.push_back(call.sorted[at]);
    }
    slots.resize((slots.size() + kTileRows - 1) / kTileRows * kTileRows, -1);
  }
  const size_t padded = slots.size();
  const int32_t* on_device = cuda.Upload(slots.data(), padded);
  const int32_t* places = cuda.Upload(place.data(), place.size());
  const RowTile* row_tiles = cuda.Upload(tiles.data(), tiles.size());
  if (on_device == nullptr || places == nullptr || row_tiles == nullptr)
    return Error{Code::kLimit, "moe_experts: too many rows to upload", ""};
  Scratch::Frame frame(backend.scratch());
  uint16_t* x = frame.Take<uint16_t>(padded * call.hidden);
  uint16_t* h = frame.Take<uint16_t>(padded * call.width);
  float* factors = frame.Take<float>(padded);
  float* parts = frame.Take<float>(padded * call.hidden);
  if (!frame.status()) return frame.status();
  auto x_map = MakeTileMap({x, padded, call.hidden, call.hidden, kTileRows});
  auto h_map = MakeTileMap({h, padded, call.width, call.width, kTileRows});
  auto up = UploadMaps(cuda, call.gate_up, 2 * call.width, call.hidden);
  auto down = UploadMaps(cuda, call.down, call.hidden, call.width);
  if (!x_map) return x_map.error();
  if (!h_map) return h_map.error();
  if (!up) return up.error();
  if (!down) return down.error();
  GatherBf16<<<static_cast<unsigned>(padded), kRowThreads, 0, cuda.stream()>>>(
      call.x, on_device, call.probabilities, top_k, hidden, x, factors);
  if (Status status = cuda.Launched("moe_experts"); !status) return status;
  const int count = static_cast<int>(tiles.size());
  Status status = Launch<true>(cuda, *x_map, {*up, row_tiles, count, hidden, width, 128, width, h});
  if (!status) return status;
  status = Launch<false>(
      cuda, *h_map,
      {*down, row_tiles, count, width, 128, kTileColumns, hidden, nullptr, parts, factors});
  if (!status) return status;
  SumParts<<<static_cast<unsigned>(call.rows), kRowThreads, 0, cuda.stream()>>>(
      parts, places, top_k, hidden, call.out);
  return cuda.Launched("moe_experts");
}

}  // namespace fathom
