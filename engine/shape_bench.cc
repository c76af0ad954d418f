// SPDX-License-Identifier: Apache-2.0
// Prefill and decode of a shape with generated weights, which go to the backend without a file:
//
//   shape_bench SHAPE TYPE DEVICE TOKENS CHUNK DECODE
//
//   SHAPE   a config.json, such as tests/shapes/m1_1500m.json
//           m1            all 80 layers of MiniMax-M1, of which only eight have weights of their
//                         own (seven lightning, one softmax): the others borrow theirs. Two of them
//                         have experts of their own on the host, from where all layers' experts
//                         cross the bus.
//           m1-last       MiniMax-M1's last layer alone, of which only what is read is computed
//           m1-lightning  a lightning layer of it with its 32 experts, before that last one
//           m1-softmax    a softmax layer of it, before that last one
//   TYPE    bf16 or q8_0, or of the experts on a device alone q4_k, iq4_xs or q3_k (else bf16)
//   DEVICE  cpu or cuda:N     DECODE  tokens after TOKENS
//
// What is timed is what a session runs: M1Model::Forward in chunks, then one token at a time. The
// ids are random; the weights are too, so the text would be noise, but every byte is read and every
// product made. One whole layer takes what its shape takes more than m1-last.
#include <algorithm>
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

constexpr size_t kOwnLayers = 8;          // of m1
constexpr size_t kOwnExperts[] = {0, 7};  // of those, the ones with experts of their own

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
  for (int i = 0; name == "m1" && i < 80; ++i) c.is_softmax.push_back(i % 8 == 7);
  if (name == "m1-last") c.is_softmax = {false};
  if (name == "m1-lightning") c.is_softmax = {false, false};
  if (name == "m1-softmax") c.is_softmax = {true, false};
  CHECK_MESSAGE(!c.is_softmax.empty(), "unknown shape " + name);
  c.layers = static_cast<int>(c.is_softmax.size());
  c.hidden = 6144, c.heads = 64, c.kv_heads = 8;
  c.experts = 32, c.expert_width = 9216;
  c.vocabulary = name == "m1" ? 200064 : 1024;
  return c;
}

size_t U(int value) {
  return static_cast<size_t>(value);
}

// Matrices of a table of random blocks, each from another place in it.
class Table {
 public:
  Table(DType type, std::mt19937_64& random) : type_(type) {
    const size_t columns = std::max<size_t>(DTypeBlockColumns(type), 32);
    block_ = DTypeRowBytes(type, columns);
    std::normal_distribution<float> normal(0, kScale);
    std::vector<float> values(columns);
    // Searching for the best blocks of a small type takes its time.
    bytes_.resize((size_t{1} << (IsSmall(type) ? 12 : 20)) * block_);
    for (size_t at = 0; at < bytes_.size(); at += block_) {
      for (float& value : values) value = normal(random);
      QuantizeRow(type, values.data(), columns, bytes_.data() + at);
    }
  }
  DType type() const { return type_; }
  std::vector<std::byte> Stored(size_t rows, size_t columns, std::mt19937_64& random) const {
    std::vector<std::byte> bytes(rows * DTypeRowBytes(type_, columns));
    size_t from = random() % (bytes_.size() / block_) * block_;
    for (size_t at = 0; at < bytes.size();) {
      const size_t count = std::min(bytes.size() - at, bytes_.size() - from);
      std::memcpy(bytes.data() + at, bytes_.data() + from, count);
      at += count;
      from = 0;
    }
    return bytes;
  }
  static constexpr float kScale = 0.02f;

 private:
  DType type_;
  size_t block_ = 0;
  std::vector<std::byte> bytes_;
};

class Generator {
 public:
  Generator(const M1Config& config, DType dense, DType experts, const Backend& backend)
      : c_(config), backend_(backend), dense_(dense, random_), experts_(experts, random_) {}

