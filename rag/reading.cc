// SPDX-License-Identifier: Apache-2.0
#include "rag/reading.h"

#include <chrono>
#include <ctime>

#include "base/sha256.h"

namespace fathom {
namespace {

// Changes whenever the layout of a window or the meaning of stored scores changes.
constexpr std::string_view kFormat = "fathom-window-1";

double SecondsSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::string NowUtc() {
  const std::time_t now = std::time(nullptr);
  std::tm tm{};
  gmtime_r(&now, &tm);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm);
  return text;
}

std::span<const uint8_t> BytesOf(const std::vector<Token>& tokens) {
  return {reinterpret_cast<const uint8_t*>(tokens.data()), tokens.size() * sizeof(Token)};
}

// Content address of a window: model, build and numerics, format, verdict tokens, and every token
// in order.
std::string ReadingKey(const Engine& engine, const ReadingProfile& profile, const Window& window) {
  Sha256 hash;
  hash.Update(kFormat).Update("\n").Update(engine.fingerprint()).Update("\n");
  hash.Update(BytesOf(profile.verdict_tokens)).Update("\n").Update(BytesOf(window.tokens));
  return hash.Hex();
}

std::string StateFileOf(const std::string& key) {
  return key.substr(0, 32) + ".state";
}

class Reader {
 public:
  Reader(Engine& engine, Catalog& catalog, const ReadingOptions& options, Reading& reading)
      : engine_(engine), catalog_(catalog), options_(options), reading_(reading) {
    for (const Window& window : reading.pack.windows) tokens_total_ += window.tokens.size();
  }

  Status Run() {
    const size_t count = options_.all_windows ? reading_.pack.windows.size() : 1;
    for (size_t i = 0; i < count; ++i) {
      if (auto status = ReadWindowAt(i); !status) {
        if (status.error().code != Code::kCancelled) return status;
        reading_.cancelled = true;
        return {};
      }
    }
    return {};
  }

