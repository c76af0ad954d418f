// SPDX-License-Identifier: Apache-2.0
// One row over a long context: its keys are split over the multiprocessors, and the block of a KV
// head that ends last puts the parts together.
//
// A block streams 64 keys and values at a time through a ring; each of its four warps takes 16 of
// them: S^T (16 keys, 8 heads) = K q^T, then O^T (D, 8) += V^T P^T, by mma.m16n8k16, with a maximum
// and sum of its own. q and the probabilities are bf16, everything else f32.
#include <algorithm>

#include "kernels/cuda/device.h"
#include "kernels/cuda/hopper.cuh"
#include "kernels/softmax_attention/softmax_attention_device.cuh"

namespace fathom {
namespace {

constexpr int kWarps = 4, kThreads = kWarps * 32, kStages = 3, kHeads = 8;
constexpr uint32_t kTile = 64 * 128;
constexpr int kSplitsMax = 256;

template <int kDim>
struct alignas(1024) Shared {
  uint8_t k[kStages][kDim / 64][kTile];
  uint8_t v[kStages][kDim / 64][kTile];
  float largest[kWarps][kHeads], total[kWarps][kHeads];
  uint64_t full[kStages];
  int arrived;

  // In the ring's place, once all keys have been read.
  using Sums = float[kHeads][kDim];
  static_assert(sizeof(Sums) * kWarps <= sizeof(k));
  __device__ Sums* sums() { return reinterpret_cast<Sums*>(k); }
  // ... and then, in the block that joins, (splits, heads).
  static_assert(kSplitsMax * kHeads * sizeof(float) <= sizeof(k));
  __device__ float (*weights())[kHeads] { return reinterpret_cast<float(*)[kHeads]>(k); }
};

struct Args {
  DevicePages kv;
  Positions positions;
  int group, splits;
  float scale;
  const float* q;  // (heads, D)
  float* o;
  float* parts;  // (kv_heads, splits, 8, D + 2): sums, maximum, total
  unsigned* counters;
};

__device__ float Exp2(float x) {
  float y;
  asm("ex2.approx.ftz.f32 %0, %1;" : "=f"(y) : "f"(x));
  return y;
}

__device__ void LoadMatrices(uint32_t (&r)[4], uint32_t address) {
  asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0, %1, %2, %3}, [%4];"
               : "=r"(r[0]), "=r"(r[1]), "=r"(r[2]), "=r"(r[3])
               : "r"(address)
               : "memory");
}
__device__ void LoadTransposed(uint32_t (&r)[4], uint32_t address) {
  asm volatile("ldmatrix.sync.aligned.m8n8.x4.trans.shared.b16 {%0, %1, %2, %3}, [%4];"
               : "=r"(r[0]), "=r"(r[1]), "=r"(r[2]), "=r"(r[3])
               : "r"(address)
               : "memory");
}
__device__ uint32_t Transpose(uint32_t matrix) {
  uint32_t out;
  asm volatile("movmatrix.sync.aligned.m8n8.trans.b16 %0, %1;" : "=r"(out) : "r"(matrix));
  return out;
}
__device__ void MultiplyAdd(float (&d)[4], const uint32_t (&a)[4], uint32_t b0, uint32_t b1) {
  asm volatile(
      "mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, "
      "{%8, %9}, {%0, %1, %2, %3};"
      : "+f"(d[0]), "+f"(d[1]), "+f"(d[2]), "+f"(d[3])
      : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b0), "r"(b1));
}

template <int kDim>
__device__ void Copy(const Args& args, Shared<kDim>& shared, int kv_head, int block, int stage) {
  const std::byte* from = args.kv.Block(size_t(block) * 64, kv_head);
  constexpr uint32_t kBytes = kDim / 64 * kTile;
  BarrierExpect(&shared.full[stage], 2 * kBytes);
  LoadBytes(shared.k[stage], from, kBytes, &shared.full[stage]);
  LoadBytes(shared.v[stage], from + args.kv.half_bytes, kBytes, &shared.full[stage]);
}

