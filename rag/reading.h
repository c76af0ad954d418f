// SPDX-License-Identifier: Apache-2.0
// Reading: a corpus that the model has read, once.
//
// OpenReading walks, packs, and for each window either restores what an earlier run kept (0 tokens
// computed) or runs the model over it, storing the state of the first window and the verdict scores
// of all. What is restored equals what was computed, bit for bit. The key names model, build,
// format and every token in order: any change is another key.
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
      stage;  // "walk", "pack", "read", "restore", "save"; "kept": state and scores are committed
  size_t window = 0;  // of "kept"
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
};

struct ReadWindow {
  std::string key;
  std::optional<Scores> scores;  // per line of the window and verdict token, log-probabilities
  bool done = false;             // false: not read (cancelled, or not asked for)
  bool restored = false;
};

struct ReadingUsage {
  size_t prefilled = 0;  // tokens computed by this process
  size_t restored = 0;   // tokens that came from an earlier run
  double read_seconds = 0, restore_seconds = 0;
  size_t state_bytes = 0;  // on disk, for the first window
  bool saved = false;
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

// Only walks, reads and packs: what `corpus plan` shows.
Result<Reading> PlanReading(const Tokenizer& tokenizer, const std::string& path,
                            const ReadingOptions& options);

}  // namespace fathom
