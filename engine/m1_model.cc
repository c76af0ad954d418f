// SPDX-License-Identifier: Apache-2.0
#include "engine/m1_model.h"

#include <algorithm>
#include <numeric>

#include "kernels/embed/embed.h"
#include "kernels/gated_norm/gated_norm.h"
#include "kernels/lightning_attention/lightning_attention.h"
#include "kernels/moe_route/moe_route.h"
#include "kernels/operator_times.h"
#include "kernels/recording.h"
#include "kernels/rms_norm/rms_norm.h"
#include "kernels/rope/rope.h"

namespace fathom {

// What the layers of one call hand on.
struct M1Model::Pass {
  std::span<const Segment> segments;
  size_t tokens = 0;                  // T
  float* h = nullptr;                 // (rows, hidden) normalised input of the block
  float* a = nullptr;                 // (rows, hidden) output of the block
  std::span<const size_t> positions;  // (tokens) in the sequence
  // The rows that go on after this layer's state is written: all but in the last layer.
  std::span<const size_t> reads;
  std::span<const size_t> all;  // 0 .. tokens - 1
  float* logits = nullptr;      // (vocabulary) of a step that makes them too

  size_t rows = 0;  // of h and a: tokens, then reads.size() once the last layer has narrowed them
};

// The steps recorded last.
struct M1Model::Steps {
  // What a recording holds fast.
  struct Key {
    const void *lightning = nullptr, *tables = nullptr, *scratch = nullptr;
    bool logits = false;
    size_t keys_max = 0;
    bool operator==(const Key&) const = default;
  };
  static constexpr size_t kKept = 8;

  const Recording* Find(const Key& key) const {
    for (const auto& [kept, recording] : recordings) {
      if (kept == key) return &recording;
    }
    return nullptr;
  }
  const Recording& Keep(const Key& key, Recording recording) {
    if (recordings.size() == kKept) recordings.erase(recordings.begin());
    return recordings.emplace_back(key, std::move(recording)).second;
  }

