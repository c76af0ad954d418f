// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "engine/session_impl.h"

namespace fathom {
namespace {

// Logits are made for as many rows at a time as fit this: a batch large enough for the product,
// small enough for memory.
constexpr size_t kLogitsBatchFloats = size_t{4} << 20;
constexpr size_t kAllLogitsBytesMax = size_t{8} << 30;

Status CheckTokens(std::span<const Token> tokens, int vocabulary, const char* what) {
  for (size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i] >= 0 && tokens[i] < vocabulary) continue;
    return Invalid(std::string(what) + " " + std::to_string(i) + " is " +
                   std::to_string(tokens[i]) + ", the vocabulary has ids 0 to " +
                   std::to_string(vocabulary - 1));
  }
  return OkStatus();
}

// Says how far it came, where the deadline has passed.
Error OfDeadline(Error error, size_t done, size_t total) {
  if (error.code == Code::kDeadline) {
    error.message = "the deadline passed when " + std::to_string(done) + " of " +
                    std::to_string(total) + " tokens were read";
  }
  return error;
}

// values[i] = logits[candidates[i]] - log(sum over the candidates)
void ScoreCandidates(const float* logits, std::span<const Token> candidates, float* values) {
  double largest = -HUGE_VAL, sum = 0;
  for (const Token token : candidates) largest = std::max<double>(largest, logits[token]);
  for (const Token token : candidates) sum += std::exp(logits[token] - largest);
  const double log_sum = largest + std::log(sum);
  for (size_t i = 0; i < candidates.size(); ++i)
    values[i] = static_cast<float>(logits[candidates[i]] - log_sum);
}

// Calls use(index of the row among rows, its logits) for every row.
Status ForLogits(EngineCore& core, size_t rows, const float* hidden,
                 const std::function<void(size_t row, const float* logits)>& use) {
  const size_t width = static_cast<size_t>(core.info.hidden),
               vocabulary = static_cast<size_t>(core.info.vocabulary);
  const size_t batch =
      std::clamp<size_t>(kLogitsBatchFloats / vocabulary, 1, std::max<size_t>(rows, 1));
  std::vector<float> logits(batch * vocabulary);
  for (size_t begin = 0; begin < rows; begin += batch) {
    const size_t count = std::min(batch, rows - begin);
    const auto status = core.scheduler->Alone(
        [&] { return core.model->Head(count, hidden + begin * width, logits.data()); });
    if (!status) return status;
    for (size_t i = 0; i < count; ++i) use(begin + i, logits.data() + i * vocabulary);
  }
  return OkStatus();
}

}  // namespace

Session::Impl::Impl(EngineCore& engine, const SessionOptions& session_options)
    : Impl(engine, session_options, SequenceState(engine.model->state_shape(), *engine.states)) {}

Session::Impl::Impl(EngineCore& engine, const SessionOptions& session_options, SequenceState at)
    : core(engine), options(session_options), state(std::move(at)) {}

Status Session::Impl::Run(std::span<const Token> tokens, std::span<const size_t> reads,
                          const ReadRows& read, const CallControl& control) {
  if (auto status = CheckTokens(tokens, core.info.vocabulary, "token"); !status) return status;
  if (tokens.size() >
      options.context_tokens_max - std::min(log->size(), options.context_tokens_max)) {
    return Error{Code::kLimit, std::to_string(tokens.size()) +
                                   " tokens do not fit: " + std::to_string(log->size()) + " of " +
                                   std::to_string(options.context_tokens_max) + " are used"};
  }
  if (!tokens.empty()) open_thinking.reset();
  std::vector<size_t> local;
  size_t next_read = 0;
  for (size_t begin = 0; begin < tokens.size();) {
    const size_t aligned = options.chunk_tokens - log->size() % options.chunk_tokens;
    const size_t count = std::min(aligned, tokens.size() - begin);
    const size_t first_read = next_read;
    local.clear();
    for (; next_read < reads.size() && reads[next_read] < begin + count; ++next_read) {
      local.push_back(reads[next_read] - begin);
    }
    // The chunk's last row is always read: whatever happens next, the session can say what follows.
    const bool asked_last = !local.empty() && local.back() == count - 1;
    if (!asked_last) local.push_back(count - 1);
    if (auto status = RunChunk(tokens.subspan(begin, count), local, control); !status)
      return OfDeadline(status.error(), begin, tokens.size());
    usage.prefilled += count;
    if (next_read > first_read) {
      auto status = read(reads.subspan(first_read, next_read - first_read), rows_.data());
      if (!status) return status;
    }
    begin += count;
    if (control.progress) control.progress({begin, tokens.size()});
  }
  return OkStatus();
}

