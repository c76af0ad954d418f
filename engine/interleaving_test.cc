// SPDX-License-Identifier: Apache-2.0
// Random interleavings of everything that can be done to sessions, by three principals whose tokens
// do not overlap: whatever happened, a session's log holds its principal's tokens alone and is the
// one that a plain vector has kept, and its next-token logits are those of a fresh session that
// read that log.
//
// FATHOM_INTERLEAVINGS sets how many; the slow suite runs 20,000.
#include <atomic>
#include <charconv>
#include <random>

#include "engine/rewind.h"
#include "engine/test_support.h"

namespace fathom::test {
namespace {

constexpr size_t kPrincipals = 3, kSessionsMax = 4, kTokensMax = 160;

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

class Interleaving : public testing::Test {
 protected:
  Interleaving() {
    const auto share = static_cast<Token>(golden_.vocabulary() / kPrincipals);
    for (size_t i = 0; i < kPrincipals; ++i) {
      principals_.push_back({.first = static_cast<Token>(i) * share, .count = share});
      principals_.back().path = folder_ / ("principal" + std::to_string(i) + ".state");
    }
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
    switch (Random(9)) {
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
      default:
        return Cancel(who, at);
    }
  }

  void Append(Principal& who, Timeline& at) {
    if (at.expected.size() + 50 > kTokensMax) {  // evicted
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

  void Check(const Principal& who, Timeline& at) {
    ASSERT_TRUE(std::ranges::equal(at.session.tokens(), at.expected));
    for (const Token token : at.session.tokens())
      ASSERT_TRUE(token >= who.first && token < who.first + who.count) << "a foreign canary";
    if (at.expected.empty()) {
      ASSERT_FALSE(at.session.Logits().ok());
      return;
    }
    Session fresh = Must(engine_->NewSession());
    Must(fresh.Append(at.expected));
    const auto a = Must(fresh.Logits()), b = Must(at.session.Logits());
    // Other splits round the lightning states differently: f32 over up to 160 tokens.
    for (size_t i = 0; i < a.size(); ++i) ASSERT_NEAR(a[i], b[i], 1e-4);
  }

  const Golden golden_ = LoadGolden("odd");
  TempFolder folder_;
  const std::unique_ptr<Engine> engine_ = OpenGolden(golden_, folder_);
  std::mt19937 random_{20'261'125};
  std::vector<Principal> principals_;
};

TEST_F(Interleaving, StateEqualsAFreshRecomputationAndNoCanaryCrosses) {
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
  }
}

}  // namespace
}  // namespace fathom::test