// A warp's 16 keys of one block.
template <int kDim>
__device__ void Step(const Shared<kDim>& shared, int stage, const uint32_t (&q)[kDim / 16][2],
                     size_t first_key, size_t keys, float (&sum)[kDim / 16][4], float (&largest)[2],
                     float (&total)[2]) {
  const int lane = threadIdx.x % 32, warp = threadIdx.x / 32, row = warp * 16 + lane % 16;
  float scores[4] = {};
#pragma unroll
  for (int step = 0; step < kDim / 16; ++step) {
    uint32_t a[4];
    LoadMatrices(a, SharedAddress(shared.k[stage][step / 4]) +
                        Swizzled(row, step % 4 * 32 + lane / 16 * 16));
    MultiplyAdd(scores, a, q[step][0], q[step][1]);
  }
  const size_t key = first_key + warp * 16 + lane / 4;
  if (key >= keys) scores[0] = scores[1] = -INFINITY;
  if (key + 8 >= keys) scores[2] = scores[3] = -INFINITY;
  float keep[2];
#pragma unroll
  for (int h = 0; h < 2; ++h) {
    float top = fmaxf(scores[h], scores[h + 2]);
#pragma unroll
    for (int step = 4; step < 32; step *= 2) top = fmaxf(top, __shfl_xor_sync(~0u, top, step));
    top = fmaxf(top, largest[h]);
    const float base = top == -INFINITY ? 0.0f : top;
    keep[h] = Exp2(largest[h] - base);
    largest[h] = top;
    scores[h] = Exp2(scores[h] - base);
    scores[h + 2] = Exp2(scores[h + 2] - base);
    total[h] = total[h] * keep[h] + scores[h] + scores[h + 2];
  }
  const uint32_t p0 = Transpose(PackBf16(scores[0], scores[1])),
                 p1 = Transpose(PackBf16(scores[2], scores[3]));
#pragma unroll
  for (int m = 0; m < kDim / 16; ++m) {
#pragma unroll
    for (int i = 0; i < 4; ++i) sum[m][i] *= keep[i % 2];
    // V^T: 16 dimensions by 16 keys, from rows of keys. Matrices in the order (dimension, key):
    // (0, 0), (8, 0), (0, 8), (8, 8).
    uint32_t a[4];
    const int v_row = warp * 16 + lane / 16 * 8 + lane % 8;
    LoadTransposed(
        a, SharedAddress(shared.v[stage][m / 4]) + Swizzled(v_row, m % 4 * 32 + lane / 8 % 2 * 16));
    MultiplyAdd(sum[m], a, p0, p1);
  }
}

// The block's part of 8 heads: sums of the four warps under their common maximum.
template <int kDim>
__device__ void JoinWarps(Shared<kDim>& shared, float* part) {
  for (int i = threadIdx.x; i < kHeads * kDim; i += kThreads) {
    const int head = i / kDim, d = i % kDim;
    float top = -INFINITY, sum = 0, total = 0;
#pragma unroll
    for (int w = 0; w < kWarps; ++w) top = fmaxf(top, shared.largest[w][head]);
#pragma unroll
    for (int w = 0; w < kWarps; ++w) {
      const float keep = top == -INFINITY ? 0.0f : Exp2(shared.largest[w][head] - top);
      sum = fmaf(shared.sums()[w][head][d], keep, sum);
      total = fmaf(shared.total[w][head], keep, total);
    }
    part[head * (kDim + 2) + d] = sum;
    if (d == 0) {
      part[head * (kDim + 2) + kDim] = top;
      part[head * (kDim + 2) + kDim + 1] = total;
    }
  }
}

