// SPDX-License-Identifier: Apache-2.0
// Weights: every tensor of an M1 checkpoint, by role. All borrow the checkpoint's files.
//
// Both spellings (HF and GGUF) lead here. Each tensor was present once, with the shape the config
// demands; nothing the architecture does not know was left over. Norms and routers are f32, f16 or
// bf16; matrices any DType.
#pragma once

#include <string>
#include <vector>

#include "engine/checkpoint/config.h"
#include "engine/checkpoint/stored_tensor.h"

namespace fathom {

struct LayerWeights {
  StoredTensor attention_input_norm;  // (hidden)
  StoredTensor mlp_input_norm;        // (hidden)

  // Lightning layers. Rows of qkv are head-major: head h owns rows [3 D h, 3 D (h+1)) in the order
  // q, k, v.
  StoredTensor qkv;          // (3 heads head_dim, hidden)
  StoredTensor output_gate;  // (heads head_dim, hidden)
  StoredTensor output_norm;  // (heads head_dim)

  // Softmax layers.
  StoredTensor q;     // (heads head_dim, hidden)
  StoredTensor k, v;  // (kv_heads head_dim, hidden)

  StoredTensor out;     // (hidden, heads head_dim)
  StoredTensor router;  // (experts, hidden)

  // One per expert: gate w1 and up w3 (expert_width, hidden), down w2 (hidden, expert_width).
  std::vector<StoredTensor> w1, w2, w3;
};

struct Weights {
  StoredTensor embedding;  // (vocabulary, hidden)
  StoredTensor head;       // (vocabulary, hidden)
  StoredTensor norm;       // (hidden), before the head
  std::vector<LayerWeights> layers;
};

enum class Spelling { kHf, kGguf };

// Sorts the tensors of a file into their roles. Errors name the tensor, the shape expected and the
// one found.
Result<Weights> BindWeights(std::vector<StoredTensor> tensors, const M1Config& config,
                            Spelling spelling, const std::string& place);

// The tensors in the order and under the names in which a GGUF holds them.
struct NamedParts {
  std::string name;
  std::vector<const StoredTensor*> parts;  // one, or one per expert
  bool keeps_f32 = false;                  // norms and routers are never stored in less
};
std::vector<NamedParts> GgufOrder(const Weights& weights, const M1Config& config);

}  // namespace fathom
