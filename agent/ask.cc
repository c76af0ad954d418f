// SPDX-License-Identifier: Apache-2.0
#include "agent/ask.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "agent/named_lines.h"
#include "agent/quoting.h"
#include "engine/chat/chat.h"

namespace fathom {
namespace {

// What a small model reads well in one go, and enough for a dozen passages.
constexpr size_t kPassageTokensMax = 4'096;
constexpr size_t kPassagesMax = 16;

std::string Filled(std::string_view pattern, std::string_view term) {
  constexpr std::string_view kHole = "{term}";
  std::string text(pattern);
  if (const size_t at = text.find(kHole); at != std::string::npos)
    text.replace(at, kHole.size(), term);
  return text;
}

// A phrase of prose that shares words with the question need not be what it asks about: the model
// is asked in the user's own words, so that it can tell.
bool IsGuessOfProse(const Term& term) {
  return !term.named && term.present && term.intent == Intent::kStatement;
}

// ... unless it leaves nothing of the question over.
bool IsAllOfTheQuestion(const Term& term) {
  constexpr double kAll = 0.999;
  return IsGuessOfProse(term) && term.coverage > kAll;
}

// What a question names is said something about wherever it stands.
bool IsNamedPhrase(const Term& term) {
  return term.named && term.present && term.intent == Intent::kStatement;
}

bool StandsIn(const Corpus& corpus, const Window& window, std::string_view term) {
  return std::any_of(window.lines.begin(), window.lines.end(), [&](const PackedLine& line) {
    return corpus.files[line.file].Line(line.line).find(term) != std::string_view::npos;
  });
}

// One line is the answer to where a name is used, and seldom the whole of it.
void AddUses(const Corpus& corpus, Answer& answer) {
  for (const NameLine& line : LinesNaming(corpus, answer.term.text)) {
    const bool is_quoted = std::ranges::any_of(answer.citations, [&](const Citation& citation) {
      return citation.path == corpus.files[line.file].path && citation.start <= line.line + 1 &&
             line.line < citation.end;
    });
    if (is_quoted || line.likeness > 0) continue;
    if (answer.also_count++ < kAlsoMax)
      answer.also.push_back({.file = line.file, .line = line.line, .coverage = 1});
  }
}

}  // namespace

void PointToNearest(const Corpus& corpus, std::string_view question, Answer& answer) {
  constexpr size_t kLinesMax = 3;
  const bool named =
      answer.term.named && answer.term.present && answer.term.intent != Intent::kStatement;
  if (named && answer.term.intent == Intent::kUse) AddUses(corpus, answer);
  if (!answer.refused || !answer.also.empty()) return;
  if (named) {
    for (const NameLine& line : LinesNaming(corpus, answer.term.text)) {
      if (answer.nearest.size() == kLinesMax) return;
      answer.nearest.push_back({.file = line.file, .line = line.line, .coverage = 1});
    }
  }
  if (answer.nearest.empty()) answer.nearest = NearestLines(corpus, question, kLinesMax);
}

struct Asker::Impl {
  Engine& engine;
  const Profile& profile;
  Catalog& catalog;
  Reading& reading;
  TermFinder terms;
  std::unique_ptr<OverflowIndex> overflow;  // made when first needed
  std::optional<QuoteIndex> window_lines;   // of the first window; the same
  std::optional<Token> refusal;

  Impl(Engine& e, const Profile& p, Catalog& c, Reading& r)
      : engine(e), profile(p), catalog(c), reading(r), terms(r.corpus) {
    if (!profile.refusal_token.empty())
      refusal = engine.tokenizer()->Control(profile.refusal_token);
  }

  // Where the question is put: on a fork of the corpus, or on a small corpus of passages.
  struct Stage {
    Session session;
    const Window* window;
    Window passages;  // owns the window when it was made for this question
    std::vector<FoundPassage> found;
    std::optional<QuoteIndex> lines;  // of the passages
    Via via;
    size_t cached;
  };

  Result<Stage> WindowStage() {
    auto fork = reading.session->Fork();
    if (!fork) return fork.error();
    const size_t cached = fork->position();
    return Stage{.session = std::move(*fork),
                 .window = &reading.pack.windows[0],
                 .via = Via::kWindow,
                 .cached = cached};
  }

  Result<Stage> IndexStage(std::string_view query, const AskOptions& options) {
    if (!overflow) {
      auto index =
          OverflowIndex::Open(reading.corpus, reading.pack.Overflow(), catalog.IndexFolder());
      if (!index) return index.error();
      overflow = std::move(*index);
    }
    auto found = overflow->Search(query, kPassagesMax);
    if (!found) return found.error();
    return PassagesStage(std::move(*found), options);
  }

