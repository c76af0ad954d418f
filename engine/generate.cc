// SPDX-License-Identifier: Apache-2.0
// Session::Generate: sample, decide, append, until something ends it.
#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

#include "engine/grammar/constraint.h"
#include "engine/output_text.h"
#include "engine/session_impl.h"
#include "kernels/sample/sample.h"

namespace fathom {
namespace {

constexpr int kTopLogprobsMax = 20;
// What closes a thinking block: as the model itself would, on a line of its own.
constexpr std::string_view kForcedClose = "\n</think>\n\n";
// The budget's last part, in which the block is closed where a line ends: one of so many.
constexpr size_t kWindowShare = 8;

Status CheckOptions(const GenerateOptions& options, bool has_tokenizer) {
  if (options.sampling.top_logprobs < 0 || options.sampling.top_logprobs > kTopLogprobsMax) {
    return Invalid("top_logprobs must be from 0 to " + std::to_string(kTopLogprobsMax) +
                   ", found " + std::to_string(options.sampling.top_logprobs));
  }
  if (!has_tokenizer && (!options.stop.empty() || options.expects_thinking)) {
    return Invalid("stop strings and thinking need a tokenizer, this checkpoint carries none");
  }
  return OkStatus();
}

class Generation {
 public:
  Generation(Session::Impl& session, const GenerateOptions& options, const TextSink& sink,
             std::unique_ptr<Backend> host)
      : session_(session),
        options_(options),
        text_(options.stop, options.expects_thinking,
              [this, &sink](const TextDelta& delta) { return resumes_ || !sink || sink(delta); }),
        generating_(*session.core.scheduler),
        host_(std::move(host)),
        top_(static_cast<size_t>(options.sampling.top_logprobs)) {
    if (options.constraint == nullptr) return;
    allowed_.resize((session.logits_size() + 63) / 64);
    in_time_ = options.finish_in_budget && options.constraint->TokensToEnd() <= TokensLeft();
  }

  // What an earlier call generated in this place: it is as if this one had.
  Status Resume(Generated generated) {
    generated_ = std::move(generated);
    resumes_ = true;
    for (const Token token : generated_.tokens) {
      if (options_.constraint != nullptr && !options_.constraint->Accept(token))
        return Invalid("the constraint does not hold what was generated so far");
      FeedText(token);
    }
    resumes_ = false;
    return OkStatus();
  }

  Result<Generated> Run(const CallControl& control) {
    while (true) {
      if (auto status = GoesOn(control); !status) {
        if (status.error().code == Code::kCancelled) return Finish(FinishReason::kCancelled);
        return Error{Code::kDeadline, "the deadline passed when " +
                                          std::to_string(generated_.tokens.size()) +
                                          " tokens were generated"};
      }
      if (TokensLeft() == 0) return Finish(FinishReason::kLength);
      if (const auto end = ThinkingEndsNow(); end && forced_.empty()) Close(*end);
      if (auto status = FindAllowed(); !status) return status.error();
      if (options_.constraint != nullptr && allowed_count_ == 0) return Finish(FinishReason::kStop);
      auto sampled = Choose();
      if (!sampled) return sampled.error();
      const Token token = sampled->token;
      const bool eos = token == session_.core.info.eos;
      if (eos || std::find(options_.stop_tokens.begin(), options_.stop_tokens.end(), token) !=
                     options_.stop_tokens.end()) {
        if (auto status = session_.Step(token, false); !status) return status.error();
        return Finish(eos ? FinishReason::kEos : FinishReason::kStop);
      }
      const auto goes_on = Hold(*sampled);
      if (!goes_on) return goes_on.error();
      if (!*goes_on) return Finish(FinishReason::kLength);
      Record(*sampled);
      // Under a constraint the next token may be without choice, and needs no logits then.
      const bool wants_logits = options_.constraint == nullptr || options_.note_overruled;
      if (auto status = session_.Step(sampled->token, wants_logits); !status) return status.error();
      FeedText(sampled->token);
      if (control.progress)
        control.progress({generated_.tokens.size(), options_.output_tokens_max});
      if (text_.stopped()) return Finish(FinishReason::kStop);
      if (text_.sink_closed()) return Finish(FinishReason::kCancelled);
    }
  }

 private:
  size_t TokensLeft() const {
    const size_t window = session_.options.context_tokens_max, filled = session_.log->size();
    const size_t most = options_.output_tokens_max, written = generated_.tokens.size();
    return std::min(window - std::min(window, filled), most - std::min(most, written));
  }

