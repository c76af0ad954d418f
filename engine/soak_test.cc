// SPDX-License-Identifier: Apache-2.0
// Sixteen sessions on sixteen threads do everything a session can, all the time: no call fails that
// should not, and after a warm-up the process grows no further. FATHOM_SOAK_SECONDS sets how long;
// the slow suite runs 10 minutes, and the same program is what ThreadSanitizer watches.
#include <unistd.h>

#include <atomic>
#include <charconv>
#include <chrono>
#include <random>
#include <thread>

#include "engine/rewind.h"
#include "engine/test_support.h"

namespace fathom::test {
namespace {

using Clock = std::chrono::steady_clock;

constexpr size_t kSessions = 16, kTokensMax = 600;
// What the allocator may hold back beyond what was in use: 16 threads with arenas of their own.
constexpr double kGrowthMax = 1.05;
constexpr size_t kGrowthBytes = size_t{4} << 20;

size_t ResidentBytes() {
  size_t pages = 0, resident = 0;
  std::ifstream("/proc/self/statm") >> pages >> resident;
  return resident * static_cast<size_t>(::sysconf(_SC_PAGESIZE));
}

class User {
 public:
  User(Engine& engine, const Golden& golden, std::string path, unsigned seed)
      : engine_(engine), golden_(golden), path_(std::move(path)), random_(seed), session_(New()) {}

  // One act; the count of things that went wrong.
  size_t Act() {
    if (session_.position() > kTokensMax) session_ = New();
    switch (random_() % 8) {
      case 0:
        return Ok(fathom::Rewind(session_, session_.position() - session_.position() / 3));
      case 1:
        return Ok(MarkCheckpoint(session_));
      case 2:
        return Fork();
      case 3:
        return SaveAndRestore();
      case 4:
        return Cancel();
      case 5:
        return Ok(session_.Append(Text(1 + random_() % 60)));
      default:
        return Generate();
    }
  }

 private:
  static size_t Ok(const Status& status) { return status.ok() ? 0 : 1; }

  Session New() { return Must(engine_.NewSession({.chunk_tokens = 64})); }

  std::vector<Token> Text(size_t count) {
    const size_t from = random_() % (golden_.ids.size() - count);
    return {golden_.ids.begin() + static_cast<std::ptrdiff_t>(from),
            golden_.ids.begin() + static_cast<std::ptrdiff_t>(from + count)};
  }

  size_t Fork() {
    auto fork = session_.Fork();
    if (!fork) return 1;
    session_ = std::move(*fork);
    return 0;
  }

  size_t SaveAndRestore() {
    const size_t position = session_.position();
    if (!session_.Save(path_)) return 1;
    auto restored = engine_.Restore(path_, {.chunk_tokens = 64});
    if (!restored || restored->position() != position) return 1;
    session_ = std::move(*restored);
    return 0;
  }

  size_t Cancel() {
    std::atomic<bool> cancel{random_() % 2 == 0};
    const auto status =
        session_.Append(Text(130), {&cancel, [&](const Progress&) { cancel = true; }});
    return status.ok() || status.error().code == Code::kCancelled ? 0 : 1;
  }

  size_t Generate() {
    if (session_.position() == 0) return Ok(session_.Append(Text(5)));
    const auto generated = session_.Generate(
        {.sampling = {.temperature = 1, .seed = random_()}, .output_tokens_max = 12});
    return generated ? 0 : 1;
  }

  Engine& engine_;
  const Golden& golden_;
  std::string path_;
  std::mt19937_64 random_;
  Session session_;
};

TEST(Soak, SixteenSessionsFailNowhereAndGrowNoFurther) {
  double seconds = 3;
  if (const char* wanted = std::getenv("FATHOM_SOAK_SECONDS"))
    std::from_chars(wanted, wanted + std::strlen(wanted), seconds);
  const Golden golden = LoadGolden("nano");
  const TempFolder folder;
  const auto engine = OpenGolden(golden, folder, 2);
  std::atomic<size_t> acts{0}, errors{0};
  std::atomic<bool> stop{false};
  std::vector<std::thread> threads;
  for (size_t i = 0; i < kSessions; ++i) {
    threads.emplace_back([&, i] {
      User user(*engine, golden, folder / (std::to_string(i) + ".state"), static_cast<unsigned>(i));
      for (; !stop; ++acts) errors += user.Act();
    });
  }
  const auto start = Clock::now();
  const auto passed = [&] { return std::chrono::duration<double>(Clock::now() - start).count(); };
  size_t warm = 0, later = 0;  // the most seen in the first half and in the second
  while (passed() < seconds) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    size_t& most = passed() < seconds / 2 ? warm : later;
    most = std::max(most, ResidentBytes());
  }
  stop = true;
  for (std::thread& thread : threads) thread.join();
  std::printf("%zu acts in %.0f s, %zu errors; at most %.1f MiB, then %.1f MiB\n", acts.load(),
              seconds, errors.load(), static_cast<double>(warm) / (1 << 20),
              static_cast<double>(later) / (1 << 20));
  EXPECT_EQ(errors, 0u);
  EXPECT_GT(acts, kSessions);
  if (seconds < 60) return;  // still warming up
  EXPECT_LE(static_cast<double>(later), kGrowthMax * static_cast<double>(warm + kGrowthBytes));
}

}  // namespace
}  // namespace fathom::test
