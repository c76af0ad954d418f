// SPDX-License-Identifier: Apache-2.0
// Few rows: one warp an output column, weights read once, as stored. Many rows: cuBLAS, after Q8_0
// weights are widened to f32 (a slice at a time) or x is rounded to bf16.
#include "kernels/cuda/device.h"
#include "kernels/cuda/operators.h"
#include "kernels/cuda/rows.cuh"
#include "kernels/matmul/matmul.h"

namespace fathom {
namespace {

constexpr int kThreads = 256;
constexpr int kWarps = kThreads / 32;
constexpr int kFewRows = 8;
constexpr size_t kSliceFloats = size_t{16} << 20;  // of widened weights

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

__global__ void RoundToBf16(const float* x, size_t count, uint16_t* rounded) {
  const size_t i = blockIdx.x * size_t{kThreads} + threadIdx.x;
  if (i >= count) return;
  const uint32_t bits = __float_as_uint(x[i]);
  const bool nan = (bits & 0x7fffffffu) > 0x7f800000u;
  rounded[i] = nan ? (bits >> 16) | 0x40u : (bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16;
}

__global__ void WidenQ8(DeviceMatrix w, size_t first, size_t count, float* wide) {
  const size_t i = blockIdx.x * size_t{kThreads} + threadIdx.x;
  if (i >= count) return;
  const size_t at = first + i;
  wide[i] =
      w.scales[at / kQ8BlockColumns] * static_cast<float>(static_cast<const int8_t*>(w.values)[at]);
}

__global__ void Silu(float* y, size_t count) {
  const size_t i = blockIdx.x * size_t{kThreads} + threadIdx.x;
  if (i < count) y[i] *= Sigmoid(y[i]);
}

// y[:, column ..] = slice; slice (rows, columns)
__global__ void PlaceColumns(const float* slice, size_t rows, size_t columns, size_t first,
                             size_t out, float* y) {
  const size_t i = blockIdx.x * size_t{kThreads} + threadIdx.x;
  if (i >= rows * columns) return;
  y[i / columns * out + first + i % columns] = slice[i];
}

unsigned Blocks(size_t count) {
  return static_cast<unsigned>((count + kThreads - 1) / kThreads);
}

template <DType kKind, int kRows>
void LaunchFewRows(CudaContext& cuda, const PackedMatrix& weight, const float* x, float* y) {
  const bool aligned =
      weight.in() % kVector<kKind> == 0 && reinterpret_cast<uintptr_t>(x) % 16 == 0;
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

// Widened weights are made a slice of columns at a time.
Status RunQ8(const Backend& backend, const PackedMatrix& weight, size_t rows, const float* x,
             float* y) {
  CudaContext& cuda = backend.cuda();
  const size_t in = weight.in(), out = weight.out();
  const size_t columns = std::min(out, std::max<size_t>(kSliceFloats / in, 1));
  Scratch::Frame frame(backend.scratch());
  float* wide = frame.Take<float>(columns * in);
  float* slice = columns == out ? y : frame.Take<float>(rows * columns);
  if (!frame.status()) return frame.status();
  for (size_t n = 0; n < out; n += columns) {
    const size_t count = std::min(columns, out - n);
    WidenQ8<<<Blocks(count * in), kThreads, 0, cuda.stream()>>>(OnDevice(weight), n * in,
                                                                count * in, wide);
    if (Status status = cuda.Launched("matmul"); !status) return status;
    const CublasProduct product{rows, in, count, false, x, wide, slice};
    if (Status status = cuda.blas().Run(product); !status) return status;
    if (columns == out) continue;
    PlaceColumns<<<Blocks(rows * count), kThreads, 0, cuda.stream()>>>(slice, rows, count, n, out,
                                                                       y);
  }
  return cuda.Launched("matmul");
}

}  // namespace

Status ProductCuda(const Backend& backend, const PackedMatrix& weight, size_t rows, const float* x,
                   float* y) {
  CudaContext& cuda = backend.cuda();
  const size_t in = weight.in(), out = weight.out();
  if (rows <= kFewRows) {
    if (weight.kind() == DType::kF32) RunFewRows<DType::kF32>(cuda, weight, rows, x, y);
    if (weight.kind() == DType::kBF16) RunFewRows<DType::kBF16>(cuda, weight, rows, x, y);
    if (weight.kind() == DType::kQ8_0) RunFewRows<DType::kQ8_0>(cuda, weight, rows, x, y);
    return cuda.Launched("matmul");
  }
  if (weight.kind() == DType::kQ8_0) return RunQ8(backend, weight, rows, x, y);
  Scratch::Frame frame(backend.scratch());
  const void* operand = x;
  if (weight.kind() == DType::kBF16) {
    uint16_t* rounded = frame.Take<uint16_t>(rows * in);
    if (!frame.status()) return frame.status();
    RoundToBf16<<<Blocks(rows * in), kThreads, 0, cuda.stream()>>>(x, rows * in, rounded);
    if (Status status = cuda.Launched("matmul"); !status) return status;
    operand = rounded;
  }
  return cuda.blas().Run(
      {rows, in, out, weight.kind() == DType::kBF16, operand, weight.panel(0), y});
}

Status MatmulCuda(const Backend& backend, const MatmulArgs& args) {
  CudaContext& cuda = backend.cuda().Enter();
  for (const MatmulOutput& output : args.outputs) {
    Status status = ProductCuda(backend, *output.weight, args.rows, args.x, output.y);
    if (!status) return status;
    if (output.epilogue != Epilogue::kSilu) continue;
    const size_t count = args.rows * output.weight->out();
    Silu<<<Blocks(count), kThreads, 0, cuda.stream()>>>(output.y, count);
    if (status = cuda.Launched("matmul"); !status) return status;
  }
  return OkStatus();
}

}  // namespace fathom
