// SPDX-License-Identifier: Apache-2.0
// One token's experts at the speed of memory: first h = SiLU(w1 x) * (w3 x), then the choices' sum
// of p w2 h. A warp takes two outputs, that is four rows of weights at a time (w1 and w3 of both,
// or w2 of both in two experts), 16 bytes a lane and row, so that enough of them are on their way.
//
// Small integer weights meet x as two planes of bytes (x = step * (256 high + low)): dp4a
// multiplies four weights at once. A block stages x once, in the order in which lanes want it.
#include <algorithm>

#include "kernels/cuda/device.h"
#include "kernels/cuda/rows.cuh"
#include "kernels/moe_experts/few_experts.h"

namespace fathom {
namespace {

constexpr int kThreads = 256, kWarps = kThreads / 32;
constexpr int kOutputs = 2;                       // of a warp
constexpr int kBlockOutputs = kWarps * kOutputs;  // one group of h
constexpr int kGroup = 16;                        // columns of x with a step of their own
constexpr int kExpertsMax = 120;                  // two tables of pointers fit a kernel's arguments
constexpr size_t kRowsMax = 8;
static_assert(kBlockOutputs == kGroup);

struct Args {
  int hidden, width, top_k, experts;
  const float* x;
  const int32_t* chosen;
  const float* probabilities;
  std::byte* h;  // (slots) staged vectors of width
  float* out;
  const void* gate_up[kExpertsMax];
  const void* down[kExpertsMax];
};

__device__ int DotUS(uint32_t a, uint32_t b, int c) {
  asm("dp4a.u32.s32 %0, %1, %2, %0;" : "+r"(c) : "r"(a), "r"(b));
  return c;
}
__device__ int DotSS(uint32_t a, uint32_t b, int c) {
  asm("dp4a.s32.s32 %0, %1, %2, %0;" : "+r"(c) : "r"(a), "r"(b));
  return c;
}
__device__ int DotUU(uint32_t a, uint32_t b, int c) {
  asm("dp4a.u32.u32 %0, %1, %2, %0;" : "+r"(c) : "r"(a), "r"(b));
  return c;
}
__device__ int DotSU(uint32_t a, uint32_t b, int c) {
  asm("dp4a.s32.u32 %0, %1, %2, %0;" : "+r"(c) : "r"(a), "r"(b));
  return c;
}

__device__ uint4 ReadOnly(const void* at) {
  return __ldg(static_cast<const uint4*>(at));
}

// Each kind: kColumns of a lane's vector; Staged, a vector of `n` columns as lanes read it;
// Weights, what a lane loads of one row; X, what it reads of the staged vector once for all rows.
template <FewKind>
struct Kind;

// A staged vector of floats.
struct Floats {
  static constexpr bool kSteps = false;
  static size_t __host__ __device__ Bytes(int n) { return (size_t(n) * 4 + 15) / 16 * 16; }
};

template <>
struct Kind<FewKind::kF32> : Floats {
  static constexpr int kColumns = 4;
  struct Weights {
    float4 w;
  };
  struct X {
    float4 x;
  };
  static __device__ Weights Load(const void* matrix, int, size_t row, int in, int v) {
    return {
        __ldg(reinterpret_cast<const float4*>(static_cast<const float*>(matrix) + row * in) + v)};
  }
  static __device__ X Read(const std::byte* staged, int, int v) {
    return {reinterpret_cast<const float4*>(staged)[v]};
  }
  static __device__ float Dot(const Weights& w, const X& x, float sum) {
    sum = fmaf(w.w.x, x.x.x, sum);
    sum = fmaf(w.w.y, x.x.y, sum);
    sum = fmaf(w.w.z, x.x.z, sum);
    return fmaf(w.w.w, x.x.w, sum);
  }
};

template <>
struct Kind<FewKind::kBf16> : Floats {
  static constexpr int kColumns = 8;
  struct Weights {
    uint4 w;
  };
  struct X {
    float4 a, b;
  };
  static __device__ Weights Load(const void* matrix, int, size_t row, int in, int v) {
    return {ReadOnly(static_cast<const uint16_t*>(matrix) + row * in + v * kColumns)};
  }
  static __device__ X Read(const std::byte* staged, int, int v) {
    const float4* x = reinterpret_cast<const float4*>(staged) + 2 * v;
    return {x[0], x[1]};
  }
  static __device__ float Low(uint32_t pair) { return __uint_as_float(pair << 16); }
  static __device__ float High(uint32_t pair) { return __uint_as_float(pair & 0xffff0000u); }
  static __device__ float Dot(const Weights& w, const X& x, float sum) {
    sum = fmaf(Low(w.w.x), x.a.x, sum);
    sum = fmaf(High(w.w.x), x.a.y, sum);
    sum = fmaf(Low(w.w.y), x.a.z, sum);
    sum = fmaf(High(w.w.y), x.a.w, sum);
    sum = fmaf(Low(w.w.z), x.b.x, sum);
    sum = fmaf(High(w.w.z), x.b.y, sum);
    sum = fmaf(Low(w.w.w), x.b.z, sum);
    return fmaf(High(w.w.w), x.b.w, sum);
  }
};

// A staged vector in steps: high bytes, low bytes, then {step, step * sum} of each group.
struct Steps {
  static constexpr bool kSteps = true;
  static size_t __host__ __device__ Bytes(int n) { return size_t(n) * 2 + n / kGroup * 8; }
};

// The values of one group, a lane each of half a warp, into a staged vector of n. `place`: where
// the group stands among the groups.
__device__ void StageGroup(float value, int place, int n, bool write, std::byte* staged) {
  const int i = threadIdx.x % kGroup;
  float largest = fabsf(value);
#pragma unroll
  for (int step = kGroup / 2; step > 0; step /= 2)
    largest = fmaxf(largest, __shfl_xor_sync(~0u, largest, step, kGroup));
  const float step = largest / 32767.0f;
  const int code = largest > 0 ? __float2int_rn(value * (32767.0f / largest)) : 0;
  int sum = code;
#pragma unroll
  for (int s = kGroup / 2; s > 0; s /= 2) sum += __shfl_xor_sync(~0u, sum, s, kGroup);
  if (!write) return;
  staged[place * kGroup + i] = static_cast<std::byte>(code >> 8);
  staged[n + place * kGroup + i] = static_cast<std::byte>(code & 255);
  if (i == 0)
    reinterpret_cast<float2*>(staged + 2 * size_t(n))[place] = {step,
                                                                step * static_cast<float>(sum)};
}

__device__ float Joined(int high, int low) {
  return static_cast<float>(high * 256 + low);
}

template <>
struct Kind<FewKind::kQ8> : Steps {
  static constexpr int kColumns = 16;
  struct Weights {
    uint4 w;
    float scale;
  };
  struct X {
    uint4 high, low;
    float step;
  };
  static __device__ int Place(int group) { return group; }
  static __device__ Weights Load(const void* matrix, int out, size_t row, int in, int v) {
    const std::byte* values = static_cast<const std::byte*>(matrix);
    const float* scales = reinterpret_cast<const float*>(values + size_t(out) * in);
    return {ReadOnly(values + row * in + v * 16), __ldg(scales + row * (in / 32) + v / 2)};
  }
  static __device__ X Read(const std::byte* staged, int n, int v) {
    return {reinterpret_cast<const uint4*>(staged)[v],
            reinterpret_cast<const uint4*>(staged + n)[v],
            reinterpret_cast<const float2*>(staged + 2 * size_t(n))[v].x};
  }
  static __device__ float Dot(const Weights& w, const X& x, float sum) {
    int high = 0, low = 0;
    high = DotSS(w.w.x, x.high.x, high), low = DotSU(w.w.x, x.low.x, low);
    high = DotSS(w.w.y, x.high.y, high), low = DotSU(w.w.y, x.low.y, low);
    high = DotSS(w.w.z, x.high.z, high), low = DotSU(w.w.z, x.low.z, low);
    high = DotSS(w.w.w, x.high.w, high), low = DotSU(w.w.w, x.low.w, low);
    return fmaf(w.scale * x.step, Joined(high, low), sum);
  }
};

// A lane takes 16 bytes of a block's 128: 16 columns in low halves and, 32 columns on, 16 in high
// halves. Groups are staged so that eight lanes read 128 bytes in a row: a block's low ones first.
template <>
struct Kind<FewKind::kQ4K> : Steps {
  static constexpr int kColumns = 32, kBlock = 256, kBlockBytes = 144;
  struct Weights {
    uint4 head, codes;
  };
  struct X {
    uint4 high[2], low[2];
    float2 step[2];
    int part;
  };
  static __device__ int Place(int group) {
    const int in_block = group % 16;
    return group / 16 * 16 + in_block / 2 % 2 * 8 + in_block / 4 * 2 + in_block % 2;
  }
  static __device__ Weights Load(const void* matrix, int, size_t row, int in, int v) {
    const std::byte* block =
        static_cast<const std::byte*>(matrix) + (row * (in / kBlock) + v / 8) * size_t{kBlockBytes};
    return {ReadOnly(block), ReadOnly(block + 16 + v % 8 * 16)};
  }
  static __device__ X Read(const std::byte* staged, int n, int v) {
    X x;
    x.part = v % 8;
#pragma unroll
    for (int i = 0; i < 2; ++i) {
      const int group = v / 8 * 16 + i * 8 + v % 8;
      x.high[i] = reinterpret_cast<const uint4*>(staged)[group];
      x.low[i] = reinterpret_cast<const uint4*>(staged + n)[group];
      x.step[i] = reinterpret_cast<const float2*>(staged + 2 * size_t(n))[group];
    }
    return x;
  }
  static __device__ float Dot(const Weights& w, const X& x, float sum) {
    const uint32_t code[4] = {w.codes.x, w.codes.y, w.codes.z, w.codes.w};
    int high[2] = {}, low[2] = {};
#pragma unroll
    for (int i = 0; i < 2; ++i) {
      const uint32_t xh[4] = {x.high[i].x, x.high[i].y, x.high[i].z, x.high[i].w};
      const uint32_t xl[4] = {x.low[i].x, x.low[i].y, x.low[i].z, x.low[i].w};
#pragma unroll
      for (int j = 0; j < 4; ++j) {
        const uint32_t four = code[j] >> (4 * i) & 0x0f0f0f0fu;
        high[i] = DotUS(four, xh[j], high[i]);
        low[i] = DotUU(four, xl[j], low[i]);
      }
    }
    // Scales and mins of six bits: the first four of each, or the last four (kernels/blocks.h).
    const uint32_t a = w.head.y, b = w.head.z, c = w.head.w;
    const bool late = x.part >= 4;
    const uint32_t scales = late ? (c & 0x0f0f0f0fu) | (a >> 2 & 0x30303030u) : a & 0x3f3f3f3fu;
    const uint32_t mins = late ? (c >> 4 & 0x0f0f0f0fu) | (b >> 2 & 0x30303030u) : b & 0x3f3f3f3fu;
    const int shift = x.part / 2 % 2 * 16;
    float scaled = 0, least = 0;
#pragma unroll
    for (int i = 0; i < 2; ++i) {
      const float scale = static_cast<float>(scales >> (shift + 8 * i) & 255u);
      const float min = static_cast<float>(mins >> (shift + 8 * i) & 255u);
      scaled = fmaf(scale * x.step[i].x, Joined(high[i], low[i]), scaled);
      least = fmaf(min, x.step[i].y, least);
    }
    float d, d_min;
    asm("{.reg .b16 l, h;\n mov.b32 {l, h}, %2;\n cvt.f32.f16 %0, l;\n cvt.f32.f16 %1, h;\n}"
        : "=f"(d), "=f"(d_min)
        : "r"(w.head.x));
    return fmaf(d, scaled, fmaf(-d_min, least, sum));
  }
};

template <typename K>
__device__ void StageRow(const float* x, int n, std::byte* staged) {
  if constexpr (K::kSteps) {
    for (int i = threadIdx.x; i < n; i += kThreads)  // n: whole warps
      StageGroup(x[i], K::Place(i / kGroup), n, true, staged);
  } else {
    for (int i = threadIdx.x; i < n; i += kThreads) reinterpret_cast<float*>(staged)[i] = x[i];
  }
}

// Rows of weights against staged vectors: four sums of a warp, in every lane.
template <typename K>
struct Four {
  const void* matrix[2];
  size_t row[4];  // 0, 1 of the first matrix, 2, 3 of the second
  const std::byte* staged[2];
};

template <typename K, bool kSameX>
__device__ void Sums(const Four<K>& four, int out, int in, float (&sum)[4]) {
  const int lane = threadIdx.x % 32;
#pragma unroll
  for (int i = 0; i < 4; ++i) sum[i] = 0;
#pragma unroll 2
  for (int v = lane; v < in / K::kColumns; v += 32) {
    typename K::Weights w[4];
#pragma unroll
    for (int i = 0; i < 4; ++i) w[i] = K::Load(four.matrix[i / 2], out, four.row[i], in, v);
    typename K::X x = K::Read(four.staged[0], in, v);
    sum[0] = K::Dot(w[0], x, sum[0]);
    sum[1] = K::Dot(w[1], x, sum[1]);
    if constexpr (!kSameX) x = K::Read(four.staged[1], in, v);
    sum[2] = K::Dot(w[2], x, sum[2]);
    sum[3] = K::Dot(w[3], x, sum[3]);
  }
#pragma unroll
  for (int i = 0; i < 4; ++i) sum[i] = WarpSum(sum[i]);
}

// h of one slot and 16 outputs.
template <typename K>
__global__ void __launch_bounds__(kThreads, 3) GateUp(const __grid_constant__ Args args) {
  extern __shared__ __align__(16) std::byte staged[];
  __shared__ float h[kBlockOutputs];
  const int slot = static_cast<int>(blockIdx.y), expert = args.chosen[slot];
  if (expert < 0 || expert >= args.experts) return;
  StageRow<K>(args.x + size_t(slot / args.top_k) * args.hidden, args.hidden, staged);
  __syncthreads();
  const int warp = threadIdx.x / 32, lane = threadIdx.x % 32;
  const int first = static_cast<int>(blockIdx.x) * kBlockOutputs + warp * kOutputs;
  const size_t n0 = min(first, args.width - 1), n1 = min(first + 1, args.width - 1),
               up = args.width;
  const void* matrix = args.gate_up[expert];
  float sum[4];
  Sums<K, true>({{matrix, matrix}, {n0, n1, up + n0, up + n1}, {staged, staged}}, 2 * args.width,
                args.hidden, sum);
  if (lane == 0) {
    h[warp * kOutputs] = sum[0] * Sigmoid(sum[0]) * sum[2];
    h[warp * kOutputs + 1] = sum[1] * Sigmoid(sum[1]) * sum[3];
  }
  __syncthreads();
  std::byte* to = args.h + slot * K::Bytes(args.width);
  if constexpr (K::kSteps) {
    if (warp == 0)
      StageGroup(h[lane % kGroup], K::Place(static_cast<int>(blockIdx.x)), args.width,
                 lane < kGroup, to);
  } else {
    const int n = static_cast<int>(blockIdx.x) * kBlockOutputs + threadIdx.x;
    if (threadIdx.x < kBlockOutputs && n < args.width)
      reinterpret_cast<float*>(to)[n] = h[threadIdx.x];
  }
}

// 16 outputs of one row: its choices, two at a time, in their order.
template <typename K>
__global__ void __launch_bounds__(kThreads, 3) Down(const __grid_constant__ Args args) {
  extern __shared__ __align__(16) std::byte staged[];
  const int warp = threadIdx.x / 32, lane = threadIdx.x % 32;
  const int first = static_cast<int>(blockIdx.x) * kBlockOutputs + warp * kOutputs;
  const size_t n0 = min(first, args.hidden - 1), n1 = min(first + 1, args.hidden - 1);
  const size_t bytes = K::Bytes(args.width);
  float total[2] = {};
  for (int c = 0; c < args.top_k; c += 2) {
    const int slot = static_cast<int>(blockIdx.y) * args.top_k + c, count = min(2, args.top_k - c);
    const int expert[2] = {args.chosen[slot], args.chosen[slot + count - 1]};
    if (min(expert[0], expert[1]) < 0 || max(expert[0], expert[1]) >= args.experts) {
      total[0] = total[1] = __int_as_float(0x7fffffff);
      break;
    }
    __syncthreads();
    const uint4* from = reinterpret_cast<const uint4*>(args.h + slot * bytes);
    for (int i = threadIdx.x; i < static_cast<int>(bytes / 16) * count; i += kThreads)
      reinterpret_cast<uint4*>(staged)[i] = from[i];
    __syncthreads();
    float sum[4];
    Sums<K, false>({{args.down[expert[0]], args.down[expert[1]]},
                    {n0, n1, n0, n1},
                    {staged, staged + (count - 1) * bytes}},
                   args.hidden, args.width, sum);
#pragma unroll
    for (int i = 0; i < 2; ++i) {
      total[i] = fmaf(args.probabilities[slot], sum[i], total[i]);
      if (count == 2) total[i] = fmaf(args.probabilities[slot + 1], sum[2 + i], total[i]);
    }
  }
  float* out = args.out + size_t(blockIdx.y) * args.hidden;
  if (lane < kOutputs && first + lane < args.hidden) out[first + lane] = total[lane];
}

constexpr size_t kSharedMax = size_t{200} << 10;

template <FewKind kKind>
Status Launch(const Backend& backend, const FewExperts& call, Args& args) {
  using K = Kind<kKind>;
  CudaContext& cuda = backend.cuda();
  const size_t slots = call.rows * call.top_k;
  const size_t x_bytes = K::Bytes(args.hidden), h_bytes = K::Bytes(args.width);
  Scratch::Frame frame(backend.scratch());
  args.h = frame.Take<std::byte>(slots * h_bytes);
  if (!frame.status()) return frame.status();
  static const cudaError_t raised[] = {
      cudaFuncSetAttribute(GateUp<K>, cudaFuncAttributeMaxDynamicSharedMemorySize, kSharedMax),
      cudaFuncSetAttribute(Down<K>, cudaFuncAttributeMaxDynamicSharedMemorySize, kSharedMax)};
  for (const cudaError_t error : raised) {
    if (Status status = CudaStatus(error, "moe_experts"); !status) return status;
  }
  const auto blocks = [](size_t outputs) {
    return static_cast<unsigned>((outputs + kBlockOutputs - 1) / kBlockOutputs);
  };
  const dim3 up(blocks(call.width), static_cast<unsigned>(slots));
  GateUp<K><<<up, kThreads, x_bytes, cuda.stream()>>>(args);
  const dim3 down(blocks(call.hidden), static_cast<unsigned>(call.rows));
  Down<K><<<down, kThreads, std::min<size_t>(call.top_k, 2) * h_bytes, cuda.stream()>>>(args);
  return cuda.Launched("moe_experts");
}

// Columns that rows of weights must be a multiple of.
size_t Columns(FewKind kind) {
  constexpr size_t kColumns[] = {4, 8, 32, 256};
  return kColumns[static_cast<int>(kind)];
}

}  // namespace

bool FewExpertsFit(FewKind kind, size_t rows, size_t hidden, size_t width, size_t experts) {
  return rows <= kRowsMax && experts <= size_t{kExpertsMax} && hidden % Columns(kind) == 0 &&
         width % Columns(kind) == 0 && std::max(hidden * 4, width * 8) <= kSharedMax;
}

Status FewExpertsCuda(const Backend& backend, const FewExperts& call) {
  backend.cuda().Enter();
  Args args{static_cast<int>(call.hidden),
            static_cast<int>(call.width),
            static_cast<int>(call.top_k),
            static_cast<int>(call.gate_up.size()),
            call.x,
            call.experts,
            call.probabilities,
            nullptr,
            call.out,
            {},
            {}};
  std::copy(call.gate_up.begin(), call.gate_up.end(), args.gate_up);
  std::copy(call.down.begin(), call.down.end(), args.down);
  switch (call.kind) {
    case FewKind::kF32:
      return Launch<FewKind::kF32>(backend, call, args);
    case FewKind::kBf16:
      return Launch<FewKind::kBf16>(backend, call, args);
    case FewKind::kQ8:
      return Launch<FewKind::kQ8>(backend, call, args);
    case FewKind::kQ4K:
      return Launch<FewKind::kQ4K>(backend, call, args);
  }
  return Invalid("moe_experts: unknown kind");
}

}  // namespace fathom
