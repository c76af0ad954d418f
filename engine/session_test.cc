// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <charconv>
#include <random>
#include <thread>

#include "engine/engine_core.h"
#include "engine/rewind.h"
#include "engine/same_state.h"
#include "engine/test_support.h"

namespace fathom::test {
namespace {

class SessionTest : public testing::Test {
 protected:
  std::span<const Token> Ids(size_t begin, size_t count) const {
    return std::span<const Token>(golden_.ids).subspan(begin, count);
  }
  Session New(const SessionOptions& options = {}) { return Must(engine_->NewSession(options)); }

  const Golden golden_ = LoadGolden("nano");
  TempFolder folder_;
  const std::unique_ptr<Engine> engine_ = OpenGolden(golden_, folder_);
};

// The scores are log-probabilities of the full rows, renormalised over the candidates; and
// computing the last layer only where it is read does not change them.
TEST_F(SessionTest, ScoreEqualsLogSoftmaxOfFullLogits) {
  Session full = New(), scored = New({.chunk_tokens = 64});
  const std::vector<Token> candidates = {3, 200, 17, 0, 255};
  const std::vector<size_t> positions = {0, 1, 62, 63, 64, 65, 127, 128, 150, 199};
  const auto all = Must(full.AppendAllLogits(golden_.ids));
  const Scores scores = Must(scored.Score(golden_.ids, positions, candidates));
  ASSERT_EQ(scores.values.size(), positions.size() * candidates.size());
  for (size_t i = 0; i < positions.size(); ++i) {
    const float* row = &all[positions[i] * golden_.vocabulary()];
    double sum = 0;
    for (const Token token : candidates) sum += std::exp(row[token]);
    for (size_t j = 0; j < candidates.size(); ++j) {
      EXPECT_NEAR(scores.values[i * candidates.size() + j], row[candidates[j]] - std::log(sum),
                  2e-5)
          << "position " << positions[i];
    }
  }
  EXPECT_EQ(scored.usage().prefilled, golden_.ids.size());
  EXPECT_EQ(Must(scored.Logits()).size(), golden_.vocabulary());
}

TEST_F(SessionTest, ScoreRefusesPositionsAndCandidatesThatDoNotExist) {
  Session session = New();
  const std::vector<Token> ids = {1, 2, 3};
  EXPECT_EQ(session.Score(ids, std::vector<size_t>{3}, std::vector<Token>{1}).error().code,
            Code::kInvalid);
  EXPECT_EQ(session.Score(ids, std::vector<size_t>{1, 1}, std::vector<Token>{1}).error().code,
            Code::kInvalid);
  EXPECT_EQ(session.Score(ids, std::vector<size_t>{1}, std::vector<Token>{256}).error().code,
            Code::kInvalid);
  EXPECT_EQ(session.Append(std::vector<Token>{-1}).error().code, Code::kInvalid);
  EXPECT_EQ(session.position(), 0u);
  EXPECT_FALSE(session.Logits().ok());
}

// Pages are shared after a fork: writing in one session must not be seen in the other, in the
// shared page or after it.
TEST_F(SessionTest, ForkIsIndependent) {
  Session parent = New();
  Must(parent.Append(Ids(0, 70)));
  Session child = Must(parent.Fork());
  EXPECT_EQ(child.usage().prefilled, 0u);
  Must(child.Append(Ids(100, 90)));  // other tokens, through the shared half-filled page
  const auto parent_logits = Must(parent.Logits());
  Must(parent.Append(Ids(70, 60)));
  Session plain = New();
  Must(plain.Append(Ids(0, 70)));
  EXPECT_EQ(Must(plain.Logits()), parent_logits);
  Session plain_child = Must(plain.Fork());
  Must(plain.Append(Ids(70, 60)));
  EXPECT_EQ(Must(plain.Logits()), Must(parent.Logits()));
  Must(plain_child.Append(Ids(100, 90)));
  EXPECT_EQ(Must(plain_child.Logits()), Must(child.Logits()));
  EXPECT_EQ(std::vector<Token>(child.tokens().begin(), child.tokens().begin() + 70),
            std::vector<Token>(Ids(0, 70).begin(), Ids(0, 70).end()));
}

TEST_F(SessionTest, RestoredSessionContinuesBitEqualAndComputesNothing) {
  Session session = New();
  Must(session.Append(Ids(0, 133)));
  const std::string path = folder_ / "corpus.state";
  const size_t bytes = Must(session.Save(path));
  EXPECT_EQ(bytes, std::filesystem::file_size(path));
  struct stat info;
  ASSERT_EQ(::stat(path.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);

  const auto other =
      Must(Engine::Open({.checkpoint = folder_.path(), .threads = 2, .device = "cpu"}));
  Session restored = Must(other->Restore(path));
  EXPECT_EQ(restored.usage().prefilled, 0u);
  EXPECT_EQ(restored.usage().restored, 133u);
  EXPECT_TRUE(std::ranges::equal(restored.tokens(), session.tokens()));
  EXPECT_EQ(Must(restored.Logits()), Must(session.Logits()));
  EXPECT_EQ(Must(restored.AppendAllLogits(Ids(133, 67))),
            Must(session.AppendAllLogits(Ids(133, 67))));
  const GenerateOptions sampling{.sampling = {.temperature = 1, .seed = 7},
                                 .output_tokens_max = 20};
  EXPECT_EQ(Must(restored.Generate(sampling)).tokens, Must(session.Generate(sampling)).tokens);
}

TEST_F(SessionTest, EmptySessionCanBeSavedAndRestored) {
  const std::string path = folder_ / "empty.state";
  Must(New().Save(path));
  Session restored = Must(engine_->Restore(path));
  EXPECT_EQ(restored.position(), 0u);
  Must(restored.Append(Ids(0, 9)));
  Session plain = New();
  Must(plain.Append(Ids(0, 9)));
  EXPECT_EQ(Must(plain.Logits()), Must(restored.Logits()));
}

// Every byte of the header and a sample of the payload flipped, and every kind of cut: refused as
// corrupt.
TEST_F(SessionTest, DamagedStatesAreRefused) {
  Session session = New();
  Must(session.Append(Ids(0, 3)));
  const std::string path = folder_ / "whole.state", damaged = folder_ / "damaged.state";
  Must(session.Save(path));
  const std::string whole = ReadText(path);
  size_t tried = 0;
  const auto refused = [&](const std::string& bytes, const std::string& what) {
    WriteText(damaged, bytes);
    const auto result = engine_->Restore(damaged);
    ASSERT_FALSE(result.ok()) << what;
    EXPECT_EQ(result.error().code, Code::kCorrupt) << what << ": " << result.error().Text();
    ++tried;
  };
  const size_t header = whole.find('}', 16) + 1 + 64;
  for (size_t at = 0; at < whole.size(); at += at < header ? 1 : whole.size() / 150 + 1) {
    std::string bytes = whole;
    bytes[at] = static_cast<char>(bytes[at] ^ (1 << (at % 8)));
    refused(bytes, "flipped a bit of byte " + std::to_string(at));
  }
  for (size_t size = 0; size < whole.size(); size += size < header ? 7 : whole.size() / 20 + 1) {
    refused(whole.substr(0, size), "cut to " + std::to_string(size));
  }
  refused(whole + "x", "one byte more");
  EXPECT_GT(tried, 400u);
}

TEST_F(SessionTest, ARestoredStateIsThatOfANewReadingAndAnotherIsNot) {
  Session session = New(), fresh = New();
  Must(session.Append(Ids(0, 150)));
  Must(session.Save(folder_ / "kept.state"));
  Must(fresh.Append(Ids(0, 150)));
  const Session kept = Must(engine_->Restore(folder_ / "kept.state"));
  Must(ExpectSameState(kept, fresh));
  // Another past with the same end: the tokens differ, and so do the states of a session whose
  // tokens agree but whose chunks rounded otherwise.
  Session other = New(), chunks = New({.chunk_tokens = 16});
  Must(other.Append(Ids(1, 150)));
  EXPECT_NE(ExpectSameState(kept, other).error().Text().find("token 0"), std::string::npos);
  Must(chunks.Append(Ids(0, 150)));
  const Status rounded = ExpectSameState(kept, chunks);
  ASSERT_FALSE(rounded.ok());
  EXPECT_EQ(rounded.error().code, Code::kCorrupt);
}

// In the state, its header, and the checkpoints beside it, which are read only where a prefix is
// asked for. FATHOM_BIT_FLIPS sets how many; the slow suite flips 10,000.
TEST_F(SessionTest, BitFlipsAnywhereAreFound) {
  size_t flips = 300;
  if (const char* wanted = std::getenv("FATHOM_BIT_FLIPS"))
    std::from_chars(wanted, wanted + std::strlen(wanted), flips);
  Session session = New();
  for (size_t end = 64; end <= 128; end += 64) {
    Must(session.Append(Ids(end - 64, 64)));
    Must(MarkCheckpoint(session));
  }
  Must(session.Append(Ids(128, 9)));
  const std::string path = folder_ / "flipped.state";
  const size_t plain = Must(session.Save(path));
  ASSERT_GT(Must(SaveWithCheckpoints(session, path)), plain);
  std::vector<std::string> paths = {path};
  for (const auto& block : std::filesystem::directory_iterator(folder_ / "blocks"))
    paths.push_back(block.path());
  ASSERT_EQ(paths.size(), 3u);
  std::mt19937_64 random(11);
  for (size_t i = 0; i < flips; ++i) {
    const std::string& flipped_path = paths[random() % paths.size()];
    const auto size = static_cast<size_t>(std::filesystem::file_size(flipped_path));
    const int file = ::open(flipped_path.c_str(), O_RDWR | O_CLOEXEC);
    ASSERT_GE(file, 0);
    const auto at = static_cast<off_t>(random() % size);
    char whole = 0;
    ASSERT_EQ(::pread(file, &whole, 1, at), 1);
    const char flipped = static_cast<char>(whole ^ (1 << (random() % 8)));
    ASSERT_EQ(::pwrite(file, &flipped, 1, at), 1);
    const auto result = engine_->RestorePrefix(path, golden_.ids);
    ASSERT_FALSE(result.ok()) << "byte " << at << " of " << size << " of " << flipped_path;
    ASSERT_EQ(result.error().code, Code::kCorrupt) << result.error().Text();
    ASSERT_EQ(::pwrite(file, &whole, 1, at), 1);
    ::close(file);
  }
  Session restored = Must(engine_->Restore(path));
  EXPECT_EQ(Must(restored.Logits()), Must(session.Logits()));
}

TEST_F(SessionTest, StateOfAnotherModelIsRefusedNamingBoth) {
  Session session = New();
  Must(session.Append(Ids(0, 3)));
  Must(session.Save(folder_ / "a.state"));
  TempFolder other_folder;
  Must(WriteSyntheticCheckpoint(other_folder.path(), golden_.config, {.seed = 99}));
  const auto other =
      Must(Engine::Open({.checkpoint = other_folder.path(), .threads = 1, .device = "cpu"}));
  const auto result = other->Restore(folder_ / "a.state");
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, Code::kInvalid);
  EXPECT_NE(result.error().message.find(engine_->info().sha256), std::string::npos);
  EXPECT_NE(result.error().message.find(other->info().sha256), std::string::npos);
  const auto eps = Must(Engine::Open(
      {.checkpoint = folder_.path(), .threads = 1, .device = "cpu", .lightning_norm_eps = 1e-5}));
  EXPECT_EQ(eps->Restore(folder_ / "a.state").error().code, Code::kInvalid);
  EXPECT_EQ(engine_->Restore(folder_ / "absent").error().code, Code::kNotFound);
}

// A raised flag ends an append between layers; the session then is as if only the whole chunks had
// been asked for.
TEST_F(SessionTest, CancelledAppendLeavesWholeChunks) {
  Session session = New({.chunk_tokens = 32});
  std::atomic<bool> cancel{false};
  const CallControl control{&cancel, [&](const Progress& progress) {
                              EXPECT_EQ(progress.tokens_total, 200u);
                              if (progress.tokens_done == 96) cancel = true;
                            }};
  const auto status = session.Append(golden_.ids, control);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, Code::kCancelled);
  EXPECT_EQ(session.position(), 96u);
  Session plain = New({.chunk_tokens = 32});
  Must(plain.Append(Ids(0, 96)));
  EXPECT_EQ(Must(plain.Logits()), Must(session.Logits()));
  cancel = false;
  Must(session.Append(Ids(96, 104)));
  Must(plain.Append(Ids(96, 104)));
  EXPECT_EQ(Must(plain.Logits()), Must(session.Logits()));
}

// Before a chunk, between the layers of one, and while others have the model: kDeadline says how
// far it came, and the session then is as if only the whole chunks had been asked for.
TEST_F(SessionTest, APassedDeadlineLeavesWholeChunks) {
  using std::chrono::milliseconds, std::chrono::steady_clock;
  Session session = New({.chunk_tokens = 32}), plain = New({.chunk_tokens = 32});
  CallControl control{.deadline = steady_clock::now() + std::chrono::seconds(60)};
  control.progress = [&](const Progress& progress) {
    if (progress.tokens_done == 96) control.deadline = steady_clock::now();
  };
  const auto status = session.Append(golden_.ids, control);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, Code::kDeadline);
  EXPECT_NE(status.error().message.find("96 of 200 tokens"), std::string::npos)
      << status.error().message;
  EXPECT_EQ(session.position(), 96u);
  Must(plain.Append(Ids(0, 96)));
  EXPECT_EQ(Must(plain.Logits()), Must(session.Logits()));

