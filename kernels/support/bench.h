// SPDX-License-Identifier: Apache-2.0
// One row of the operators' table: shape | µs | GFLOP/s or GB/s | share of what was measured as
// this machine's most | largest error against the reference.
//
// Shapes are nano's (hidden 320, 8 heads of 64, 8 experts of 288, Q8_0) unless a row says
// otherwise: 512 rows are one chunk of prefill, 1 row is a decoded token. Times are the median of
// runs in one process on all threads of the backend.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "kernels/backend.h"

namespace fathom::bench {

// What a row is measured against.
enum class Roof {
  kPairs,   // 16-bit multiply-adds: products of Q8_0 and smaller
  kQuads,   // 8-bit multiply-adds: products of Q4_K
  kBf16,    // the same on AVX-512; elsewhere bf16 is multiplied as f32
  kF32,     // f32 multiply-adds
  kMemory,  // reads from the shared cache
};

struct Row {
  std::string op, shape;
  Roof roof = Roof::kF32;
  double amount = 0;          // operations, or bytes for kMemory
  std::function<void()> run;  // one call
  std::function<double()>
      error;  // largest |cpu - reference| / largest |reference|; empty: not measured here
};

using Add = std::function<void(Row)>;

// One per operator, in its x_bench.cc.
void Embed(const Backend& backend, const Add& add);
void RmsNorm(const Backend& backend, const Add& add);
void Matmul(const Backend& backend, const Add& add);
void Rope(const Backend& backend, const Add& add);
void SoftmaxAttention(const Backend& backend, const Add& add);
void LightningAttention(const Backend& backend, const Add& add);
void GatedNorm(const Backend& backend, const Add& add);
void MoeRoute(const Backend& backend, const Add& add);
void MoeExperts(const Backend& backend, const Add& add);
void Sample(const Backend& backend, const Add& add);

// Values in (-scale, scale), the same everywhere.
std::vector<float> Values(size_t count, uint64_t seed, float scale = 1);
// Stored bytes of a (rows, columns) Q8_0 matrix of Values.
std::vector<std::byte> StoredQ8(size_t rows, size_t columns, uint64_t seed);
// The largest difference over the largest expected value.
double RelativeError(const std::vector<float>& actual, const std::vector<float>& expected);

}  // namespace fathom::bench
