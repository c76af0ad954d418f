// SPDX-License-Identifier: Apache-2.0
// The engine: one loaded M1-architecture model and the timelines (sessions) that run on it.
//
// Promises
//  * Callers never see tensors. Tokens go in; log-probabilities, tokens and saved states come out.
//  * A session is a value: it can be forked, saved, restored (bit-equal continuation, same build
//  and threads) and is
//    never shared between two owners. Its memory is bounded by context_tokens_max given at
//    creation.
//  * Bad checkpoints and bad states are Errors that name file, field, expected, found. Nothing a
//  file says can crash.
//  * Long calls check `cancel` between layers of a chunk (under 500 ms) and report progress; a
//  cancelled Append leaves
//    the session at the last whole chunk.
//  * Special strings inside text never become control tokens; only engine/chat writes control
//  tokens.
// Source: MiniMax-M1 modelling code and technical report, arXiv:2506.13585; Lightning Attention-2,
// arXiv:2401.04658.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"

namespace fathom {

class Constraint;         // engine/grammar/constraint.h
class GrammarVocabulary;  // engine/grammar/grammar.h
class Tokenizer;
struct EngineCore;     // engine/engine_core.h
struct OperatorTimes;  // kernels/operator_times.h

using Token = int32_t;

struct EngineOptions {
  std::string checkpoint;  // a .gguf file, a .safetensors file, or a folder that holds one
  int threads = 0;         // 0: one per usable CPU
  // "cpu", "cuda:N", or "auto": the first CUDA device if it has room for the model, else the CPU.
  std::string device = "auto";
  // Experts of Q4_K, IQ4_XS and Q3_K beyond this stay in the host's memory, from where a device
  // reads them over the bus. Unset: what the device has room for.
  std::optional<size_t> device_expert_bytes_max;
  // What the states of all sessions together may hold, kept ones too; a page shared by several
  // counts once. 0: half of the machine's memory that the weights leave (on a device: what it has
  // room for). Beyond it kept states go, then whoever needs more gets kLimit.
  size_t state_bytes_max = 0;
  // How keys and values are kept: "f32", "bf16", "q8" (8 bits and a scale for each key and value of
  // a head; not on a device), or "auto": f32 where all weights are f32, else bf16. Saved states are
  // of one type.
  std::string kv_type = "auto";
  // Overrides of what the checkpoint says; unset keeps it.
  std::optional<double>
      lightning_norm_eps;  // 1e-6 by default (the authors' code); llama.cpp and vLLM use 1e-5
  // Where the time of every operator is added, on a CPU; null: it is not measured. Borrowed, and
  // read between calls only.
  OperatorTimes* operator_times = nullptr;
};

struct ModelInfo {
  std::string name;
  std::string weights_type;  // the commonest stored type, e.g. "q8_0", "bf16", "f32"
  std::string
      sha256;  // of the checkpoint's bytes (of the sorted list of shard hashes when sharded)
  size_t weights_bytes = 0;
  size_t parameters = 0;
  size_t parameters_active = 0;  // per token, without embedding and head
  int layers = 0, softmax_layers = 0, hidden = 0, heads = 0, kv_heads = 0, head_dim = 0;
  int experts = 0, experts_per_token = 0, expert_width = 0, rotary_dim = 0;
  int vocabulary = 0;
  size_t context_tokens_max = 0;  // what the checkpoint declares
  Token eos = -1;
  std::vector<Token> banned;  // all-zero embedding or head rows: never sampled
};

struct Progress {
  size_t tokens_done = 0;  // of this call
  size_t tokens_total = 0;
};

using Deadline = std::optional<std::chrono::steady_clock::time_point>;

// Shared by the long calls. Each may be empty.
struct CallControl {
  const std::atomic<bool>* cancel = nullptr;
  std::function<void(const Progress&)> progress;
  // Once it has passed the call ends as if cancelled then, but with kDeadline, and says how far it
  // came. Waiting for a turn counts.
  Deadline deadline = {};
};

struct SessionOptions {
  size_t context_tokens_max = 32'768;  // memory for the KV grows with use, never past this
  size_t chunk_tokens = 512;           // prefill goes through the layers in blocks of this size
};

struct TokenLogprob {
  Token token = -1;
  float logprob = 0;
};

struct SamplingOptions {
  double temperature = 0;  // 0: greedy
  int top_k = 0;           // 0: off
  double top_p = 1;
  double min_p = 0;
  uint64_t seed = 0;
  int top_logprobs = 0;  // alternatives recorded per token, 0..20
};

struct GenerateOptions {
  SamplingOptions sampling;
  size_t output_tokens_max = 1'024;  // thinking included
  // 0: no budget. In the last eighth of it (kThinkingWindowMax at most) the thinking block is
  // closed softly, where a line ends, or late also a sentence; at its end by force, wherever it
  // stands.
  size_t thinking_tokens_max = 0;
  // Goes on thinking from the state before the last Generate closed the block (see
  // Session::thinks_further_from), with a larger budget: what was generated until then stands in
  // the result, and is not told to the sink again; what came after is dropped. With the same
  // sampling the result is, bit for bit, that of one call with the larger budget, if that budget's
  // last eighth begins where the block was closed or later. A constraint must be at its beginning.
  bool think_further = false;
  std::vector<std::string> stop;   // stop strings: not part of the answer, may span tokens
  std::vector<Token> stop_tokens;  // beside eos
  bool expects_thinking = false;   // split <think>...</think> from the answer
  // Holds the output to a language; eos and stop tokens come exactly where it may end. Borrowed,
  // and left in its final state. Log-probabilities are then those among the allowed tokens.
  Constraint* constraint = nullptr;
  // The constrained text is whole within output_tokens_max, if that suffices for any: towards its
  // end only what finishes the text is offered. The finish is then kLength all the same.
  bool finish_in_budget = false;
  // The model is asked for each token, also where the constraint leaves no choice, so that
  // Generated::overruled says what of the text is not its own.
  bool note_overruled = false;
};

enum class FinishReason { kEos, kStop, kLength, kCancelled };
inline constexpr size_t kThinkingWindowMax = 512;
enum class ThinkingEnd { kOwn, kSoft, kHard };  // by itself or not at all; by the budget

struct Generated {
  std::vector<Token> tokens;  // as sampled, stop token not included
  std::string text;           // the answer without thinking
  std::string thinking;
  size_t thinking_tokens = 0;
  ThinkingEnd thinking_end = ThinkingEnd::kOwn;
  // Indexes of tokens, the stop token included, in whose place the constraint did not allow what
  // the model held likeliest (note_overruled).
  std::vector<size_t> overruled;
  FinishReason finish = FinishReason::kEos;
  std::vector<TokenLogprob> logprobs;                   // one per token
  std::vector<std::vector<TokenLogprob>> top_logprobs;  // when asked for
};

// Called with each piece of text as it becomes certain (whole UTF-8 characters); return false to
// stop.
struct TextDelta {
  std::string_view text;
  bool thinking = false;
};
using TextSink = std::function<bool(const TextDelta&)>;

// Log-probabilities of chosen tokens at chosen positions of one append: values[i * candidates + j]
// belongs to positions[i] and candidates[j], normalised over the candidates alone.
struct Scores {
  size_t candidates = 0;
  std::vector<float> values;
};

struct SessionUsage {
  size_t prefilled = 0;  // tokens computed by Append and Generate's prompt side in this process
  size_t restored = 0;   // tokens that came from a saved state
  size_t generated = 0;
};

class Session {
 public:
  struct Impl;  // engine/session_impl.h

