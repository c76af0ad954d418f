// SPDX-License-Identifier: Apache-2.0
// Reading: a corpus that the model has read, once.
//
// OpenReading walks, packs, and for each window either restores what an earlier run kept (0 tokens
// computed) or runs the model over it, storing states and verdict scores. What is restored equals
// what was computed, bit for bit. The key names model, build, format and every token in order: any
// change is another key.
//
// After an edit files are packed where they stood (rag/layout.h), and a window whose tokens begin
// as those of a kept one is read on from the last checkpoint (engine/rewind.h) before the first
// difference: state and scores are those of reading it whole, bit for bit.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "engine/engine.h"
#include "rag/catalog.h"
#include "rag/corpus.h"
#include "rag/pack.h"

namespace fathom {

// What a reading needs to know of the model's profile.
struct ReadingProfile {
  std::string system_text;
  size_t window_tokens = 16'384;
  std::vector<Token> verdict_tokens;  // scored at every line end; empty: no scores
};

struct ReadingProgress {
  std::string_view
      stage;  // "walk", "pack", "read", "restore", "save"; "kept": state and scores are committed;
              // "refused": a kept state is not believed, and what it held is read anew
  std::string_view reason;  // of "refused"
  size_t window = 0;        // of "kept"
  size_t files = 0;
  size_t tokens_done = 0, tokens_total = 0;
  double seconds = 0;  // of the stage
};

struct ReadingOptions {
  CorpusOptions corpus;
  ReadingProfile profile;
  bool keep = true;         // store states and scores
  bool all_windows = true;  // audits read everything; questions need the first window only
  std::function<void(const ReadingProgress&)> progress;
  const std::atomic<bool>* cancel = nullptr;
  Deadline deadline = {};  // as in CallControl
};

struct ReadWindow {
  std::string key;
  std::string kept_key;  // of a reading that may begin alike: this one's, or one before an edit
  std::optional<Scores> scores;  // per line of the window and verdict token, log-probabilities
  bool done = false;             // false: not read (cancelled, or not asked for)
  bool restored = false;
};

struct ReadingUsage {
  size_t prefilled = 0;  // tokens computed by this process
  size_t restored = 0;   // tokens that came from an earlier run
  size_t reused = 0;     // of those, tokens before an edit, from the state before it
  double read_seconds = 0, restore_seconds = 0;
  size_t state_bytes = 0;  // on disk, for the first window
  bool saved = false;
  std::vector<std::string> refused;  // kept states that were not believed: file and reason
};

// The parts belong together: windows[i] is the reading of pack.windows[i].
struct Reading {
  Corpus corpus;
  Pack pack;
  std::vector<ReadWindow> windows;
  ReadingUsage usage;
  bool cancelled = false;          // windows with done == false were not read
  std::optional<Session> session;  // after the first window; absent when cancelled before its end
};

Result<Reading> OpenReading(Engine& engine, Catalog& catalog, const std::string& path,
                            const ReadingOptions& options);

struct Verified {
  size_t tokens = 0;             // of the windows that were compared
  size_t recomputed = 0;         // of those
  size_t windows_unchecked = 0;  // without a state to go on from
};

// Reads every kept window of `reading` anew, each in one go, and compares state and scores with
// what is kept, bit for bit. With `last`, only from the last checkpoint that has so many tokens
// after it: what lies before is held to its checksum alone. kNotFound when nothing usable is kept,
// kCorrupt names the first difference.
Result<Verified> VerifyReading(Engine& engine, Catalog& catalog, const Reading& reading,
                               const ReadingOptions& options,
                               std::optional<size_t> last = std::nullopt);

// Only walks, reads and packs, as if nothing were kept: what `corpus plan` shows.
Result<Reading> PlanReading(const Tokenizer& tokenizer, const std::string& path,
                            const ReadingOptions& options);

}  // namespace fathom
