// SPDX-License-Identifier: Apache-2.0
// Causal linear attention with a per-head exponential decay: one fused, blocked pass.
//
//   S[t] = exp(-slope[h]) * S[t-1] + k[t]^T v[t]     S: (D, D), rows = k index: all that is kept
//   o[t] = q[t] S[t]
//
// qkv    (T, H, 3D)  f32  head-major: head h owns columns [3 D h, 3 D (h+1)), q then k then v;
//                         after SiLU
// o      (T, H, D)   f32
// state  (H, D, D)   f32  read and written: carries S across calls; zero before the first token
// slopes (H)         f32  >= 0, finite
//
// Decay is only ever applied over differences of positions >= 0, never divided by; its underflow to
// 0 is right. It is computed in double and used in f32: bf16 steps are 2^-8 wide just below 1, so a
// slow head would never forget.
//
// Law 1: splitting T into any calls and carrying state gives the same o and state, within the
//        error; bitwise when every call but the last has a multiple of kLightningBlock tokens.
// Law 2: T = 1 is decode; it reads and writes H D D 4 bytes of state and nothing else grows.
// Law 3: a head depends on its own columns alone.
// Error: |o - ref| <= 2^-24 * (D + 2 B + 16) * max|q||k| * sum_j decay^j max|v|,
//        B = kLightningBlock.
// Source: Lightning Attention-2, arXiv:2401.04658 (block form); MiniMax-M1 modelling code (layout,
//         slopes).
#pragma once

#include <cstddef>
#include <span>

#include "base/result.h"
#include "kernels/backend.h"

namespace fathom {

inline constexpr size_t kLightningBlock = 64;

struct LightningAttentionArgs {
  size_t tokens = 0;
  size_t heads = 0;
  size_t head_dim = 0;
  const float* qkv = nullptr;
  std::span<const float> slopes;
  float* state = nullptr;
  float* o = nullptr;
  // q, k, v and o may be rounded to bf16 where that is much faster: on a device, D = 128, calls of
  // kLightningBlock tokens and more. The error is then LightningBf16Args'.
  bool may_round = false;
};

Status LightningAttention(const Backend& backend, const LightningAttentionArgs& args);
Status LightningAttentionReference(const LightningAttentionArgs& args);

// M1's own head size on a device, in bf16: what is fast there.
//
//   prefill   as above; q, k, v after SiLU
//   decode    one token of each of `tokens` sequences: x = SiLU(qkv) first, and then the gate:
//             o = weight * (q S) * sigmoid(gate), squares[b, h] = sum of (q S)^2, so that the
//             norm's 1/rms, one number a row, may be applied after the output product
//
// qkv    (T, H, 3 * 128) bf16    o (T, H, 128) bf16    state as above; decode: (T, H, 128, 128)
// gate   (T, H, 128) bf16        weight (H, 128) f32   squares (T, H) f32
// weight and decays_on_device are the model's: nothing that is still queued writes them.
//
// Error: u = 2^-8, and M the sum of the header's bound: prefill 4 u |q||k| sum_j decay^j max|v| at
//        worst; decode u |o| more than f32.
struct LightningBf16Args {
  size_t tokens = 0;
  size_t heads = 0;
  const uint16_t* qkv = nullptr;
  std::span<const float> slopes;
  float* state = nullptr;
  uint16_t* o = nullptr;
  // decode
  const uint16_t* gate = nullptr;
  const float* weight = nullptr;
  float* squares = nullptr;
  const float* decays_on_device = nullptr;  // (H) exp(-slope); decode uses these, not slopes
};

Status LightningPrefillBf16(const Backend& backend, const LightningBf16Args& args);
Status LightningDecodeBf16(const Backend& backend, const LightningBf16Args& args);

// slope of one head of one layer: ALiBi base 2^(-8 (h+1) / H) for H a power of two, else the ALiBi
// interpolation (powers of two below, then every second slope of the next), times (1 - layer /
// (layers - 1) + 1e-5). layers = 1: factor 1 + 1e-5.
double LightningSlope(size_t head, size_t heads, size_t layer, size_t layers);

}  // namespace fathom