  std::vector<Token> many;  // one chunk of seconds
  for (size_t i = 0; i < 64; ++i) many.insert(many.end(), golden_.ids.begin(), golden_.ids.end());
  Session large = New({.chunk_tokens = many.size()});
  const auto begin = steady_clock::now();
  const auto between = large.Append(many, {.deadline = begin + milliseconds(20)});
  ASSERT_FALSE(between.ok());
  EXPECT_EQ(between.error().code, Code::kDeadline);
  EXPECT_EQ(large.position(), 0u);
  Must(large.Append(Ids(0, 9)));

  const Deadline soon = steady_clock::now() + milliseconds(20);
  std::thread other([&] {
    Must(engine_->core().scheduler->Alone([&] {
      std::this_thread::sleep_until(*soon + milliseconds(20));
      return OkStatus();
    }));
  });
  while (engine_->core().scheduler->counts().alone_waiting == 0 && steady_clock::now() < *soon)
    std::this_thread::sleep_for(milliseconds(1));
  EXPECT_EQ(session.Append(Ids(96, 9), {.deadline = soon}).error().code, Code::kDeadline);
  other.join();
  EXPECT_EQ(session.position(), 96u);
  Must(session.Append(Ids(96, 104)));
  Must(plain.Append(Ids(96, 104)));
  EXPECT_EQ(Must(plain.Logits()), Must(session.Logits()));
}

