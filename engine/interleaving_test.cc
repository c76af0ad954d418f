// SPDX-License-Identifier: Apache-2.0
// Random interleavings of everything that can be done to sessions, by three principals whose tokens
// do not overlap: whatever happened, a session's log holds its principal's tokens alone and is the
// one that a plain vector has kept, and its next-token logits are those of a fresh session that
// read that log. A small budget makes kept states go, to files and away, at any time; and states
// are evicted on purpose.
//
// FATHOM_INTERLEAVINGS sets how many; the slow suite runs 20,000.
#include <atomic>
#include <charconv>
#include <random>

#include "engine/engine_core.h"
#include "engine/prefix_tree.h"
#include "engine/rewind.h"
#include "engine/test_support.h"

namespace fathom::test {
namespace {

constexpr size_t kPrincipals = 3, kSessionsMax = 4, kTokensMax = 300;
constexpr size_t kKeptTried = 60;
constexpr size_t kStatesKept = 12;  // what the budget has room for beside all that can be in use

struct Timeline {
  Session session;
  std::vector<Token> expected;
};

struct Principal {
  Token first = 0, count = 0;  // its tokens
  std::vector<Timeline> timelines;
  std::vector<Token> saved;  // what its file holds
  bool has_saved = false;
  std::string path;
};

// With f32 pages, and in eight bits. Rounded keys make a tiny difference of another split a step of
// theirs, so the latter have softmax layers alone: bitwise the same in any split.
class Interleaving : public testing::TestWithParam<std::string> {
 protected:
  Interleaving() {
    const auto share = static_cast<Token>(golden_.vocabulary() / kPrincipals);
    for (size_t i = 0; i < kPrincipals; ++i) {
      principals_.push_back({.first = static_cast<Token>(i) * share, .count = share});
      principals_.back().path = folder_ / ("principal" + std::to_string(i) + ".state");
    }
  }

  // Room for all that can be in use, checkpoints and what an operation needs for a moment included,
  // and for a few kept states.
  std::unique_ptr<Engine> OpenSmall() {
    StateShape shape = OpenGolden(golden_, folder_)->core().model->state_shape();
    shape.kv.type = *KvTypeOfName(GetParam());
    const size_t pages = kTokensMax / shape.kv.page_tokens + 2;
    const size_t state = shape.lightning_floats() * sizeof(float) +
                         pages * shape.softmax_layers * KvPageBytes(shape.kv);
    const size_t in_use = kPrincipals * kSessionsMax * (kSessionCheckpointsMax + 2) + 4;
    return Must(Engine::Open({.checkpoint = folder_.path(),
                              .threads = 1,
                              .device = "cpu",
                              .state_bytes_max = (in_use + kStatesKept) * state,
                              .kv_type = GetParam()}));
  }

  size_t Random(size_t below) { return random_() % below; }

  std::vector<Token> Text(const Principal& who, size_t length) {
    std::vector<Token> tokens(length);
    for (Token& token : tokens)
      token = who.first + static_cast<Token>(Random(static_cast<size_t>(who.count)));
    return tokens;
  }

  void Act(Principal& who) {
    if (who.timelines.empty() || (who.timelines.size() < kSessionsMax && Random(12) == 0)) {
      who.timelines.push_back({Must(engine_->NewSession({.chunk_tokens = 32})), {}});
    }
    Timeline& at = who.timelines[Random(who.timelines.size())];
    switch (Random(13)) {
      case 0:
      case 1:
      case 2:
        return Append(who, at);
      case 3:
        if (who.timelines.size() < kSessionsMax)
          who.timelines.push_back({Must(at.session.Fork()), at.expected});
        return;
      case 4:
        return Must(MarkCheckpoint(at.session));
      case 5:
        return Rewind(at);
      case 6:
        Must(at.session.Save(who.path));
        who.saved = at.expected;
        who.has_saved = true;
        return;
      case 7:
        if (who.has_saved) at = {Must(engine_->Restore(who.path, {.chunk_tokens = 32})), who.saved};
        return;
      case 8:
        return Cancel(who, at);
      case 9:
      case 10:
        return Keep(who, at);
      case 11:
        return Find(who, at);
      default:
        return Evict();
    }
  }

  void Append(Principal& who, Timeline& at) {
    if (at.expected.size() + 50 > kTokensMax) {
      at = {Must(engine_->NewSession({.chunk_tokens = 32})), {}};
    }
    const auto text = Text(who, 1 + Random(50));
    Must(at.session.Append(text));
    at.expected.insert(at.expected.end(), text.begin(), text.end());
  }

  void Rewind(Timeline& at) {
    const auto marked = CheckpointsOf(at.session);
    const bool to_mark = !marked.empty() && Random(2) == 0;
    const size_t position =
        to_mark ? marked[Random(marked.size())] : Random(at.expected.size() + 1);
    const size_t before = at.session.usage().prefilled;
    Must(fathom::Rewind(at.session, position));
    if (to_mark) {
      EXPECT_EQ(at.session.usage().prefilled, before);
    }
    at.expected.resize(position);
  }

