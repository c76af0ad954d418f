// SPDX-License-Identifier: Apache-2.0
// PackedWeights: a checkpoint's tensors in the form the operators stream. Owns everything, in the
// backend's memory; the checkpoint may go.
//
// Matrices keep their stored precision, with one exception: the bf16 product rounds activations on
// some instruction sets, so a bf16 model whose f32 form fits kWidenBytesMax is widened, exactly,
// and computed in f32 everywhere.
#pragma once

#include <optional>
#include <vector>

#include "engine/checkpoint/checkpoint.h"
#include "kernels/matmul/matmul.h"
#include "kernels/moe_experts/moe_experts.h"
#include "kernels/softmax_attention/softmax_attention.h"

namespace fathom {

inline constexpr size_t kWidenBytesMax = size_t{512} << 20;
inline constexpr size_t kKvPageTokens = 64;

// Shapes as in engine/checkpoint/weights.h.
struct PackedLayer {
  bool is_softmax = false;
  size_t kind_index = 0;                        // among the layers of its kind
  Buffer attention_input_norm, mlp_input_norm;  // f32

  PackedMatrix qkv, output_gate;  // lightning
  Buffer output_norm;             // lightning, f32
  std::vector<float> slopes;      // lightning, (heads)

  PackedMatrix q, k, v;  // softmax

  PackedMatrix out;
  Buffer router;  // f32
  std::vector<PackedExpert> experts;
};

struct PackedWeights {
  DType embedding_type = DType::kF32;
  Buffer embedding;  // (vocabulary, hidden), as stored
  std::vector<PackedLayer> layers;
  Buffer norm;  // f32
  PackedMatrix head;
  std::vector<Token> zero_rows;  // all-zero rows of embedding or head, sorted
  bool all_f32 = false;          // all matrices
  KvShape kv;  // f32 where all matrices are f32, else bf16: keys and values are no better than
               // their weights; the engine's options may say otherwise
};

// All in the memory of `backend`, in the form its operators read; but of the experts that a device
// can read over the bus, those of the last layers on the host, when they are more than
// `device_expert_bytes_max` or than the device has room for.
Result<PackedWeights> PackWeights(const Checkpoint& checkpoint, const Backend& backend,
                                  std::optional<size_t> device_expert_bytes_max = {});

}  // namespace fathom
