// SPDX-License-Identifier: Apache-2.0
// Products with weight matrices: y = epilogue(x W^T), for one row (decode) or many (prefill).
//
// x  (rows, in) f32     W  (out, in) row-major as stored, any DType
// y  (rows, out) f32
//
// A PackedMatrix is made once at load, for the CPU or for one device, and owns its copy: on the CPU
// panels of 32 output columns, so that both one row and many rows stream it in order; on a device
// rows as stored, Q8_0 with its scales apart. Weights are kept exactly: f32, bf16, int8 + scale,
// and the small types in the bits they are stored in (a device widens those to f32, or to bf16 from
// kRoundedWeightsMin weights on); f16 becomes f32.
//
// What the product does with x, by weight type:
//   f32, f16   f32 products, f32 accumulation in order of k.
//   bf16       AVX-512: x rounded to bf16, f32 accumulation. Elsewhere f32 products.
//   Q8_0       a row of x is quantised to int16 (step max|x|/32767; llama.cpp's is max|x|/127 over
//              32 columns); products and sums inside a block of 32 are exact integers, blocks are
//              summed in f32 in order of k.
//   small      as Q8_0, with sums inside a group of 16 or 32.
//   Q4_K       each 256 values of a row are quantised to int8 (step max|x|/127 over them, as
//              llama.cpp's): a core multiplies twice as many bytes as 16-bit values. Sums inside a
//              group of 32, and of mins inside a block, are exact integers (q4k_panels_isa.h).
//   On a device: bf16 as on AVX-512, but f32 products for up to 8 rows; Q8_0 in f32, but more rows
//              than 8 of a matrix of kRoundedWeightsMin weights as bf16, its values rounded to it.
//
// Law: a row of y depends on that row of x alone, bitwise: not on the other rows, on threads, or on
//      the other matrices of the call. So prefill in any chunks and decode give the same bits.
//      On a device: within the error, not bitwise (cuBLAS chooses by shape); two equal calls give
//      the same bits.
// Error, with X = sqrt(sum x^2), W = sqrt(sum w^2) of one output:
//   f32, f16  in * 2^-24 * X * W;   bf16, or as bf16  2^-8 * X * W + in * 2^-24 * X * W;
//   Q8_0      sqrt(in) * 2^-16 * max|x| * W + (in / 32 + 8) * 2^-24 * X * W;
//   small     as Q8_0 with (in / 16 + 8);
//   Q4_K      sqrt(in) / 254 * max|x| * W + (in / 128 + 16) * 2^-24 * X * V, with the two terms of
//             a weight apart in V: V^2 = sum (|d scale code| + |d_min min|)^2. The first term is
//             that of half a step of x; from x as quantised the error is within the second alone.
//             On a device as the other small types, with V for W.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "base/result.h"
#include "kernels/backend.h"
#include "kernels/dtype.h"

namespace fathom {

// Stored weights, borrowed for the call.
struct MatrixView {
  DType type = DType::kF32;
  std::span<const std::byte> bytes;  // out * DTypeRowBytes(type, in)
  size_t out = 0;
  size_t in = 0;
};

class PackedMatrix {
 public:
  static constexpr size_t kPanel = 32;

  PackedMatrix() = default;  // empty: out() == 0
  // For the CPU, or for `device` if that is one.
  static Result<PackedMatrix> Make(const MatrixView& stored, const Backend* device = nullptr);
  // The rows of several matrices of one type and depth, one after another. `as_blocks`: types of
  // which BlocksOnDevice holds stay in blocks. `memory`: the device's or what it reads over the
  // bus.
  static Result<PackedMatrix> MakeOnDevice(std::span<const MatrixView> stored, bool as_blocks,
                                           Memory& memory);

  // The same weights, owned by this one still.
  PackedMatrix Borrowed() const;

  size_t out() const { return out_; }
  size_t in() const { return in_; }
  DType kind() const { return kind_; }  // of the panels: any but kF16
  size_t bytes() const { return data_.size(); }

  // For the operators built on products. On a device panel(0) is all of it: values (out, in), then
  // for kQ8_0 f32 scales (out, in / 32); of blocks as in moe_experts/few_experts.h. On the CPU
  // panel p covers columns [32 p, 32 p + 32), zero beyond out().
  //   kF32   [in][32] f32      kBF16  [ceil(in/2)][32][2] bf16
  //   kQ8_0  [in/32] of { scale [32] f32, q [16][32][2] int8 }
  //   kQ4K   q4k_panels_isa.h        other small types  small_panels_isa.h
  size_t panels() const { return (out_ + kPanel - 1) / kPanel; }
  size_t panel_bytes() const { return panel_bytes_; }
  const std::byte* panel(size_t index) const { return data_.data() + index * panel_bytes_; }

 private:
  friend class PackedExpert;
  // Zeroed panels for `out` columns of the kind and depth of `stored`, which is checked.
  static Result<PackedMatrix> Allocate(const MatrixView& stored, size_t out);
  void SetColumn(size_t column, const MatrixView& stored, size_t row);

  DType kind_ = DType::kF32;
  size_t out_ = 0, in_ = 0, panel_bytes_ = 0;
  Buffer data_;
};

// From this size on a product of many rows is bound by arithmetic on a device, where f32's rate is
// an eighth of bf16's, and f32 of the small types would be eight times what they take in a file.
inline constexpr size_t kRoundedWeightsMin = size_t{1} << 21;
inline bool RoundsOnDevice(const PackedMatrix& weight) {
  return weight.kind() == DType::kQ8_0 && weight.out() * weight.in() >= kRoundedWeightsMin;
}

// The types of which a device reads experts as blocks of 256.
inline bool BlocksOnDevice(DType type) {
  return type == DType::kQ4K || type == DType::kIQ4XS || type == DType::kQ3K;
}

enum class Epilogue {
  kNone,
  kSilu,  // y * sigmoid(y); relative error of the sigmoid below 2^-21
};

// Several matrices read the same x: one pass over it, one wait for all threads.
struct MatmulOutput {
  const PackedMatrix* weight = nullptr;  // in() equal for all
  Epilogue epilogue = Epilogue::kNone;
  float* y = nullptr;  // (rows, weight->out()), not overlapping x
};

struct MatmulArgs {
  size_t rows = 0;
  size_t in = 0;
  const float* x = nullptr;
  std::span<const MatmulOutput> outputs;
};

Status Matmul(const Backend& backend, const MatmulArgs& args);

// One output from the stored bytes, in double.
Status MatmulReference(const MatrixView& stored, Epilogue epilogue, size_t rows, const float* x,
                       float* y);

}  // namespace fathom
