// SPDX-License-Identifier: Apache-2.0
#include "kernels/support/peak_isa.h"

#include "kernels/support/simd.h"

namespace fathom::FATHOM_ISA_NS {
namespace {

constexpr int kChains = kLanes == 4 ? 8 : 12;

}  // namespace

double PeakF32(size_t rounds, float* sink) {
  F sum[kChains] = {};
  const F x = Set(*sink), y = Set(*sink * 0.5f);
  for (size_t i = 0; i < rounds; ++i) {
#pragma GCC unroll 12
    for (int c = 0; c < kChains; ++c) {
      sum[c] = Fma(x, y, sum[c]);
      asm volatile("" : "+x"(sum[c]));
    }
  }
  F total = {};
#pragma GCC unroll 12
  for (int c = 0; c < kChains; ++c) total += sum[c];
  *sink = Sum(total);
  return 2.0 * kLanes * kChains * static_cast<double>(rounds);
}

namespace {

// Products of kValues in a lane: 2 of int16 or 4 of int8.
template <int kValues>
double PeakInteger(size_t rounds, float* sink) {
#if defined(__AVX512VNNI__)
  __m512i sum[kChains];
#pragma GCC unroll 12
  for (int c = 0; c < kChains; ++c) sum[c] = _mm512_setzero_si512();
  const __m512i x = _mm512_set1_epi32(static_cast<int>(*sink));
  for (size_t i = 0; i < rounds; ++i) {
#pragma GCC unroll 12
    for (int c = 0; c < kChains; ++c) {
      if constexpr (kValues == 2) asm volatile("vpdpwssd %1, %1, %0" : "+v"(sum[c]) : "v"(x));
      if constexpr (kValues == 4) asm volatile("vpdpbusd %1, %1, %0" : "+v"(sum[c]) : "v"(x));
    }
  }
  __m512i total = _mm512_setzero_si512();
#pragma GCC unroll 12
  for (int c = 0; c < kChains; ++c) total = _mm512_add_epi32(total, sum[c]);
  *sink = static_cast<float>(_mm512_reduce_add_epi32(total) & 1);
  return 2.0 * kValues * kLanes * kChains * static_cast<double>(rounds);
#elif defined(__AVX2__)
  __m256i sum[kChains];
#pragma GCC unroll 12
  for (int c = 0; c < kChains; ++c) sum[c] = _mm256_setzero_si256();
  const __m256i x = _mm256_set1_epi32(static_cast<int>(*sink));
  __m256i product;
  for (size_t i = 0; i < rounds; ++i) {
#pragma GCC unroll 12
    for (int c = 0; c < kChains; ++c) {
      if constexpr (kValues == 2)
        asm volatile("vpmaddwd %2, %2, %1\n\tvpaddd %1, %0, %0"
                     : "+x"(sum[c]), "=&x"(product)
                     : "x"(x));
      if constexpr (kValues == 4)
        asm volatile("vpmaddubsw %2, %2, %1\n\tvpaddw %1, %0, %0"
                     : "+x"(sum[c]), "=&x"(product)
                     : "x"(x));
    }
  }
  __m256i total = _mm256_setzero_si256();
#pragma GCC unroll 12
  for (int c = 0; c < kChains; ++c) total = _mm256_add_epi32(total, sum[c]);
  *sink = static_cast<float>(_mm256_extract_epi32(total, 0) & 1);
  return 2.0 * kValues * kLanes * kChains * static_cast<double>(rounds);
#else
  return PeakF32(rounds, sink);
#endif
}

}  // namespace

double PeakPairs(size_t rounds, float* sink) {
  return PeakInteger<2>(rounds, sink);
}

double PeakQuads(size_t rounds, float* sink) {
  return PeakInteger<4>(rounds, sink);
}

float ReadAll(const void* data, size_t bytes) {
  const float* at = static_cast<const float*>(data);
  F sum[8] = {};
  for (size_t i = 0; i < bytes / 4; i += 8 * kLanes) {
#pragma GCC unroll 8
    for (int c = 0; c < 8; ++c) sum[c] = AsFloat(AsInt(sum[c]) ^ LoadInt(at + i + c * kLanes));
  }
  F total = sum[0];
  for (int c = 1; c < 8; ++c) total = AsFloat(AsInt(total) ^ AsInt(sum[c]));
  return Sum(total);
}

}  // namespace fathom::FATHOM_ISA_NS