// What was generated until then is told to the sink and stays appended.
TEST_F(SessionTest, APassedDeadlineEndsAGeneration) {
  Session session = New();
  Must(session.Append(Ids(0, 40)));
  CallControl control;
  control.progress = [&](const Progress& progress) {
    if (progress.tokens_done == 5) control.deadline = std::chrono::steady_clock::now();
  };
  const auto generated = session.Generate({.output_tokens_max = 50}, {}, control);
  ASSERT_FALSE(generated.ok());
  EXPECT_EQ(generated.error().code, Code::kDeadline);
  EXPECT_NE(generated.error().message.find("5 tokens"), std::string::npos)
      << generated.error().message;
  EXPECT_EQ(session.position(), 45u);
  EXPECT_EQ(Must(session.Generate({.output_tokens_max = 3})).tokens.size(), 3u);
}

// Rewinding to a checkpoint computes nothing; to a place between, only the way from the last one.
TEST_F(SessionTest, RewoundSessionEqualsOneThatNeverWentFurther) {
  Session session = New(), plain = New();
  Must(session.Append(Ids(0, 70)));
  Must(MarkCheckpoint(session));
  Must(session.Append(Ids(70, 30)));
  Must(MarkCheckpoint(session));
  Must(session.Append(Ids(100, 60)));
  EXPECT_EQ(CheckpointsOf(session), (std::vector<size_t>{70, 100}));
  Must(Rewind(session, 160));
  EXPECT_EQ(session.usage().prefilled, 160u);
  Must(plain.Append(Ids(0, 70)));

  Must(Rewind(session, 85));
  EXPECT_EQ(session.usage().prefilled, 175u);
  EXPECT_EQ(CheckpointsOf(session), std::vector<size_t>{70});
  Session between = Must(plain.Fork());
  Must(between.Append(Ids(70, 15)));
  EXPECT_EQ(Must(between.Logits()), Must(session.Logits()));

  Must(Rewind(session, 70));
  EXPECT_EQ(session.usage().prefilled, 175u);
  EXPECT_EQ(Must(plain.Logits()), Must(session.Logits()));
  Must(session.Append(Ids(120, 50)));
  Must(plain.Append(Ids(120, 50)));
  EXPECT_EQ(Must(plain.Logits()), Must(session.Logits()));
  EXPECT_TRUE(std::ranges::equal(session.tokens(), plain.tokens()));

  EXPECT_EQ(Rewind(session, 121).error().code, Code::kInvalid);
  Must(Rewind(session, 0));
  EXPECT_EQ(session.position(), 0u);
  EXPECT_FALSE(session.Logits().ok());
  Must(session.Append(Ids(0, 9)));
  Session fresh = New();
  Must(fresh.Append(Ids(0, 9)));
  EXPECT_EQ(Must(fresh.Logits()), Must(session.Logits()));
}

