// SPDX-License-Identifier: Apache-2.0
#include "engine/prefix_tree.h"

#include <thread>

#include "engine/engine_core.h"
#include "engine/rewind.h"
#include "engine/test_support.h"

namespace fathom::test {
namespace {

class PrefixTreeTest : public testing::Test {
 protected:
  std::unique_ptr<Engine> Open(size_t bytes_max = 0) {
    Must(WriteSyntheticCheckpoint(folder_.path(), golden_.config, {.seed = golden_.seed}));
    return Must(Engine::Open({.checkpoint = folder_.path(),
                              .threads = 1,
                              .device = "cpu",
                              .state_bytes_max = bytes_max}));
  }
  // Different for each `from` at once, and nowhere the same.
  std::vector<Token> Text(size_t length, size_t from = 0) const {
    std::vector<Token> tokens(length);
    const size_t vocabulary = golden_.vocabulary();
    for (size_t i = 0; i < length; ++i)
      tokens[i] = static_cast<Token>((i * 31 + i / 97 + from * 7 + 1) % vocabulary);
    return tokens;
  }
  static std::vector<Token> Then(std::vector<Token> tokens, const std::vector<Token>& more) {
    tokens.insert(tokens.end(), more.begin(), more.end());
    return tokens;
  }
  static Session Reads(Engine& engine, std::span<const Token> tokens) {
    Session session = Must(engine.NewSession());
    Must(session.Append(tokens));
    return session;
  }
  static size_t LightningBytes(Engine& engine) {
    return engine.core().model->state_shape().lightning_floats() * sizeof(float);
  }
  static size_t PageBytes(Engine& engine) {
    const StateShape shape = engine.core().model->state_shape();
    return shape.softmax_layers * KvPageBytes(shape.kv);
  }