  // The flag goes up at a random chunk, perhaps after the last.
  void Cancel(Principal& who, Timeline& at) {
    if (at.expected.size() + 80 > kTokensMax) return;
    const auto text = Text(who, 1 + Random(80));
    std::atomic<bool> cancel{Random(4) == 0};
    const size_t chunks = Random(4);
    size_t seen = 0;
    const auto status = at.session.Append(
        text, {&cancel, [&](const Progress&) { cancel = cancel || ++seen > chunks; }});
    const size_t appended = at.session.position() - at.expected.size();
    EXPECT_TRUE(status.ok() ? appended == text.size()
                            : status.error().code == Code::kCancelled && appended < text.size());
    at.expected.insert(at.expected.end(), text.begin(),
                       text.begin() + static_cast<std::ptrdiff_t>(appended));
  }

  static std::string NameOf(const Principal& who) { return std::to_string(who.first); }

  void Keep(const Principal& who, const Timeline& at) {
    tree_.Keep({NameOf(who), NameOf(who)}, Must(at.session.Fork()));
    kept_.push_back(at.expected);
    if (kept_.size() > kKeptTried) kept_.erase(kept_.begin());
  }

  // A text kept before, by whomever, and a little more: what is found must be one's own.
  void Find(const Principal& who, Timeline& at) {
    std::vector<Token> asked = at.expected;
    if (!kept_.empty() && Random(4) != 0) asked = kept_[Random(kept_.size())];
    const auto more = Text(who, Random(20));
    asked.insert(asked.end(), more.begin(), more.end());
    auto found = Must(tree_.Find(NameOf(who), asked));
    ASSERT_TRUE(!found.miss || found.miss->label == NameOf(who));
    if (found.miss) {
      for (const Token token : found.miss->expected) ASSERT_TRUE(Owns(who, token));
    }
    if (!found.session) return;
    ++found_;
    const auto tokens = found.session->tokens();
    ASSERT_LE(tokens.size(), asked.size());
    ASSERT_TRUE(std::ranges::equal(tokens, std::span(asked).first(tokens.size())));
    std::vector<Token> expected(tokens.begin(), tokens.end());
    at = {std::move(*found.session), std::move(expected)};
  }

  void Evict() { evicted_ += tree_.EvictOldest() ? 1 : 0; }

  static bool Owns(const Principal& who, Token token) {
    return token >= who.first && token < who.first + who.count;
  }

  void Check(const Principal& who, Timeline& at) {
    ASSERT_TRUE(std::ranges::equal(at.session.tokens(), at.expected));
    for (const Token token : at.session.tokens())
      ASSERT_TRUE(Owns(who, token)) << "a foreign canary";
    if (at.expected.empty()) {
      ASSERT_FALSE(at.session.Logits().ok());
      return;
    }
    Session fresh = Must(engine_->NewSession());
    Must(fresh.Append(at.expected));
    const auto a = Must(fresh.Logits()), b = Must(at.session.Logits());
    // Other splits round the lightning states differently: f32 over up to 300 tokens.
    for (size_t i = 0; i < a.size(); ++i) ASSERT_NEAR(a[i], b[i], tolerance_);
  }

  Golden Model() const {
    Golden golden = LoadGolden("odd");
    if (!in_bits_) return golden;
    Json layers = Json::EmptyArray();
    for (int i = 0; i < golden.config.Find("num_hidden_layers")->as_int(); ++i) layers.Push(1);
    golden.config.Set("attn_type_list", std::move(layers));
    return golden;
  }

  const bool in_bits_ = GetParam() == "q8";
  const float tolerance_ = in_bits_ ? 0 : 1e-4f;
  const Golden golden_ = Model();
  TempFolder folder_;
  const std::unique_ptr<Engine> engine_ = OpenSmall();
  PrefixTree tree_{*engine_, {.folder = folder_ / "evicted", .folder_bytes_max = 1 << 20}};
  std::vector<std::vector<Token>> kept_;  // the last texts kept
  size_t found_ = 0, evicted_ = 0;
  std::mt19937 random_{20'261'125};
  std::vector<Principal> principals_;
};

TEST_P(Interleaving, StateEqualsAFreshRecomputationAndNoCanaryCrosses) {
  size_t count = 2'000;
  if (const char* wanted = std::getenv("FATHOM_INTERLEAVINGS"))
    std::from_chars(wanted, wanted + std::strlen(wanted), count);
  for (size_t i = 0; i < count && !HasFatalFailure(); ++i) {
    Principal& who = principals_[Random(kPrincipals)];
    Act(who);
    for (Principal& one : principals_) {
      if (one.timelines.empty() || Random(3) != 0) continue;
      SCOPED_TRACE("step " + std::to_string(i));
      Check(one, one.timelines[Random(one.timelines.size())]);
    }
    ASSERT_LE(engine_->state_bytes(), engine_->state_bytes_max());
  }
  std::printf("%zu states found, %zu evicted on purpose\n", found_, evicted_);
  EXPECT_GT(found_, count / 200);
  EXPECT_GT(evicted_, count / 200);
}

INSTANTIATE_TEST_SUITE_P(Types, Interleaving, testing::Values("f32", "q8"),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace fathom::test