  ~Session();
  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;

  // The exact token log. position() == tokens().size().
  std::span<const Token> tokens() const;
  size_t position() const;
  const SessionUsage& usage() const;
  size_t state_bytes() const;

  // Runs tokens through the model. kLimit if they do not fit; kLimit too, with whole chunks
  // appended, where EngineOptions::state_bytes_max is reached; kCancelled leaves whole chunks
  // appended.
  Status Append(std::span<const Token> tokens, const CallControl& control = {});

  // Append, and read the logits of `candidates` at `positions` (indexes into `tokens`, ascending).
  // The last layer is computed only at those positions and at the final token.
  Result<Scores> Score(std::span<const Token> tokens, std::span<const size_t> positions,
                       std::span<const Token> candidates, const CallControl& control = {});

  // The next-token logits after the last token: (vocabulary) f32. Empty session: error.
  Result<std::vector<float>> Logits();

  // Every position's logits for `tokens`: (tokens, vocabulary) f32. For checks from outside; large.
  Result<std::vector<float>> AppendAllLogits(std::span<const Token> tokens);

  // Samples from the current position until a stop; sampled tokens (and the stop token) are
  // appended to the session.
  Result<Generated> Generate(const GenerateOptions& options, const TextSink& sink = {},
                             const CallControl& control = {});