  const Golden golden_ = LoadGolden("nano");
  TempFolder folder_;
};

TEST_F(PrefixTreeTest, FindsTheLongestStateAndContinuesItBitForBit) {
  const auto engine = Open();
  PrefixTree tree(*engine);
  const auto text = Text(900);
  for (const size_t length : std::vector<size_t>{100, 256, 600, 900})
    tree.Keep({"me", "text"}, Reads(*engine, std::span(text).first(length)));
  const std::vector<std::pair<size_t, size_t>> cases{{99, 0},    {100, 100}, {255, 100}, {256, 256},
                                                     {599, 256}, {899, 600}, {900, 900}};
  for (const auto& [asked, want] : cases) {
    auto found = Must(tree.Find("me", std::span(text).first(asked)));
    EXPECT_EQ(found.session ? found.session->position() : 0, want) << asked;
    EXPECT_EQ(found.agreed, asked);
    if (!found.session) continue;
    EXPECT_EQ(found.session->usage().prefilled, 0u);
    EXPECT_EQ(Must(found.session->Logits()),
              Must(Reads(*engine, std::span(text).first(want)).Logits()));
  }
}

TEST_F(PrefixTreeTest, AMissNamesTheFirstDifferingTokenAndItsSource) {
  const auto engine = Open();
  PrefixTree tree(*engine);
  const auto text = Text(700);
  tree.Keep({"me", "a.cc"}, Reads(*engine, text));
  tree.Keep({"me", "b.cc"}, Reads(*engine, Text(700, 1)));
  for (const size_t at : std::vector<size_t>{0, 3, 255, 256, 400, 699}) {
    auto other = text;
    other[at] = (other[at] + 1) % static_cast<Token>(golden_.vocabulary());
    const auto found = Must(tree.Find("me", other));
    EXPECT_FALSE(found.session);
    if (at == 0) continue;  // any source agrees as far
    ASSERT_TRUE(found.miss) << at;
    EXPECT_EQ(found.miss->position, at);
    EXPECT_EQ(found.miss->label, "a.cc");
    ASSERT_FALSE(found.miss->expected.empty());
    EXPECT_TRUE(std::ranges::equal(found.miss->expected,
                                   std::span(text).subspan(at, found.miss->expected.size())));
  }
  EXPECT_FALSE(Must(tree.Find("me", Then(text, Text(5)))).miss);
}

TEST_F(PrefixTreeTest, NothingIsFoundAcrossPrincipals) {
  const auto engine = Open();
  PrefixTree tree(*engine, {.hash_mask = 0});  // not even where all hashes are equal
  const auto text = Text(600);
  tree.Keep({"me", "text"}, Reads(*engine, text));
  const auto found = Must(tree.Find("you", text));
  EXPECT_FALSE(found.session || found.miss);
  EXPECT_EQ(found.agreed, 0u);
  tree.Keep({"you", "mine"}, Reads(*engine, std::span(text).first(300)));
  EXPECT_EQ(Must(tree.Find("you", text)).session->position(), 300u);
  tree.Forget("you");
  EXPECT_FALSE(Must(tree.Find("you", text)).session);
  EXPECT_TRUE(Must(tree.Find("me", text)).session);
}

TEST_F(PrefixTreeTest, EqualHashesAreNotTakenForEqualTokens) {
  const auto engine = Open();
  PrefixTree tree(*engine, {.hash_mask = 1});
  std::vector<std::vector<Token>> texts;
  for (size_t i = 0; i < 12; ++i) {
    texts.push_back(Text(520, i));
    tree.Keep({"me", std::to_string(i)}, Reads(*engine, texts.back()));
  }
  for (const auto& text : texts) {
    const auto found = Must(tree.Find("me", text));
    ASSERT_TRUE(found.session);
    EXPECT_TRUE(std::ranges::equal(found.session->tokens(), text));
  }
  EXPECT_FALSE(Must(tree.Find("me", Text(520, 50))).session);
}

TEST_F(PrefixTreeTest, ReadingKeepsStatesAtTheJunctionAndOnTheWay) {
  const auto engine = Open();
  PrefixTree tree(*engine);
  const size_t spacing = CheckpointSpacing(Must(engine->NewSession()));
  const auto shared = Text(2 * spacing + 1'300), first = Then(shared, Text(900, 3)),
             second = Then(shared, Text(700, 5)), third = Then(shared, Text(300, 8));
  const auto read = [&](const std::vector<Token>& text) {
    auto found = Must(tree.Find("me", text));
    Session session = found.session ? std::move(*found.session) : Must(engine->NewSession());
    const size_t from = session.position();
    size_t last = 0;
    const auto progress = [&](const Progress& one) {
      EXPECT_GT(one.tokens_done, last);
      EXPECT_EQ(one.tokens_total, text.size() - from);
      last = one.tokens_done;
    };
    Must(tree.Read({"me", "text"}, text, found.agreed, session, {.progress = progress}));
    EXPECT_EQ(last, text.size() - from);
    EXPECT_EQ(Must(session.Logits()), Must(Reads(*engine, text).Logits()));
    tree.Keep({"me", "text"}, std::move(session));
    return from;
  };
  EXPECT_EQ(read(first), 0u);
  EXPECT_EQ(read(second), shared.size() / spacing * spacing);
  EXPECT_EQ(read(third), shared.size() / 512 * 512) << "the junction of the first two";
}

TEST_F(PrefixTreeTest, ALongConversationKeepsItsNewestStatesAndThinsTheOthers) {
  constexpr size_t kTurn = 24, kTurns = 150;
  const auto engine = Open();
  PrefixTree tree(*engine);
  const auto text = Text(kTurn * kTurns);
  Session session = Must(engine->NewSession());
  const size_t spacing = CheckpointSpacing(session);
  ASSERT_GT(spacing, 2 * kTurn);
  const auto other = Then({text.begin(), text.begin() + 256}, Text(300, 5));
  tree.Keep({"me", "text"}, Reads(*engine, std::span(text).first(256)));
  tree.Keep({"me", "other"}, Reads(*engine, other));
  for (size_t turn = 1; turn <= kTurns; ++turn) {
    Must(session.Append(std::span(text).subspan((turn - 1) * kTurn, kTurn)));
    tree.Keep({"me", "text"}, Must(session.Fork()));
    EXPECT_LE(tree.counts().in_memory, 4 + kPrefixStatesUnthinned + turn * kTurn / spacing) << turn;
  }
  const auto found_at = [&](std::span<const Token> tokens) {
    const auto found = Must(tree.Find("me", tokens));
    return found.session ? found.session->position() : 0;
  };
  for (size_t turn = kTurns - kPrefixStatesUnthinned; turn <= kTurns; ++turn)
    EXPECT_EQ(found_at(std::span(text).first(turn * kTurn)), turn * kTurn);
  for (size_t turn = 1; turn < kTurns - kPrefixStatesUnthinned; ++turn)
    EXPECT_GT(found_at(std::span(text).first(turn * kTurn)) + spacing + kTurn, turn * kTurn);
  EXPECT_EQ(found_at(other), other.size());
  EXPECT_EQ(found_at(std::span(other).first(300)), 256u) << "where texts part a state stays";
}

TEST_F(PrefixTreeTest, TheBudgetLetsGoOfWhatWasUsedLongestAgoAndOfNothingInUse) {
  const auto measuring = Open();
  const size_t one = LightningBytes(*measuring) + 5 * PageBytes(*measuring);
  const auto engine = Open(3 * one);
  PrefixTree tree(*engine);
  const Session in_use = Reads(*engine, Text(320, 9));
  tree.Keep({"me", "a"}, Reads(*engine, Text(320, 1)));
  tree.Keep({"me", "b"}, Reads(*engine, Text(320, 2)));
  // No room for a fork beside all three: b goes for it.
  EXPECT_TRUE(Must(tree.Find("me", Text(320, 1))).session);
  EXPECT_FALSE(Must(tree.Find("me", Text(320, 2))).session);
  tree.Keep({"me", "c"}, Reads(*engine, Text(320, 3)));
  EXPECT_LE(engine->state_bytes(), engine->state_bytes_max());
  EXPECT_EQ(tree.counts().in_memory, 2u);
  const Session more = Reads(*engine, Text(320, 4)), most = Reads(*engine, Text(320, 5));
  EXPECT_EQ(tree.counts().in_memory, 0u);
  EXPECT_EQ(tree.counts().blocks, 0u);
  EXPECT_EQ(engine->NewSession().error().code, Code::kLimit);
  EXPECT_EQ(Must(measuring->NewSession()).position(), 0u);
  EXPECT_TRUE(std::ranges::equal(in_use.tokens(), Text(320, 9)));
}

TEST_F(PrefixTreeTest, AStateWithoutRoomForAForkIsHandedOutItself) {
  const auto measuring = Open();
  const auto engine = Open(LightningBytes(*measuring) + 5 * PageBytes(*measuring));
  PrefixTree tree(*engine);
  tree.Keep({"me", "a"}, Reads(*engine, Text(320)));
  auto found = Must(tree.Find("me", Text(320)));
  ASSERT_TRUE(found.session);
  EXPECT_EQ(found.session->usage().prefilled, 0u);
  EXPECT_EQ(tree.counts().in_memory, 0u);
  EXPECT_EQ(Must(found.session->Logits()), Must(Reads(*measuring, Text(320)).Logits()));
}

TEST_F(PrefixTreeTest, EvictedStatesComeBackFromTheFolderWithinItsBudget) {
  const auto measuring = Open();
  const size_t one = LightningBytes(*measuring) + 5 * PageBytes(*measuring);
  Must(Reads(*measuring, Text(320)).Save(folder_ / "size.state"));
  const size_t file = std::filesystem::file_size(folder_ / "size.state");
  const auto engine = Open(2 * one);
  const std::string place = folder_ / "evicted";
  std::filesystem::create_directories(place);
  WriteText(place + "/77.prefix.state", "left by a crash");
  {
    PrefixTree tree(*engine, {.folder = place, .folder_bytes_max = 2 * file + file / 2});
    EXPECT_TRUE(std::filesystem::is_empty(place));
    for (size_t i = 0; i < 5; ++i) tree.Keep({"me", "text"}, Reads(*engine, Text(320, i)));
    EXPECT_LE(engine->state_bytes(), 2 * one);
    EXPECT_EQ(tree.counts().on_disk, 2u);
    EXPECT_LE(tree.counts().disk_bytes, 2 * file + file / 2);
    EXPECT_FALSE(Must(tree.Find("me", Text(320, 0))).session);
    auto back = Must(tree.Find("me", Text(320, 2)));
    ASSERT_TRUE(back.session);
    EXPECT_EQ(Must(back.session->Logits()), Must(Reads(*measuring, Text(320, 2)).Logits()));
    EXPECT_LE(engine->state_bytes(), 2 * one);
  }
  EXPECT_TRUE(std::filesystem::is_empty(place));
}

TEST_F(PrefixTreeTest, ADamagedFileIsAsIfNothingHadBeenKept) {
  const auto measuring = Open();
  const auto engine = Open(LightningBytes(*measuring) + 5 * PageBytes(*measuring));
  const std::string place = folder_ / "evicted";
  PrefixTree tree(*engine, {.folder = place});
  tree.Keep({"me", "text"}, Reads(*engine, Text(320)));
  { const Session other = Reads(*engine, Text(320, 1)); }
  ASSERT_EQ(tree.counts().on_disk, 1u);
  for (const auto& file : std::filesystem::directory_iterator(place))
    WriteText(file.path(), "no state");
  EXPECT_FALSE(Must(tree.Find("me", Text(320))).session);
  EXPECT_EQ(tree.counts().on_disk, 0u);
}

TEST_F(PrefixTreeTest, AForkHasWhatTheOtherHasAndNothingElse) {
  const auto engine = Open();
  PrefixTree tree(*engine);
  tree.Keep({"trunk", "x"}, Reads(*engine, Text(300)));
  tree.Keep({"branch", "y"}, Reads(*engine, Text(300, 1)));
  Must(tree.Fork("trunk", "branch"));
  EXPECT_TRUE(Must(tree.Find("branch", Text(300))).session);
  EXPECT_FALSE(Must(tree.Find("branch", Text(300, 1))).session);
  tree.Forget("trunk");
  EXPECT_TRUE(Must(tree.Find("branch", Text(300))).session);
  const auto taken = tree.Take("branch", Text(200), [](const Session&) { return true; });
  ASSERT_TRUE(taken);
  EXPECT_EQ(taken->position(), 300u);
  EXPECT_EQ(tree.counts().in_memory, 0u);
}

TEST_F(PrefixTreeTest, ThreadsOfManyPrincipalsShareOneBudget) {
  const auto measuring = Open();
  const auto engine = Open(16 * (LightningBytes(*measuring) + 5 * PageBytes(*measuring)));
  PrefixTree tree(*engine, {.folder = folder_ / "evicted", .folder_bytes_max = size_t{4} << 20});
  std::vector<std::thread> threads;
  for (size_t i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] {
      const std::string me = std::to_string(i);
      for (size_t round = 0; round < 30; ++round) {
        const auto text = Text(280 + round % 3, 10 * i + round % 5);
        auto found = Must(tree.Find(me, text));
        Session session = found.session ? std::move(*found.session) : Must(engine->NewSession());
        Must(session.Append(std::span(text).subspan(session.position())));
        EXPECT_TRUE(std::ranges::equal(session.tokens(), text));
        if (round % 10 == 9) tree.Forget(me);
        tree.Keep({me, "text"}, std::move(session));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_LE(engine->state_bytes(), engine->state_bytes_max());
}

}  // namespace
}  // namespace fathom::test
