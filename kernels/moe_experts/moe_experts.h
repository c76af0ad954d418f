// SPDX-License-Identifier: Apache-2.0
// The experts of a mixture: rows are grouped by expert, each group goes through one product chain,
// results are summed.
//
//   out[t] = sum_i probabilities[t, i] * w2[e] ( SiLU(w1[e] x[t]) * (w3[e] x[t]) )
//            e = experts[t, i], i ascending
//
// x, out         (rows, hidden) f32, not overlapping
// experts        (rows, top_k) int32, each in [0, expert_count), else kInvalid; a device need not
//                wait to look at them, and may make such a row NaN instead
// probabilities  (rows, top_k) f32
// w1, w3 (width, hidden) gate and up;  w2 (hidden, width) down: one PackedExpert per expert
//
// Products follow kernels/matmul/matmul.h, by weight type. On a device, up to 8 rows of Q8_0 and of
// blocks: x,
// and h between the products, in int16 steps of max / 32767 over 16 columns. Many rows: h as bf16
// where the weights are bf16 or rounded to it (RoundsOnDevice, and all blocks).
// Law: a row depends on that row alone, bitwise (the sum runs over i, not over expert ids or
// arrival).
// Error: that of the two products: E1 of w1 and w3 grows through |w2|; see the test's derivation.
// Source: MiniMax-M1 modelling code (w1 gate, w3 up, w2 down).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/result.h"
#include "kernels/backend.h"
#include "kernels/matmul/matmul.h"

namespace fathom {

// One expert. gate_up holds panels of 16 gate columns followed by their 16 up columns, so that one
// tile of the product has what SiLU(gate) * up needs; on a device all gate columns, then all up
// columns, and types of which BlocksOnDevice holds as blocks.
class PackedExpert {
 public:
  // on_host: in the memory that the device reads over the bus (Backend::pinned); only blocks may
  // be.
  static Result<PackedExpert> Make(const MatrixView& w1, const MatrixView& w3, const MatrixView& w2,
                                   const Backend* device = nullptr, bool on_host = false);

  // The same weights, owned by this one still.
  PackedExpert Borrowed() const;

  size_t hidden() const { return gate_up_.in(); }
  size_t width() const { return down_.in(); }
  size_t bytes() const { return gate_up_.bytes() + down_.bytes(); }
  const PackedMatrix& gate_up() const { return gate_up_; }
  const PackedMatrix& down() const { return down_; }
  bool on_host() const { return on_host_; }

 private:
  bool on_host_ = false;
  PackedMatrix gate_up_;
  PackedMatrix down_;
};

struct MoeExpertsArgs {
  size_t rows = 0;
  size_t hidden = 0;
  size_t top_k = 0;
  const float* x = nullptr;
  const int32_t* experts = nullptr;
  const float* probabilities = nullptr;
  std::span<const PackedExpert> weights;  // equal shapes and kinds
  float* out = nullptr;
};

Status MoeExperts(const Backend& backend, const MoeExpertsArgs& args);

// Says that MoeExperts will be called with these weights and many rows after what is queued: those
// on the host begin to cross the bus. For two sets of weights at most, then the older is given up.
struct ExpectExpertsArgs {
  std::span<const PackedExpert> weights;
  size_t rows = 0;
};
Status ExpectExperts(const Backend& backend, const ExpectExpertsArgs& args);

// From the stored bytes, in double.
struct StoredExpert {
  MatrixView w1, w3, w2;
};
Status MoeExpertsReference(const MoeExpertsArgs& args, std::span<const StoredExpert> stored);

}  // namespace fathom
