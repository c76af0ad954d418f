// SPDX-License-Identifier: Apache-2.0
// What a lane of few_experts_cuda.cu does with weights of each kind: load, unpack, multiply; and
// how it wants a vector staged for that.
//
// Small integer weights meet x as two planes of bytes (x = step * (256 high + low)): dp4a
// multiplies four weights at once.
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/cuda/rows.cuh"
#include "kernels/moe_experts/few_experts.h"

namespace fathom {

constexpr int kGroup = 16;  // columns of x with a step of their own

inline __device__ int DotUS(uint32_t a, uint32_t b, int c) {
  asm("dp4a.u32.s32 %0, %1, %2, %0;" : "+r"(c) : "r"(a), "r"(b));
  return c;
}
inline __device__ int DotSS(uint32_t a, uint32_t b, int c) {
  asm("dp4a.s32.s32 %0, %1, %2, %0;" : "+r"(c) : "r"(a), "r"(b));
  return c;
}
inline __device__ int DotUU(uint32_t a, uint32_t b, int c) {
  asm("dp4a.u32.u32 %0, %1, %2, %0;" : "+r"(c) : "r"(a), "r"(b));
  return c;
}
inline __device__ int DotSU(uint32_t a, uint32_t b, int c) {
  asm("dp4a.s32.u32 %0, %1, %2, %0;" : "+r"(c) : "r"(a), "r"(b));
  return c;
}

// Four of the eight bytes of a and b; the nibbles of the low half of `which` say which, each
// below 8.
inline __device__ uint32_t PickBytes(uint32_t a, uint32_t b, uint32_t which) {
  uint32_t bytes;
  asm("prmt.b32 %0, %1, %2, %3;" : "=r"(bytes) : "r"(a), "r"(b), "r"(which));
  return bytes;
}

inline __device__ uint4 ReadOnly(const void* at) {
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
  static __device__ int Column(int group, int i) { return group * kGroup + i; }
  static size_t __host__ __device__ Bytes(int n) { return size_t(n) * 2 + n / kGroup * 8; }
};

// The values of one group, a lane each of half a warp, into a staged vector of n. `place`: where
// the group stands among the groups.
inline __device__ void StageGroup(float value, int place, int n, bool write, std::byte* staged) {
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

inline __device__ float Joined(int high, int low) {
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

// A lane takes 16 bytes of a block's 128: 16 columns in low halves and 16 more in high halves.
// Groups are staged so that eight lanes read 128 bytes in a row: a block's low ones first.
struct Halves : Steps {
  static constexpr int kColumns = 32, kBlock = 256;
  struct X {
    uint4 high[2], low[2];
    float2 step[2];
    int part;
  };
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
};

inline __device__ float HalfToFloat(uint32_t half) {
  float value;
  asm("{.reg .b16 l, h;\n mov.b32 {l, h}, %1;\n cvt.f32.f16 %0, l;\n}" : "=f"(value) : "r"(half));
  return value;
}

// High halves stand 32 columns after low ones.
template <>
struct Kind<FewKind::kQ4K> : Halves {
  static constexpr int kBlockBytes = 144;
  struct Weights {
    uint4 head, codes;
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
    const float d = HalfToFloat(w.head.x), d_min = HalfToFloat(w.head.x >> 16);
    return fmaf(d, scaled, fmaf(-d_min, least, sum));
  }
};

// Four values of kIq4Values (kernels/blocks.h), for the four codes in the low half of `codes`, of
// which all but the highest bit stands in `in_half`, and the number of that value's byte among
// eight, four of each half of the table, in `which`.
inline __device__ uint32_t Iq4Values(uint32_t in_half, uint32_t which) {
  return PickBytes(PickBytes(0xbfad9881u, 0xf6eaddcfu, in_half),
                   PickBytes(0x26190d01u, 0x71594535u, in_half), which);
}

// High halves stand 16 columns after low ones; both have one scale. Eight bytes are a group, its
// columns in the order of their codes: low, high of each byte.
template <>
struct Kind<FewKind::kIq4Xs> : Halves {
  static constexpr int kBlockBytes = 136;
  struct Weights {
    uint2 head, a, b;  // d and high scale bits, low scale bits; blocks stand at multiples of 8
  };
  static __device__ int Place(int group) {
    const int in_block = group % 16;
    return group / 16 * 16 + in_block % 2 * 8 + in_block / 2;
  }
  static __device__ int Column(int group, int i) {
    return group / 2 * 32 + group % 2 * 8 + i % 2 * 16 + i / 2;
  }
  static __device__ Weights Load(const void* matrix, int, size_t row, int in, int v) {
    const uint2* block =
        reinterpret_cast<const uint2*>(static_cast<const std::byte*>(matrix) +
                                       (row * (in / kBlock) + v / 8) * size_t{kBlockBytes});
    return {__ldg(block), __ldg(block + 1 + v % 8 * 2), __ldg(block + 2 + v % 8 * 2)};
  }
  static __device__ float Dot(const Weights& w, const X& x, float sum) {
    const uint32_t codes[2][2] = {{w.a.x, w.a.y}, {w.b.x, w.b.y}};
    int high[2] = {}, low[2] = {};
#pragma unroll
    for (int i = 0; i < 2; ++i) {
      const uint32_t xh[4] = {x.high[i].x, x.high[i].y, x.high[i].z, x.high[i].w};
      const uint32_t xl[4] = {x.low[i].x, x.low[i].y, x.low[i].z, x.low[i].w};
#pragma unroll
      for (int j = 0; j < 2; ++j) {
        const uint32_t in_half = codes[i][j] & 0x77777777u,
                       which = (codes[i][j] >> 1 & 0x44444444u) | 0x32103210u;
        const uint32_t first = Iq4Values(in_half, which),
                       last = Iq4Values(in_half >> 16, which >> 16);
        high[i] = DotSS(last, xh[2 * j + 1], DotSS(first, xh[2 * j], high[i]));
        low[i] = DotSU(last, xl[2 * j + 1], DotSU(first, xl[2 * j], low[i]));
      }
    }
    const uint32_t low_bits = w.head.y >> (4 * x.part) & 15u,
                   high_bits = w.head.x >> (12 + 2 * x.part) & 48u;
    const float scale = static_cast<float>(static_cast<int>(low_bits | high_bits) - 32);
    const float both =
        fmaf(x.step[0].x, Joined(high[0], low[0]), x.step[1].x * Joined(high[1], low[1]));
    return fmaf(HalfToFloat(w.head.x) * scale, both, sum);
  }
};

// A lane takes 8 bytes of a block's low pairs, that is 8 columns in each of four runs of 32, and
// the 8 bytes of high bits that go with them. Groups are staged so that eight lanes read 64 bytes
// in a row. Blocks are as in the file, but with 12 bytes of scales and d first, filled up to 16.
template <>
struct Kind<FewKind::kQ3K> : Steps {
  static constexpr int kColumns = 32, kBlock = 256, kBlockBytes = 112;
  struct Weights {
    uint4 head;
    uint2 high, low;
  };
  struct X {
    uint2 high[4], low[4];
    float step[4];
    int part;
  };
  static __device__ int Place(int group) {
    const int in_block = group % 16;
    return group / 16 * 16 + in_block / 2 % 4 * 4 + in_block / 8 * 2 + in_block % 2;
  }
  static __device__ Weights Load(const void* matrix, int, size_t row, int in, int v) {
    const std::byte* block =
        static_cast<const std::byte*>(matrix) + (row * (in / kBlock) + v / 8) * size_t{kBlockBytes};
    return {ReadOnly(block), __ldg(reinterpret_cast<const uint2*>(block + 16) + v % 4),
            __ldg(reinterpret_cast<const uint2*>(block + 48) + v % 8)};
  }
  static __device__ X Read(const std::byte* staged, int n, int v) {
    X x;
    x.part = v % 8;
#pragma unroll
    for (int j = 0; j < 4; ++j) {
      const int at = v / 8 * 32 + j * 8 + x.part;  // in units of 8 columns
      x.high[j] = reinterpret_cast<const uint2*>(staged)[at];
      x.low[j] = reinterpret_cast<const uint2*>(staged + n)[at];
      x.step[j] = reinterpret_cast<const float2*>(staged + 2 * size_t(n))[at / 2].x;
    }
    return x;
  }
  static __device__ float Dot(const Weights& w, const X& x, float sum) {
    const int half = x.part / 4, shift = 8 * (x.part / 2 % 2) + 4 * half;
    // A code without its high bit is 4 less: its byte is filled with ones from there on.
    const uint32_t absent[2] = {~w.high.x >> (4 * half), ~w.high.y >> (4 * half)};
    const uint32_t low_scales[2] = {w.head.x >> shift, w.head.y >> shift},
                   high_scales = w.head.z >> shift;
    float scaled = 0;
#pragma unroll
    for (int j = 0; j < 4; ++j) {
      const uint32_t a = (w.low.x >> (2 * j) & 0x03030303u) +
                         (absent[0] >> j & 0x01010101u) * 0xfcu,
                     b = (w.low.y >> (2 * j) & 0x03030303u) +
                         (absent[1] >> j & 0x01010101u) * 0xfcu;
      const int high = DotSS(b, x.high[j].y, DotSS(a, x.high[j].x, 0)),
                low = DotSU(b, x.low[j].y, DotSU(a, x.low[j].x, 0));
      // Scales of j and j + 1, six bits each, in the halves of a word.
      const uint32_t two =
          (low_scales[j / 2] & 0x000f000fu) | (high_scales << 4 >> (j / 2 * 2) & 0x00300030u);
      // 2^23 + scale as a float.
      const float scale =
          __uint_as_float(__byte_perm(two, 0x4b000000u, j % 2 == 0 ? 0x7440 : 0x7442)) - 8388640.0f;
      scaled = fmaf(scale * x.step[j], Joined(high, low), scaled);
    }
    return fmaf(HalfToFloat(w.head.w), scaled, sum);
  }
};

}  // namespace fathom