// The parts of one KV head, put together by one block: first the weight of each (split, head), then
// sums of 4 dimensions a thread, many parts on their way at once.
template <int kDim>
__device__ void JoinSplits(const Args& args, Shared<kDim>& shared, int kv_head) {
  constexpr int kPart = kHeads * (kDim + 2), kLanes = kDim / 4, kHeadsAtOnce = kThreads / kLanes;
  const float* parts = args.parts + size_t(kv_head) * args.splits * kPart;
  float(*weights)[kHeads] = shared.weights();
  const int lane = threadIdx.x % 32;
  for (int head = threadIdx.x / 32; head < args.group; head += kWarps) {
    const float* ends = parts + head * (kDim + 2) + kDim;  // maximum and total of a split
    float top = -INFINITY, total = 0;
    for (int s = lane; s < args.splits; s += 32) top = fmaxf(top, __ldcg(ends + s * kPart));
#pragma unroll
    for (int step = 16; step > 0; step /= 2) top = fmaxf(top, __shfl_xor_sync(~0u, top, step));
    for (int s = lane; s < args.splits; s += 32) {
      const float2 end = __ldcg(reinterpret_cast<const float2*>(ends + s * kPart));
      const float keep = Exp2(end.x - top);
      weights[s][head] = keep;
      total = fmaf(end.y, keep, total);
    }
    total = WarpSum(total);
    for (int s = lane; s < args.splits; s += 32) weights[s][head] /= total;
  }
  __syncthreads();
  const int d = threadIdx.x % kLanes * 4;
  for (int head = threadIdx.x / kLanes; head < args.group; head += kHeadsAtOnce) {
    const float* from = parts + head * (kDim + 2) + d;
    float4 sum{};
#pragma unroll 16
    for (int s = 0; s < args.splits; ++s) {
      const float2 a = __ldcg(reinterpret_cast<const float2*>(from + s * kPart)),
                   b = __ldcg(reinterpret_cast<const float2*>(from + s * kPart + 2));
      const float weight = weights[s][head];
      sum.x = fmaf(weight, a.x, sum.x);
      sum.y = fmaf(weight, a.y, sum.y);
      sum.z = fmaf(weight, b.x, sum.z);
      sum.w = fmaf(weight, b.y, sum.w);
    }
    float* o = args.o + (kv_head * args.group + head) * kDim + d;
    o[0] = sum.x, o[1] = sum.y, o[2] = sum.z, o[3] = sum.w;
  }
}