  std::optional<ThinkingEnd> ThinkingEndsNow() const {
    const size_t budget = options_.thinking_tokens_max, spent = generated_.thinking_tokens;
    if (budget == 0 || text_.phase() != OutputText::Phase::kThinking) return std::nullopt;
    if (spent >= budget) return ThinkingEnd::kHard;
    const size_t window = std::min(budget / kWindowShare, kThinkingWindowMax),
                 left = budget - spent;
    if (left <= window && last_byte_ == '\n') return ThinkingEnd::kSoft;
    const bool sentence_ends = last_byte_ == '.' || last_byte_ == '!' || last_byte_ == '?';
    if (left <= window / 2 && sentence_ends) return ThinkingEnd::kSoft;
    return std::nullopt;
  }

  // The rest of a forced text comes before anything is sampled. Reversed: taken from the back.
  void Close(ThinkingEnd end) {
    // Where there is no memory for the state, thinking cannot go on later, and that is all.
    if (auto state = session_.CopyState(session_.state)) {
      session_.open_thinking = {{session_.log->size(), std::move(*state), session_.hidden},
                                generated_};
    }
    generated_.thinking_end = end;
    forced_ =
        session_.core.tokenizer->Encode(last_byte_ == '\n' ? kForcedClose.substr(1) : kForcedClose);
    std::reverse(forced_.begin(), forced_.end());
  }

  // What the constraint and the banned tokens leave.
  Status FindAllowed() {
    Constraint* constraint = options_.constraint;
    if (constraint == nullptr) return OkStatus();
    if (Status status = constraint->Mask(allowed_); !status) return status;
    if (constraint->IsComplete()) {
      Set(session_.core.info.eos, true);
      for (const Token token : options_.stop_tokens) Set(token, true);
    }
    return CountAllowed();
  }

  void Set(Token token, bool allow) {
    if (token < 0 || static_cast<size_t>(token) >= session_.logits_size()) return;
    const uint64_t bit = uint64_t{1} << (token % 64);
    uint64_t& word = allowed_[static_cast<size_t>(token) / 64];
    word = allow ? word | bit : word & ~bit;
  }

  Status CountAllowed() {
    for (const Token token : session_.core.info.banned) Set(token, false);
    allowed_count_ = 0;
    for (const uint64_t word : allowed_) allowed_count_ += static_cast<size_t>(std::popcount(word));
    if (allowed_count_ > 0 || options_.constraint->IsComplete()) return OkStatus();
    return Invalid("no token of the vocabulary continues the constrained text");
  }

  // Takes what was sampled; where the text could not be finished in time after it, takes what
  // brings the end nearer in its stead. False: the text is complete and ends here.
  Result<bool> Hold(TokenScore& sampled) {
    Constraint* constraint = options_.constraint;
    if (constraint == nullptr) return true;
    if (in_time_) {
      const size_t left = TokensLeft() - 1;
      if (constraint->AcceptWithin(sampled.token, left)) return true;
      is_cut_ = true;
      if (constraint->IsComplete()) return false;
      forced_.clear();
      if (Status status = constraint->MaskToEnd(allowed_); !status) return status.error();
      if (Status status = CountAllowed(); !status) return status.error();
      auto nearer = Choose();
      if (!nearer) return nearer.error();
      sampled = *nearer;
      if (constraint->AcceptWithin(sampled.token, left)) return true;
      in_time_ = false;
    }
    if (constraint->Accept(sampled.token)) return true;
    return Invalid("the thinking budget closes a text that its constraint does not let close");
  }

  Token OnlyAllowed() const {
    size_t word = 0;
    while (allowed_[word] == 0) ++word;
    return static_cast<Token>(word * 64 + static_cast<size_t>(std::countr_zero(allowed_[word])));
  }

  bool IsAllowed(Token token) const {
    return (allowed_[static_cast<size_t>(token) / 64] >> (token % 64) & 1) != 0;
  }

  // Of all that may be sampled, whatever the constraint says.
  Token Likeliest() const {
    const auto& banned = session_.core.info.banned;
    Token best = -1;
    for (size_t i = 0; i < session_.logits.size(); ++i) {
      const auto token = static_cast<Token>(i);
      if (best >= 0 && session_.logits[i] <= session_.logits[static_cast<size_t>(best)]) continue;
      if (std::find(banned.begin(), banned.end(), token) == banned.end()) best = token;
    }
    return best;
  }