  Result<Stage> PassagesStage(std::vector<FoundPassage> found, const AskOptions& options) {
    std::vector<Passage> passages;
    for (const FoundPassage& one : found) passages.push_back(one.passage);
    auto session = engine.NewSession({.context_tokens_max = kPassageTokensMax + 2'048});
    if (!session) return session.error();
    Stage stage{.session = std::move(*session), .window = nullptr, .via = Via::kIndex, .cached = 0};
    stage.passages =
        PackPassages(reading.corpus, *engine.tokenizer(), passages,
                     {.window_tokens = kPassageTokensMax, .system_text = profile.system_text});
    stage.found = std::move(found);
    const CallControl control{.cancel = options.cancel, .deadline = options.deadline};
    if (auto status = stage.session.Append(stage.passages.tokens, control); !status)
      return status.error();
    return stage;
  }

  // The term decides: what stands in the window is asked there. Of a name in code every line is
  // looked at, as its definition may stand where its first use does not; of other words, what
  // stands only beyond the window goes through the index.
  Result<Stage> StageFor(const Term& term, const NamedLines& named, const AskOptions& options) {
    const Window& window = reading.pack.windows[0];
    if (reading.pack.windows.size() == 1 || !term.present) return WindowStage();
    if (!named.empty() && !named.AllStandIn(window))
      return PassagesStage(named.Passages(), options);
    if (StandsIn(reading.corpus, window, term.text)) return WindowStage();
    return IndexStage(term.text + " " + options.question, options);
  }

  Result<Answer> Ask(const AskOptions& options) {
    const auto start = std::chrono::steady_clock::now();
    Answer answer{.asked = options.question};
    std::string forced;
    if (profile.force_term) {
      answer.term = terms.Find(options.question);
      forced = answer.term.text;
      if (!IsGuessOfProse(answer.term)) {
        const Phrasing* phrasing = profile.FindPhrasing(IntentName(answer.term.intent));
        if (phrasing) answer.asked = Filled(phrasing->pattern, forced);
      }
    }
    const NamedLines named(reading.corpus, answer.term);
    if (named.only_called()) {
      answer.refused = answer.only_called = true;
      PointToNearest(reading.corpus, options.question, answer);
      return answer;
    }
    auto stage = StageFor(answer.term, named, options);
    if (!stage) return stage.error();
    const Window& window = stage->via == Via::kWindow ? *stage->window : stage->passages;
    answer.via = stage->via;
    answer.passages = std::move(stage->found);

    PromptBuilder prompt(*engine.tokenizer());
    prompt.UserTurn(answer.asked).GenerationPrompt().Text(forced);
    const CallControl control{.cancel = options.cancel, .deadline = options.deadline};
    if (auto status = stage->session.Append(prompt.tokens(), control); !status)
      return status.error();
    std::optional<QuoteIndex> naming;
    if (named.may_answer()) {
      naming.emplace(LinesRead(reading.corpus, window,
                               [&](const PackedLine& line) { return named.Has(line); }));
    }
    const QuoteIndex& lines = naming ? *naming : LinesOf(*stage);
    bool insists = false;
    const bool may_answer =
        naming || IsAllOfTheQuestion(answer.term) || IsNamedPhrase(answer.term);
    if (may_answer && refusal && profile.refusal_min < 1) {
      auto refuses = RefusalProbability(stage->session);
      if (!refuses) return refuses.error();
      insists = *refuses < profile.refusal_min;
    }
    const auto quotes = QuotesFrom(lines, forced, insists);
    GenerateOptions generate = GenerationFor(options);
    if (insists) generate.stop_tokens.clear();
    generate.constraint = quotes.get();
    generate.note_overruled = profile.force_term;
    auto generated = stage->session.Generate(generate, options.sink, control);
    if (!generated) return generated.error();
    if (generated->finish == FinishReason::kCancelled) return Error{Code::kCancelled, "stopped"};

    answer.usage = {.prompt = stage->session.position() - generated->tokens.size(),
                    .cached = stage->cached,
                    .prefilled = prompt.tokens().size() +
                                 (stage->via == Via::kIndex ? window.tokens.size() : 0),
                    .thinking = generated->thinking_tokens,
                    .output = generated->tokens.size() + generated->thinking_tokens};
    Conclude(*generated, {.forced = forced, .window = window, .lines = lines, .insists = insists},
             answer);
    PointToNearest(reading.corpus, options.question, answer);
    answer.usage.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return answer;
  }

  const QuoteIndex& LinesOf(Stage& stage) {
    const bool is_window = stage.via == Via::kWindow;
    auto& lines = is_window ? window_lines : stage.lines;
    if (!lines)
      lines.emplace(LinesRead(reading.corpus, is_window ? *stage.window : stage.passages));
    return *lines;
  }

  // A model that answers in quotes goes on from the term as some line does; another writes no line
  // number behind what does not stand so.
  std::unique_ptr<Constraint> QuotesFrom(const QuoteIndex& lines, const std::string& forced,
                                         bool insists) {
    const GrammarVocabulary& vocabulary = engine.grammar_vocabulary();
    if (profile.force_term) return NewQuote(vocabulary, lines, forced, insists);
    return NewCitations(vocabulary, lines,
                        profile.thinking.supported ? ThinkingPart::kOptional : ThinkingPart::kNone);
  }

  // What the model gives the refusal token where the answer begins.
  Result<double> RefusalProbability(Session& session) const {
    auto logits = session.Logits();
    if (!logits) return logits.error();
    const float most = *std::ranges::max_element(*logits);
    double sum = 0;
    for (const float logit : *logits) sum += std::exp(static_cast<double>(logit - most));
    return std::exp(static_cast<double>((*logits)[static_cast<size_t>(*refusal)] - most)) / sum;
  }

  GenerateOptions GenerationFor(const AskOptions& options) const {
    const Profile::Sampling& sampling = profile.sampling;
    GenerateOptions generate{.sampling = {.temperature = sampling.temperature,
                                          .top_k = static_cast<int>(sampling.top_k),
                                          .top_p = sampling.top_p,
                                          .min_p = sampling.min_p},
                             .output_tokens_max = profile.output_tokens_max,
                             .expects_thinking = profile.thinking.supported};
    if (profile.thinking.supported) {
      generate.thinking_tokens_max =
          options.thinking_tokens.value_or(profile.thinking.tokens_default);
      generate.output_tokens_max += generate.thinking_tokens_max;
    }
    if (refusal) generate.stop_tokens.push_back(*refusal);
    return generate;
  }

  struct Quoting {
    const std::string& forced;
    const Window& window;
    const QuoteIndex& lines;
    bool insists;  // a quote was taken where the model would rather have refused
  };

  void Conclude(const Generated& generated, const Quoting& quoting, Answer& answer) const {
    answer.refused =
        generated.finish == FinishReason::kStop && refusal.has_value() && !quoting.insists;
    if (answer.refused) return;
    if (profile.force_term && !IsOwnQuote(generated, *engine.tokenizer(), quoting.lines,
                                          quoting.forced, quoting.insists)) {
      answer.withheld = answer.refused = true;
      return;
    }
    const std::string text = quoting.forced + generated.text;
    std::vector<Claim> claims = ClaimsOf(text, reading.corpus, quoting.window);
    // A quote that was cut off has no number.
    if (claims.empty() && profile.force_term) claims.push_back({.quote = text});
    for (const Claim& claim : claims) {
      Citation citation = CheckCitation(reading.corpus, claim);
      (citation.Stands() ? answer.citations : answer.dropped).push_back(std::move(citation));
    }
    if (profile.force_term) {
      // The answer is the quote, so it is shown as the corpus has it or not at all.
      answer.withheld = answer.refused = answer.citations.empty();
      answer.requoted = answer.refused ? 0 : generated.overruled.size();
      for (const Citation& citation : answer.citations) {
        answer.text += (answer.text.empty() ? "" : "\n") + citation.quote;
      }
      return;
    }
    answer.text = WithoutSuffixes(text);
  }
};

Asker::Asker(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Asker::~Asker() = default;

Result<std::unique_ptr<Asker>> Asker::Open(Engine& engine, const Profile& profile, Catalog& catalog,
                                           Reading& reading) {
  if (!reading.session) return Error{Code::kCancelled, "the corpus was not read to its end"};
  if (!profile.refusal_token.empty() && !engine.tokenizer()->Control(profile.refusal_token)) {
    return Invalid("the profile's refusal token " + profile.refusal_token +
                   " is no control token of this model");
  }
  return std::unique_ptr<Asker>(
      new Asker(std::make_unique<Impl>(engine, profile, catalog, reading)));
}

Result<Answer> Asker::Ask(const AskOptions& options) {
  return impl_->Ask(options);
}

}  // namespace fathom
