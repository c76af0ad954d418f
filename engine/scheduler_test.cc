// SPDX-License-Identifier: Apache-2.0
#include "engine/scheduler.h"

#include <atomic>
#include <thread>

#include "engine/test_support.h"

namespace fathom::test {
namespace {

// The nano golden case as a model with its scheduler, without sessions.
class SchedulerTest : public testing::Test {
 protected:
  SchedulerTest() {
    Must(WriteSyntheticCheckpoint(folder_.path(), golden_.config, {.seed = golden_.seed}));
    const Checkpoint checkpoint = Must(LoadCheckpoint(folder_.path()));
    auto backend = Must(Backend::Create(pool_));
    auto weights = Must(PackWeights(checkpoint, *backend));
    model_ = std::make_unique<M1Model>(checkpoint.config, std::move(weights), std::move(backend));
  }

  // Logits after each of `count` steps, tokens (first + i) of the golden ids.
  std::vector<float> Steps(Scheduler& scheduler, size_t first, size_t count) const {
    SequenceState state(model_->state_shape());
    std::vector<float> hidden(static_cast<size_t>(model_->config().hidden)), all;
    const Scheduler::Generating generating(scheduler);
    for (size_t i = 0; i < count; ++i) {
      std::vector<float> logits(golden_.vocabulary());
      DecodeStep step{
          golden_.ids[(first + i) % golden_.ids.size()], &state, hidden.data(), logits.data(), {}};
      Must(scheduler.Decode(step));
      all.insert(all.end(), logits.begin(), logits.end());
    }
    return all;
  }

  const Golden golden_ = LoadGolden("nano");
  TempFolder folder_;
  ThreadPool pool_{2};
  std::unique_ptr<M1Model> model_;
};

TEST_F(SchedulerTest, StepsMeetAndEachGivesWhatItGivesAlone) {
  constexpr size_t kSessions = 12, kSteps = 16;
  std::vector<std::vector<float>> alone(kSessions), together(kSessions);
  Scheduler one_by_one(*model_), scheduler(*model_);
  for (size_t i = 0; i < kSessions; ++i) alone[i] = Steps(one_by_one, 3 * i, kSteps + i);
  EXPECT_EQ(one_by_one.counts().passes, one_by_one.counts().steps);
  std::vector<std::thread> threads;
  for (size_t i = 0; i < kSessions; ++i)
    threads.emplace_back([&, i] { together[i] = Steps(scheduler, 3 * i, kSteps + i); });
  for (std::thread& thread : threads) thread.join();
  for (size_t i = 0; i < kSessions; ++i) EXPECT_EQ(alone[i], together[i]) << "session " << i;
  EXPECT_EQ(scheduler.counts().steps, one_by_one.counts().steps);
  EXPECT_LT(scheduler.counts().passes, scheduler.counts().steps / 2);
}

// Three prompts of many chunks: whenever a step waits as a chunk begins, a pass comes before the
// next chunk. And chunks come between passes.
TEST_F(SchedulerTest, ChunksDoNotStarveStepsNorStepsChunks) {
  Scheduler scheduler(*model_);
  std::atomic<bool> stop{false};
  std::atomic<size_t> chunks{0};
  // Of the chunk before; touched in turns only.
  bool step_waited = false;
  uint64_t passes = 0;
  size_t met = 0, starved = 0;
  const auto chunk = [&] {
    const Scheduler::Counts now = scheduler.counts();
    if (step_waited) ++(now.passes > passes ? met : starved);
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    const Scheduler::Counts after = scheduler.counts();
    step_waited = now.steps_waiting > 0 && after.steps_waiting > 0;
    passes = now.passes;
    ++chunks;
    return OkStatus();
  };
  std::vector<std::thread> prompts;
  for (int i = 0; i < 3; ++i) {
    prompts.emplace_back([&] {
      for (uint64_t served = 0; !stop;) Must(scheduler.Alone(served, 512, chunk));
    });
  }
  while (chunks < 3) std::this_thread::yield();
  const size_t before = chunks;
  std::vector<std::thread> answers;
  for (size_t i = 0; i < 4; ++i) answers.emplace_back([&, i] { Steps(scheduler, i, 30); });
  for (std::thread& thread : answers) thread.join();
  EXPECT_GT(chunks - before, 15u);
  stop = true;
  for (std::thread& thread : prompts) thread.join();
  EXPECT_EQ(starved, 0u);
  EXPECT_GT(met, 5u);
}

TEST_F(SchedulerTest, WhoHadFewestTokensGoesFirst) {
  Scheduler scheduler(*model_);
  std::vector<int> order;
  std::vector<std::thread> threads;
  uint64_t first = 0;
  // While the first works the others come, in the wrong order.
  Must(scheduler.Alone(first, 512, [&] {
    const uint64_t had[] = {9'000, 5'000, 7'000};
    for (int i = 0; i < 3; ++i) {
      threads.emplace_back([&, i, served = had[i]]() mutable {
        Must(scheduler.Alone(served, 512, [&] {
          order.push_back(i);
          return OkStatus();
        }));
      });
      while (scheduler.counts().alone_waiting < static_cast<size_t>(i) + 1)
        std::this_thread::yield();
    }
    return OkStatus();
  }));
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(order, (std::vector<int>{1, 2, 0}));
}

TEST_F(SchedulerTest, ErrorsStayWithTheirOwner) {
  Scheduler scheduler(*model_);
  const auto status = scheduler.Alone([] {
    return Status(Error{Code::kCancelled, "cancelled while reading"});
  });
  EXPECT_EQ(status.error().code, Code::kCancelled);
  EXPECT_EQ(Steps(scheduler, 0, 3), Steps(scheduler, 0, 3));
  EXPECT_EQ(scheduler.counts().steps_waiting + scheduler.counts().alone_waiting, 0u);
}

// Through the public face: 64 sessions that sample on 64 threads write what each writes alone, to
// the last bit of their log-probabilities, while a 65th reads a long prompt.
TEST_F(SchedulerTest, SixtyFourGenerationsAreThoseOfEachAlone) {
  constexpr size_t kSessions = 64;
  const auto engine =
      Must(Engine::Open({.checkpoint = folder_.path(), .threads = 2, .device = "cpu"}));
  const auto write = [&](size_t i) {
    Session session = Must(engine->NewSession({.chunk_tokens = 64}));
    Must(session.Append(std::span<const Token>(golden_.ids).subspan(i, 3 + i % 40)));
    return Must(session.Generate(
        {.sampling = {.temperature = 1, .top_p = 0.9, .seed = i}, .output_tokens_max = 6 + i % 7}));
  };
  std::vector<Generated> alone, together(kSessions);
  for (size_t i = 0; i < kSessions; ++i) alone.push_back(write(i));
  std::vector<std::thread> threads;
  for (size_t i = 0; i < kSessions; ++i) threads.emplace_back([&, i] { together[i] = write(i); });
  std::thread reader([&] {
    Session session = Must(engine->NewSession({.chunk_tokens = 64}));
    for (int i = 0; i < 5; ++i) Must(session.Append(golden_.ids));
  });
  for (std::thread& thread : threads) thread.join();
  reader.join();
  for (size_t i = 0; i < kSessions; ++i) {
    EXPECT_EQ(alone[i].tokens, together[i].tokens) << "session " << i;
    ASSERT_EQ(alone[i].logprobs.size(), together[i].logprobs.size());
    for (size_t t = 0; t < alone[i].logprobs.size(); ++t)
      EXPECT_EQ(alone[i].logprobs[t].logprob, together[i].logprobs[t].logprob);
  }
}

}  // namespace
}  // namespace fathom::test