  Result<TokenScore> Choose() {
    // No choice: the model is not asked.
    if (!allowed_.empty() && allowed_count_ == 1 && forced_.empty() && !options_.note_overruled) {
      const Token only = OnlyAllowed();
      top_count_ = std::min<size_t>(top_.size(), 1);
      if (top_count_ == 1) top_[0] = {only, 0};
      return TokenScore{only, 0};
    }
    if (auto status = session_.ReadLogits(); !status) return status.error();
    const SamplingOptions& sampling = options_.sampling;
    auto sampled = Sample(*host_, {.logits = session_.logits,
                                   .banned = session_.core.info.banned,
                                   .temperature = sampling.temperature,
                                   .top_k = sampling.top_k,
                                   .top_p = sampling.top_p,
                                   .min_p = sampling.min_p,
                                   .seed = sampling.seed,
                                   .position = session_.log->size(),
                                   .top_scores = top_,
                                   .allowed = allowed_});
    if (!sampled) return sampled.error();
    top_count_ = sampled->top_count;
    if (options_.note_overruled && !allowed_.empty() && !IsAllowed(Likeliest()))
      generated_.overruled.push_back(generated_.tokens.size());
    if (forced_.empty()) return sampled->chosen;
    const Token forced = forced_.back();
    forced_.pop_back();
    // logprob(forced) - logprob(chosen) is the difference of their logits.
    const float* logits = session_.logits.data();
    return TokenScore{forced,
                      sampled->chosen.logprob + logits[forced] - logits[sampled->chosen.token]};
  }

  void Record(const TokenScore& score) {
    generated_.tokens.push_back(score.token);
    generated_.logprobs.push_back({score.token, score.logprob});
    if (top_.empty()) return;
    auto& row = generated_.top_logprobs.emplace_back();
    for (size_t i = 0; i < top_count_; ++i) row.push_back({top_[i].token, top_[i].logprob});
  }

  void FeedText(Token token) {
    if (session_.core.tokenizer == nullptr) return;
    const bool thought = text_.phase() == OutputText::Phase::kThinking;
    const std::string bytes = session_.core.tokenizer->Decode({&token, 1});
    if (!bytes.empty()) last_byte_ = bytes.back();
    text_.Feed(bytes);
    const bool thinks = text_.phase() == OutputText::Phase::kThinking;
    if (thought || thinks) generated_.thinking_tokens = generated_.tokens.size();
  }

  Generated Finish(FinishReason reason) {
    text_.Finish();
    const bool ended = reason == FinishReason::kEos || reason == FinishReason::kStop;
    generated_.finish = ended && is_cut_ ? FinishReason::kLength : reason;
    generated_.text = text_.TakeAnswer();
    generated_.thinking = text_.TakeThinking();
    return std::move(generated_);
  }

  Session::Impl& session_;
  const GenerateOptions& options_;
  OutputText text_;
  const Scheduler::Generating generating_;
  const std::unique_ptr<Backend> host_;  // samples on this thread, beside the passes
  std::vector<TokenScore> top_;          // (top_logprobs), workspace
  size_t top_count_ = 0;
  std::vector<uint64_t> allowed_;  // (ceil(vocabulary / 64)); empty without a constraint
  size_t allowed_count_ = 0;
  bool in_time_ = false;  // the constrained text can still be finished in time, and will be
  bool is_cut_ = false;   // something that was sampled was not taken for it
  std::vector<Token> forced_;
  char last_byte_ = 0;
  bool resumes_ = false;
  Generated generated_;
};

}  // namespace

Result<Generated> Session::Generate(const GenerateOptions& options, const TextSink& sink,
                                    const CallControl& control) {
  if (auto status = CheckOptions(options, impl_->core.tokenizer != nullptr); !status)
    return status.error();
  // Sampling works on the calling thread alone, whatever pool its backend names.
  auto host = Backend::Create(*impl_->core.pool, impl_->core.model->backend().cpu_isa());
  if (!host) return host.error();
  auto before = std::exchange(impl_->open_thinking, std::nullopt);
  if (!options.think_further)
    return Generation(*impl_, options, sink, std::move(*host)).Run(control);
  if (!before) return Invalid("the last thinking was not closed by its budget: it cannot go on");
  if (before->generated.top_logprobs.empty() != (options.sampling.top_logprobs == 0)) {
    impl_->open_thinking = std::move(before);
    return Invalid("thinking goes on with the log-probabilities it began with");
  }
  std::erase_if(impl_->checkpoints,
                [&](const Impl::Mark& mark) { return mark.position > before->mark.position; });
  impl_->StandAt(before->mark.position, std::move(before->mark.state),
                 std::move(before->mark.hidden));
  Generation generation(*impl_, options, sink, std::move(*host));
  if (auto status = generation.Resume(std::move(before->generated)); !status) return status.error();
  return generation.Run(control);
}

}  // namespace fathom
