// SPDX-License-Identifier: Apache-2.0
// Keys and values in each type that may be chosen at open: how far the logits are from those of
// double precision, and that a session's laws hold whatever the type. (Random interleavings of
// everything, in eight bits: interleaving_test.cc.)
#include <thread>

#include "engine/engine_core.h"
#include "engine/rewind.h"
#include "engine/session_impl.h"
#include "engine/test_support.h"

namespace fathom::test {
namespace {

const std::string kTypes[] = {"f32", "bf16", "q8"};

class KvTypeTest : public testing::TestWithParam<std::string> {
 protected:
  KvTypeTest() {
    Must(WriteSyntheticCheckpoint(folder_.path(), golden_.config, {.seed = golden_.seed}));
  }
  std::unique_ptr<Engine> Open(const std::string& kv_type, int threads = 2) const {
    return Must(Engine::Open(
        {.checkpoint = folder_.path(), .threads = threads, .device = "cpu", .kv_type = kv_type}));
  }
  std::span<const Token> Ids(size_t begin, size_t count) const {
    return std::span<const Token>(golden_.ids).subspan(begin, count);
  }

  Golden golden_ = LoadGolden("nano");
  TempFolder folder_;
};

// Of softmax layers alone: what a row gives does not depend on its chunk, bitwise.
class KvTypeBitsTest : public KvTypeTest {
 protected:
  KvTypeBitsTest() {
    Json layers = Json::EmptyArray();
    for (int i = 0; i < golden_.config.Find("num_hidden_layers")->as_int(); ++i) layers.Push(1);
    golden_.config.Set("attn_type_list", std::move(layers));
    Must(WriteSyntheticCheckpoint(folder_.path(), golden_.config, {.seed = golden_.seed}));
  }
};

// f32 as exactly as the golden test asks. Else k and v of each softmax layer are rounded once, to
// 2^-8 in bf16; eight bits round within 1/254 of a head's largest element, which of normal values
// is 2^-7 of their mean, and q and p much less. Roundings that know nothing of each other make the
// root of their number; an expert chosen by a hair makes more, in a few positions.
TEST_P(KvTypeTest, LogitsAreWithinTheTypesRoundingOfDoublePrecision) {
  const auto engine = Open(GetParam());
  Session session = Must(engine->NewSession());
  const std::vector<float> all = Must(session.AppendAllLogits(golden_.ids));
  if (GetParam() == "f32") {
    EXPECT_LE(WorstDifference(golden_, all), 2e-5f);
    return;
  }
  const double roundings = (GetParam() == "bf16" ? 4.0 : 2.0) * engine->info().softmax_layers;
  const double bound = std::sqrt(roundings) * (GetParam() == "bf16" ? 0x1p-8 : 0x1p-7);
  std::vector<double> differences;
  for (size_t i = 0; i < golden_.positions.size(); ++i) {
    double square = 0, difference = 0;
    for (size_t j = 0; j < golden_.vocabulary(); ++j) {
      const double want = golden_.logits[i * golden_.vocabulary() + j];
      const double found = all[golden_.positions[i] * golden_.vocabulary() + j];
      square += want * want;
      difference += (found - want) * (found - want);
    }
    differences.push_back(std::sqrt(difference / square));
  }
  std::sort(differences.begin(), differences.end());
  const size_t beyond = static_cast<size_t>(
      differences.end() - std::upper_bound(differences.begin(), differences.end(), bound));
  std::printf(
      "%s: of half the positions |difference| / |logits| is below %.2e, of all %.2e; %zu of "
      "%zu are beyond %.2e\n",
      GetParam().c_str(), differences[differences.size() / 2], differences.back(), beyond,
      differences.size(), bound);
  EXPECT_GT(differences[0], 1e-5) << "as if nothing were rounded";
  EXPECT_LE(differences[differences.size() / 2], bound / 4);
  EXPECT_LE(beyond, differences.size() / 10);
}

TEST_P(KvTypeBitsTest, AnySplitOfAPromptGivesTheSameBitsAloneAndTogether) {
  const auto engine = Open(GetParam()), single = Open(GetParam(), 1);
  Session whole = Must(engine->NewSession());
  const auto expected = Must(whole.AppendAllLogits(golden_.ids));
  for (const size_t chunk : {1, 7, 64, 100}) {
    Session session = Must(single->NewSession({.chunk_tokens = chunk}));
    EXPECT_EQ(Must(session.AppendAllLogits(golden_.ids)), expected) << "chunks of " << chunk;
  }
  const GenerateOptions generate{.output_tokens_max = 24};
  const auto alone = Must(Must(whole.Fork()).Generate(generate)).tokens;
  std::vector<Session> forks;
  for (size_t i = 0; i < 8; ++i) forks.push_back(Must(whole.Fork()));
  std::vector<std::vector<Token>> together(forks.size());
  std::vector<std::thread> threads;
  for (size_t i = 0; i < forks.size(); ++i)
    threads.emplace_back([&, i] { together[i] = Must(forks[i].Generate(generate)).tokens; });
  for (std::thread& thread : threads) thread.join();
  for (const auto& tokens : together) EXPECT_EQ(tokens, alone);
}

// Written over a page that is shared, rewound into one that has more, and both from a file.
TEST_P(KvTypeBitsTest, ForkedRewoundAndRestoredSessionsEqualNewOnes) {
  const auto engine = Open(GetParam()), other = Open(GetParam(), 1);
  const auto fresh = [&](std::initializer_list<std::span<const Token>> parts) {
    Session session = Must(engine->NewSession());
    for (const auto part : parts) Must(session.Append(part));
    return Must(session.Logits());
  };
  Session parent = Must(engine->NewSession());
  Must(parent.Append(Ids(0, 70)));
  Must(MarkCheckpoint(parent));
  Session child = Must(parent.Fork());
  Must(child.Append(Ids(100, 90)));
  Must(parent.Append(Ids(70, 60)));
  EXPECT_EQ(Must(child.Logits()), fresh({Ids(0, 70), Ids(100, 90)}));
  EXPECT_EQ(Must(parent.Logits()), fresh({Ids(0, 130)}));

  Must(parent.Save(folder_ / "kept.state"));
  Session restored = Must(other->Restore(folder_ / "kept.state"));
  EXPECT_EQ(restored.usage().prefilled, 0u);
  EXPECT_EQ(Must(restored.Logits()), Must(parent.Logits()));
  Must(restored.Append(Ids(20, 50)));
  EXPECT_EQ(Must(restored.Logits()), fresh({Ids(0, 130), Ids(20, 50)}));

  Must(Rewind(parent, 70));
  Must(parent.Append(Ids(30, 9)));
  EXPECT_EQ(Must(parent.Logits()), fresh({Ids(0, 70), Ids(30, 9)}));
}

TEST_P(KvTypeTest, StatesOfAnotherTypeAreRefusedNamingBoth) {
  const auto engine = Open(GetParam());
  Session session = Must(engine->NewSession());
  Must(session.Append(Ids(0, 70)));
  Must(session.Save(folder_ / "kept.state"));
  for (const std::string& type : kTypes) {
    const auto other = Open(type);
    const auto restored = other->Restore(folder_ / "kept.state");
    EXPECT_EQ(restored.ok(), type == GetParam());
    EXPECT_EQ(engine->fingerprint() == other->fingerprint(), type == GetParam());
    if (restored.ok()) continue;
    EXPECT_EQ(restored.error().code, Code::kInvalid);
    for (const std::string& named : {"kv " + GetParam(), "kv " + type})
      EXPECT_NE(restored.error().message.find(named), std::string::npos) << restored.error().Text();
  }
}

// To the byte: a head's key or value has its elements and, in eight bits, its scale.
TEST_P(KvTypeTest, AStateHoldsWhatItsTypeTakes) {
  const auto engine = Open(GetParam());
  Session session = Must(engine->NewSession());
  Must(session.Append(Ids(0, 130)));
  const size_t head_dim = static_cast<size_t>(engine->info().head_dim);
  const size_t head_bytes = GetParam() == "f32"    ? 4 * head_dim
                            : GetParam() == "bf16" ? 2 * head_dim
                                                   : head_dim + sizeof(float);
  const size_t tokens = 3 * kKvPageTokens;  // whole pages
  const size_t pages = 2 * head_bytes * tokens * static_cast<size_t>(engine->info().kv_heads) *
                       static_cast<size_t>(engine->info().softmax_layers);
  const StateShape shape = engine->core().model->state_shape();
  EXPECT_EQ(session.state_bytes(), pages + shape.lightning_floats() * sizeof(float));
  EXPECT_EQ(engine->state_bytes(), session.state_bytes());
}

INSTANTIATE_TEST_SUITE_P(Types, KvTypeTest, testing::ValuesIn(kTypes),
                         [](const auto& info) { return info.param; });
INSTANTIATE_TEST_SUITE_P(Types, KvTypeBitsTest, testing::ValuesIn(kTypes),
                         [](const auto& info) { return info.param; });

TEST(KvType, AutoIsF32ForF32WeightsAndAnUnknownNameIsRefused) {
  const Golden golden = LoadGolden("nano");
  TempFolder folder;
  Must(WriteSyntheticCheckpoint(folder.path(), golden.config, {.seed = golden.seed}));
  const auto with = [&](const std::string& type) {
    return Engine::Open(
        {.checkpoint = folder.path(), .threads = 1, .device = "cpu", .kv_type = type});
  };
  EXPECT_EQ(Must(with("auto"))->fingerprint(), Must(with("f32"))->fingerprint());
  const auto unknown = with("q9");
  ASSERT_FALSE(unknown.ok());
  EXPECT_EQ(unknown.error().code, Code::kInvalid);
  for (const char* word : {"q9", "auto", "f32", "bf16", "q8"})
    EXPECT_NE(unknown.error().message.find(word), std::string::npos) << word;
}

}  // namespace
}  // namespace fathom::test
