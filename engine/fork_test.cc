// SPDX-License-Identifier: Apache-2.0
// One corpus, read once, answers 64 questions at the same time: each fork computes its question and
// its answer alone, memory grows by states and new pages only, and what a fork writes is what a
// session writes that read the corpus for itself. FATHOM_FORK_TOKENS sets the corpus's length; the
// slow suite takes 65,536.
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <thread>

#include "engine/sequence_state.h"
#include "engine/session_impl.h"
#include "engine/test_support.h"

namespace fathom::test {
namespace {

constexpr size_t kForks = 64, kQuestionTokens = 24, kAnswerTokens = 8;
constexpr size_t kAllocatorBytes = size_t{24}
                                   << 20;  // logits, logs, stacks and arenas of 64 threads

size_t ResidentBytes() {
  size_t pages = 0, resident = 0;
  std::ifstream("/proc/self/statm") >> pages >> resident;
  return resident * static_cast<size_t>(::sysconf(_SC_PAGESIZE));
}

class ForkTest : public testing::Test {
 protected:
  ForkTest() {
    if (const char* wanted = std::getenv("FATHOM_FORK_TOKENS"))
      std::from_chars(wanted, wanted + std::strlen(wanted), corpus_tokens_);
  }

  std::vector<Token> Corpus() const {
    std::vector<Token> tokens(corpus_tokens_);
    for (size_t i = 0; i < tokens.size(); ++i)
      tokens[i] = golden_.ids[(i * 7 + i / 91) % golden_.ids.size()];
    return tokens;
  }
  Session New() const { return Must(engine_->NewSession({.context_tokens_max = 1u << 20})); }

  Generated Answer(Session& session, size_t i) const {
    Must(session.Append(std::span<const Token>(golden_.ids).subspan(i, kQuestionTokens)));
    return Must(session.Generate({.output_tokens_max = kAnswerTokens}));
  }

  size_t corpus_tokens_ = 2'048;
  const Golden golden_ = LoadGolden("nano");
  TempFolder folder_;
  const std::unique_ptr<Engine> engine_ = OpenGolden(golden_, folder_, 2);
};

TEST_F(ForkTest, OneReadingAnswersSixtyFourQuestions) {
  Session corpus = New();
  Must(corpus.Append(Corpus()));
  EXPECT_EQ(corpus.usage().prefilled, corpus_tokens_);
  const size_t before = ResidentBytes(), held_before = engine_->state_bytes();

  std::vector<Session> forks;
  for (size_t i = 0; i < kForks; ++i) forks.push_back(Must(corpus.Fork()));
  std::vector<Generated> answers(kForks);
  std::vector<std::thread> threads;
  for (size_t i = 0; i < kForks; ++i)
    threads.emplace_back([&, i] { answers[i] = Answer(forks[i], i); });
  for (std::thread& thread : threads) thread.join();
  const size_t grown = ResidentBytes() - std::min(ResidentBytes(), before);

  size_t computed = 0;
  for (const Session& fork : forks) computed += fork.usage().prefilled;
  EXPECT_EQ(computed, kForks * kQuestionTokens);
  EXPECT_EQ(corpus.position(), corpus_tokens_);
  const StateShape& shape = Session::Impl::Of(corpus).state.shape();
  const size_t page = shape.kv.page_tokens,
               pages = (kQuestionTokens + kAnswerTokens + 1 + page - 1) / page + 1;
  const size_t log = 3 * (corpus_tokens_ + 64) * sizeof(Token);  // a log of its own, and its growth
  const size_t table = (corpus_tokens_ / page + 8) * (sizeof(KvPage) + sizeof(std::byte*));
  const size_t each = shape.lightning_floats() * sizeof(float) +
                      shape.softmax_layers * (pages * KvPageBytes(shape.kv) + table) + log;
  // In the engine's own count, to the byte: a page begun is copied, the others are new.
  const size_t end = corpus_tokens_ + kQuestionTokens + kAnswerTokens;
  size_t want = 0;
  for (const Session& fork : forks) {
    EXPECT_LE(fork.position(), end);
    const size_t new_pages = (fork.position() + page - 1) / page - corpus_tokens_ / page;
    want += shape.lightning_floats() * sizeof(float) +
            shape.softmax_layers * new_pages * KvPageBytes(shape.kv);
  }
  EXPECT_EQ(engine_->state_bytes() - held_before, want);
  std::printf(
      "%zu tokens read once, %zu for the questions; 64 forks and their answers: %.1f MiB, "
      "the corpus %.1f MiB\n",
      corpus_tokens_, computed, static_cast<double>(grown) / (1 << 20),
      static_cast<double>(corpus.state_bytes()) / (1 << 20));
  EXPECT_LE(grown, kForks * each + kAllocatorBytes);

  for (const size_t i : {size_t{0}, kForks - 1}) {
    Session fresh = New();
    Must(fresh.Append(Corpus()));
    EXPECT_EQ(Answer(fresh, i).tokens, answers[i].tokens) << "question " << i;
  }
}

}  // namespace
}  // namespace fathom::test
