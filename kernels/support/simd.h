// SPDX-License-Identifier: Apache-2.0
// Vectors of the instruction set that this file is compiled for: 16, 8 or 4 floats.
//
// Included only by *_isa.cc files, which CMake compiles once per instruction set with FATHOM_ISA_NS
// naming it. Such a file includes no standard header with inline code: the linker keeps one copy of
// an inline function for the whole program, and it must not be the one that uses AVX-512.
// Everything here is static.
#pragma once

#include <stddef.h>
#include <stdint.h>

#if defined(__AVX2__)
#include <immintrin.h>
#endif

#if !defined(FATHOM_ISA_NS)
#error "compiled once per instruction set: see kernels/CMakeLists.txt"
#endif

#define FATHOM_INLINE static inline __attribute__((always_inline, unused))

namespace fathom::FATHOM_ISA_NS {

#if defined(__AVX512F__)
constexpr int kLanes = 16;
#elif defined(__AVX2__)
constexpr int kLanes = 8;
#else
constexpr int kLanes = 4;
#endif

typedef float F __attribute__((vector_size(kLanes * 4)));
typedef int32_t I __attribute__((vector_size(kLanes * 4)));

FATHOM_INLINE F Load(const float* at) {
  F value;
  __builtin_memcpy(&value, at, sizeof(F));
  return value;
}
FATHOM_INLINE void Store(float* at, F value) {
  __builtin_memcpy(at, &value, sizeof(F));
}
FATHOM_INLINE I LoadInt(const void* at) {
  I value;
  __builtin_memcpy(&value, at, sizeof(I));
  return value;
}
FATHOM_INLINE F LoadPart(const float* at, size_t count) {
  F value = {};
  __builtin_memcpy(&value, at, count * 4);
  return value;
}
FATHOM_INLINE void StorePart(float* at, F value, size_t count) {
  __builtin_memcpy(at, &value, count * 4);
}

FATHOM_INLINE F Set(float value) {
  return value - F{};
}
FATHOM_INLINE I SetInt(int32_t value) {
  return value - I{};
}
FATHOM_INLINE F AsFloat(I value) {
  return reinterpret_cast<F>(value);
}
FATHOM_INLINE I AsInt(F value) {
  return reinterpret_cast<I>(value);
}
FATHOM_INLINE F ToFloat(I value) {
  return __builtin_convertvector(value, F);
}

// a * b + c, fused where the instruction set can.
FATHOM_INLINE F Fma(F a, F b, F c) {
#if defined(__AVX512F__)
  return _mm512_fmadd_ps(a, b, c);
#elif defined(__AVX2__)
  return _mm256_fmadd_ps(a, b, c);
#else
  return a * b + c;
#endif
}

FATHOM_INLINE F Select(I mask, F yes, F no) {
  return AsFloat((mask & AsInt(yes)) | (~mask & AsInt(no)));
}

FATHOM_INLINE F Max(F a, F b) {
#if defined(__AVX512F__)
  return _mm512_max_ps(a, b);
#elif defined(__AVX2__)
  return _mm256_max_ps(a, b);
#else
  return Select(a > b, a, b);
#endif
}
FATHOM_INLINE F Min(F a, F b) {
#if defined(__AVX512F__)
  return _mm512_min_ps(a, b);
#elif defined(__AVX2__)
  return _mm256_min_ps(a, b);
#else
  return Select(a < b, a, b);
#endif
}
FATHOM_INLINE F Abs(F a) {
  return AsFloat(AsInt(a) & SetInt(0x7fffffff));
}

// Lane i with lane i + half, halving: the same tree for every width.
FATHOM_INLINE float Sum(F value) {
#if defined(__AVX512F__)
  const __m256 half = _mm512_castps512_ps256(value) + _mm512_extractf32x8_ps(value, 1);
#elif defined(__AVX2__)
  const __m256 half = value;
#endif
#if defined(__AVX2__)
  __m128 x = _mm256_castps256_ps128(half) + _mm256_extractf128_ps(half, 1);
#else
  F x = value;
#endif
  return (x[0] + x[2]) + (x[1] + x[3]);
}
FATHOM_INLINE float MaxOf(F value) {
#if defined(__AVX512F__)
  const __m256 half =
      _mm256_max_ps(_mm512_castps512_ps256(value), _mm512_extractf32x8_ps(value, 1));
#elif defined(__AVX2__)
  const __m256 half = value;
#endif
#if defined(__AVX2__)
  __m128 x = _mm_max_ps(_mm256_castps256_ps128(half), _mm256_extractf128_ps(half, 1));
  x = _mm_max_ps(x, _mm_movehl_ps(x, x));
  return _mm_cvtss_f32(_mm_max_ss(x, _mm_movehdup_ps(x)));
#else
  const float a = value[0] > value[2] ? value[0] : value[2],
              b = value[1] > value[3] ? value[1] : value[3];
  return a > b ? a : b;
#endif
}

// sum[lane] += x[2 lane] w[2 lane] + x[2 lane + 1] w[2 lane + 1] of int16 pairs.
FATHOM_INLINE I MultiplyAddPairs(I sum, I x, I w) {
#if defined(__AVX512VNNI__)
  asm("vpdpwssd %2, %1, %0" : "+v"(sum) : "v"(x), "v"(w));
  return sum;
#elif defined(__AVX2__)
  return sum + reinterpret_cast<I>(
                   _mm256_madd_epi16(reinterpret_cast<__m256i>(x), reinterpret_cast<__m256i>(w)));
#else
  return sum + ((x << 16) >> 16) * ((w << 16) >> 16) + (x >> 16) * (w >> 16);
#endif
}

// To the nearest integer, ties to even, |value| < 2^22: the sum's own rounding does it.
FATHOM_INLINE F Round(F value) {
  const F magic = Set(0x1.8p23f);
  return (value + magic) - magic;
}
FATHOM_INLINE I RoundToInt(F value) {
  const F magic = Set(0x1.8p23f);
  return AsInt(value + magic) - AsInt(magic);
}

// e^x, relative error below 2^-22 for x in [-87, 88]; 0 below -87.33 and e^88.37 above.
// Cody-Waite reduction to |f| <= ln 2 / 2, then the Taylor polynomial of degree 7 (remainder
// 2^-28).
FATHOM_INLINE F Exp(F x) {
  const F clamped = Min(Set(88.37f), Max(Set(-87.33f), x));  // x second: NaN passes through
  const F n = Round(clamped * Set(0x1.715476p0f));
  F f = Fma(n, Set(-0x1.62e4p-1f), clamped);  // 15 bits: n times it is exact
  f = Fma(n, Set(-0x1.7f7d1cp-20f), f);
  F p = Fma(f, Set(1.0f / 5040), Set(1.0f / 720));
  p = Fma(p, f, Set(1.0f / 120));
  p = Fma(p, f, Set(1.0f / 24));
  p = Fma(p, f, Set(1.0f / 6));
  p = Fma(p, f, Set(0.5f));
  p = Fma(p, f, Set(1.0f));
  p = Fma(p, f, Set(1.0f));
  const I exponent = (RoundToInt(n) + 127) << 23;
  const F result = p * AsFloat(exponent);
  return AsFloat(AsInt(result) & ~(x < Set(-87.33f)));
}

// 1 / (1 + e^-x), relative error below 2^-21.
FATHOM_INLINE F Sigmoid(F x) {
  return Set(1.0f) / (Set(1.0f) + Exp(-x));
}
FATHOM_INLINE F Silu(F x) {
  return x / (Set(1.0f) + Exp(-x));
}

}  // namespace fathom::FATHOM_ISA_NS
