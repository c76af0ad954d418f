// SPDX-License-Identifier: Apache-2.0
// Prefill and decode of a shape with generated weights, which go to the backend without a file:
//
//   shape_bench SHAPE TYPE DEVICE TOKENS CHUNK DECODE
//
//   SHAPE   a config.json, such as tests/shapes/m1_1500m.json
//           m1-last       MiniMax-M1's last layer alone, of which only what is read is computed
//           m1-lightning  a lightning layer of it with its 32 experts, before that last one
//           m1-softmax    a softmax layer of it, before that last one
//   TYPE    bf16 or q8_0     DEVICE  cpu or cuda:N     DECODE  tokens after TOKENS
//
// What is timed is what a session runs: M1Model::Forward in chunks, then one token at a time. The
// ids are random; the weights are too, so the text would be noise, but every byte is read and every
// product made. One whole layer takes what its shape takes more than m1-last.
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <random>
#include <string>

#include "base/check.h"
#include "engine/m1_model.h"
#include "kernels/lightning_attention/lightning_attention.h"

namespace fathom {
namespace {

using Clock = std::chrono::steady_clock;

double Since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

template <typename T>
T Must(Result<T> result) {
  CHECK_MESSAGE(result.ok(), result.ok() ? "" : result.error().Text());
  return std::move(*result);
}
void Must(const Status& status) {
  CHECK_MESSAGE(status.ok(), status.ok() ? "" : status.error().Text());
}

M1Config Shape(const std::string& name) {
  if (name.ends_with(".json")) {
    std::ifstream file(name);
    return Must(ParseHfConfig(std::string(std::istreambuf_iterator<char>(file), {}), name));
  }
  M1Config c;
  c.name = name;
  c.head_dim = 128;
  c.rotary_dim = 64;
  c.experts_per_token = 2;
  c.context_tokens_max = size_t{1} << 20;
  c.rope_theta = 1e7f;
  c.rms_eps = 1e-5f;
  c.lightning_alpha = c.softmax_alpha = c.mlp_alpha = 3.5565588f;
  c.lightning_beta = c.softmax_beta = c.mlp_beta = 1;
  if (name == "m1-last") c.is_softmax = {false};
  if (name == "m1-lightning") c.is_softmax = {false, false};
  if (name == "m1-softmax") c.is_softmax = {true, false};
  CHECK_MESSAGE(!c.is_softmax.empty(), "unknown shape " + name);
  c.layers = static_cast<int>(c.is_softmax.size());
  c.hidden = 6144, c.heads = 64, c.kv_heads = 8;
  c.experts = 32, c.expert_width = 9216, c.vocabulary = 1024;
  return c;
}

// Matrices of one table of random blocks, each from another place in it.
class Generator {
 public:
  Generator(DType type, const Backend& backend) : type_(type), backend_(backend) {
    constexpr size_t kBlocks = size_t{1} << 20;  // of 32 values
    const size_t bytes = DTypeRowBytes(type, 32);
    std::vector<float> values(32);
    table_.resize(kBlocks * bytes);
    for (size_t i = 0; i < kBlocks; ++i) {
      for (float& value : values) value = normal_(random_);
      QuantizeRow(type, values.data(), 32, table_.data() + i * bytes);
    }
  }

  std::vector<std::byte> Stored(size_t rows, size_t columns) {
    std::vector<std::byte> bytes(rows * DTypeRowBytes(type_, columns));
    const size_t block = DTypeRowBytes(type_, 32);
    size_t from = random_() % (table_.size() / block) * block;
    for (size_t at = 0; at < bytes.size();) {
      const size_t count = std::min(bytes.size() - at, table_.size() - from);
      std::memcpy(bytes.data() + at, table_.data() + from, count);
      at += count;
      from = 0;
    }
    return bytes;
  }
  PackedMatrix Matrix(size_t rows, size_t columns) {
    const std::vector<std::byte> bytes = Stored(rows, columns);
    return Must(PackedMatrix::Make({type_, bytes, rows, columns}, &backend_));
  }
  PackedExpert Expert(size_t hidden, size_t width) {
    const auto w1 = Stored(width, hidden), w3 = Stored(width, hidden), w2 = Stored(hidden, width);
    return Must(PackedExpert::Make({type_, w1, width, hidden}, {type_, w3, width, hidden},
                                   {type_, w2, hidden, width}, &backend_));
  }
  Buffer Floats(size_t count, float mean, float scale) {
    std::vector<float> values(count);
    for (float& value : values) value = mean + scale * normal_(random_) / kScale;
    return Must(Buffer::MakeFrom(backend_.memory(), values.data(), count * sizeof(float)));
  }

