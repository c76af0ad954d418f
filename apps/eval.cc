// SPDX-License-Identifier: Apache-2.0
// fathom model eval: a model's free-running output against what was expected (apps/eval_items.h),
// of the engine here or of a server.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <memory>

#include "agent/embedded_chat_model.h"
#include "apps/app.h"
#include "apps/chat_model_choice.h"
#include "apps/eval_items.h"
#include "apps/evaluation.h"
#include "base/files.h"

namespace fathom {
namespace {

struct EvalFlags {
  std::vector<std::string> files;
  size_t limit = 0;     // items of each set; 0: all
  size_t failures = 0;  // of each set, shown with what the model wrote
  std::string svg;
  RemoteLimits limits;
};

Json ScoresJson(const Evaluation& evaluation, const ChosenChatModel& model, const Status& ended) {
  Json sets = Json::EmptyArray();
  for (const auto& [name, score] : evaluation.sets()) sets.Push(SetJson(name, score));
  Json json = Json::EmptyObject();
  json.Set("model", model.chat->profile().name);
  if (model.loaded) {
    json.Set("sha256", model.loaded->engine->info().sha256);
  } else {
    const ChatUsage& spent = evaluation.spent();
    json.Set("tokens_computed", spent.prefilled + spent.output);
    json.Set("tokens_are_estimates", spent.is_estimate);
    json.Set("dollars", DollarsOf(spent, model.chat->profile().prices));
  }
  if (!ended) json.Set("stopped_by", ended.error().message);
  json.Set("sets", std::move(sets));
  return json;
}

// What was scored before a limit or an interruption is told as well.
Status AddAll(Evaluation& evaluation, const std::vector<EvalItem>& items, bool quiet) {
  for (size_t i = 0; i < items.size(); ++i) {
    if (Status status = evaluation.Add(items[i]); !status) return status;
    if (!quiet && (i + 1) % 100 == 0)
      std::fprintf(stderr, "%zu of %zu items\n", i + 1, items.size());
  }
  return OkStatus();
}

int Tell(const Common& common, const EvalFlags& flags, const Evaluation& evaluation,
         const ChosenChatModel& model, const Status& ended) {
  const auto& sets = evaluation.sets();
  const bool is_empty = std::all_of(sets.begin(), sets.end(),
                                    [](const auto& set) { return set.second.count == 0; });
  if (!ended && is_empty) return Fail(ended.error());
  if (common.json) {
    std::printf("%s\n", ScoresJson(evaluation, model, ended).Dump(1).c_str());
  } else {
    PrintScores(evaluation.sets());
  }
  if (!flags.svg.empty()) {
    const std::string title = "What " + model.chat->profile().name + " writes: shares, 95 %";
    const std::string image = ScoresSvg(evaluation.sets(), title);
    if (Status status = AtomicWriteFile(flags.svg, image, 0644); !status)
      return Fail(status.error());
  }
  if (ended) return kExitDone;
  const int code = Fail(ended.error());
  return ended.error().code == Code::kLimit && !model.loaded ? kExitBudget : code;
}

int RunEval(const Common& common, const EvalFlags& flags) {
  std::vector<EvalItem> items;
  for (const std::string& file : flags.files) {
    auto read = ReadEvalItems(file);
    if (!read) return Fail(read.error());
    std::move(read->begin(), read->end(), std::back_inserter(items));
  }
  auto model = OpenChatModel(common);
  if (!model) return Fail(model.error());
  if (Status none = flags.limits.CheckUnused(); model->loaded && !none) return Fail(none.error());
  const ServerLimits limits{.tokens_max = flags.limits.tokens_max,
                            .dollars_max = flags.limits.dollars_max};
  auto evaluation = model->loaded ? EvaluationHere(*model->loaded, *model->chat)
                                  : EvaluationAtServer(*model->chat, limits);
  evaluation->items_max = flags.limit;
  evaluation->failures_max = flags.failures;
  const Status ended = AddAll(*evaluation, items, common.quiet);
  return Tell(common, flags, *evaluation, *model, ended);
}

}  // namespace

void AddModelEval(CLI::App& model, Common& common, Run& run) {
  auto flags = std::make_shared<EvalFlags>();
  CLI::App* eval = model.add_subcommand("eval", "Score a model's free-running output");
  eval->add_option("files", flags->files, "Items, one JSON object a line")->required();
  eval->add_option("--limit", flags->limit, "Items of each set (0: all)")->capture_default_str();
  eval->add_option("--failures", flags->failures, "Wrong ones of each set to show");
  eval->add_option("--svg", flags->svg, "A file for a picture of the shares");
  AddRemoteLimits(*eval, flags->limits);
  eval->callback(
      [flags, &common, &run] { run = [flags, &common] { return RunEval(common, *flags); }; });
}

}  // namespace fathom
