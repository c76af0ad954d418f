// SPDX-License-Identifier: Apache-2.0
// Session::Impl: one timeline. Internal to engine/: session.cc appends and reads, generate.cc
// samples.
#pragma once

#include <functional>

#include "engine/engine_core.h"

namespace fathom {

struct Session::Impl {
  // Its state may have found no memory: see state.status().
  Impl(EngineCore& engine, const SessionOptions& session_options);
  Impl(EngineCore& engine, const SessionOptions& session_options, SequenceState at);

  static Impl& Of(Session& session) { return *session.impl_; }
  static const Impl& Of(const Session& session) { return *session.impl_; }

  // Rows of the final hidden vector, normalised: rows[i] is an index into the appended tokens,
  // hidden (rows, width).
  using ReadRows = std::function<Status(std::span<const size_t> rows, const float* hidden)>;

  // Runs tokens through the model in chunks that end at multiples of chunk_tokens. `reads`
  // (ascending indexes into `tokens`) come back chunk by chunk through `read`. Leaves whole chunks
  // appended on any error.
  Status Run(std::span<const Token> tokens, std::span<const size_t> reads, const ReadRows& read,
             const CallControl& control);

  // Runs one generated token, together with those of other sessions. With `wants_logits` the next
  // ReadLogits costs nothing.
  Status Step(Token token, bool wants_logits);

  Result<SequenceState> CopyState(const SequenceState& from) const;
  Result<SequenceState> EmptyState() const;
  // The first `position` tokens of the log, with their state.
  void StandAt(size_t position, SequenceState at, std::vector<float> last_hidden);

  size_t logits_size() const { return static_cast<size_t>(core.info.vocabulary); }

  Result<size_t> SaveTo(const std::string& path, bool with_checkpoints) const;

  // Next-token logits after the last token into `logits`.
  Status ReadLogits();

  struct Mark {
    size_t position = 0;
    SequenceState state;
    std::vector<float> hidden;
  };

  // What stood when the budget closed a thinking block, before the close.
  struct OpenThinking {
    Mark mark;
    Generated generated;
  };

  EngineCore& core;
  SessionOptions options;
  Shared<std::vector<Token>> log;
  SequenceState state;
  std::vector<float>
      hidden;  // (hidden) of the last token, ready for the head; empty before the first
  std::vector<float> logits;  // (vocabulary), workspace
  SessionUsage usage;
  std::vector<Mark> checkpoints;  // by position, all below log.size() or at it
  std::optional<OpenThinking> open_thinking;

 private:
  // One call of the model; the last row is among `reads`. A cancelled chunk leaves no trace.
  Status RunChunk(std::span<const Token> chunk, std::span<const size_t> reads,
                  const CallControl& control);

  bool logits_are_next_ = false;  // `logits` belong to `hidden`
  uint64_t served_ = 0;           // see Scheduler::Alone
  std::vector<float> rows_;       // (reads + 1, hidden) of one chunk
  Buffer backup_;                 // lightning states before a chunk that may be cancelled
};

}  // namespace fathom
