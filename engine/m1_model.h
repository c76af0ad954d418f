// SPDX-License-Identifier: Apache-2.0
// M1Model: the forward pass of MiniMax-M1.
//
//   h = RMSNorm(x);   x1 = alpha h + beta attention(h);   g = RMSNorm(x1);   x = alpha g + beta
//   experts(g)
//
// (the residual carries the normalised input), attention being lightning or softmax by layer; after
// the last layer logits = head RMSNorm(x). Activations and lightning states are f32; the router is
// f32.
//
// Runs on the CPU or on a device: weights, states and what the layers hand on are in the backend's
// memory, tokens, hidden rows and logits on the host.
//
// One call takes tokens of one sequence or of several; what a sequence gets does not depend on the
// others.
//
// Promises
//  * Any split of a sequence into calls gives the same result within rounding; two runs give the
//  same bits.
//  * The last layer is computed only where its output is read; its keys, values and states
//  everywhere.
//  * No memory is allocated per token once the longest call has been seen, but for a KV page every
//  64 tokens.
// Source: MiniMax-M1 modelling code and technical report, arXiv:2506.13585.
#pragma once

#include <span>

#include "engine/packed_weights.h"
#include "engine/sequence_state.h"
#include "kernels/backend.h"

namespace fathom {

// Whether a call goes on: kCancelled, kDeadline.
Status GoesOn(const CallControl& control);

// The next tokens of one sequence.
struct Segment {
  SequenceState* state = nullptr;  // advanced by `tokens`
  size_t tokens = 0;               // >= 1
};

struct ForwardArgs {
  std::span<const Token> tokens;  // T >= 1, every id in the vocabulary (else kInvalid)
  std::span<const size_t>
      reads;  // rows of `tokens`, ascending: where the final hidden row is wanted
  std::span<const Segment> segments;  // in the order of `tokens`, T together; states all different
  float* hidden = nullptr;            // (reads, hidden) on the host: normalised, ready for the head
  const CallControl* control = nullptr;  // may end it between layers
  float* logits = nullptr;  // (vocabulary) on the host, of the only read; null: not wanted
};

class M1Model {
 public:
  M1Model(M1Config config, PackedWeights weights, std::unique_ptr<Backend> backend);
  ~M1Model();

  const M1Config& config() const { return config_; }
  const PackedWeights& weights() const { return weights_; }
  const Backend& backend() const { return *backend_; }
  StateShape state_shape() const;

  // What fails half way, kCancelled and kDeadline too, leaves the states spoiled and tokens()
  // unchanged: the caller puts them back, or they stay so.
  Status Forward(const ForwardArgs& args) const;

  // hidden (rows, hidden) -> logits (rows, vocabulary), both on the host
  Status Head(size_t rows, const float* hidden, float* logits) const;

  // (hidden) floats of one token's embedding row, on the host.
  Status Embedding(Token token, float* row) const;

 private:
  struct Pass;
  struct Steps;
  // Everything between the state's reservation and its advance.
  Status Layers(const ForwardArgs& args, Pass& pass) const;
  // To the host: the rows that are read, and the logits.
  Status TakeResults(const ForwardArgs& args, const Pass& pass) const;
  // One token on a device: recorded once, then repeated.
  Status Step(const ForwardArgs& args, Pass& pass) const;
  Status Lightning(const PackedLayer& layer, Pass& pass) const;
  Status Softmax(const PackedLayer& layer, Pass& pass) const;
  Status Experts(const PackedLayer& layer, const float* x, size_t rows, float* out) const;

  M1Config config_;
  std::unique_ptr<Backend> backend_;  // outlives what is in its memory
  PackedWeights weights_;
  std::unique_ptr<Steps> steps_;  // goes before the backend whose memory it names
};

}  // namespace fathom
