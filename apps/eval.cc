// SPDX-License-Identifier: Apache-2.0
// fathom model eval: a model's free-running output against what was expected (apps/eval_items.h).
// Decoded as the product does it: calls are held to the tools offered (EmbeddedChatModel), quotes
// to the lines that were read (agent/quoting.h).
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <memory>

#include "agent/audit.h"
#include "agent/embedded_chat_model.h"
#include "agent/quoting.h"
#include "apps/app.h"
#include "apps/eval_items.h"
#include "rag/pack.h"

namespace fathom {
namespace {

constexpr size_t kOutputTokensMax = 512;
constexpr size_t kAnswerTokensMax = 1'024;  // room behind a corpus for a question and its answer

struct EvalFlags {
  std::vector<std::string> files;
  size_t limit = 0;     // items of each set; 0: all
  size_t failures = 0;  // of each set, shown with what the model wrote
};

struct FamilyCount {
  size_t found = 0, missed = 0, false_alarms = 0;
};

struct SetScore {
  std::string kind;
  size_t items = 0, count = 0, right = 0;  // count: of calls, answers or corpus lines
  std::map<std::string, FamilyCount> families;
  std::vector<Json> failures;
};

Json Share(size_t part, size_t whole) {
  if (whole == 0) return nullptr;
  return std::round(1000.0 * static_cast<double>(part) / static_cast<double>(whole)) / 1000;
}

// Content and calls, one a line.
std::string Written(const Message& message) {
  std::string text = message.content;
  for (const ToolCall& call : message.tool_calls) {
    if (!text.empty()) text += '\n';
    text += call.name + ' ' + call.arguments;
  }
  return text;
}

class Evaluation {
 public:
  Evaluation(LoadedModel& model, ChatModel& chat, const EvalFlags& flags)
      : model_(model), chat_(chat), flags_(flags) {}

  Status Add(const EvalItem& item) {
    SetScore& score = sets_[item.set];
    if (flags_.limit > 0 && score.items >= flags_.limit) return OkStatus();
    ++score.items;
    switch (item.kind) {
      case EvalItem::Kind::kCall:
      case EvalItem::Kind::kText:
        score.kind = item.kind == EvalItem::Kind::kCall ? "call" : "text";
        return AddDialog(item, score);
      case EvalItem::Kind::kQuote:
        score.kind = "quote";
        return AddQuotes(item, score);
      case EvalItem::Kind::kAudit:
        score.kind = "audit";
        return AddAudit(item, score);
    }
    return OkStatus();
  }

  const std::map<std::string, SetScore>& sets() const { return sets_; }

 private:
  const Tokenizer& tokenizer() const { return *model_.engine->tokenizer(); }

  void Fail(SetScore& score, const std::string& asked, const std::string& wrote) {
    if (score.failures.size() >= flags_.failures) return;
    Json failure = Json::EmptyObject();
    failure.Set("asked", asked);
    failure.Set("wrote", wrote);
    score.failures.push_back(std::move(failure));
  }

  Status AddDialog(const EvalItem& item, SetScore& score) {
    const ChatRequest request{.messages = item.messages,
                              .tools = item.tools,
                              .sampling = SamplingOptions{},
                              .output_tokens_max = kOutputTokensMax};
    auto reply = chat_.Chat(request, {}, {.cancel = Interrupted()});
    if (!reply) return reply.error();
    const Message& message = reply->message;
    bool right = CallsMatch(item, message.tool_calls) && reply->rejected_calls == 0;
    if (item.kind == EvalItem::Kind::kText) {
      right = message.tool_calls.empty() &&
              std::any_of(item.contains.begin(), item.contains.end(), [&](const std::string& text) {
                return message.content.find(text) != std::string::npos;
              });
    }
    ++score.count;
    score.right += right;
    if (!right) Fail(score, item.messages.back().content, Written(message));
    return OkStatus();
  }

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