TEST_F(SessionTest, CheckpointsAreFewAndTheNewestStays) {
  Session session = New();
  for (size_t at = 0; at < 190; at += 10) {
    Must(session.Append(Ids(at, 10)));
    Must(MarkCheckpoint(session));
    Must(MarkCheckpoint(session));
    EXPECT_LE(CheckpointsOf(session).size(), kSessionCheckpointsMax);
    EXPECT_EQ(CheckpointsOf(session).back(), at + 10);
  }
  const std::vector<size_t> kept = CheckpointsOf(session);
  EXPECT_EQ(kept.size(), kSessionCheckpointsMax);
  EXPECT_TRUE(std::ranges::is_sorted(kept));
}

TEST_F(SessionTest, ContextIsALimit) {
  Session session = New({.context_tokens_max = 50});
  Must(session.Append(Ids(0, 40)));
  const auto status = session.Append(Ids(40, 11));
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, Code::kLimit);
  EXPECT_EQ(session.position(), 40u);
  const Generated generated = Must(session.Generate({.output_tokens_max = 100}));
  EXPECT_EQ(generated.finish, FinishReason::kLength);
  EXPECT_EQ(generated.tokens.size(), 10u);
}

TEST_F(SessionTest, EmbeddingRowsAreThoseOfTheCheckpoint) {
  const auto tensors = MakeSyntheticTensors(golden_.config, golden_.seed);
  const auto row = Must(engine_->TokenEmbedding(7));
  const float* expected = &tensors[0].values[7 * row.size()];
  EXPECT_EQ(row, std::vector<float>(expected, expected + row.size()));
  EXPECT_FALSE(engine_->TokenEmbedding(256).ok());
}

}  // namespace
}  // namespace fathom::test
