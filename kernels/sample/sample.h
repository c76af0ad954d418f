// SPDX-License-Identifier: Apache-2.0
// Chooses the next token from one row of logits.
//
// Order: banned tokens leave; temperature 0: the largest logit, ties to the lower id. Else logits /
// temperature, then top_k (the k largest, ties to the lower id), then top_p (the shortest prefix,
// in falling order, of sum >= top_p), then min_p (p >= min_p * max p), each on the renormalised
// rest; then one draw by inverse CDF in falling order.
//
// The draw is counter based: a function of (seed, position) alone, so a restored or forked session
// continues the same way and the batch it ran in does not matter.
//
// Log-probabilities are those of the model (temperature 1, banned tokens removed, before top_k /
// top_p / min_p), in f32 from a sum in double: error below 1e-5.
// kInvalid: empty or non-finite logits (NaN, +inf), all tokens banned, a parameter out of range.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/result.h"
#include "kernels/backend.h"

namespace fathom {

struct TokenScore {
  int32_t token = -1;
  float logprob = 0;
};

struct SampleArgs {
  std::span<const float> logits;
  std::span<const int32_t> banned;  // ids outside the vocabulary are ignored
  double temperature = 0;           // 0 .. 100
  int top_k = 0;                    // 0: off
  double top_p = 1;                 // (0, 1]
  double min_p = 0;                 // [0, 1)
  uint64_t seed = 0;
  uint64_t position = 0;  // of the token to be chosen
  std::span<TokenScore>
      top_scores;  // receives the best tokens, largest first; may be empty; at most 64
  // Bit t % 64 of word t / 64: token t may be chosen. Empty: all may. Others are as banned ones.
  std::span<const uint64_t> allowed;
};

struct Sampled {
  TokenScore chosen;
  size_t top_count = 0;  // filled entries of top_scores
};

Result<Sampled> Sample(const Backend& backend, const SampleArgs& args);
Result<Sampled> SampleReference(const SampleArgs& args);

// Uniform in [0, 1) from (seed, position): SplitMix64 finaliser of both, 53 bits.
double SampleUniform(uint64_t seed, uint64_t position);

}  // namespace fathom