 private:
  SessionOptions SessionOptionsFor(const Window& window) const {
    // Room for questions and answers behind the corpus, never more than the model's own limit.
    const size_t room = std::max(options_.profile.window_tokens, window.tokens.size() + 2'048);
    return {.context_tokens_max = room};
  }

  Status ReadWindowAt(size_t index) {
    const Window& window = reading_.pack.windows[index];
    ReadWindow& entry = reading_.windows[index];
    entry.key = ReadingKey(engine_, options_.profile, window);
    auto record = catalog_.Find(entry.key);
    if (!record) return record.error();
    if (*record && Restore(index, **record)) return {};
    return Compute(index);
  }

  // Takes over what an earlier run kept; false when it is of no use (damaged, or the state is
  // gone).
  bool Restore(size_t index, const ReadingRecord& record) {
    const Window& window = reading_.pack.windows[index];
    ReadWindow& entry = reading_.windows[index];
    const bool needs_scores = !options_.profile.verdict_tokens.empty();
    if (needs_scores &&
        (!record.scores || record.scores->candidates != options_.profile.verdict_tokens.size() ||
         record.scores->values.size() !=
             window.lines.size() * options_.profile.verdict_tokens.size())) {
      return false;
    }
    if (index == 0) {
      const auto start = std::chrono::steady_clock::now();
      // The name is never taken from the database: it could lead anywhere.
      if (record.state_file != StateFileOf(record.key)) return false;
      auto session =
          engine_.Restore(catalog_.StatePath(record.state_file), SessionOptionsFor(window));
      // The key is a hash; the tokens themselves decide.
      const bool same = session && std::equal(session->tokens().begin(), session->tokens().end(),
                                              window.tokens.begin(), window.tokens.end());
      if (!same) {
        (void)catalog_.Forget(record.key);
        return false;
      }
      reading_.session = std::move(*session);
      reading_.usage.restore_seconds += SecondsSince(start);
      reading_.usage.state_bytes = record.state_bytes;
    }
    entry.scores = record.scores;
    entry.done = entry.restored = true;
    reading_.usage.restored += window.tokens.size();
    tokens_before_ += window.tokens.size();
    Report("restore", 0);
    return true;
  }

  Status Compute(size_t index) {
    const Window& window = reading_.pack.windows[index];
    ReadWindow& entry = reading_.windows[index];
    auto session = engine_.NewSession(SessionOptionsFor(window));
    if (!session) return session.error();
    const auto start = std::chrono::steady_clock::now();
    const CallControl control{.cancel = options_.cancel, .progress = [&](const Progress& progress) {
                                Report("read", progress.tokens_done);
                              }};
    if (options_.profile.verdict_tokens.empty()) {
      if (auto status = session->Append(window.tokens, control); !status) return status;
    } else {
      std::vector<size_t> positions;
      positions.reserve(window.lines.size());
      for (const PackedLine& line : window.lines) positions.push_back(line.token_end - 1);
      auto scores =
          session->Score(window.tokens, positions, options_.profile.verdict_tokens, control);
      if (!scores) return scores.error();
      entry.scores = std::move(*scores);
    }
    reading_.usage.read_seconds += SecondsSince(start);
    reading_.usage.prefilled += window.tokens.size();
    tokens_before_ += window.tokens.size();
    entry.done = true;
    if (options_.keep) {
      if (auto status = Keep(index, *session); !status) return status;
    }
    if (index == 0) reading_.session = std::move(*session);
    return {};
  }

  // State first, then the row that acknowledges it.
  Status Keep(size_t index, const Session& session) {
    const Window& window = reading_.pack.windows[index];
    ReadingRecord record{.key = reading_.windows[index].key,
                         .root = reading_.corpus.root,
                         .window = index,
                         .tokens = window.tokens.size(),
                         .lines = window.lines.size(),
                         .model = engine_.info().name,
                         .created = NowUtc(),
                         .scores = reading_.windows[index].scores};
    if (index == 0) {
      Report("save", 0);
      record.state_file = StateFileOf(record.key);
      auto bytes = session.Save(catalog_.StatePath(record.state_file));
      if (!bytes) return bytes.error();
      record.state_bytes = reading_.usage.state_bytes = *bytes;
      reading_.usage.saved = true;
    }
#ifdef FATHOM_MUTANT  // ack_before_commit: a build that tests/crash must find out.
    Report("kept", 0, index);
#endif
    if (auto status = catalog_.Put(record); !status) return status;
    // Only now is the reading acknowledged.
    Report("kept", 0, index);
    return {};
  }

  void Report(std::string_view stage, size_t tokens_done, size_t window = 0) const {
    if (!options_.progress) return;
    options_.progress({.stage = stage,
                       .window = window,
                       .files = reading_.corpus.files.size(),
                       .tokens_done = tokens_before_ + tokens_done,
                       .tokens_total = tokens_total_,
                       .seconds = reading_.usage.read_seconds});
  }

  Engine& engine_;
  Catalog& catalog_;
  const ReadingOptions& options_;
  Reading& reading_;
  size_t tokens_before_ = 0;
  size_t tokens_total_ = 0;
};

}  // namespace

Result<Reading> PlanReading(const Tokenizer& tokenizer, const std::string& path,
                            const ReadingOptions& options) {
  Reading reading;
  CorpusOptions corpus_options = options.corpus;
  corpus_options.cancel = options.cancel;
  if (options.progress && !corpus_options.progress) {
    corpus_options.progress = [&](size_t files, size_t) {
      options.progress({.stage = "walk", .files = files});
    };
  }
  auto corpus = ReadCorpus(path, corpus_options);
  if (!corpus) return corpus.error();
  reading.corpus = std::move(*corpus);
  if (options.progress) options.progress({.stage = "pack", .files = reading.corpus.files.size()});
  auto pack = PackCorpus(
      reading.corpus, tokenizer,
      {.window_tokens = options.profile.window_tokens, .system_text = options.profile.system_text});
  if (!pack) return pack.error();
  reading.pack = std::move(*pack);
  reading.windows.resize(reading.pack.windows.size());
  return reading;
}

Result<Reading> OpenReading(Engine& engine, Catalog& catalog, const std::string& path,
                            const ReadingOptions& options) {
  CHECK(engine.tokenizer() != nullptr);
  auto reading = PlanReading(*engine.tokenizer(), path, options);
  if (!reading) return reading.error();
  if (reading->corpus.files.empty()) {
    return Error{Code::kNotFound,
                 "no text files to read (" + std::to_string(reading->corpus.skipped.size()) +
                     " skipped; `fathom corpus plan` lists them)",
                 path};
  }
  if (auto status = Reader(engine, catalog, options, *reading).Run(); !status)
    return status.error();
  return reading;
}

}  // namespace fathom
