// SPDX-License-Identifier: Apache-2.0
// The recurrence in f32, for any shape. A block owns 32 value columns of one head; a thread owns
// kDims rows of one column, twice: the state at the start of the block of kLightningBlock tokens,
// and what the block's own tokens have added. Decays over more than one token come from a table
// made in double, so that they do not drift.
#include <algorithm>

#include "kernels/cuda/device.h"
#include "kernels/cuda/hopper.cuh"
#include "kernels/cuda/operators.h"
#include "kernels/cuda/rows.cuh"
#include "kernels/lightning_attention/lightning_attention.h"

namespace fathom {
namespace {

constexpr int kColumns = 32, kGroups = 8;
constexpr int kThreads = kColumns * kGroups;
constexpr int kTokens = 8;  // between two waits
constexpr int kDimMax = 256;
constexpr int kHeadsMax = 256;
constexpr int kBlock = static_cast<int>(kLightningBlock);

struct Args {
  int tokens, heads, dim;
  const float* qkv;
  float* state;
  float* o;
  float slopes[kHeadsMax];
};

template <int kDims>  // of one thread: the head's dimension is at most kGroups * kDims
__global__ void __launch_bounds__(kThreads) Recurrence(const __grid_constant__ Args args) {
  __shared__ float q[kTokens][kGroups * kDims], k[kTokens][kGroups * kDims];
  __shared__ float v[kTokens][kColumns];
  __shared__ float parts[kTokens][kGroups][kColumns];
  __shared__ float decays[kBlock + 1];
  const int dim = args.dim, head = blockIdx.y;
  const int c = threadIdx.x % kColumns, group = threadIdx.x / kColumns;
  const int column = blockIdx.x * kColumns + c, first = group * kDims;
  const size_t stride = size_t{3} * args.heads * dim;
  const float* qkv = args.qkv + size_t{3} * head * dim;
  float* state = args.state + size_t(head) * dim * dim;
  float before[kDims], added[kDims];
#pragma unroll
  for (int i = 0; i < kDims; ++i) {
    const bool inside = column < dim && first + i < dim;
    before[i] = inside ? state[size_t(first + i) * dim + column] : 0.0f;
    added[i] = 0;
  }
  for (int i = threadIdx.x; i <= kBlock; i += kThreads)
    decays[i] = static_cast<float>(exp(-double{args.slopes[head]} * i));
  for (int t = 0; t < args.tokens; t += kTokens) {
    const int count = min(kTokens, args.tokens - t);
    __syncthreads();
    for (int i = threadIdx.x; i < kTokens * kGroups * kDims; i += kThreads) {
      const int row = i / (kGroups * kDims), d = i % (kGroups * kDims);
      const bool inside = row < count && d < dim;
      q[row][d] = inside ? qkv[(t + row) * stride + d] : 0.0f;
      k[row][d] = inside ? qkv[(t + row) * stride + dim + d] : 0.0f;
    }
    for (int i = threadIdx.x; i < kTokens * kColumns; i += kThreads) {
      const int row = i / kColumns, d = blockIdx.x * kColumns + i % kColumns;
      v[row][i % kColumns] = row < count && d < dim ? qkv[(t + row) * stride + 2 * dim + d] : 0.0f;
    }
    __syncthreads();
    for (int row = 0; row < count; ++row) {
      const int in_block = (t + row) % kBlock;
      if (in_block == 0 && t + row > 0) {
#pragma unroll
        for (int i = 0; i < kDims; ++i) {
          before[i] = fmaf(decays[kBlock], before[i], added[i]);
          added[i] = 0;
        }
      }
      const float value = v[row][c], decay = decays[1];
      float old = 0, own = 0;
#pragma unroll
      for (int i = 0; i < kDims; ++i) {
        added[i] = fmaf(k[row][first + i], value, decay * added[i]);
        own = fmaf(q[row][first + i], added[i], own);
        old = fmaf(q[row][first + i], before[i], old);
      }
      parts[row][group][c] = fmaf(decays[in_block + 1], old, own);
    }
    __syncthreads();
    const int row = group;  // kGroups == kTokens: one thread an output
    if (row < count && column < dim) {
      float sum = 0;
#pragma unroll
      for (int g = 0; g < kGroups; ++g) sum += parts[row][g][c];
      args.o[(size_t(t + row) * args.heads + head) * dim + column] = sum;
    }
  }
  const int last = (args.tokens - 1) % kBlock + 1;
#pragma unroll
  for (int i = 0; i < kDims; ++i) {
    if (column < dim && first + i < dim)
      state[size_t(first + i) * dim + column] = fmaf(decays[last], before[i], added[i]);
  }
}
static_assert(kGroups == kTokens);

__global__ void Round(const float4* from, size_t count, uint2* to) {
  const size_t i = blockIdx.x * size_t{kThreads} + threadIdx.x;
  if (i < count) to[i] = {PackBf16(from[i].x, from[i].y), PackBf16(from[i].z, from[i].w)};
}

__global__ void Widen(const uint2* from, size_t count, float4* to) {
  const size_t i = blockIdx.x * size_t{kThreads} + threadIdx.x;
  if (i >= count) return;
  const uint2 pairs = from[i];
  to[i] = {__uint_as_float(pairs.x << 16), __uint_as_float(pairs.x & 0xffff0000u),
           __uint_as_float(pairs.y << 16), __uint_as_float(pairs.y & 0xffff0000u)};
}

Status RunRounded(const Backend& backend, const LightningAttentionArgs& args) {
  CudaContext& cuda = backend.cuda();
  const size_t width = args.tokens * args.heads * args.head_dim, fours = width / 4;
  Scratch::Frame frame(backend.scratch());
  uint16_t* qkv = frame.Take<uint16_t>(3 * width);
  uint16_t* o = frame.Take<uint16_t>(width);
  if (!frame.status()) return frame.status();
  const auto blocks = [](size_t count) {
    return static_cast<unsigned>((count + kThreads - 1) / kThreads);
  };
  Round<<<blocks(3 * fours), kThreads, 0, cuda.stream()>>>(
      reinterpret_cast<const float4*>(args.qkv), 3 * fours, reinterpret_cast<uint2*>(qkv));
  if (Status status = cuda.Launched("lightning_attention"); !status) return status;
  Status status =
      LightningPrefillCuda(backend, {args.tokens, args.heads, qkv, args.slopes, args.state, o});
  if (!status) return status;
  Widen<<<blocks(fours), kThreads, 0, cuda.stream()>>>(reinterpret_cast<const uint2*>(o), fours,
                                                       reinterpret_cast<float4*>(args.o));
  return cuda.Launched("lightning_attention");
}

bool IsAligned(const void* pointer) {
  return reinterpret_cast<uintptr_t>(pointer) % 16 == 0;
}

}  // namespace

Status LightningAttentionCuda(const Backend& backend, const LightningAttentionArgs& args) {
  CudaContext& cuda = backend.cuda().Enter();
  if (args.head_dim > kDimMax) {
    return Invalid("lightning_attention: head_dim is " + std::to_string(args.head_dim) +
                   ", at most 256 on a CUDA device");
  }
  if (args.heads > kHeadsMax) {
    return Invalid("lightning_attention: " + std::to_string(args.heads) +
                   " heads, at most 256 on a CUDA device");
  }
  if (args.may_round && args.head_dim == 128 && args.tokens >= kLightningBlock &&
      IsAligned(args.qkv) && IsAligned(args.o)) {
    return RunRounded(backend, args);
  }
  const int dim = static_cast<int>(args.head_dim);
  Args device{static_cast<int>(args.tokens),
              static_cast<int>(args.heads),
              dim,
              args.qkv,
              args.state,
              args.o,
              {}};
  std::copy(args.slopes.begin(), args.slopes.end(), device.slopes);
  cuda.SetLastState({args.state, args.heads * args.head_dim * args.head_dim});
  const dim3 grid((dim + kColumns - 1) / kColumns, static_cast<unsigned>(args.heads));
  if (dim <= 2 * kGroups) {
    Recurrence<2><<<grid, kThreads, 0, cuda.stream()>>>(device);
  } else if (dim <= 8 * kGroups) {
    Recurrence<8><<<grid, kThreads, 0, cuda.stream()>>>(device);
  } else if (dim <= 16 * kGroups) {
    Recurrence<16><<<grid, kThreads, 0, cuda.stream()>>>(device);
  } else {
    Recurrence<32><<<grid, kThreads, 0, cuda.stream()>>>(device);
  }
  return cuda.Launched("lightning_attention");
}

}  // namespace fathom
