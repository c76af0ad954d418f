// SPDX-License-Identifier: Apache-2.0
// The engine on a CUDA device: against the independent forward pass in double precision, and
// against the engine on the CPU. Skipped, with the reason, where there is no device.
#include "engine/test_support.h"
#include "kernels/backend.h"

namespace fathom::test {
namespace {

constexpr float kTolerance = 2e-5f;  // as golden_test.cc: everything is f32 here too
constexpr char kDevice[] = "cuda:0";

#define SKIP_WITHOUT_DEVICE()                             \
  if (const auto device = DescribeCudaDevice(0); !device) \
    GTEST_SKIP() << device.error().Text();                \
  else                                                    \
    ::testing::Test::RecordProperty("device", *device)

double RelativeDifference(const std::vector<float>& expected, const std::vector<float>& actual) {
  double sum = 0, size = 0;
  for (size_t i = 0; i < expected.size(); ++i) {
    sum += std::pow(double{expected[i]} - actual[i], 2);
    size += std::pow(double{expected[i]}, 2);
  }
  return expected.size() == actual.size() ? std::sqrt(sum / size) : HUGE_VAL;
}

class DeviceTest : public testing::TestWithParam<std::string> {
 protected:
  const Golden golden_ = LoadGolden(GetParam());
  TempFolder folder_;
};

TEST_P(DeviceTest, LogitsEqualTheGoldenOnesInAnyChunksAndInDecode) {
  SKIP_WITHOUT_DEVICE();
  const auto engine = OpenGolden(golden_, folder_, 1, kDevice);
  EXPECT_EQ(engine->device(), "cuda");
  for (const size_t chunk : {512, 1, 7, 64}) {
    Session session = Must(engine->NewSession({.chunk_tokens = chunk}));
    EXPECT_LE(WorstDifference(golden_, Must(session.AppendAllLogits(golden_.ids))), kTolerance)
        << "chunks of " << chunk;
  }
}

TEST_P(DeviceTest, GreedyContinuationEqualsTheCpus) {
  SKIP_WITHOUT_DEVICE();
  const auto cpu = OpenGolden(golden_, folder_), cuda = OpenGolden(golden_, folder_, 1, kDevice);
  EXPECT_NE(cpu->fingerprint(), cuda->fingerprint());
  std::vector<Token> tokens[2];
  for (Engine* engine : {cpu.get(), cuda.get()}) {
    Session session = Must(engine->NewSession());
    Must(session.Append(golden_.ids));
    tokens[engine == cuda.get()] = Must(session.Generate({.output_tokens_max = 64})).tokens;
  }
  EXPECT_EQ(tokens[0], tokens[1]);
}

// A state is a value on a device too.
TEST_P(DeviceTest, ForkedAndRestoredSessionsGiveTheSameBits) {
  SKIP_WITHOUT_DEVICE();
  const auto engine = OpenGolden(golden_, folder_, 1, kDevice);
  const std::span<const Token> ids(golden_.ids);
  const size_t half = ids.size() / 2;
  Session session = Must(engine->NewSession());
  Must(session.Append(ids.first(half)));
  Must(session.Save(folder_ / "state"));
  Session fork = Must(session.Fork());
  Must(session.Append(ids.subspan(half)));
  const auto expected = Must(session.Logits());
  Must(fork.Append(ids.subspan(half)));
  EXPECT_EQ(Must(fork.Logits()), expected);
  Session restored = Must(engine->Restore(folder_ / "state"));
  EXPECT_EQ(restored.usage().restored, half);
  Must(restored.Append(ids.subspan(half)));
  EXPECT_EQ(Must(restored.Logits()), expected);
  const auto cpu = OpenGolden(golden_, folder_);
  EXPECT_EQ(cpu->Restore(folder_ / "state").error().code, Code::kInvalid);
}

INSTANTIATE_TEST_SUITE_P(Cases, DeviceTest, testing::Values("m1", "nano", "odd", "single"),
                         [](const auto& info) { return info.param; });

// Eight-bit and bf16 weights on random values: a relative error as of the other roundings.
TEST_P(DeviceTest, QuantisedWeightsAgreeWithTheCpus) {
  SKIP_WITHOUT_DEVICE();
  Must(WriteSyntheticCheckpoint(folder_.path(), golden_.config, {.seed = golden_.seed}));
  if (golden_.config.Find("hidden_size")->as_int() % 32 != 0) GTEST_SKIP() << "no whole blocks";
  if (GetParam() == "odd") GTEST_SKIP() << "three alphas do not fit a GGUF";
  Must(ConvertCheckpoint(folder_.path(), folder_ / "q8.gguf", DType::kQ8_0));
  std::vector<float> logits[2];
  for (const std::string device : {"cpu", kDevice}) {
    const auto engine =
        Must(Engine::Open({.checkpoint = folder_ / "q8.gguf", .threads = 1, .device = device}));
    Session session = Must(engine->NewSession());
    logits[device == kDevice] = Must(session.AppendAllLogits(golden_.ids));
  }
  EXPECT_LT(RelativeDifference(logits[0], logits[1]), 0.02);  // random weights amplify bf16 keys
}

// The shipped model, in Q8_0 with bf16 keys and values: both engines round, at different places.
TEST(DeviceNano, ScoresAndGreedyTextEqualTheCpus) {
  SKIP_WITHOUT_DEVICE();
  const char* folder = std::getenv("FATHOM_NANO");
  const std::string path =
      (folder != nullptr ? std::string(folder) : std::string(FATHOM_SOURCE_DIR) + "/models/nano") +
      "/nano.gguf";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << path << " is absent";
  std::vector<float> logits[2];
  std::vector<Token> tokens[2];
  for (const std::string device : {"cpu", kDevice}) {
    const auto engine = Must(Engine::Open({.checkpoint = path, .threads = 1, .device = device}));
    std::vector<Token> ids;
    for (int i = 0; i < 700; ++i) ids.push_back(32 + (i * 7919) % 95);
    Session session = Must(engine->NewSession());
    const bool cuda = device == kDevice;
    logits[cuda] = Must(session.AppendAllLogits(ids));
    tokens[cuda] = Must(session.Generate({.output_tokens_max = 32})).tokens;
  }
  const double relative = RelativeDifference(logits[0], logits[1]);
  std::printf("nano: |cuda - cpu| / |cpu| of all logits %.2e\n", relative);
  EXPECT_LT(relative, 0x1p-8);  // one rounding of keys and values to bf16
  EXPECT_EQ(tokens[0], tokens[1]);
}

}  // namespace
}  // namespace fathom::test
