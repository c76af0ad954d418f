// SPDX-License-Identifier: Apache-2.0
#include "rag/reading.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <set>

#include "base/sha256.h"
#include "engine/rewind.h"
#include "engine/same_state.h"

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

// What a layout belongs to: the corpus, and all that decides how it is packed and read.
std::string LayoutKey(const Engine& engine, const ReadingOptions& options, const Corpus& corpus) {
  Sha256 hash;
  hash.Update(kFormat).Update("\n").Update(engine.fingerprint()).Update("\n");
  hash.Update(BytesOf(options.profile.verdict_tokens)).Update("\n");
  hash.Update(std::to_string(options.profile.window_tokens)).Update("\n");
  hash.Update(options.corpus.include_generated ? "g" : "-");
  hash.Update(options.corpus.include_vendored ? "v" : "-");
  hash.Update(options.profile.system_text).Update("\n").Update(corpus.root);
  return hash.Hex();
}

// Indexes of the lines' verdicts among the window's tokens, from `begin` on and before `end`.
std::vector<size_t> VerdictPositions(const Window& window, size_t begin, size_t end) {
  std::vector<size_t> positions;
  for (const PackedLine& line : window.lines) {
    const size_t at = line.token_end - 1;
    if (at >= begin && at < end) positions.push_back(at - begin);
  }
  return positions;
}

// Reads the window on to `end` and adds its scores. `session` stands at a place within it.
Status ReadTo(Session& session, const Window& window, size_t end,
              const std::vector<Token>& verdict_tokens, std::optional<Scores>& scores,
              const CallControl& control) {
  const size_t begin = session.position();
  const auto tokens = std::span<const Token>(window.tokens).subspan(begin, end - begin);
  if (verdict_tokens.empty()) return session.Append(tokens, control);
  auto more = session.Score(tokens, VerdictPositions(window, begin, end), verdict_tokens, control);
  if (!more) return more.error();
  if (!scores) scores.emplace(Scores{.candidates = verdict_tokens.size(), .values = {}});
  scores->values.insert(scores->values.end(), more->values.begin(), more->values.end());
  return OkStatus();
}

// The first `lines` rows of `scores`.
Scores FirstScores(const Scores& scores, size_t lines) {
  const auto count = static_cast<std::ptrdiff_t>(lines * scores.candidates);
  return {.candidates = scores.candidates,
          .values = {scores.values.begin(), scores.values.begin() + count}};
}

