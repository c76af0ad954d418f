// SPDX-License-Identifier: Apache-2.0
// Prefill at M1's head size on Hopper: two blocks a head, each with half of the value columns, so
// that one sequence fills 128 multiprocessors. A block walks the chunks of 64 tokens in order:
//
//   one warp loads q, k (64, 128) and its half of v (64, 64) through a ring;
//   the output warpgroup computes  P = mask(q k^T),  o = decay^(i+1) (q S) + P v, and stores o;
//   the state warpgroup keeps S (128, 64) in f32 registers, hands a bf16 copy to the output
//   warpgroup, and computes  S = decay^64 S + k^T (decay^(63-j) v).
//
// Decays are differences of positions from a table made in double. Rounded to bf16: P, the copy of
// S, and decayed v. Everything else stays in f32.
#include <cmath>

#include "kernels/cuda/device.h"
#include "kernels/cuda/hopper.cuh"
#include "kernels/cuda/operators.h"
#include "kernels/cuda/tensor_map.h"
#include "kernels/lightning_attention/lightning_attention.h"

namespace fathom {
namespace {

constexpr int kDim = 128, kHalf = 64, kChunk = 64;
constexpr int kStages = 4;
constexpr int kThreads = 128 * 3;  // loader, output, state
constexpr uint32_t kTileBytes = kChunk * 128;
constexpr uint32_t kStageBytes = 5 * kTileBytes;  // q: 2 tiles, k: 2, v: 1
constexpr int kOutputBarrier = 1, kStateBarrier = 2;

struct alignas(1024) Shared {
  uint8_t stages[kStages][kStageBytes];
  uint8_t state[2][2 * kTileBytes];  // (128, 64) bf16
  uint8_t decayed[kTileBytes];       // v under the decay to the chunk's end
  uint8_t out[2][kTileBytes];
  uint64_t full[kStages], empty[kStages];
  uint64_t state_full[2], state_empty[2];
};

struct Args {
  int tokens, heads;
  const float* decays;  // (heads, kChunk + 1)
  float* state;         // (heads, 128, 128)
};

__device__ void Load(const CUtensorMap* qkv, const Args& args, Shared& shared) {
  const int head = blockIdx.y, half = blockIdx.x;
  const int chunks = (args.tokens + kChunk - 1) / kChunk;
  for (int n = 0; n < chunks; ++n) {
    const int stage = n % kStages;
    if (n >= kStages) BarrierWait(&shared.empty[stage], (n / kStages - 1) & 1);
    BarrierExpect(&shared.full[stage], kStageBytes);
    uint8_t* to = shared.stages[stage];
    const int column = head * 3 * kDim, row = n * kChunk;
#pragma unroll
    for (int tile = 0; tile < 4; ++tile)
      LoadTile(to + tile * kTileBytes, qkv, column + tile * 64, row, &shared.full[stage]);
    LoadTile(to + 4 * kTileBytes, qkv, column + 2 * kDim + half * kHalf, row, &shared.full[stage]);
  }
}

__device__ void Output(const CUtensorMap* o, const Args& args, Shared& shared) {
  const int thread = threadIdx.x % 128, lane = thread % 32;
  const int row = thread / 32 * 16 + lane / 4, column = lane % 4 * 2;
  const int head = blockIdx.y, half = blockIdx.x;
  const float* decays = args.decays + head * (kChunk + 1);
  float mask[32];
#pragma unroll
  for (int i = 0; i < 32; ++i) {
    const int distance = row + i % 4 / 2 * 8 - (i / 4 * 8 + column + i % 2);
    mask[i] = distance >= 0 ? decays[distance] : 0.0f;
  }
  const float decay[2] = {decays[row + 1], decays[row + 9]};
  const int chunks = (args.tokens + kChunk - 1) / kChunk;
  for (int n = 0; n < chunks; ++n) {
    const int stage = n % kStages, buffer = n % 2;
    const uint32_t q = SharedAddress(shared.stages[stage]), k = q + 2 * kTileBytes,
                   v = q + 4 * kTileBytes, state = SharedAddress(shared.state[buffer]);
    float scores[32], sum[32];
    BarrierWait(&shared.full[stage], (n / kStages) & 1);
    ProductFence();
#pragma unroll
    for (int step = 0; step < 8; ++step) {
      const uint32_t at = step / 4 * kTileBytes + step % 4 * 32;
      Product<false, false>(scores, Operand(q + at), Operand(k + at), step > 0);
    }
    ProductCommit();
    BarrierWait(&shared.state_full[buffer], (n / 2) & 1);
    ProductFence();
#pragma unroll
    for (int step = 0; step < 8; ++step) {
      const uint32_t at = step / 4 * kTileBytes + step % 4 * 32;
      Product<false, true>(sum, Operand(q + at), Operand(state + step * 2048), step > 0);
    }
    ProductCommit();
    ProductWait<1>();
    Pin(scores);
    uint32_t p[4][4];
#pragma unroll
    for (int i = 0; i < 16; ++i)
      p[i / 4][i % 4] = PackBf16(scores[2 * i] * mask[2 * i], scores[2 * i + 1] * mask[2 * i + 1]);
    ProductWait<0>();
    Pin(sum);
    if (lane == 0) BarrierArrive(&shared.state_empty[buffer]);
#pragma unroll
    for (int i = 0; i < 32; ++i) sum[i] *= decay[i % 4 / 2];
    Pin(sum);
    ProductFence();
#pragma unroll
    for (int step = 0; step < 4; ++step)
      Product<true>(sum, p[step], Operand(v + step * 2048), true);
    ProductCommit();
    ProductWait<0>();
    Pin(sum);
    if (lane == 0) BarrierArrive(&shared.empty[stage]);
    if (thread == 0) WaitStoresRead<1>();
    NamedBarrier(kOutputBarrier, 128);
    uint8_t* out = shared.out[buffer];
#pragma unroll
    for (int i = 0; i < 16; ++i) {
      const uint32_t at = Swizzled(row + i % 2 * 8, i / 2 * 16 + column * 2);
      *reinterpret_cast<uint32_t*>(out + at) = PackBf16(sum[2 * i], sum[2 * i + 1]);
    }
    FenceForAsync();
    NamedBarrier(kOutputBarrier, 128);
    if (thread == 0) StoreTile(o, head * kDim + half * kHalf, n * kChunk, out);
  }
  if (thread == 0) WaitStores();
}

__device__ void State(const Args& args, Shared& shared) {
  const int thread = threadIdx.x % 128, lane = thread % 32;
  const int row = thread / 32 * 16 + lane / 4, column = lane % 4 * 2;
  const int head = blockIdx.y, half = blockIdx.x;
  const float* decays = args.decays + head * (kChunk + 1);
  float* kept = args.state + size_t(head) * kDim * kDim + half * kHalf;
  float s[2][32];  // rows 0 .. 63 and 64 .. 127 of the state
#pragma unroll
  for (int m = 0; m < 2; ++m) {
#pragma unroll
    for (int i = 0; i < 32; ++i)
      s[m][i] = kept[(m * 64 + row + i % 4 / 2 * 8) * kDim + i / 4 * 8 + column + i % 2];
  }
  const int chunks = (args.tokens + kChunk - 1) / kChunk;
  for (int n = 0; n < chunks; ++n) {
    const int stage = n % kStages, buffer = n % 2, count = min(kChunk, args.tokens - n * kChunk);
    if (n >= 2) BarrierWait(&shared.state_empty[buffer], (n / 2 - 1) & 1);
    uint8_t* copy = shared.state[buffer];
#pragma unroll
    for (int i = 0; i < 32; ++i) {
      const int m = i / 16, j = i % 16;
      const uint32_t at = Swizzled(m * 64 + row + j % 2 * 8, j / 2 * 16 + column * 2);
      *reinterpret_cast<uint32_t*>(copy + at) = PackBf16(s[m][2 * j], s[m][2 * j + 1]);
    }
    FenceForAsync();
    __syncwarp();
    if (lane == 0) BarrierArrive(&shared.state_full[buffer]);
    BarrierWait(&shared.full[stage], (n / kStages) & 1);
    const uint8_t* v = shared.stages[stage] + 4 * kTileBytes;
    // A thread decays half a row; the order of parts in a row does not matter to it.
    const int token = thread / 2;
    const float weight = token < count ? decays[count - 1 - token] : 0.0f;
    NamedBarrier(kStateBarrier, 128);  // the products of the chunk before have read `decayed`
#pragma unroll
    for (int part = 0; part < 4; ++part) {
      const uint32_t at = token * 128 + (thread % 2 * 4 + (part + thread / 2) % 4) * 16;
      uint4 words = *reinterpret_cast<const uint4*>(v + at);
      uint32_t* w = reinterpret_cast<uint32_t*>(&words);
#pragma unroll
      for (int i = 0; i < 4; ++i)
        w[i] = PackBf16(__uint_as_float(w[i] << 16) * weight,
                        __uint_as_float(w[i] & 0xffff0000u) * weight);
      *reinterpret_cast<uint4*>(shared.decayed + at) = words;
    }
    FenceForAsync();
    NamedBarrier(kStateBarrier, 128);
    const float decay = decays[count];
#pragma unroll
    for (int m = 0; m < 2; ++m) {
#pragma unroll
      for (int i = 0; i < 32; ++i) s[m][i] *= decay;
      Pin(s[m]);
    }
    const uint32_t k = SharedAddress(shared.stages[stage]) + 2 * kTileBytes,
                   decayed = SharedAddress(shared.decayed);
    ProductFence();
#pragma unroll
    for (int step = 0; step < 4; ++step) {
#pragma unroll
      for (int m = 0; m < 2; ++m)
        Product<true, true>(s[m], Operand(k + m * kTileBytes + step * 2048),
                            Operand(decayed + step * 2048), true);
    }
    ProductCommit();
    ProductWait<0>();
    Pin(s[0]);
    Pin(s[1]);
    if (lane == 0) BarrierArrive(&shared.empty[stage]);
  }
#pragma unroll
  for (int m = 0; m < 2; ++m) {
#pragma unroll
    for (int i = 0; i < 32; ++i)
      kept[(m * 64 + row + i % 4 / 2 * 8) * kDim + i / 4 * 8 + column + i % 2] = s[m][i];
  }
}

__global__ void __launch_bounds__(kThreads, 1)
    Prefill(const __grid_constant__ CUtensorMap qkv, const __grid_constant__ CUtensorMap o,
            const Args args) {
  extern __shared__ uint8_t raw[];
  Shared& shared =
      *reinterpret_cast<Shared*>((reinterpret_cast<uintptr_t>(raw) + 1023) / 1024 * 1024);
  if (threadIdx.x == 0) {
    for (int i = 0; i < kStages; ++i) {
      BarrierInit(&shared.full[i], 1);
      BarrierInit(&shared.empty[i], 8);  // both warpgroups' warps
    }
    for (int i = 0; i < 2; ++i) {
      BarrierInit(&shared.state_full[i], 4);
      BarrierInit(&shared.state_empty[i], 4);
    }
    BarrierInitFence();
    FenceForAsync();
  }
  __syncthreads();
  if (threadIdx.x < 128) {
    FewerRegisters<24>();
    if (threadIdx.x == 0) Load(&qkv, args, shared);
  } else if (threadIdx.x < 256) {
    MoreRegisters<240>();
    Output(&o, args, shared);
  } else {
    MoreRegisters<240>();
    State(args, shared);
  }
}

}  // namespace

Status LightningPrefillCuda(const Backend& backend, const LightningBf16Args& args) {
  CudaContext& cuda = backend.cuda().Enter();
  const size_t width = args.heads * kDim;
  auto qkv = MakeTileMap({args.qkv, args.tokens, 3 * width, 3 * width});
  if (!qkv) return qkv.error();
  auto o = MakeTileMap({args.o, args.tokens, width, width});
  if (!o) return o.error();
  std::vector<float> table(args.heads * (kChunk + 1));
  for (size_t i = 0; i < table.size(); ++i) {
    table[i] = static_cast<float>(
        std::exp(-double{args.slopes[i / (kChunk + 1)]} * static_cast<double>(i % (kChunk + 1))));
  }
  const float* decays = cuda.Upload(table.data(), table.size());
  if (decays == nullptr) return Error{Code::kLimit, "lightning_attention: too many heads", ""};
  constexpr int kBytes = sizeof(Shared) + 1024;
  static const cudaError_t raised =
      cudaFuncSetAttribute(Prefill, cudaFuncAttributeMaxDynamicSharedMemorySize, kBytes);
  if (Status status = CudaStatus(raised, "lightning_attention"); !status) return status;
  const Args device{static_cast<int>(args.tokens), static_cast<int>(args.heads), decays,
                    args.state};
  cuda.SetLastState({args.state, args.heads * kDim * kDim});
  Prefill<<<dim3(2, static_cast<unsigned>(args.heads)), kThreads, kBytes, cuda.stream()>>>(*qkv, *o,
                                                                                           device);
  return cuda.Launched("lightning_attention");
}

}  // namespace fathom
