// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <cmath>

#include "agent/audit.h"
#include "agent/quoting.h"
#include "apps/evaluation.h"
#include "rag/pack.h"

namespace fathom {
namespace {

constexpr size_t kAnswerTokensMax = 1'024;  // room behind a corpus for a question and its answer

class Stopwatch {
 public:
  double Seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

class Here : public Evaluation {
 public:
  Here(LoadedModel& model, ChatModel& chat) : Evaluation(chat), model_(model) {}

 private:
  const Tokenizer& tokenizer() const { return *model_.engine->tokenizer(); }

  // The corpus as one window.
  Result<Window> Packed(const Corpus& corpus) {
    const PackOptions options{.window_tokens = model_.profile.window_accepted_tokens,
                              .reserve_tokens = 0,
                              .system_text = model_.profile.system_text};
    auto pack = PackCorpus(corpus, tokenizer(), options);
    if (!pack) return pack.error();
    if (pack->windows.size() > 1)
      return Error{Code::kLimit, "an item's files exceed the model's window", ""};
    return std::move(pack->windows[0]);
  }

  // A dialog that this model's window does not hold is one that it cannot answer.
  Status Unanswered(SetScore& score, const std::string& asked, const Error& error) override {
    if (error.code != Code::kLimit) return error;
    CountUnanswered(score, asked, error);
    return OkStatus();
  }

  Status AddQuotes(const EvalItem& item, SetScore& score) override {
    auto window = Packed(item.corpus);
    if (!window) return window.error();
    auto session =
        model_.engine->NewSession({.context_tokens_max = window->tokens.size() + kAnswerTokensMax});
    if (!session) return session.error();
    const Stopwatch reading;
    if (Status status = session->Append(window->tokens, {.cancel = Interrupted()}); !status)
      return status;
    score.speed.read += window->tokens.size();
    score.speed.read_seconds += reading.Seconds();
    const QuoteIndex lines = LinesRead(item.corpus, *window);
    for (const EvalAsk& ask : item.asks) {
      if (Status status = AddAsk(ask, *session, lines, score); !status) return status;
    }
    return OkStatus();
  }

  Status AddAsk(const EvalAsk& ask, const Session& session, const QuoteIndex& lines,
                SetScore& score) {
    const Stopwatch answering;
    GenerateOptions generate{.output_tokens_max = model_.profile.output_tokens_max};
    const auto refusal = tokenizer().Control(model_.profile.refusal_token);
    if (refusal) generate.stop_tokens.push_back(*refusal);
    generate.note_overruled = true;
    auto fork = session.Fork();
    if (!fork) return fork.error();
    PromptBuilder prompt(tokenizer());
    prompt.UserTurn(ask.question).GenerationPrompt().Text(ask.term);
    if (Status status = fork->Append(prompt.tokens(), {.cancel = Interrupted()}); !status)
      return status;
    const auto quote = NewQuote(model_.engine->grammar_vocabulary(), lines, ask.term);
    generate.constraint = quote.get();
    auto generated = fork->Generate(generate, {}, {.cancel = Interrupted()});
    if (!generated) return generated.error();
    score.speed.answer_seconds += answering.Seconds();
    score.speed.read += prompt.tokens().size();
    score.speed.written += generated->tokens.size();
    ++score.speed.answers;
    const bool refused = (refusal && generated->finish == FinishReason::kStop) ||
                         !IsOwnQuote(*generated, tokenizer(), lines, ask.term);
    const std::string answer = refused ? "<none>" : ask.term + generated->text;
    const bool right = ask.refuse ? refused : !refused && answer == ask.quote;
    ++score.count;
    score.right += right;
    if (!right) Fail(score, ask.question, answer);
    return OkStatus();
  }

  Status AddAudit(const EvalItem& item, SetScore& score) override {
    if (!model_.profile.verdicts) return Invalid("the model's profile has no verdicts", "audit");
    auto tokens = VerdictTokens(model_.profile, tokenizer());
    if (!tokens) return tokens.error();
    auto window = Packed(item.corpus);
    if (!window) return window.error();
    std::vector<size_t> positions;
    for (const PackedLine& line : window->lines) positions.push_back(line.token_end - 1);
    auto session = model_.engine->NewSession({.context_tokens_max = window->tokens.size() + 1});
    if (!session) return session.error();
    const Stopwatch reading;
    auto scores = session->Score(window->tokens, positions, *tokens, {.cancel = Interrupted()});
    if (!scores) return scores.error();
    score.speed.read += window->tokens.size();
    score.speed.read_seconds += reading.Seconds();
    score.thresholds.resize(kThresholds);
    for (size_t row = 0; row < positions.size(); ++row) {
      const PackedLine& line = window->lines[row];
      const float* values = &scores->values[row * scores->candidates];
      Judge(item, item.corpus.files[line.file].path, line.line + 1, values, score);
    }
    return OkStatus();
  }

  void Judge(const EvalItem& item, const std::string& path, int64_t number, const float* values,
             SetScore& score) {
    const auto stands = [&](const EvalLine& line) {
      return line.path == path && line.line == number;
    };
    const auto& families = model_.profile.verdicts->families;
    const double probability = 1 - std::exp(values[0]);
    const bool flagged = probability >= model_.profile.verdicts->threshold;
    const float* best = std::max_element(values + 1, values + 1 + families.size());
    const std::string& said = families[static_cast<size_t>(best - values - 1)].family;
    const auto weak = std::find_if(item.weak.begin(), item.weak.end(), stands);
    const bool open = std::any_of(item.open.begin(), item.open.end(), stands);
    for (size_t tenth = 0; tenth < kThresholds; ++tenth) {
      FamilyCount& count = score.thresholds[tenth];
      const bool shown = probability >= 0.1 * static_cast<double>(tenth + 1);
      if (weak != item.weak.end()) {
        ++(shown && said == weak->family ? count.found : count.missed);
      } else {
        count.false_alarms += shown && !open;
      }
    }
    ++score.count;
    if (weak != item.weak.end()) {
      FamilyCount& count = score.families[weak->family];
      ++(flagged && said == weak->family ? count.found : count.missed);
      score.right += flagged && said == weak->family;
    } else if (flagged && !open) {
      ++score.families[said].false_alarms;
    } else {
      ++score.right;
    }
    if (flagged == (weak == item.weak.end()))
      Fail(score, path + ":" + std::to_string(number), flagged ? said : "");
  }

  LoadedModel& model_;
};

}  // namespace

std::unique_ptr<Evaluation> EvaluationHere(LoadedModel& model, ChatModel& chat) {
  return std::make_unique<Here>(model, chat);
}

}  // namespace fathom