SessionOptions SessionOptionsFor(const ReadingOptions& options, const Window& window) {
  // Room for questions and answers behind the corpus, never more than the model's own limit.
  return {.context_tokens_max =
              std::max(options.profile.window_tokens, window.tokens.size() + 2'048)};
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
  Status ReadWindowAt(size_t index) {
    const Window& window = reading_.pack.windows[index];
    ReadWindow& entry = reading_.windows[index];
    entry.key = ReadingKey(engine_, options_.profile, window);
    auto record = catalog_.Find(entry.key);
    if (!record) return record.error();
    if (*record && Restore(index, **record)) return {};
    return Compute(index);
  }

  bool HasScores(const ReadingRecord& record, size_t lines_min) const {
    const size_t candidates = options_.profile.verdict_tokens.size();
    return candidates == 0 || (record.scores && record.scores->candidates == candidates &&
                               record.scores->values.size() >= lines_min * candidates);
  }

  // Takes over what an earlier run kept; false when it is of no use (damaged, or the state is
  // gone).
  bool Restore(size_t index, const ReadingRecord& record) {
    const Window& window = reading_.pack.windows[index];
    ReadWindow& entry = reading_.windows[index];
    if (!HasScores(record, window.lines.size()) || record.lines != window.lines.size())
      return false;
    if (index == 0) {
      const auto start = std::chrono::steady_clock::now();
      // The name is never taken from the database: it could lead anywhere.
      if (record.state_file != StateFileOf(record.key)) return false;
      auto session = engine_.Restore(catalog_.StatePath(record.state_file),
                                     SessionOptionsFor(options_, window));
      // The key is a hash; the tokens themselves decide.
      if (session && !std::ranges::equal(session->tokens(), window.tokens)) {
        session = Error{Code::kCorrupt, "holds other tokens than its reading", record.state_file};
      }
      if (!session) {
        Refuse(session.error());
        (void)catalog_.Forget(record.key);
        return false;
      }
      reading_.session = std::move(*session);
      reading_.usage.restore_seconds += SecondsSince(start);
      reading_.usage.state_bytes = record.state_bytes;
    }
    states_bytes_ += record.state_bytes;
    entry.scores = record.scores;
    entry.kept_key = entry.key;
    entry.done = entry.restored = true;
    reading_.usage.restored += window.tokens.size();
    tokens_before_ += window.tokens.size();
    Report("restore", 0);
    return true;
  }

  // A session at the last checkpoint that the window's tokens and those of the reading before an
  // edit share, with the scores up to there; else one at the start.
  Result<Session> Begin(size_t index) {
    const Window& window = reading_.pack.windows[index];
    ReadWindow& entry = reading_.windows[index];
    const SessionOptions session_options = SessionOptionsFor(options_, window);
    if (entry.kept_key.empty()) return engine_.NewSession(session_options);
    const auto start = std::chrono::steady_clock::now();
    auto record = catalog_.Find(entry.kept_key);
    if (!record) return record.error();
    if (!*record || (*record)->state_file != StateFileOf(entry.kept_key))
      return engine_.NewSession(session_options);
    auto session = engine_.RestorePrefix(catalog_.StatePath((*record)->state_file), window.tokens,
                                         session_options);
    // Damaged, of another build, or gone: nothing is lost but time.
    if (!session) Refuse(session.error());
    if (!session || session->position() == 0) return engine_.NewSession(session_options);
    const size_t lines = VerdictPositions(window, 0, session->position()).size();
    if (!HasScores(**record, lines)) return engine_.NewSession(session_options);
    if (!options_.profile.verdict_tokens.empty())
      entry.scores = FirstScores(*(*record)->scores, lines);
    reading_.usage.reused += session->position();
    reading_.usage.restored += session->position();
    reading_.usage.restore_seconds += SecondsSince(start);
    return session;
  }

  Status Compute(size_t index) {
    const Window& window = reading_.pack.windows[index];
    ReadWindow& entry = reading_.windows[index];
    auto session = Begin(index);
    if (!session) return session.error();
    const auto start = std::chrono::steady_clock::now();
    const size_t spacing = CheckpointSpacing(*session), first = session->position();
    while (session->position() < window.tokens.size()) {
      const size_t at = session->position(),
                   end = std::min((at / spacing + 1) * spacing, window.tokens.size());
      const CallControl control{
          .cancel = options_.cancel,
          .progress = [&](const Progress& progress) { Report("read", at + progress.tokens_done); },
          .deadline = options_.deadline};
      if (auto status =
              ReadTo(*session, window, end, options_.profile.verdict_tokens, entry.scores, control);
          !status) {
        return status;
      }
      if (!options_.keep || end == window.tokens.size()) continue;
      if (auto status = MarkCheckpoint(*session, kSavedCheckpointsMax); !status) return status;
    }
    reading_.usage.read_seconds += SecondsSince(start);
    reading_.usage.prefilled += window.tokens.size() - first;
    tokens_before_ += window.tokens.size();
    entry.done = true;
    if (options_.keep) {
      if (auto status = Keep(index, *session); !status) return status;
    }
    ForgetCheckpoints(*session);
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
    if (auto status = SaveState(index, session, record); !status) return status;
#ifdef FATHOM_MUTANT  // ack_before_commit: a build that tests/crash must find out.
    Report("kept", 0, index);
#endif
    if (auto status = catalog_.Put(record); !status) return status;
    reading_.windows[index].kept_key = record.key;
    // Only now is the reading acknowledged.
    Report("kept", 0, index);
    return {};
  }

  // Questions need the state of the first window; those of the others only save time after an edit,
  // so they are left out where there is no room.
  Status SaveState(size_t index, const Session& session, ReadingRecord& record) {
    if (index > 0 && states_bytes_ + session.state_bytes() > catalog_.states_bytes_max()) return {};
    Report("save", 0);
    auto bytes = SaveWithCheckpoints(session, catalog_.StatePath(StateFileOf(record.key)));
    if (!bytes && index > 0 && bytes.error().code == Code::kLimit) return {};
    if (!bytes) return bytes.error();
    record.state_file = StateFileOf(record.key);
    record.state_bytes = *bytes;
    states_bytes_ += *bytes;
    if (index > 0) return {};
    reading_.usage.state_bytes = *bytes;
    reading_.usage.saved = true;
    return {};
  }

  void Refuse(const Error& error) {
    reading_.usage.refused.push_back(error.Text());
    if (options_.progress)
      options_.progress({.stage = "refused", .reason = reading_.usage.refused.back()});
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
  size_t states_bytes_ = 0;  // of this reading's windows
};

Status ReadFiles(const std::string& path, const ReadingOptions& options, Reading& reading) {
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
  return {};
}

Status PackFiles(const Tokenizer& tokenizer, const ReadingOptions& options, const Layout& kept,
                 Reading& reading) {
  if (options.progress) options.progress({.stage = "pack", .files = reading.corpus.files.size()});
  auto pack = PackCorpus(
      reading.corpus, tokenizer,
      {.window_tokens = options.profile.window_tokens, .system_text = options.profile.system_text},
      &kept);
  if (!pack) return pack.error();
  reading.pack = std::move(*pack);
  reading.windows.resize(reading.pack.windows.size());
  for (const Shelf& shelf : reading.pack.shelves) {
    if (!shelf.kept) continue;
    const std::vector<std::string>& keys = kept.shelves[*shelf.kept].keys;
    for (size_t i = 0; i < std::min(shelf.windows, keys.size()); ++i)
      reading.windows[shelf.window + i].kept_key = keys[i];
  }
  return {};
}

// A layout that cannot be read is none: it is written anew.
Result<Layout> KeptLayout(const Catalog& catalog, const std::string& key, std::string& text) {
  auto found = catalog.FindLayout(key);
  if (!found) return found.error();
  if (!*found) return Layout{};
  text = **found;
  auto layout = ParseLayout(text);
  return layout ? std::move(*layout) : Layout{};
}

// How the corpus was packed now, and where its windows are kept.
Status KeepLayout(Catalog& catalog, const std::string& key, const std::string& before,
                  const Reading& reading) {
  Layout layout = LayoutOf(reading.corpus, reading.pack);
  for (size_t s = 0; s < layout.shelves.size(); ++s) {
    const Shelf& shelf = reading.pack.shelves[s];
    for (size_t i = 0; i < shelf.windows; ++i) {
      layout.shelves[s].keys[i] = reading.windows[shelf.window + i].kept_key;
    }
  }
  const std::string text = LayoutText(layout);
  if (text == before) return {};
  return catalog.PutLayout(key, reading.corpus.root, text);
}

// This reading was used last; what was used longest ago makes room for what it wrote.
Status KeepWithinBudget(Catalog& catalog, const Reading& reading) {
  std::set<std::string> needed;
  bool wrote = false;
  for (const ReadWindow& window : reading.windows) {
    if (!window.kept_key.empty()) needed.insert(window.kept_key);
    wrote = wrote || (window.done && !window.restored);
  }
  if (auto status = catalog.Touch(needed); !status) return status;
  return wrote ? catalog.MakeRoom(needed) : OkStatus();
}

}  // namespace

Result<Reading> PlanReading(const Tokenizer& tokenizer, const std::string& path,
                            const ReadingOptions& options) {
  Reading reading;
  if (auto status = ReadFiles(path, options, reading); !status) return status.error();
  if (auto status = PackFiles(tokenizer, options, {}, reading); !status) return status.error();
  return reading;
}

Result<Reading> OpenReading(Engine& engine, Catalog& catalog, const std::string& path,
                            const ReadingOptions& options) {
  CHECK(engine.tokenizer() != nullptr);
  Reading reading;
  if (auto status = ReadFiles(path, options, reading); !status) return status.error();
  const std::string key = LayoutKey(engine, options, reading.corpus);
  std::string kept_text;
  const auto kept = KeptLayout(catalog, key, kept_text);
  if (!kept) return kept.error();
  if (auto status = PackFiles(*engine.tokenizer(), options, *kept, reading); !status)
    return status.error();
  if (reading.corpus.files.empty()) {
    return Error{Code::kNotFound,
                 "no text files to read (" + std::to_string(reading.corpus.skipped.size()) +
                     " skipped; `fathom corpus plan` lists them)",
                 path};
  }
  {
    const auto in_use = catalog.Use();
    if (!in_use) return in_use.error();
    if (auto status = Reader(engine, catalog, options, reading).Run(); !status)
      return status.error();
  }
  if (options.keep) {
    if (auto status = KeepLayout(catalog, key, kept_text, reading); !status) return status.error();
    if (auto status = KeepWithinBudget(catalog, reading); !status) return status.error();
  }
  return reading;
}

namespace {

class Verifier {
 public:
  Verifier(Engine& engine, const Catalog& catalog, const ReadingOptions& options,
           std::optional<size_t> last)
      : engine_(engine), catalog_(catalog), options_(options), last_(last) {}

  // Adds nothing when nothing is kept of this window.
  Status Check(const Window& window) {
    const auto record = catalog_.Find(ReadingKey(engine_, options_.profile, window));
    if (!record) return record.error();
    if (!*record) return OkStatus();
    const bool has_state = !(*record)->state_file.empty();
    if (last_ && !has_state) {
      ++verified_.windows_unchecked;
      return OkStatus();
    }
    const SessionOptions session_options = SessionOptionsFor(options_, window);
    // The name is never taken from the database: it could lead anywhere.
    const std::string path = catalog_.StatePath(StateFileOf((*record)->key));
    auto fresh = Begin(path, window, session_options);
    if (!fresh) return fresh.error();
    const size_t first = fresh->position();
    if (auto status = CheckScores(*fresh, window, (*record)->scores); !status) return status;
    if (has_state) {
      const auto kept = engine_.Restore(path, session_options);
      if (!kept) return kept.error();
      if (auto status = ExpectSameState(*kept, *fresh); !status) return status;
    }
    verified_.tokens += window.tokens.size();
    verified_.recomputed += window.tokens.size() - first;
    return OkStatus();
  }

  const Verified& verified() const { return verified_; }

 private:
  Result<Session> Begin(const std::string& path, const Window& window,
                        const SessionOptions& session_options) {
    if (!last_) return engine_.NewSession(session_options);
    const size_t before = window.tokens.size() - std::min(*last_, window.tokens.size());
    return engine_.RestorePrefix(path, std::span(window.tokens).first(before), session_options);
  }

  // Reads the rest of the window. The scores of the lines before are those that are kept.
  Status CheckScores(Session& fresh, const Window& window, const std::optional<Scores>& kept) {
    const size_t before = VerdictPositions(window, 0, fresh.position()).size();
    std::optional<Scores> scores;
    if (kept && before > 0) {
      if (kept->values.size() < before * kept->candidates)
        return Error{Code::kCorrupt, "has scores of fewer lines than it has"};
      scores = FirstScores(*kept, before);
    }
    const CallControl control{.cancel = options_.cancel, .progress = {}};
    if (auto status = ReadTo(fresh, window, window.tokens.size(), options_.profile.verdict_tokens,
                             scores, control);
        !status) {
      return status;
    }
    if (scores.has_value() == kept.has_value() && (!scores || scores->values == kept->values))
      return OkStatus();
    return Error{Code::kCorrupt, "differs from a new reading in the scores of its lines"};
  }

  Engine& engine_;
  const Catalog& catalog_;
  const ReadingOptions& options_;
  const std::optional<size_t> last_;
  Verified verified_;
};

}  // namespace

Result<Verified> VerifyReading(Engine& engine, Catalog& catalog, const Reading& reading,
                               const ReadingOptions& options, std::optional<size_t> last) {
  const auto in_use = catalog.Use();
  if (!in_use) return in_use.error();
  Verifier verifier(engine, catalog, options, last);
  size_t before = 0;
  for (size_t i = 0; i < reading.pack.windows.size(); ++i) {
    if (auto status = verifier.Check(reading.pack.windows[i]); !status) {
      return Error{status.error().code,
                   "window " + std::to_string(i) + ": " + status.error().Text()};
    }
    before += reading.pack.windows[i].tokens.size();
    if (options.progress) {
      options.progress({.stage = "read",
                        .files = reading.corpus.files.size(),
                        .tokens_done = before,
                        .tokens_total = reading.pack.tokens});
    }
  }
  if (verifier.verified().tokens == 0) return Error{Code::kNotFound, "nothing is kept"};
  return verifier.verified();
}

}  // namespace fathom