  Status AddQuotes(const EvalItem& item, SetScore& score) {
    auto window = Packed(item.corpus);
    if (!window) return window.error();
    auto session =
        model_.engine->NewSession({.context_tokens_max = window->tokens.size() + kAnswerTokensMax});
    if (!session) return session.error();
    if (Status status = session->Append(window->tokens, {.cancel = Interrupted()}); !status)
      return status;
    GenerateOptions generate{.output_tokens_max = model_.profile.output_tokens_max};
    const auto refusal = tokenizer().Control(model_.profile.refusal_token);
    if (refusal) generate.stop_tokens.push_back(*refusal);
    generate.note_overruled = true;
    const QuoteIndex lines = LinesRead(item.corpus, *window);
    for (const EvalAsk& ask : item.asks) {
      auto fork = session->Fork();
      if (!fork) return fork.error();
      PromptBuilder prompt(tokenizer());
      prompt.UserTurn(ask.question).GenerationPrompt().Text(ask.term);
      if (Status status = fork->Append(prompt.tokens(), {.cancel = Interrupted()}); !status)
        return status;
      const auto quote = NewQuote(model_.engine->grammar_vocabulary(), lines, ask.term);
      generate.constraint = quote.get();
      auto generated = fork->Generate(generate, {}, {.cancel = Interrupted()});
      if (!generated) return generated.error();
      const bool refused = (refusal && generated->finish == FinishReason::kStop) ||
                           !IsOwnQuote(*generated, tokenizer(), lines, ask.term);
      const std::string answer = refused ? "<none>" : ask.term + generated->text;
      const bool right = ask.refuse ? refused : !refused && answer == ask.quote;
      ++score.count;
      score.right += right;
      if (!right) Fail(score, ask.question, answer);
    }
    return OkStatus();
  }

  Status AddAudit(const EvalItem& item, SetScore& score) {
    if (!model_.profile.verdicts) return Invalid("the model's profile has no verdicts", "audit");
    auto tokens = VerdictTokens(model_.profile, tokenizer());
    if (!tokens) return tokens.error();
    auto window = Packed(item.corpus);
    if (!window) return window.error();
    std::vector<size_t> positions;
    for (const PackedLine& line : window->lines) positions.push_back(line.token_end - 1);
    auto session = model_.engine->NewSession({.context_tokens_max = window->tokens.size() + 1});
    if (!session) return session.error();
    auto scores = session->Score(window->tokens, positions, *tokens, {.cancel = Interrupted()});
    if (!scores) return scores.error();
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
    const bool flagged = 1 - std::exp(values[0]) >= model_.profile.verdicts->threshold;
    const float* best = std::max_element(values + 1, values + 1 + families.size());
    const std::string& said = families[static_cast<size_t>(best - values - 1)].family;
    const auto weak = std::find_if(item.weak.begin(), item.weak.end(), stands);
    ++score.count;
    if (weak != item.weak.end()) {
      FamilyCount& count = score.families[weak->family];
      ++(flagged && said == weak->family ? count.found : count.missed);
      score.right += flagged && said == weak->family;
    } else if (flagged && std::none_of(item.open.begin(), item.open.end(), stands)) {
      ++score.families[said].false_alarms;
    } else {
      ++score.right;
    }
    if (flagged == (weak == item.weak.end()))
      Fail(score, path + ":" + std::to_string(number), flagged ? said : "");
  }