Status Session::Impl::RunChunk(std::span<const Token> chunk, std::span<const size_t> reads,
                               const CallControl& control) {
  if (auto status = GoesOn(control); !status) return status;
  const size_t width = static_cast<size_t>(core.info.hidden);
  rows_.resize(std::max(rows_.size(), reads.size() * width));
  const auto status = core.scheduler->Alone(served_, chunk.size(), [&] {
    if (!state.status()) return state.status();
    const bool may_fail =
        control.cancel != nullptr || control.deadline || core.model->backend().on_device();
    if (may_fail) {
      if (auto backed_up = state.BackUp(backup_); !backed_up) return backed_up;
    }
    const Segment segment{&state, chunk.size()};
    auto ran = core.model->Forward({chunk, reads, {&segment, 1}, rows_.data(), &control});
    if (!ran && may_fail) {
      if (auto put_back = state.PutBack(backup_); !put_back) return put_back;
    }
    return ran;
  });
  if (!status) return status;
  const float* last = rows_.data() + (reads.size() - 1) * width;
  hidden.assign(last, last + width);
  logits_are_next_ = false;
  std::vector<Token>& own = log.Own();
  own.insert(own.end(), chunk.begin(), chunk.end());
  return OkStatus();
}

Status Session::Impl::Step(Token token, bool wants_logits) {
  if (!state.status()) return state.status();
  hidden.resize(static_cast<size_t>(core.info.hidden));
  logits.resize(logits_size());
  logits_are_next_ = false;
  DecodeStep step{token, &state, hidden.data(), wants_logits ? logits.data() : nullptr, {}};
  if (auto status = core.scheduler->Decode(step); !status) return status;
  logits_are_next_ = wants_logits;
  log.Own().push_back(token);
  ++usage.generated;
  return OkStatus();
}

Status Session::Impl::ReadLogits() {
  if (hidden.empty())
    return Invalid("an empty session has no next-token logits: append something first");
  if (logits_are_next_) return OkStatus();
  logits.resize(logits_size());
  return core.scheduler->Alone([&] { return core.model->Head(1, hidden.data(), logits.data()); });
}

Result<SequenceState> Session::Impl::CopyState(const SequenceState& from) const {
  std::optional<SequenceState> copy;
  const auto status = core.scheduler->Alone([&] {
    copy.emplace(from);
    return copy->status();
  });
  if (!status) return status.error();
  return std::move(*copy);
}

Result<SequenceState> Session::Impl::EmptyState() const {
  std::optional<SequenceState> empty;
  const auto status = core.scheduler->Alone([&] {
    empty.emplace(core.model->state_shape(), *core.states);
    return empty->status();
  });
  if (!status) return status.error();
  return std::move(*empty);
}

void Session::Impl::StandAt(size_t position, SequenceState at, std::vector<float> last_hidden) {
  log.Own().resize(position);
  state = std::move(at);
  hidden = std::move(last_hidden);
  logits_are_next_ = false;
  open_thinking.reset();
}

