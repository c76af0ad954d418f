// SPDX-License-Identifier: Apache-2.0
// Few rows: one warp an output column, weights read once, as stored. Many rows: cuBLAS, after Q8_0
// weights are widened a slice at a time, to f32 or, of large matrices, to bf16; where weights are
// bf16, x is rounded to it.
#include "kernels/cuda/device.h"
#include "kernels/cuda/hopper.cuh"
#include "kernels/cuda/operators.h"
#include "kernels/cuda/rows.cuh"
#include "kernels/matmul/matmul.h"

namespace fathom {
namespace {

constexpr int kThreads = 256;
constexpr int kWarps = kThreads / 32;
constexpr int kFewRows = 8;
constexpr size_t kSliceBytes = size_t{512} << 20;  // of widened weights

// What a PackedMatrix holds on a device (packed_matrix.cc).
struct DeviceMatrix {
  const void* values;   // (out, in) f32, bf16 or int8
  const float* scales;  // (out, in / 32), Q8_0
};

DeviceMatrix OnDevice(const PackedMatrix& weight) {
  const std::byte* data = weight.panel(0);
  if (weight.kind() != DType::kQ8_0) return {data, nullptr};
  return {data, reinterpret_cast<const float*>(data + weight.out() * weight.in())};
}

template <DType kKind>
__device__ float WeightAt(const DeviceMatrix& w, size_t row, size_t in, size_t k) {
  const size_t at = row * in + k;
  if constexpr (kKind == DType::kF32) return static_cast<const float*>(w.values)[at];
  if constexpr (kKind == DType::kBF16)
    return __uint_as_float(uint32_t{static_cast<const uint16_t*>(w.values)[at]} << 16);
  if constexpr (kKind == DType::kQ8_0)
    return w.scales[at / kQ8BlockColumns] *
           static_cast<float>(static_cast<const int8_t*>(w.values)[at]);
}

// Consecutive weights of one lane: 16 bytes where rows allow it.
template <DType kKind>
constexpr int kVector = kKind == DType::kF32    ? 4
                        : kKind == DType::kBF16 ? 8
                                                : 16;

template <DType kKind>
__device__ void LoadWeights(const DeviceMatrix& w, size_t row, size_t in, size_t k,
                            float (&out)[kVector<kKind>]) {
  const size_t at = row * in + k;
  if constexpr (kKind == DType::kF32) {
    const float4 v = *reinterpret_cast<const float4*>(static_cast<const float*>(w.values) + at);
    out[0] = v.x, out[1] = v.y, out[2] = v.z, out[3] = v.w;
  } else {
    const uint8_t* bytes =
        static_cast<const uint8_t*>(w.values) + at * (kKind == DType::kBF16 ? 2 : 1);
    const uint4 v = *reinterpret_cast<const uint4*>(bytes);
    const uint32_t words[4] = {v.x, v.y, v.z, v.w};
#pragma unroll
    for (int i = 0; i < 4; ++i) {
      if constexpr (kKind == DType::kBF16) {
        out[2 * i] = __uint_as_float(words[i] << 16);
        out[2 * i + 1] = __uint_as_float(words[i] & 0xffff0000u);
      } else {
        const float scale = w.scales[at / kQ8BlockColumns];
#pragma unroll
        for (int b = 0; b < 4; ++b)
          out[4 * i + b] = scale * static_cast<float>(static_cast<int8_t>(words[i] >> (8 * b)));
      }
    }
  }
}

// One warp an output column. `aligned`: rows of w and x are multiples of a vector.
template <DType kKind, int kRows>
__global__ void __launch_bounds__(kThreads)
    FewRows(DeviceMatrix w, size_t in, size_t out, bool aligned, const float* x, float* y) {
  const size_t n = blockIdx.x * size_t{kWarps} + threadIdx.x / 32;
  if (n >= out) return;
  const int lane = threadIdx.x % 32;
  constexpr int kStep = kVector<kKind>;
  float sum[kRows] = {};
  if (aligned) {
#pragma unroll 2
    for (size_t k = lane * kStep; k < in; k += 32 * kStep) {
      float weight[kStep];
      LoadWeights<kKind>(w, n, in, k, weight);
#pragma unroll
      for (int r = 0; r < kRows; ++r) {
#pragma unroll
        for (int i = 0; i < kStep; i += 4) {
          const float4 v = *reinterpret_cast<const float4*>(x + r * in + k + i);
          sum[r] = fmaf(weight[i], v.x, sum[r]);
          sum[r] = fmaf(weight[i + 1], v.y, sum[r]);
          sum[r] = fmaf(weight[i + 2], v.z, sum[r]);
          sum[r] = fmaf(weight[i + 3], v.w, sum[r]);
        }
      }
    }
  } else {
    for (size_t k = lane; k < in; k += 32) {
      const float weight = WeightAt<kKind>(w, n, in, k);
#pragma unroll
      for (int r = 0; r < kRows; ++r) sum[r] = fmaf(weight, x[r * in + k], sum[r]);
    }
  }
#pragma unroll
  for (int r = 0; r < kRows; ++r) {
    const float total = WarpSum(sum[r]);
    if (lane == 0) y[r * out + n] = total;
  }
}

// Four values a thread. `aligned`: x to 16 bytes.
__global__ void __launch_bounds__(kThreads)
    RoundToBf16(const float* x, size_t count, bool aligned, uint16_t* rounded) {
  const size_t i = (blockIdx.x * size_t{kThreads} + threadIdx.x) * 4;
  if (aligned && i + 4 <= count) {
    const float4 v = *reinterpret_cast<const float4*>(x + i);
    *reinterpret_cast<uint2*>(rounded + i) = {PackBf16(v.x, v.y), PackBf16(v.z, v.w)};
    return;
  }
  for (size_t k = i; k < min(i + 4, count); ++k)
    rounded[k] = static_cast<uint16_t>(PackBf16(x[k], 0));
}

__global__ void WidenQ8(DeviceMatrix w, size_t first, size_t count, float* wide) {
  const size_t i = blockIdx.x * size_t{kThreads} + threadIdx.x;
  if (i >= count) return;
  const size_t at = first + i;
  wide[i] =
      w.scales[at / kQ8BlockColumns] * static_cast<float>(static_cast<const int8_t*>(w.values)[at]);
}

// One thread 16 weights.
__global__ void __launch_bounds__(kThreads)
    RoundQ8(DeviceMatrix w, size_t first, size_t count, uint4* rounded) {
  const size_t i = blockIdx.x * size_t{kThreads} + threadIdx.x;
  if (i >= count / 16) return;
  const size_t at = first + i * 16;
  const float scale = w.scales[at / kQ8BlockColumns];
  const uint4 codes = *reinterpret_cast<const uint4*>(static_cast<const int8_t*>(w.values) + at);
  const uint32_t words[4] = {codes.x, codes.y, codes.z, codes.w};
  uint32_t pairs[8];
#pragma unroll
  for (int k = 0; k < 8; ++k) {
    const uint32_t two = words[k / 2] >> (k % 2 * 16);
    pairs[k] = PackBf16(scale * static_cast<float>(static_cast<int8_t>(two)),
                        scale * static_cast<float>(static_cast<int8_t>(two >> 8)));
  }
  rounded[2 * i] = {pairs[0], pairs[1], pairs[2], pairs[3]};
  rounded[2 * i + 1] = {pairs[4], pairs[5], pairs[6], pairs[7]};
}

__global__ void __launch_bounds__(kThreads) Silu(float* y, size_t count, bool aligned) {
  const size_t i = (blockIdx.x * size_t{kThreads} + threadIdx.x) * 4;
  if (aligned && i + 4 <= count) {
    float4 v = *reinterpret_cast<const float4*>(y + i);
    v.x *= Sigmoid(v.x), v.y *= Sigmoid(v.y), v.z *= Sigmoid(v.z), v.w *= Sigmoid(v.w);
    *reinterpret_cast<float4*>(y + i) = v;
    return;
  }
  for (size_t k = i; k < min(i + 4, count); ++k) y[k] *= Sigmoid(y[k]);
}

unsigned Blocks(size_t count) {
  return static_cast<unsigned>((count + kThreads - 1) / kThreads);
}

bool IsAligned(const void* pointer) {
  return reinterpret_cast<uintptr_t>(pointer) % 16 == 0;
}

template <DType kKind, int kRows>
void LaunchFewRows(CudaContext& cuda, const PackedMatrix& weight, const float* x, float* y) {
  const bool aligned = weight.in() % kVector<kKind> == 0 && IsAligned(x);
  FewRows<kKind, kRows><<<Blocks(weight.out() * 32), kThreads, 0, cuda.stream()>>>(
      OnDevice(weight), weight.in(), weight.out(), aligned, x, y);
}

// A row's sum does not depend on how many rows go together.
template <DType kKind>
void RunFewRows(CudaContext& cuda, const PackedMatrix& weight, size_t rows, const float* x,
                float* y) {
  const size_t in = weight.in(), out = weight.out();
  for (size_t r = 0; r < rows;) {
    const size_t left = rows - r;
    if (left >= 4) {
      LaunchFewRows<kKind, 4>(cuda, weight, x + r * in, y + r * out);
      r += 4;
    } else if (left >= 2) {
      LaunchFewRows<kKind, 2>(cuda, weight, x + r * in, y + r * out);
      r += 2;
    } else {
      LaunchFewRows<kKind, 1>(cuda, weight, x + r * in, y + r * out);
      r += 1;
    }
  }
}

bool WantsRounded(const PackedMatrix& weight) {
  return weight.kind() == DType::kBF16 || RoundsOnDevice(weight);
}

// Rows of x and, where a product wants them, the same as bf16.
struct Rows {
  size_t rows = 0;
  const float* x = nullptr;
  uint16_t* rounded = nullptr;  // null until they are made
};

Status Round(const Backend& backend, Scratch::Frame& frame, size_t in, Rows& operand) {
  if (operand.rounded != nullptr) return OkStatus();
  CudaContext& cuda = backend.cuda();
  const size_t count = operand.rows * in;
  operand.rounded = frame.Take<uint16_t>(count);
  if (!frame.status()) return frame.status();
  RoundToBf16<<<Blocks((count + 3) / 4), kThreads, 0, cuda.stream()>>>(
      operand.x, count, IsAligned(operand.x), operand.rounded);
  return cuda.Launched("matmul");
}

// Widened weights are made a slice of columns at a time.
Status RunQ8(const Backend& backend, const PackedMatrix& weight, const Rows& operand, float* y) {
  CudaContext& cuda = backend.cuda();
  const size_t in = weight.in(), out = weight.out();
  const bool round = RoundsOnDevice(weight);
  const size_t bytes_each = round ? sizeof(uint16_t) : sizeof(float);
  const size_t columns = std::min(out, std::max<size_t>(kSliceBytes / (in * bytes_each), 1));
  Scratch::Frame frame(backend.scratch());
  std::byte* wide = frame.Take<std::byte>(columns * in * bytes_each);
  if (!frame.status()) return frame.status();
  for (size_t n = 0; n < out; n += columns) {
    const size_t count = std::min(columns, out - n);
    if (round) {
      RoundQ8<<<Blocks(count * in / 16), kThreads, 0, cuda.stream()>>>(
          OnDevice(weight), n * in, count * in, reinterpret_cast<uint4*>(wide));
    } else {
      WidenQ8<<<Blocks(count * in), kThreads, 0, cuda.stream()>>>(
          OnDevice(weight), n * in, count * in, reinterpret_cast<float*>(wide));
    }
    if (Status status = cuda.Launched("matmul"); !status) return status;
    const void* x = round ? static_cast<const void*>(operand.rounded) : operand.x;
    Status status = cuda.blas().Run({operand.rows, in, count, round, x, wide, y + n, out});
    if (!status) return status;
  }
  return OkStatus();
}

// `operand` is rounded in `frame` when this is the first product that wants it.
Status RunProduct(const Backend& backend, const PackedMatrix& weight, Scratch::Frame& frame,
                  Rows& operand, float* y) {
  CudaContext& cuda = backend.cuda();
  const size_t in = weight.in(), out = weight.out(), rows = operand.rows;
  if (rows <= kFewRows) {
    if (weight.kind() == DType::kF32) RunFewRows<DType::kF32>(cuda, weight, rows, operand.x, y);
    if (weight.kind() == DType::kBF16) RunFewRows<DType::kBF16>(cuda, weight, rows, operand.x, y);
    if (weight.kind() == DType::kQ8_0) RunFewRows<DType::kQ8_0>(cuda, weight, rows, operand.x, y);
    return cuda.Launched("matmul");
  }
  const bool wants_rounded = WantsRounded(weight);
  if (wants_rounded) {
    if (Status status = Round(backend, frame, in, operand); !status) return status;
  }
  if (weight.kind() == DType::kQ8_0) return RunQ8(backend, weight, operand, y);
  const void* x = wants_rounded ? static_cast<const void*>(operand.rounded) : operand.x;
  return cuda.blas().Run({rows, in, out, wants_rounded, x, weight.panel(0), y, out});
}

}  // namespace

Status ProductCuda(const Backend& backend, const PackedMatrix& weight, size_t rows, const float* x,
                   float* y) {
  Scratch::Frame frame(backend.scratch());
  Rows operand{rows, x};
  return RunProduct(backend, weight, frame, operand, y);
}

Status RoundQ8Cuda(const Backend& backend, const PackedMatrix& weight, uint16_t* rounded) {
  CudaContext& cuda = backend.cuda();
  const size_t count = weight.out() * weight.in();
  RoundQ8<<<Blocks(count / 16), kThreads, 0, cuda.stream()>>>(OnDevice(weight), 0, count,
                                                              reinterpret_cast<uint4*>(rounded));
  return cuda.Launched("matmul");
}

Status MatmulCuda(const Backend& backend, const MatmulArgs& args) {
  CudaContext& cuda = backend.cuda().Enter();
  Scratch::Frame frame(backend.scratch());
  Rows operand{args.rows, args.x};
  for (const MatmulOutput& output : args.outputs) {
    Status status = RunProduct(backend, *output.weight, frame, operand, output.y);
    if (!status) return status;
    if (output.epilogue != Epilogue::kSilu) continue;
    const size_t count = args.rows * output.weight->out();
    Silu<<<Blocks((count + 3) / 4), kThreads, 0, cuda.stream()>>>(output.y, count,
                                                                  IsAligned(output.y));
    if (status = cuda.Launched("matmul"); !status) return status;
  }
  return OkStatus();
}

}  // namespace fathom