  LoadedModel& model_;
  ChatModel& chat_;
  const EvalFlags& flags_;
  std::map<std::string, SetScore> sets_;
};

Json FamilyJson(const FamilyCount& count) {
  const size_t flagged = count.found + count.false_alarms, weak = count.found + count.missed;
  Json json = Json::EmptyObject();
  json.Set("weak", weak);
  json.Set("found", count.found);
  json.Set("false_alarms", count.false_alarms);
  json.Set("precision", Share(count.found, flagged));
  json.Set("recall", Share(count.found, weak));
  json.Set("f1", Share(2 * count.found, flagged + weak));
  return json;
}

FamilyCount AllFamilies(const SetScore& score) {
  FamilyCount all;
  for (const auto& [name, count] : score.families) {
    all.found += count.found;
    all.missed += count.missed;
    all.false_alarms += count.false_alarms;
  }
  return all;
}

Json SetJson(const std::string& name, const SetScore& score) {
  Json json = Json::EmptyObject();
  json.Set("set", name);
  json.Set("kind", score.kind);
  json.Set("items", score.items);
  json.Set("count", score.count);
  json.Set("right", score.right);
  json.Set("share", Share(score.right, score.count));
  if (score.kind == "audit") {
    json.Set("all", FamilyJson(AllFamilies(score)));
    Json families = Json::EmptyObject();
    for (const auto& [family, count] : score.families) families.Set(family, FamilyJson(count));
    json.Set("families", std::move(families));
  }
  if (!score.failures.empty()) json.Set("failures", Json(Json::Array(score.failures)));
  return json;
}

std::string Cell(const Json* value) {
  if (value == nullptr || value->is_null()) return "-";
  char text[32];
  std::snprintf(text, sizeof text, "%.3f", value->as_double());
  return text;
}

void PrintTable(const std::map<std::string, SetScore>& sets) {
  std::printf("%-34s %6s %6s %6s\n", "set", "count", "right", "share");
  for (const auto& [name, score] : sets) {
    if (score.kind == "audit") continue;
    const Json share = Share(score.right, score.count);
    std::printf("%-34s %6zu %6zu %6s\n", name.c_str(), score.count, score.right,
                Cell(&share).c_str());
  }
  for (const auto& [name, score] : sets) {
    if (score.kind != "audit") continue;
    std::printf("\n%-34s %6s %6s %6s %9s %6s %6s\n",
                (name + ", lines " + std::to_string(score.count)).c_str(), "weak", "found", "false",
                "precision", "recall", "f1");
    auto rows = score.families;
    rows["all"] = AllFamilies(score);
    for (const auto& [family, count] : rows) {
      const Json json = FamilyJson(count);
      std::printf("%-34s %6zu %6zu %6zu %9s %6s %6s\n", ("  " + family).c_str(),
                  count.found + count.missed, count.found, count.false_alarms,
                  Cell(json.Find("precision")).c_str(), Cell(json.Find("recall")).c_str(),
                  Cell(json.Find("f1")).c_str());
    }
  }
  for (const auto& [name, score] : sets) {
    for (const Json& failure : score.failures) {
      std::printf("\n%s\n  asked %s\n  wrote %s\n", name.c_str(),
                  failure.Find("asked")->Dump().c_str(), failure.Find("wrote")->Dump().c_str());
    }
  }
}

int RunEval(const Common& common, const EvalFlags& flags) {
  std::vector<EvalItem> items;
  for (const std::string& file : flags.files) {
    auto read = ReadEvalItems(file);
    if (!read) return Fail(read.error());
    std::move(read->begin(), read->end(), std::back_inserter(items));
  }
  auto model = LoadModel(common);
  if (!model) return Fail(model.error());
  auto chat = EmbeddedChatModel::Open(*model->engine, model->profile);
  if (!chat) return Fail(chat.error());
  Evaluation evaluation(*model, **chat, flags);
  for (size_t i = 0; i < items.size(); ++i) {
    if (Status status = evaluation.Add(items[i]); !status) return Fail(status.error());
    if (!common.quiet && (i + 1) % 100 == 0)
      std::fprintf(stderr, "%zu of %zu items\n", i + 1, items.size());
  }
  if (!common.json) {
    PrintTable(evaluation.sets());
    return kExitDone;
  }
  Json sets = Json::EmptyArray();
  for (const auto& [name, score] : evaluation.sets()) sets.Push(SetJson(name, score));
  Json json = Json::EmptyObject();
  json.Set("model", model->profile.name);
  json.Set("sha256", model->engine->info().sha256);
  json.Set("sets", std::move(sets));
  std::printf("%s\n", json.Dump(1).c_str());
  return kExitDone;
}

}  // namespace

void AddModelEval(CLI::App& model, Common& common, Run& run) {
  auto flags = std::make_shared<EvalFlags>();
  CLI::App* eval = model.add_subcommand("eval", "Score a model's free-running output");
  eval->add_option("files", flags->files, "Items, one JSON object a line")->required();
  eval->add_option("--limit", flags->limit, "Items of each set (0: all)")->capture_default_str();
  eval->add_option("--failures", flags->failures, "Wrong ones of each set to show");
  eval->callback(
      [flags, &common, &run] { run = [flags, &common] { return RunEval(common, *flags); }; });
}

}  // namespace fathom
