// SPDX-License-Identifier: Apache-2.0
// The forward pass against an independent one in double precision (tests/golden/m1_reference.py).
#include "base/thread_pool.h"
#include "engine/test_support.h"
#include "kernels/backend.h"

namespace fathom::test {
namespace {

// Promised is 1e-4. Measured is below 1e-5 on every instruction set, and tighter catches smaller
// faults: a slope without its 1e-5 or another RMS epsilon move these logits by 6e-5.
constexpr float kTolerance = 2e-5f;

class GoldenTest : public testing::TestWithParam<std::string> {
 protected:
  const Golden golden_ = LoadGolden(GetParam());
  TempFolder folder_;
};

TEST_P(GoldenTest, LogitsAgreeInOnePassAndInChunks) {
  const auto engine = OpenGolden(golden_, folder_);
  for (const size_t chunk : {512, 1, 7, 64}) {
    Session session = Must(engine->NewSession({.chunk_tokens = chunk}));
    EXPECT_LE(WorstDifference(golden_, Must(session.AppendAllLogits(golden_.ids))), kTolerance)
        << "chunks of " << chunk;
  }
}

// Decode: a prefix in one pass, then token by token, reading the next-token logits of each.
TEST_P(GoldenTest, LogitsAgreeInDecode) {
  const auto engine = OpenGolden(golden_, folder_);
  Session session = Must(engine->NewSession({}));
  const size_t prefix = golden_.ids.size() / 3;
  const std::span<const Token> ids(golden_.ids);
  std::vector<float> all = Must(session.AppendAllLogits(ids.first(prefix)));
  for (size_t i = prefix; i < ids.size(); ++i) {
    Must(session.Append(ids.subspan(i, 1)));
    const auto row = Must(session.Logits());
    all.insert(all.end(), row.begin(), row.end());
  }
  EXPECT_LE(WorstDifference(golden_, all), kTolerance);
}

TEST_P(GoldenTest, EveryInstructionSetAgrees) {
  for (const Isa isa : {Isa::kScalar, Isa::kAvx2, Isa::kAvx512}) {
    if (!IsaSupported(isa)) continue;
    ::setenv("FATHOM_ISA", std::string(IsaName(isa)).c_str(), 1);
    const auto engine = OpenGolden(golden_, folder_);
    ::unsetenv("FATHOM_ISA");
    Session session = Must(engine->NewSession({}));
    EXPECT_LE(WorstDifference(golden_, Must(session.AppendAllLogits(golden_.ids))), kTolerance)
        << IsaName(isa);
  }
}

TEST_P(GoldenTest, ThreadCountDoesNotChangeABit) {
  const auto one = OpenGolden(golden_, folder_, 1), three = OpenGolden(golden_, folder_, 3);
  Session a = Must(one->NewSession({})), b = Must(three->NewSession({}));
  EXPECT_EQ(Must(a.AppendAllLogits(golden_.ids)), Must(b.AppendAllLogits(golden_.ids)));
  EXPECT_EQ(one->fingerprint(), three->fingerprint());
}

TEST_P(GoldenTest, SingleFileAndShardsGiveTheSameBits) {
  const auto single = OpenGolden(golden_, folder_);
  TempFolder sharded_folder;
  Must(WriteSyntheticCheckpoint(sharded_folder.path(), golden_.config,
                                {.seed = golden_.seed, .shards = 3}));
  const auto sharded =
      Must(Engine::Open({.checkpoint = sharded_folder.path(), .threads = 1, .device = "cpu"}));
  Session a = Must(single->NewSession({})), b = Must(sharded->NewSession({}));
  EXPECT_EQ(Must(a.AppendAllLogits(golden_.ids)), Must(b.AppendAllLogits(golden_.ids)));
}

INSTANTIATE_TEST_SUITE_P(Cases, GoldenTest, testing::Values("m1", "nano", "odd", "single"),
                         [](const auto& info) { return info.param; });

// The epsilon of the lightning norm matters in this case, and can be given instead of read.
TEST(LightningNormEps, OptionReplacesTheCheckpointsOwn) {
  Golden golden = LoadGolden("odd");
  std::erase_if(golden.config.as_object(),
                [](const Json::Member& member) { return member.first == "lightning_norm_eps"; });
  TempFolder folder;
  const auto plain = OpenGolden(golden, folder);
  const auto overridden = Must(Engine::Open(
      {.checkpoint = folder.path(), .threads = 1, .device = "cpu", .lightning_norm_eps = 1e-2}));
  Session a = Must(plain->NewSession({})), b = Must(overridden->NewSession({}));
  EXPECT_GT(WorstDifference(golden, Must(a.AppendAllLogits(golden.ids))), 10 * kTolerance);
  EXPECT_LE(WorstDifference(golden, Must(b.AppendAllLogits(golden.ids))), kTolerance);
  EXPECT_NE(plain->fingerprint(), overridden->fingerprint());
}

class GgufGoldenTest : public GoldenTest {};

TEST_P(GgufGoldenTest, GgufGivesTheSameBitsAsSafetensors) {
  const auto engine = OpenGolden(golden_, folder_);
  const std::string gguf = folder_ / "model.gguf";
  Must(ConvertCheckpoint(folder_.path(), gguf, DType::kF32));
  const auto other = Must(Engine::Open({.checkpoint = gguf, .threads = 1, .device = "cpu"}));
  Session a = Must(engine->NewSession({})), b = Must(other->NewSession({}));
  EXPECT_EQ(Must(a.AppendAllLogits(golden_.ids)), Must(b.AppendAllLogits(golden_.ids)));
  EXPECT_EQ(engine->info().parameters, other->info().parameters);
  // Once more through the reader and writer: nothing is lost on the way.
  Must(ConvertCheckpoint(gguf, folder_ / "again.gguf", DType::kF32));
  EXPECT_EQ(ReadText(gguf).size(), ReadText(folder_ / "again.gguf").size());
}

// Weights in bf16 are computed exactly: as the f32 checkpoint of the rounded values would be.
TEST_P(GgufGoldenTest, Bf16WeightsAreComputedExactly) {
  Must(WriteSyntheticCheckpoint(folder_.path(), golden_.config,
                                {.seed = golden_.seed, .type = DType::kBF16}));
  Must(ConvertCheckpoint(folder_.path(), folder_ / "wide.gguf", DType::kF32));
  const auto narrow =
      Must(Engine::Open({.checkpoint = folder_.path(), .threads = 1, .device = "cpu"}));
  const auto wide =
      Must(Engine::Open({.checkpoint = folder_ / "wide.gguf", .threads = 1, .device = "cpu"}));
  EXPECT_EQ(narrow->info().weights_type, "bf16");
  Session a = Must(narrow->NewSession({})), b = Must(wide->NewSession({}));
  EXPECT_EQ(Must(a.AppendAllLogits(golden_.ids)), Must(b.AppendAllLogits(golden_.ids)));
}

// Eight bits: as the f32 checkpoint of the dequantised values, up to the rounding of activations.
TEST_P(GgufGoldenTest, Q8WeightsAreCloseToTheirValues) {
  Must(WriteSyntheticCheckpoint(folder_.path(), golden_.config, {.seed = golden_.seed}));
  Must(ConvertCheckpoint(folder_.path(), folder_ / "q8.gguf", DType::kQ8_0));
  Must(ConvertCheckpoint(folder_ / "q8.gguf", folder_ / "wide.gguf", DType::kF32));
  const auto eight =
      Must(Engine::Open({.checkpoint = folder_ / "q8.gguf", .threads = 1, .device = "cpu"}));
  const auto wide =
      Must(Engine::Open({.checkpoint = folder_ / "wide.gguf", .threads = 1, .device = "cpu"}));
  EXPECT_EQ(eight->info().weights_type, "q8_0");
  Session a = Must(eight->NewSession({})), b = Must(wide->NewSession({}));
  const auto x = Must(a.AppendAllLogits(golden_.ids)), y = Must(b.AppendAllLogits(golden_.ids));
  double sum = 0;
  for (size_t i = 0; i < x.size(); ++i) sum += (x[i] - y[i]) * (x[i] - y[i]);
  // Keys and values are rounded to bf16 (2^-9), which random weights amplify; the logits' spread
  // is 2.
  EXPECT_LT(std::sqrt(sum / static_cast<double>(x.size())), 0.05);
}

// The same for the types below eight bits, in a model whose rows are whole blocks. The report tells
// the types that each tensor got and errors that fewer bits make larger.
TEST(SmallWeights, AreCloseToTheirValuesAndReported) {
  const Golden golden = LoadGolden("m1");
  Json config = golden.config;
  for (const auto& [key, value] : {std::pair{"hidden_size", 256},
                                   {"intermediate_size", 256},
                                   {"num_attention_heads", 4},
                                   {"num_key_value_heads", 2},
                                   {"head_dim", 64},
                                   {"num_local_experts", 2}}) {
    config.Set(key, value);
  }
  TempFolder folder;
  Must(WriteSyntheticCheckpoint(folder.path(), config, {.seed = 3}));
  double least = 0;
  for (const DType type : {DType::kQ6K, DType::kIQ4XS, DType::kQ4K, DType::kQ4_0, DType::kQ3K}) {
    const std::string path = folder / "small.gguf", wide_path = folder / "wide.gguf";
    std::vector<ConvertedTensor> report;
    Must(ConvertCheckpoint(folder.path(), path, type, &report, 2));
    double error = 0;
    for (const ConvertedTensor& tensor : report) {
      const bool ends = tensor.name == "token_embd.weight" || tensor.name == "output.weight";
      const bool exact = tensor.name.find("norm") != std::string::npos ||
                         tensor.name.find("ffn_gate_inp") != std::string::npos;
      EXPECT_EQ(tensor.type, exact ? DType::kF32 : ends ? DType::kQ8_0 : type) << tensor.name;
      if (exact) {
        EXPECT_EQ(tensor.error, 0) << tensor.name;
      }
      if (!exact && !ends) error = std::max(error, tensor.error);
    }
    EXPECT_GT(error, least) << DTypeName(type);
    EXPECT_LT(error, 0.25) << DTypeName(type);
    least = error * 0.8;
    Must(ConvertCheckpoint(path, wide_path, DType::kF32));
    const auto small = Must(Engine::Open({.checkpoint = path, .threads = 1, .device = "cpu"}));
    const auto wide = Must(Engine::Open({.checkpoint = wide_path, .threads = 1, .device = "cpu"}));
    EXPECT_EQ(small->info().weights_type, DTypeName(type));
    Session a = Must(small->NewSession({})), b = Must(wide->NewSession({}));
    const std::span<const Token> ids = std::span(golden.ids).first(100);
    const auto x = Must(a.AppendAllLogits(ids)), y = Must(b.AppendAllLogits(ids));
    double sum = 0;
    for (size_t i = 0; i < x.size(); ++i) sum += (x[i] - y[i]) * (x[i] - y[i]);
    EXPECT_LT(std::sqrt(sum / static_cast<double>(x.size())), 0.05) << DTypeName(type);
  }
}

INSTANTIATE_TEST_SUITE_P(Cases, GgufGoldenTest, testing::Values("m1", "nano"),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace fathom::test
