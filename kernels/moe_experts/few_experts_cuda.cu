// SPDX-License-Identifier: Apache-2.0
// One token's experts at the speed of memory: first h = SiLU(w1 x) * (w3 x), then the choices' sum
// of p w2 h. A warp takes two outputs, that is four rows of weights at a time (w1 and w3 of both,
// or w2 of both in two experts), 16 bytes a lane and row, so that enough of them are on their way.
// x is staged once for all blocks, in the order in which lanes want it (few_kinds.cuh); and a block
// has its first weights on their way before it waits for what the kernel before it makes, as
// weights depend on nothing.
#include <algorithm>

#include "kernels/cuda/device.h"
#include "kernels/cuda/early_launch.cuh"
#include "kernels/cuda/rows.cuh"
#include "kernels/moe_experts/few_experts.h"
#include "kernels/moe_experts/few_kinds.cuh"

namespace fathom {
namespace {

constexpr int kThreads = 256, kWarps = kThreads / 32;
constexpr int kOutputs = 2;                       // of a warp
constexpr int kBlockOutputs = kWarps * kOutputs;  // one group of h
constexpr int kExpertsMax = 120;                  // two tables of pointers fit a kernel's arguments
constexpr size_t kRowsMax = 8;
static_assert(kBlockOutputs == kGroup);

struct Args {
  int hidden, width, top_k, experts;
  const std::byte* x;  // (rows) staged vectors of hidden
  const int32_t* chosen;
  const float* probabilities;
  std::byte* h;  // (slots) staged vectors of width
  float* out;
  const void* gate_up[kExpertsMax];
  const void* down[kExpertsMax];
};

// 256 columns of one row.
template <typename K>
__global__ void __launch_bounds__(kThreads) StageX(const float* x, int n, std::byte* staged) {
  DependentsMayStart();
  const int i = static_cast<int>(blockIdx.x) * kThreads + threadIdx.x, group = i / kGroup;
  if (i < n)  // n: whole warps
    StageGroup(x[size_t(blockIdx.y) * n + K::Column(group, i % kGroup)], K::Place(group), n, true,
               staged + blockIdx.y * K::Bytes(n));
}

__device__ void CopyStaged(const std::byte* from, size_t bytes, std::byte* staged) {
#pragma unroll 4
  for (int i = threadIdx.x; i < static_cast<int>(bytes / 16); i += kThreads)
    reinterpret_cast<uint4*>(staged)[i] = reinterpret_cast<const uint4*>(from)[i];
}

// Four rows of weights that a warp multiplies.
struct Four {
  const void* matrix[2];
  size_t row[4];  // 0, 1 of the first matrix, 2, 3 of the second
  int out, in;    // rows and columns of a matrix
};

// The lane's vector v of each, or the last one.
template <typename K>
__device__ void Load(const Four& four, int v, typename K::Weights (&w)[4]) {
  v = min(v, four.in / K::kColumns - 1);
#pragma unroll
  for (int i = 0; i < 4; ++i) w[i] = K::Load(four.matrix[i / 2], four.out, four.row[i], four.in, v);
}

// Their sums with staged vectors, in every lane. w: the lane's first vectors, already loaded.
template <typename K, bool kSameX>
__device__ void Sums(const Four& four, const std::byte* first, const std::byte* second,
                     typename K::Weights (&w)[4], float (&sum)[4]) {
#pragma unroll
  for (int i = 0; i < 4; ++i) sum[i] = 0;
  for (int v = threadIdx.x % 32; v < four.in / K::kColumns; v += 32) {
    typename K::Weights next[4];
    Load<K>(four, v + 32, next);
    typename K::X x = K::Read(first, four.in, v);
    sum[0] = K::Dot(w[0], x, sum[0]);
    sum[1] = K::Dot(w[1], x, sum[1]);
    if constexpr (!kSameX) x = K::Read(second, four.in, v);
    sum[2] = K::Dot(w[2], x, sum[2]);
    sum[3] = K::Dot(w[3], x, sum[3]);
#pragma unroll
    for (int i = 0; i < 4; ++i) w[i] = next[i];
  }
#pragma unroll
  for (int i = 0; i < 4; ++i) sum[i] = WarpSum(sum[i]);
}

// The i-th output of a block, or the last one.
template <typename K>
__device__ int Output(int block, int i, int outputs) {
  if constexpr (K::kSteps) {
    return K::Column(block, i);  // outputs: whole groups
  } else {
    return min(block * kBlockOutputs + i, outputs - 1);
  }
}

// h of one slot and 16 outputs, a group where h is in steps.
template <typename K>
__global__ void __launch_bounds__(kThreads, 3) GateUp(const __grid_constant__ Args args) {
  extern __shared__ __align__(16) std::byte staged[];
  __shared__ float h[kBlockOutputs];
  const int slot = static_cast<int>(blockIdx.y), expert = args.chosen[slot];
  const bool exists = expert >= 0 && expert < args.experts;
  const int warp = threadIdx.x / 32, lane = threadIdx.x % 32;
  const int block = static_cast<int>(blockIdx.x);
  const size_t n0 = Output<K>(block, warp * kOutputs, args.width),
               n1 = Output<K>(block, warp * kOutputs + 1, args.width), up = args.width;
  const void* matrix = args.gate_up[exists ? expert : 0];
  const Four four{{matrix, matrix}, {n0, n1, up + n0, up + n1}, 2 * args.width, args.hidden};
  typename K::Weights w[4];
  Load<K>(four, lane, w);
  WaitForEarlier();
  DependentsMayStart();
  if (!exists) return;
  const size_t bytes = K::Bytes(args.hidden);
  CopyStaged(args.x + slot / args.top_k * bytes, bytes, staged);
  __syncthreads();
  float sum[4];
  Sums<K, true>(four, staged, staged, w, sum);
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
    const bool exist = min(expert[0], expert[1]) >= 0 && max(expert[0], expert[1]) < args.experts;
    const Four four{{args.down[exist ? expert[0] : 0], args.down[exist ? expert[1] : 0]},
                    {n0, n1, n0, n1},
                    args.hidden,
                    args.width};
    typename K::Weights w[4];
    Load<K>(four, lane, w);
    WaitForEarlier();
    if (!exist) {
      total[0] = total[1] = __int_as_float(0x7fffffff);
      break;
    }
    __syncthreads();
    CopyStaged(args.h + slot * bytes, bytes * count, staged);
    __syncthreads();
    float sum[4];
    Sums<K, false>(four, staged, staged + (count - 1) * bytes, w, sum);
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
  std::byte* staged = K::kSteps ? frame.Take<std::byte>(call.rows * x_bytes) : nullptr;
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
  const auto rows = static_cast<unsigned>(call.rows);
  if constexpr (K::kSteps) {
    const dim3 grid(static_cast<unsigned>((call.hidden + kThreads - 1) / kThreads), rows);
    StageX<K><<<grid, kThreads, 0, cuda.stream()>>>(call.x, args.hidden, staged);
    if (Status status = cuda.Launched("moe_experts"); !status) return status;
    args.x = staged;
  } else {
    args.x = reinterpret_cast<const std::byte*>(call.x);
  }
  const dim3 up(blocks(call.width), static_cast<unsigned>(slots));
  // `chosen` may be of the kernel before these: the first of them waits for all that came before.
  Status status = K::kSteps ? LaunchEarly(cuda, GateUp<K>, {up, kThreads, x_bytes}, args)
                            : LaunchInTurn(cuda, GateUp<K>, {up, kThreads, x_bytes}, args);
  if (!status) return status;
  const size_t down_bytes = std::min<size_t>(call.top_k, 2) * h_bytes;
  return LaunchEarly(cuda, Down<K>, {dim3(blocks(call.hidden), rows), kThreads, down_bytes}, args);
}

// Columns that rows of weights must be a multiple of.
size_t Columns(FewKind kind) {
  constexpr size_t kColumns[] = {4, 8, 32, 256, 256, 256};
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
            nullptr,
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
    case FewKind::kIq4Xs:
      return Launch<FewKind::kIq4Xs>(backend, call, args);
    case FewKind::kQ3K:
      return Launch<FewKind::kQ3K>(backend, call, args);
  }
  return Invalid("moe_experts: unknown kind");
}

}  // namespace fathom