 private:
  static constexpr float kScale = 0.02f;
  DType type_;
  const Backend& backend_;
  std::mt19937_64 random_{7};
  std::normal_distribution<float> normal_{0, kScale};
  std::vector<std::byte> table_;
};

size_t U(int value) {
  return static_cast<size_t>(value);
}

PackedWeights Generate(const M1Config& c, DType type, const Backend& backend) {
  Generator generate(type, backend);
  const size_t hidden = U(c.hidden), width = U(c.attention_width());
  PackedWeights weights;
  weights.embedding_type = type;
  const auto embedding = generate.Stored(U(c.vocabulary), hidden);
  weights.embedding = Must(Buffer::MakeFrom(backend.memory(), embedding.data(), embedding.size()));
  size_t kinds[2] = {};
  for (int i = 0; i < c.layers; ++i) {
    PackedLayer layer;
    layer.is_softmax = c.is_softmax[U(i)];
    layer.kind_index = kinds[layer.is_softmax]++;
    layer.attention_input_norm = generate.Floats(hidden, 1, 0.1f);
    layer.mlp_input_norm = generate.Floats(hidden, 1, 0.1f);
    if (layer.is_softmax) {
      layer.q = generate.Matrix(width, hidden);
      layer.k = generate.Matrix(U(c.kv_width()), hidden);
      layer.v = generate.Matrix(U(c.kv_width()), hidden);
    } else {
      layer.qkv = generate.Matrix(3 * width, hidden);
      layer.output_gate = generate.Matrix(width, hidden);
      layer.output_norm = generate.Floats(width, 1, 0.1f);
      for (int head = 0; head < c.heads; ++head)
        layer.slopes.push_back(
            static_cast<float>(LightningSlope(U(head), U(c.heads), U(i), U(c.layers))));
    }
    layer.out = generate.Matrix(hidden, width);
    layer.router = generate.Floats(U(c.experts) * hidden, 0, 0.02f);
    for (int e = 0; e < c.experts; ++e)
      layer.experts.push_back(generate.Expert(hidden, U(c.expert_width)));
    weights.layers.push_back(std::move(layer));
  }
  weights.norm = generate.Floats(hidden, 1, 0.1f);
  weights.head = generate.Matrix(U(c.vocabulary), hidden);
  weights.kv = {DType::kBF16, U(c.kv_heads), U(c.head_dim), kKvPageTokens,
                backend.on_device() ? KvLayout::kRows : KvLayout::kLanes};
  return weights;
}

size_t Number(const char* text) {
  size_t value = 0;
  const auto read = std::from_chars(text, text + std::strlen(text), value);
  CHECK_MESSAGE(read.ec == std::errc() && *read.ptr == 0, "not a number");
  return value;
}

void Run(const M1Model& model, size_t tokens, size_t chunk, size_t decode) {
  const size_t hidden = U(model.config().hidden);
  std::mt19937 random(3);
  std::vector<Token> ids(tokens + decode);
  for (Token& id : ids)
    id = static_cast<Token>(random() % static_cast<unsigned>(model.config().vocabulary));
  std::vector<float> row(hidden), logits(U(model.config().vocabulary));
  const auto forward = [&](SequenceState& state, size_t begin, size_t count, bool with_logits) {
    const size_t last = count - 1;
    const Segment segment{&state, count};
    Must(model.Forward({{ids.data() + begin, count},
                        {&last, 1},
                        {&segment, 1},
                        row.data(),
                        nullptr,
                        with_logits ? logits.data() : nullptr}));
    for (const float value : row) CHECK_MESSAGE(std::isfinite(value), "a hidden value");
  };
  {  // scratch memory and libraries
    SequenceState warm(model.state_shape(), model.backend().memory());
    forward(warm, 0, std::min(chunk, tokens), false);
  }
  SequenceState state(model.state_shape(), model.backend().memory());
  Must(state.status());
  const auto start = Clock::now();
  size_t next_report = 8192;
  for (size_t at = 0; at < tokens;) {
    const size_t count = std::min(chunk, tokens - at);
    forward(state, at, count, false);
    at += count;
    if (at != tokens && at < next_report) continue;
    const double seconds = Since(start);
    std::printf("  prefill %8zu tokens %9.3f s %10.0f tok/s\n", at, seconds,
                static_cast<double>(at) / seconds);
    std::fflush(stdout);
    next_report = 2 * at;
  }
  for (size_t i = 0; i < std::min<size_t>(decode, 4); ++i)
    forward(state, tokens + i, 1, true);  // the step is recorded
  if (decode <= 4) return;
  const auto decode_start = Clock::now();
  for (size_t i = 4; i < decode; ++i) forward(state, tokens + i, 1, true);
  const double each = Since(decode_start) / static_cast<double>(decode - 4);
  std::printf("  decode at %zu: %.1f us a token, %.0f tok/s\n", tokens, each * 1e6, 1 / each);
}

int Main(char** argv) {
  const std::string type = argv[2], device = argv[3];
  ThreadPool pool(0);
  auto backend = device == "cpu" ? Must(Backend::Create(pool))
                                 : Must(Backend::CreateCuda(pool, device.back() - '0'));
  const M1Config config = Shape(argv[1]);
  auto weights = Generate(config, type == "q8_0" ? DType::kQ8_0 : DType::kBF16, *backend);
  const M1Model model(config, std::move(weights), std::move(backend));
  std::printf("%s %s on %s, chunks of %s, generated weights\n", argv[1], argv[2], argv[3], argv[5]);
  Run(model, Number(argv[4]), Number(argv[5]), Number(argv[6]));
  return 0;
}

}  // namespace
}  // namespace fathom

int main(int argc, char** argv) {
  if (argc == 7) return fathom::Main(argv);
  std::fprintf(stderr, "usage: shape_bench SHAPE TYPE DEVICE TOKENS CHUNK DECODE\n");
  return 2;
}