  std::vector<std::pair<Key, Recording>> recordings;
  Key last;
  bool possible = true;
};

namespace {

// Keeps only the rows named in `reads` (ascending), in place.
Status Narrow(Memory& memory, std::span<const size_t> reads, size_t width, float* data) {
  Status status;
  for (size_t i = 0; status.ok() && i < reads.size(); ++i) {
    if (reads[i] == i) continue;
    status = memory.Copy(data + i * width, data + reads[i] * width, width * sizeof(float));
  }
  return status;
}

// Room for every segment's tokens, and where each stands in its sequence.
Status Place(const ForwardArgs& args, size_t* positions) {
  size_t row = 0;
  for (const Segment& segment : args.segments) {
    const size_t begin = segment.state->tokens();
    if (Status status = segment.state->Reserve(begin + segment.tokens); !status) return status;
    for (size_t i = 0; i < segment.tokens; ++i, ++row) positions[row] = begin + i;
  }
  CHECK(row == args.tokens.size());
  return OkStatus();
}

size_t U(int value) {
  return static_cast<size_t>(value);
}

}  // namespace

Status GoesOn(const CallControl& control) {
  if (control.cancel != nullptr && control.cancel->load())
    return Error{Code::kCancelled, "cancelled while reading"};
  if (control.deadline && std::chrono::steady_clock::now() >= *control.deadline)
    return Error{Code::kDeadline, "the deadline has passed"};
  return OkStatus();
}

M1Model::M1Model(M1Config config, PackedWeights weights, std::unique_ptr<Backend> backend)
    : config_(std::move(config)),
      backend_(std::move(backend)),
      weights_(std::move(weights)),
      steps_(std::make_unique<Steps>()) {}
M1Model::~M1Model() = default;

StateShape M1Model::state_shape() const {
  const size_t softmax = U(config_.softmax_layers());
  return {U(config_.layers) - softmax, U(config_.heads), U(config_.head_dim), softmax, weights_.kv};
}

Status M1Model::Forward(const ForwardArgs& args) const {
  const size_t tokens = args.tokens.size(), hidden = U(config_.hidden);
  CHECK(tokens > 0 && !args.segments.empty() && (args.logits == nullptr || args.reads.size() == 1));
  Scratch::Frame frame(backend_->scratch()), host(backend_->host_scratch());
  Pass pass{.segments = args.segments, .tokens = tokens, .rows = tokens};
  pass.h = frame.Take<float>(tokens * hidden);
  pass.a = frame.Take<float>(tokens * hidden);
  const bool step = tokens == 1 && args.reads.size() == 1 && backend_->on_device();
  if (step && args.logits != nullptr) pass.logits = frame.Take<float>(U(config_.vocabulary));
  if (!frame.status()) return frame.status();
  size_t* positions = host.Take<size_t>(tokens);
  size_t* all = host.Take<size_t>(tokens);
  std::iota(all, all + tokens, size_t{0});
  pass.positions = {positions, tokens};
  pass.all = {all, tokens};
  Status status = Place(args, positions);
  if (!status) return status;
  status = step ? Step(args, pass) : Layers(args, pass);
  if (status.ok()) status = TakeResults(args, pass);
  for (const Segment& segment : args.segments) {
    if (!status) segment.state->Spoil(status.error());
  }
  if (!status) return status;
  for (const Segment& segment : args.segments)
    segment.state->set_tokens(segment.state->tokens() + segment.tokens);
  return OkStatus();
}

Status M1Model::TakeResults(const ForwardArgs& args, const Pass& pass) const {
  Memory& memory = backend_->memory();
  Status status;
  if (pass.rows > 0) {
    const size_t bytes = pass.rows * U(config_.hidden) * sizeof(float);
    if (status = memory.CopyOut(args.hidden, pass.h, bytes); !status) return status;
  }
  if (pass.logits != nullptr)
    return memory.CopyOut(args.logits, pass.logits, U(config_.vocabulary) * sizeof(float));
  return args.logits != nullptr ? Head(1, args.hidden, args.logits) : status;
}

Status M1Model::Step(const ForwardArgs& args, Pass& pass) const {
  SequenceState& state = *args.segments[0].state;
  const size_t position = state.tokens();
  const Steps::Key key{state.Lightning(0), state.device_tables(), pass.h, pass.logits != nullptr,
                       RecordedKeysMax(position)};
  if (const Recording* kept = steps_->Find(key))
    return kept->Repeat(*backend_, args.tokens[0], position);
  // The first time as it is: it makes the scratch memory grow to what the recording will find.
  if (!steps_->possible || !(steps_->last == key)) {
    steps_->last = key;
    return Layers(args, pass);
  }
  auto recording = Recording::Make(*backend_, [&] { return Layers(args, pass); });
  if (!recording) {
    steps_->possible = false;
    return Layers(args, pass);
  }
  const Recording& kept = steps_->Keep(key, std::move(*recording));
  pass.rows = 1;
  return kept.Repeat(*backend_, args.tokens[0], position);
}

Status M1Model::Layers(const ForwardArgs& args, Pass& pass) const {
  const size_t hidden = U(config_.hidden);
  pass.rows = pass.tokens;
  Status status = Embed(*backend_, {weights_.embedding_type,
                                    {weights_.embedding.data(), weights_.embedding.size()},
                                    U(config_.vocabulary),
                                    hidden,
                                    args.tokens,
                                    pass.a});
  if (!status) return status;
  status = RmsNorm(*backend_, {.rows = pass.tokens,
                               .hidden = hidden,
                               .x = pass.a,
                               .weight = weights_.layers[0].attention_input_norm.floats(),
                               .eps = config_.rms_eps,
                               .out = pass.h});
  if (!status) return status;
  for (size_t i = 0; i < weights_.layers.size(); ++i) {
    if (args.control != nullptr) {
      if (status = GoesOn(*args.control); !status) return status;
    }
    const PackedLayer& layer = weights_.layers[i];
    const bool last = i + 1 == weights_.layers.size();
    pass.reads = last ? args.reads : pass.all;
    for (size_t ahead = i; ahead < std::min(i + 2, weights_.layers.size()); ++ahead) {
      const bool read = ahead + 1 == weights_.layers.size();
      status = ExpectExperts(
          *backend_, {weights_.layers[ahead].experts, read ? args.reads.size() : pass.tokens});
      if (!status) return status;
    }
    status = layer.is_softmax ? Softmax(layer, pass) : Lightning(layer, pass);
    if (!status) return status;
    if (pass.rows == 0) break;
    status = RmsNorm(*backend_,
                     {.rows = pass.rows,
                      .hidden = hidden,
                      .x = pass.a,
                      .skip = pass.h,
                      .alpha = layer.is_softmax ? config_.softmax_alpha : config_.lightning_alpha,
                      .beta = layer.is_softmax ? config_.softmax_beta : config_.lightning_beta,
                      .weight = layer.mlp_input_norm.floats(),
                      .eps = config_.rms_eps,
                      .out = pass.h});
    if (!status) return status;
    status = Experts(layer, pass.h, pass.rows, pass.a);
    if (!status) return status;
    const auto& next_norm = last ? weights_.norm : weights_.layers[i + 1].attention_input_norm;
    status = RmsNorm(*backend_, {.rows = pass.rows,
                                 .hidden = hidden,
                                 .x = pass.a,
                                 .skip = pass.h,
                                 .alpha = config_.mlp_alpha,
                                 .beta = config_.mlp_beta,
                                 .weight = next_norm.floats(),
                                 .eps = config_.rms_eps,
                                 .out = pass.h});
    if (!status) return status;
  }
  if (pass.logits == nullptr) return OkStatus();
  const MatmulOutput out[] = {{&weights_.head, Epilogue::kNone, pass.logits}};
  return Matmul(*backend_, {1, hidden, pass.h, out});
}

Status M1Model::Lightning(const PackedLayer& layer, Pass& pass) const {
  const size_t hidden = U(config_.hidden), width = U(config_.attention_width());
  Scratch::Frame frame(backend_->scratch());
  float* qkv = frame.Take<float>(pass.tokens * 3 * width);
  float* gate = frame.Take<float>(pass.tokens * width);
  float* o = frame.Take<float>(pass.tokens * width);
  if (!frame.status()) return frame.status();
  const MatmulOutput outputs[] = {{&layer.qkv, Epilogue::kSilu, qkv},
                                  {&layer.output_gate, Epilogue::kNone, gate}};
  Status status = Matmul(*backend_, {pass.tokens, hidden, pass.h, outputs});
  if (!status) return status;
  size_t row = 0;
  for (const Segment& segment : pass.segments) {
    status = LightningAttention(
        *backend_,
        {segment.tokens, U(config_.heads), U(config_.head_dim), qkv + row * 3 * width, layer.slopes,
         segment.state->Lightning(layer.kind_index), o + row * width, !weights_.all_f32});
    if (!status) return status;
    row += segment.tokens;
  }
  pass.rows = pass.reads.size();
  if (pass.rows == 0) return OkStatus();
  Memory& memory = backend_->memory();
  if (status = Narrow(memory, pass.reads, hidden, pass.h); !status) return status;
  if (status = Narrow(memory, pass.reads, width, gate); !status) return status;
  if (status = Narrow(memory, pass.reads, width, o); !status) return status;
  status = GatedNorm(*backend_, {pass.rows, width, o, gate, layer.output_norm.floats(),
                                 config_.lightning_norm_eps, o});
  if (!status) return status;
  const MatmulOutput out[] = {{&layer.out, Epilogue::kNone, pass.a}};
  return Matmul(*backend_, {pass.rows, width, o, out});
}

Status M1Model::Softmax(const PackedLayer& layer, Pass& pass) const {
  const size_t hidden = U(config_.hidden), width = U(config_.attention_width()),
               kv_width = U(config_.kv_width());
  Scratch::Frame frame(backend_->scratch()), host(backend_->host_scratch());
  float* q = frame.Take<float>(pass.tokens * width);
  float* k = frame.Take<float>(pass.tokens * kv_width);
  float* v = frame.Take<float>(pass.tokens * kv_width);
  float* o = frame.Take<float>(pass.tokens * width);
  if (!frame.status()) return frame.status();
  const bool all = pass.reads.size() == pass.tokens;
  const MatmulOutput outputs[] = {{&layer.k, Epilogue::kNone, k},
                                  {&layer.v, Epilogue::kNone, v},
                                  {&layer.q, Epilogue::kNone, q}};
  Status status =
      Matmul(*backend_, {pass.tokens, hidden, pass.h, std::span(outputs).first(all ? 3 : 2)});
  if (!status) return status;
  const auto rope = [&](int heads, std::span<const size_t> positions, float* x) {
    return Rope(*backend_, {U(heads), U(config_.head_dim), U(config_.rotary_dim),
                            config_.rope_theta, positions, x});
  };
  if (status = rope(config_.kv_heads, pass.positions, k); !status) return status;
  size_t row = 0;
  for (const Segment& segment : pass.segments) {
    const size_t begin = segment.state->tokens();
    const KvView kv = segment.state->Kv(layer.kind_index, begin + segment.tokens);
    status =
        KvWrite(*backend_, {kv, begin, segment.tokens, k + row * kv_width, v + row * kv_width});
    if (!status) return status;
    row += segment.tokens;
  }

  pass.rows = pass.reads.size();
  if (pass.rows == 0) return OkStatus();
  size_t* positions = host.Take<size_t>(pass.rows);
  for (size_t i = 0; i < pass.rows; ++i) positions[i] = pass.positions[pass.reads[i]];
  if (!all) {
    if (status = Narrow(backend_->memory(), pass.reads, hidden, pass.h); !status) return status;
    status = Matmul(*backend_, {pass.rows, hidden, pass.h, std::span(outputs).last(1)});
    if (!status) return status;
  }
  if (status = rope(config_.heads, {positions, pass.rows}, q); !status) return status;
  size_t read = 0, end = 0;  // rows go with the segment whose tokens they are of
  for (const Segment& segment : pass.segments) {
    end += segment.tokens;
    const size_t first = read;
    while (read < pass.rows && pass.reads[read] < end) ++read;
    if (read == first) continue;
    const KvView kv = segment.state->Kv(layer.kind_index, segment.state->tokens() + segment.tokens);
    status = SoftmaxAttention(*backend_, {U(config_.heads),
                                          kv,
                                          {positions + first, read - first},
                                          q + first * width,
                                          o + first * width});
    if (!status) return status;
  }
  const MatmulOutput out[] = {{&layer.out, Epilogue::kNone, pass.a}};
  return Matmul(*backend_, {pass.rows, width, o, out});
}

Status M1Model::Experts(const PackedLayer& layer, const float* x, size_t rows, float* out) const {
  const size_t hidden = U(config_.hidden), top_k = U(config_.experts_per_token);
  Scratch::Frame frame(backend_->scratch());
  int32_t* chosen = frame.Take<int32_t>(rows * top_k);
  float* probabilities = frame.Take<float>(rows * top_k);
  if (!frame.status()) return frame.status();
  Status status = MoeRoute(*backend_, {rows, hidden, U(config_.experts), top_k, x,
                                       layer.router.floats(), chosen, probabilities});
  if (!status) return status;
  return MoeExperts(*backend_, {rows, hidden, top_k, x, chosen, probabilities, layer.experts, out});
}

Status M1Model::Head(size_t rows, const float* hidden, float* logits) const {
  if (!backend_->on_device()) {
    const OperatorTimer timer(*backend_, Operator::kHead);
    const MatmulOutput out[] = {{&weights_.head, Epilogue::kNone, logits}};
    return Matmul(*backend_, {rows, U(config_.hidden), hidden, out});
  }
  const size_t in = rows * U(config_.hidden), count = rows * U(config_.vocabulary);
  Scratch::Frame frame(backend_->scratch());
  float* x = frame.Take<float>(in);
  float* y = frame.Take<float>(count);
  if (!frame.status()) return frame.status();
  Status status = backend_->memory().CopyIn(x, hidden, in * sizeof(float));
  if (!status) return status;
  const MatmulOutput out[] = {{&weights_.head, Epilogue::kNone, y}};
  if (status = Matmul(*backend_, {rows, U(config_.hidden), x, out}); !status) return status;
  return backend_->memory().CopyOut(logits, y, count * sizeof(float));
}

Status M1Model::Embedding(Token token, float* row) const {
  Scratch::Frame frame(backend_->scratch());
  const size_t hidden = U(config_.hidden);
  float* out = frame.Take<float>(hidden);
  if (!frame.status()) return frame.status();
  Status status = Embed(*backend_, {weights_.embedding_type,
                                    {weights_.embedding.data(), weights_.embedding.size()},
                                    U(config_.vocabulary),
                                    hidden,
                                    {&token, 1},
                                    out});
  if (!status) return status;
  return backend_->memory().CopyOut(row, out, hidden * sizeof(float));
}

}  // namespace fathom