template <int kDim>
__global__ void __launch_bounds__(kThreads, 2) Decode(const Args args) {
  extern __shared__ uint8_t raw[];
  using Space = Shared<kDim>;
  Space& shared =
      *reinterpret_cast<Space*>((reinterpret_cast<uintptr_t>(raw) + 1023) / 1024 * 1024);
  const int split = blockIdx.x, kv_head = blockIdx.y;
  const int lane = threadIdx.x % 32, warp = threadIdx.x / 32;
  const size_t keys = args.positions[0] + 1;
  const int64_t blocks = static_cast<int64_t>((keys + 63) / 64);
  const int begin = static_cast<int>(blocks * split / args.splits),
            end = static_cast<int>(blocks * (split + 1) / args.splits);
  if (threadIdx.x == 0) {
    for (int i = 0; i < kStages; ++i) BarrierInit(&shared.full[i], 1);
    BarrierInitFence();
    FenceForAsync();
    for (int i = 0; i < kStages && begin + i < end; ++i)
      Copy<kDim>(args, shared, kv_head, begin + i, i);
  }
  // B of the first product: head lane / 4, dimensions of lane % 4 * 2 and eight further.
  uint32_t q[kDim / 16][2];
  const int head = lane / 4;
  const float* from = args.q + (kv_head * args.group + head) * kDim + lane % 4 * 2;
#pragma unroll
  for (int i = 0; i < kDim / 8; ++i) {
    const bool inside = head < args.group;
    const float a = inside ? from[i * 8] * args.scale : 0.0f,
                b = inside ? from[i * 8 + 1] * args.scale : 0.0f;
    q[i / 2][i % 2] = PackBf16(a, b);
  }
  float sum[kDim / 16][4] = {}, largest[2] = {-INFINITY, -INFINITY}, total[2] = {};
  __syncthreads();
  for (int n = begin; n < end; ++n) {
    const int stage = (n - begin) % kStages, round = (n - begin) / kStages;
    BarrierWait(&shared.full[stage], round & 1);
    Step<kDim>(shared, stage, q, size_t(n) * 64, keys, sum, largest, total);
    __syncthreads();  // the stage has been read
    if (threadIdx.x == 0 && n + kStages < end)
      Copy<kDim>(args, shared, kv_head, n + kStages, stage);
    __syncwarp();
  }
#pragma unroll
  for (int h = 0; h < 2; ++h) {
#pragma unroll
    for (int step = 4; step < 32; step *= 2) total[h] += __shfl_xor_sync(~0u, total[h], step);
    const int column = lane % 4 * 2 + h;
    if (lane < 4) {
      shared.largest[warp][column] = largest[h];
      shared.total[warp][column] = total[h];
    }
#pragma unroll
    for (int m = 0; m < kDim / 16; ++m) {
      shared.sums()[warp][column][m * 16 + lane / 4] = sum[m][h];
      shared.sums()[warp][column][m * 16 + lane / 4 + 8] = sum[m][h + 2];
    }
  }
  __syncthreads();
  JoinWarps<kDim>(shared,
                  args.parts + (size_t(kv_head) * args.splits + split) * kHeads * (kDim + 2));
  __threadfence();
  __syncthreads();
  if (threadIdx.x == 0)
    shared.arrived = static_cast<int>(atomicAdd(args.counters + kv_head, 1u)) + 1;
  __syncthreads();
  if (shared.arrived != args.splits) return;
  __threadfence();
  if (threadIdx.x == 0) args.counters[kv_head] = 0;
  JoinSplits<kDim>(args, shared, kv_head);
}

template <int kDim>
Status Launch(CudaContext& cuda, const Args& args) {
  constexpr int kBytes = sizeof(Shared<kDim>) + 1024;
  static const cudaError_t raised =
      cudaFuncSetAttribute(Decode<kDim>, cudaFuncAttributeMaxDynamicSharedMemorySize, kBytes);
  if (Status status = CudaStatus(raised, "softmax_attention"); !status) return status;
  const dim3 grid(static_cast<unsigned>(args.splits), static_cast<unsigned>(args.kv.kv_heads));
  Decode<kDim><<<grid, kThreads, kBytes, cuda.stream()>>>(args);
  return cuda.Launched("softmax_attention");
}

}  // namespace

Status AttentionDecodeCuda(const Backend& backend, const DeviceAttention& call, size_t keys_max) {
  CudaContext& cuda = backend.cuda();
  const int blocks = static_cast<int>((keys_max + 63) / 64), kv_heads = call.kv.kv_heads;
  // Two blocks a multiprocessor, and four steps at least for each.
  const int splits = std::clamp(2 * cuda.multiprocessors() / kv_heads, 1,
                                std::clamp((blocks + 3) / 4, 1, kSplitsMax));
  Scratch::Frame frame(backend.scratch());
  float* parts = frame.Take<float>(size_t(kv_heads) * splits * kHeads * (call.kv.dim + 2));
  if (!frame.status()) return frame.status();
  if (kv_heads > CudaContext::kCounters) return Invalid("softmax_attention: too many KV heads");
  const float scale = 1.44269504f / sqrtf(static_cast<float>(call.kv.dim));
  const Args args{call.kv, call.positions, call.heads / kv_heads, splits, scale, call.q,
                  call.o,  parts,          cuda.counters()};
  return call.kv.dim == 128 ? Launch<128>(cuda, args) : Launch<64>(cuda, args);
}

}  // namespace fathom
