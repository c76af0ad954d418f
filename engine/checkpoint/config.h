// SPDX-License-Identifier: Apache-2.0
// M1Config: what a checkpoint says about its architecture, from config.json (HF spelling) or GGUF
// metadata.
//
// Every value comes from the file: the defaults of the authors' Python class differ from the
// published models, so an absent size is an error, not a guess. What this engine does not compute
// (shared experts, pre-norm residual, sliding window, tied embeddings, RoPE scaling, biases,
// quantisation of other programs) is refused by the name of its field. Scales are kept in f32, the
// width GGUF stores, so that the same model gives the same bits from either format. Source:
// MiniMax-M1 config.json and configuration class.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace fathom {

struct M1Config {
  std::string name;
  int layers = 0;
  int hidden = 0;
  int heads = 0;
  int kv_heads = 0;
  int head_dim = 0;
  int rotary_dim = 0;  // the first rotary_dim dimensions of a head turn; may be less than head_dim
  int experts = 0;
  int experts_per_token = 0;
  int expert_width = 0;
  int vocabulary = 0;
  size_t context_tokens_max = 0;
  std::vector<bool> is_softmax;  // (layers); the others are lightning
  float rope_theta = 0;
  float rms_eps = 0;
  float lightning_norm_eps = 1e-6f;  // the authors' code does not pass rms_norm_eps to this norm
  // residual = alpha * normalised input + beta * block output
  float lightning_alpha = 0, lightning_beta = 0;
  float softmax_alpha = 0, softmax_beta = 0;
  float mlp_alpha = 0, mlp_beta = 0;
  std::optional<int> eos, bos;

  int attention_width() const { return heads * head_dim; }
  int kv_width() const { return kv_heads * head_dim; }
  int softmax_layers() const;
};

// `text` is config.json; `place` names it in errors.
Result<M1Config> ParseHfConfig(std::string_view text, const std::string& place);

// The bounds and relations that hold for every source (divisibility, ranges, list lengths).
Status ValidateConfig(const M1Config& config, const std::string& place);

// One line that names every value which changes the numbers a model gives.
std::string DescribeNumerics(const M1Config& config);

// JSON of a checkpoint: size and number of values are bounded before anything is built from it.
Result<Json> ParseCheckpointJson(std::string_view text, size_t bytes_max, const std::string& place);

}  // namespace fathom