  PackedWeights Weights() {
    const size_t hidden = U(c_.hidden);
    PackedWeights weights;
    weights.embedding_type = dense_.type();
    const auto embedding = dense_.Stored(U(c_.vocabulary), hidden, random_);
    weights.embedding =
        Must(Buffer::MakeFrom(backend_.memory(), embedding.data(), embedding.size()));
    size_t kinds[2] = {};
    const bool borrows = c_.name == "m1";
    weights.layers.reserve(U(c_.layers));
    for (int i = 0; i < c_.layers; ++i) {
      const bool own = !borrows || U(i) < kOwnLayers;
      PackedLayer layer = own ? Layer(i) : Borrow(weights.layers[U(i) % kOwnLayers]);
      const size_t* owner = std::find(std::begin(kOwnExperts), std::end(kOwnExperts), U(i));
      if (!borrows || owner != std::end(kOwnExperts)) {
        layer.experts = Experts(borrows && backend_.on_device());
      }
      layer.kind_index = kinds[layer.is_softmax]++;
      weights.layers.push_back(std::move(layer));
    }
    for (size_t i = 0; i < weights.layers.size(); ++i) {
      if (!weights.layers[i].experts.empty()) continue;
      for (const PackedExpert& expert : weights.layers[kOwnExperts[i % 2]].experts)
        weights.layers[i].experts.push_back(expert.Borrowed());
    }
    weights.norm = Floats(hidden, 1, 0.1f);
    weights.head = Matrix(U(c_.vocabulary), hidden);
    weights.kv = {KvType::kBF16, U(c_.kv_heads), U(c_.head_dim), kKvPageTokens,
                  backend_.on_device() ? KvLayout::kRows : KvLayout::kLanes};
    return weights;
  }

 private:
  PackedMatrix Matrix(size_t rows, size_t columns) {
    const std::vector<std::byte> bytes = dense_.Stored(rows, columns, random_);
    return Must(PackedMatrix::Make({dense_.type(), bytes, rows, columns}, &backend_));
  }
  Buffer Floats(size_t count, float mean, float scale) {
    std::normal_distribution<float> normal(mean, scale);
    std::vector<float> values(count);
    for (float& value : values) value = normal(random_);
    return Must(Buffer::MakeFrom(backend_.memory(), values.data(), count * sizeof(float)));
  }
  std::vector<PackedExpert> Experts(bool on_host) {
    const size_t hidden = U(c_.hidden), width = U(c_.expert_width);
    const DType type = experts_.type();
    std::vector<PackedExpert> experts;
    for (int e = 0; e < c_.experts; ++e) {
      const auto w1 = experts_.Stored(width, hidden, random_),
                 w3 = experts_.Stored(width, hidden, random_),
                 w2 = experts_.Stored(hidden, width, random_);
      experts.push_back(
          Must(PackedExpert::Make({type, w1, width, hidden}, {type, w3, width, hidden},
                                  {type, w2, hidden, width}, &backend_, on_host)));
    }
    return experts;
  }
  // All but its experts.
  PackedLayer Layer(int i) {
    const size_t hidden = U(c_.hidden), width = U(c_.attention_width());
    PackedLayer layer;
    layer.is_softmax = c_.is_softmax[U(i)];
    layer.attention_input_norm = Floats(hidden, 1, 0.1f);
    layer.mlp_input_norm = Floats(hidden, 1, 0.1f);
    if (layer.is_softmax) {
      layer.q = Matrix(width, hidden);
      layer.k = Matrix(U(c_.kv_width()), hidden);
      layer.v = Matrix(U(c_.kv_width()), hidden);
    } else {
      layer.qkv = Matrix(3 * width, hidden);
      layer.output_gate = Matrix(width, hidden);
      layer.output_norm = Floats(width, 1, 0.1f);
      for (int head = 0; head < c_.heads; ++head)
        layer.slopes.push_back(
            static_cast<float>(LightningSlope(U(head), U(c_.heads), U(i), U(c_.layers))));
    }
    layer.out = Matrix(hidden, width);
    layer.router = Floats(U(c_.experts) * hidden, 0, 0.02f);
    return layer;
  }
  static PackedLayer Borrow(const PackedLayer& from) {
    PackedLayer layer;
    layer.is_softmax = from.is_softmax;
    layer.attention_input_norm = from.attention_input_norm.Borrowed();
    layer.mlp_input_norm = from.mlp_input_norm.Borrowed();
    layer.q = from.q.Borrowed();
    layer.k = from.k.Borrowed();
    layer.v = from.v.Borrowed();
    layer.qkv = from.qkv.Borrowed();
    layer.output_gate = from.output_gate.Borrowed();
    layer.output_norm = from.output_norm.Borrowed();
    layer.slopes = from.slopes;
    layer.out = from.out.Borrowed();
    layer.router = from.router.Borrowed();
    return layer;
  }

  const M1Config& c_;
  const Backend& backend_;
  std::mt19937_64 random_{7};
  Table dense_, experts_;
};

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
  const std::string device = argv[3];
  const auto type = DTypeOfName(argv[2]);
  CHECK_MESSAGE(type.has_value(), "unknown type");
  ThreadPool pool(0);
  auto backend = device == "cpu" ? Must(Backend::Create(pool))
                                 : Must(Backend::CreateCuda(pool, device.back() - '0'));
  const M1Config config = Shape(argv[1]);
  auto weights =
      Generator(config, IsSmall(*type) ? DType::kBF16 : *type, *type, *backend).Weights();
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