  // Where the last Generate began, if the budget closed its thinking and nothing was appended or
  // rewound since: the state before that is kept, at the cost of the lightning states. Forks and
  // saved states are without it.
  std::optional<size_t> thinks_further_from() const;

  // An independent session at the same position, with a usage of its own from zero. Costs the
  // lightning states; keys and values are shared until written.
  Result<Session> Fork() const;

  // Writes the whole state to `path` (temporary name, synced, renamed, 0600). Returns the bytes
  // written.
  Result<size_t> Save(const std::string& path) const;

 private:
  friend class Engine;
  explicit Session(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// Sessions must not outlive their engine. Sessions of one engine may be used from several threads:
// they take turns, a chunk or a token at a time.
class Engine {
 public:
  static Result<std::unique_ptr<Engine>> Open(const EngineOptions& options);
  ~Engine();

  const ModelInfo& info() const;
  // Names weights, build and numerics: two engines with equal fingerprints can exchange saved
  // states.
  const std::string& fingerprint() const;
  int thread_count() const;
  std::string device() const;  // "cuda", or the CPU's instruction set

  // What the states hold now, and may hold (EngineOptions::state_bytes_max).
  size_t state_bytes() const;
  size_t state_bytes_max() const;

  // The checkpoint's own tokenizer; nullptr when the checkpoint carries none.
  const Tokenizer* tokenizer() const;
  // Its tokens as constraints need them; for a checkpoint with a tokenizer. Made when first asked
  // for: it takes a second or so for M1's 200,000.
  const GrammarVocabulary& grammar_vocabulary() const;

  Result<Session> NewSession(const SessionOptions& options = {});

  // Reads a state written by Save. Refuses, by name, a damaged file (kCorrupt) and one of another
  // model, build or format (kInvalid). The restored session's tokens() are those saved, and
  // usage().restored counts them.
  Result<Session> Restore(const std::string& path, const SessionOptions& options = {});

  // The same at the last position kept in the file, its end or a checkpoint (engine/rewind.h), up
  // to which its tokens are those of `prefix`; an empty session when there is none. The session has
  // the checkpoints up to there.
  Result<Session> RestorePrefix(const std::string& path, std::span<const Token> prefix,
                                const SessionOptions& options = {});

  EngineCore& core();  // for engine/ alone

  // (hidden) floats of one token's embedding row.
  Result<std::vector<float>> TokenEmbedding(Token token) const;

 private:
  struct Impl;
  static Result<std::unique_ptr<Engine>> OpenOn(const EngineOptions& options);  // not "auto"
  explicit Engine(std::unique_ptr<Impl> impl);
  Result<Session> RestoreFrom(const std::string& path, std::optional<std::span<const Token>> prefix,
                              const SessionOptions& options);
  std::unique_ptr<Impl> impl_;
};

// Writes any checkpoint as one GGUF of type "f32", "bf16" or "q8_0"; norms and routers stay f32.
// The target appears whole or not at all. Returns its bytes.
Result<size_t> ConvertModel(const std::string& source, const std::string& target,
                            std::string_view type);

}  // namespace fathom