Session::Session(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Session::~Session() = default;
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;

std::span<const Token> Session::tokens() const {
  return *impl_->log;
}
size_t Session::position() const {
  return impl_->log->size();
}
const SessionUsage& Session::usage() const {
  return impl_->usage;
}
size_t Session::state_bytes() const {
  const size_t checkpoint_bytes = impl_->state.shape().lightning_floats() * sizeof(float);
  const size_t kept = impl_->checkpoints.size() + (impl_->open_thinking ? 1 : 0);
  return impl_->state.bytes() + kept * checkpoint_bytes;
}

std::optional<size_t> Session::thinks_further_from() const {
  if (!impl_->open_thinking) return std::nullopt;
  return impl_->open_thinking->mark.position - impl_->open_thinking->generated.tokens.size();
}

Status Session::Append(std::span<const Token> tokens, const CallControl& control) {
  return impl_->Run(tokens, {}, {}, control);
}

Result<Scores> Session::Score(std::span<const Token> tokens, std::span<const size_t> positions,
                              std::span<const Token> candidates, const CallControl& control) {
  if (auto status = CheckTokens(candidates, impl_->core.info.vocabulary, "candidate"); !status)
    return status.error();
  if (candidates.empty()) return Invalid("no candidates to score");
  for (size_t i = 0; i < positions.size(); ++i) {
    if (positions[i] >= tokens.size() || (i > 0 && positions[i] <= positions[i - 1])) {
      return Invalid("position " + std::to_string(i) + " is " + std::to_string(positions[i]) +
                     ": positions must rise and be below " + std::to_string(tokens.size()));
    }
  }
  Scores scores{candidates.size(), {}};
  scores.values.reserve(positions.size() * candidates.size());
  const auto read = [&](std::span<const size_t> rows, const float* hidden) {
    return ForLogits(impl_->core, rows.size(), hidden, [&](size_t, const float* logits) {
      const size_t at = scores.values.size();
      scores.values.resize(at + candidates.size());
      ScoreCandidates(logits, candidates, &scores.values[at]);
    });
  };
  if (auto status = impl_->Run(tokens, positions, read, control); !status) return status.error();
  return scores;
}

Result<std::vector<float>> Session::Logits() {
  if (auto status = impl_->ReadLogits(); !status) return status.error();
  return impl_->logits;
}

Result<std::vector<float>> Session::AppendAllLogits(std::span<const Token> tokens) {
  const size_t vocabulary = static_cast<size_t>(impl_->core.info.vocabulary);
  if (tokens.size() > kAllLogitsBytesMax / sizeof(float) / vocabulary) {
    return Error{Code::kLimit,
                 "the logits of " + std::to_string(tokens.size()) + " positions pass 8 GiB"};
  }
  std::vector<size_t> rows(tokens.size());
  for (size_t i = 0; i < rows.size(); ++i) rows[i] = i;
  std::vector<float> all;
  all.reserve(tokens.size() * vocabulary);
  const auto read = [&](std::span<const size_t> chunk, const float* hidden) {
    return ForLogits(impl_->core, chunk.size(), hidden, [&](size_t, const float* logits) {
      all.insert(all.end(), logits, logits + vocabulary);
    });
  };
  if (auto status = impl_->Run(tokens, rows, read, {}); !status) return status.error();
  return all;
}

Result<Session> Session::Fork() const {
  auto state = impl_->CopyState(impl_->state);
  if (!state) return state.error();
  auto copy = std::make_unique<Impl>(impl_->core, impl_->options, std::move(*state));
  copy->log = impl_->log;
  copy->hidden = impl_->hidden;
  return Session(std::move(copy));
}

Result<size_t> Session::Save(const std::string& path) const {
  return impl_->SaveTo(path, false);
}

Result<size_t> Session::Impl::SaveTo(const std::string& path, bool with_checkpoints) const {
  std::vector<SavedCheckpoint> saved;
  for (const Mark& mark : checkpoints) {
    if (!with_checkpoints || mark.position >= log->size() || saved.size() == kSavedCheckpointsMax)
      break;
    if (mark.position % state.shape().kv.page_tokens != 0) continue;
    saved.push_back(
        {mark.position, mark.hidden, std::vector<float>(state.shape().lightning_floats())});
    if (auto status = mark.state.CopyLightningOut(saved.back().lightning); !status)
      return status.error();
  }
  const auto write = [&](const SequenceState& whole) {
    return with_checkpoints ? WriteSharedState(path, core.identity, *log, hidden, whole, saved)
                            : WriteStateFile(path, core.identity, *log, hidden, whole);
  };
  if (!core.model->backend().on_device()) return write(state);
  const auto on_host = state.In(HostMemory());
  if (!on_host) return on_host.error();
  return write(*on_host);
}

}  // namespace fathom
