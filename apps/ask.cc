// SPDX-License-Identifier: Apache-2.0
// fathom ask PATH QUESTION: one or more questions about a corpus, each answered from its saved
// state.
#include "agent/ask.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <iostream>
#include <memory>

#include "agent/chat_corpus.h"
#include "agent/report_words.h"
#include "apps/app.h"
#include "apps/chat_model_choice.h"
#include "apps/json_faces.h"
#include "apps/progress.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/terminal_text.h"
#include "base/utf8.h"

namespace fathom {
namespace {

struct AskFlags {
  std::string path;
  std::vector<std::string> questions;
  bool from_stdin = false;
  RemoteLimits limits;
};

constexpr size_t kQuestionBytesMax = 64_KiB;
constexpr size_t kNearestBytesMax = 160;  // of a line that is shown

void PrintLines(const std::vector<NearLine>& lines, const Corpus& corpus) {
  for (const NearLine& near : lines) {
    const CorpusFile& file = corpus.files[near.file];
    std::string_view text = file.Line(near.line);
    text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
    std::string_view shown = text.substr(0, kNearestBytesMax);
    const bool is_cut = shown.size() < text.size();
    if (is_cut) shown.remove_suffix(Utf8PartialTail(shown));
    std::printf("  %s:%u  %s%s\n", ForTerminal(file.path).c_str(), near.line + 1,
                ForTerminal(shown).c_str(), is_cut ? "…" : "");
  }
}

void PrintOthers(const Answer& answer, const Corpus& corpus, const char* dim, const char* reset) {
  if (!answer.nearest.empty())
    std::printf("  %snearest to the question, not judged by the model:%s\n", dim, reset);
  PrintLines(answer.nearest, corpus);
  if (!answer.also.empty()) {
    const bool one = answer.also_count == 1;
    std::printf("  %s%zu %sline%s name%s it, not judged by the model:%s\n", dim, answer.also_count,
                answer.refused ? "" : "more ", one ? "" : "s", one ? "s" : "", reset);
  }
  PrintLines(answer.also, corpus);
  if (answer.also_count > answer.also.size())
    std::printf("  %s… and %zu others%s\n", dim, answer.also_count - answer.also.size(), reset);
}

void PrintAnswer(const Answer& answer, const Corpus& corpus, bool colour) {
  const char* dim = colour ? "\x1b[2m" : "";
  const char* bold = colour ? "\x1b[1m" : "";
  const char* reset = colour ? "\x1b[0m" : "";
  if (answer.withheld) {
    std::printf(
        "%sNo confirmed answer%s: what the model said about %s does not stand in the corpus.\n",
        bold, reset, ForTerminal(answer.term.text).c_str());
  } else if (answer.only_called) {
    std::printf("%sNo answer%s: %s is called here, and defined nowhere in what was read.\n", bold,
                reset, ForTerminal(answer.term.text).c_str());
  } else if (answer.refused) {
    std::printf("%sNo answer%s: the model finds nothing said about %s.\n", bold, reset,
                answer.term.text.empty() ? "it" : ForTerminal(answer.term.text).c_str());
  } else {
    std::printf("%s%s%s\n", bold, ForTerminal(answer.text, {.keep_newlines = true}).c_str(), reset);
  }
  for (const Citation& citation : answer.citations) {
    std::printf("  %s:%zu  %s%s, %s%s\n", ForTerminal(citation.path).c_str(), citation.start, dim,
                std::string(CitationVerdictName(citation.verdict)).c_str(),
                answer.via == Via::kWindow ? "read in the context" : "looked up beyond it", reset);
  }
  if (!answer.dropped.empty()) {
    std::printf("  %s%zu citation(s) dropped: their words do not stand in the corpus%s\n", dim,
                answer.dropped.size(), reset);
  }
  PrintOthers(answer, corpus, dim, reset);
  if (!answer.refused && answer.citations.empty()) {
    std::printf("  %sunconfirmed: no citation of this answer stands in the corpus%s\n", dim, reset);
  }
  if (!answer.only_called)
    std::printf("  %sasked as: %s%s\n", dim, ForTerminal(answer.asked).c_str(), reset);
  std::fflush(stdout);
}

// One question a line; empty lines are passed over.
Result<std::vector<std::string>> QuestionsFromStdin() {
  std::vector<std::string> questions;
  std::string line;
  while (std::getline(std::cin, line)) {
    if (line.size() > kQuestionBytesMax)
      return Error{Code::kLimit, "a question is longer than 64 KiB", "stdin"};
    if (!line.empty()) questions.push_back(line);
  }
  return questions;
}

void ShowAnswer(const Common& common, const std::string& question, const Answer& answer,
                const Corpus& corpus, bool is_one_of_many) {
  if (is_one_of_many) std::printf("> %s\n", ForTerminal(question).c_str());
  PrintAnswer(answer, corpus, !common.json && StdoutTakesColour());
}

// The corpus goes to the model's server with each question.
int AskRemote(const Common& common, const AskFlags& flags,
              const std::vector<std::string>& questions) {
  auto model = OpenChatModel(common);
  if (!model) return Fail(model.error());
  auto corpus = OpenRemoteCorpus(*model->chat, flags.path, flags.limits, common.quiet);
  if (!corpus) return Fail(corpus.error());
  for (const std::string& question : questions) {
    const double dollars_before = (*corpus)->DollarsSpent();
    auto answer = (*corpus)->Ask({.question = question, .cancel = Interrupted()});
    if (!answer) {
      const int code = Fail(answer.error());
      return (*corpus)->met_limit() ? kExitBudget : code;
    }
    if (common.json) {
      Json json = AnswerJson(question, *answer, (*corpus)->reading());
      json.Set("dollars", (*corpus)->DollarsSpent() - dollars_before);
      json.Set("usage_is_estimate", (*corpus)->TakeUsage().is_estimate);
      std::printf("%s\n", json.Dump().c_str());
      std::fflush(stdout);
    } else {
      ShowAnswer(common, question, *answer, (*corpus)->reading().corpus, questions.size() > 1);
    }
    if (!common.json && !common.quiet) {
      const ChatUsage usage = (*corpus)->TakeUsage();
      std::fprintf(stderr, "server: %s%s prompt tokens, %s cached there, %s written, $%.4f\n",
                   usage.is_estimate ? "about " : "", Thousands(usage.prompt).c_str(),
                   Thousands(usage.cached).c_str(), Thousands(usage.output).c_str(),
                   (*corpus)->DollarsSpent() - dollars_before);
    }
  }
  return kExitDone;
}

int RunAsk(const Common& common, const AskFlags& flags) {
  std::vector<std::string> questions = flags.questions;
  if (flags.from_stdin) {
    auto read = QuestionsFromStdin();
    if (!read) return Fail(read.error());
    questions.insert(questions.end(), read->begin(), read->end());
  }
  if (questions.empty())
    return Fail(Invalid("no question; give one behind the path, or --stdin with one a line"));
  auto profile = ResolveModel(common.model);
  if (!profile) return Fail(profile.error());
  if (!profile->endpoint.empty()) return AskRemote(common, flags, questions);
  if (Status none = flags.limits.CheckUnused(); !none) return Fail(none.error());
  ProgressLine progress({.quiet = common.quiet});
  progress.Stage("loading the model " + common.model);
  auto model = LoadModel(common);
  if (!model) return Fail(model.error());
  auto catalog = OpenCatalog();
  if (!catalog) return Fail(catalog.error());
  auto options = ReadingOptionsFor(common, *model);
  if (!options) return Fail(options.error());
  options->all_windows = false;
  options->progress = [&](const ReadingProgress& p) { progress.Reading(p); };
  auto reading = OpenReading(*model->engine, **catalog, flags.path, *options);
  progress.Done();
  if (!reading) return Fail(reading.error());
  auto asker = Asker::Open(*model->engine, model->profile, **catalog, *reading);
  if (!asker) return Fail(asker.error());
  for (const std::string& question : questions) {
    auto answer = (*asker)->Ask({.question = question, .cancel = Interrupted()});
    if (!answer) return Fail(answer.error());
    if (common.json) {
      std::printf("%s\n", AnswerJson(question, *answer, *reading).Dump().c_str());
      std::fflush(stdout);
    } else {
      ShowAnswer(common, question, *answer, reading->corpus, questions.size() > 1);
    }
  }
  if (!common.json && !common.quiet) {
    const ReadingUsage& usage = reading->usage;
    std::fprintf(stderr, "corpus: %s tokens, %s computed, %s restored%s\n",
                 Thousands(reading->pack.windows[0].tokens.size()).c_str(),
                 Thousands(usage.prefilled).c_str(), Thousands(usage.restored).c_str(),
                 ReusedText(usage.reused).c_str());
  }
  return kExitDone;
}

}  // namespace

void AddAsk(CLI::App& app, Common& common, Run& run) {
  auto flags = std::make_shared<AskFlags>();
  CLI::App* command = app.add_subcommand(
      "ask", "Ask a question about a folder; the answer carries checked citations");
  command->add_option("path", flags->path, "Folder or file")->required();
  command->add_option("question", flags->questions, "The question (several are answered in order)");
  command->add_flag("--stdin", flags->from_stdin, "Read more questions from stdin, one a line");
  AddRemoteLimits(*command, flags->limits);
  command->footer(
      "With --json: one object a question, see docs in README. The corpus is read once; later "
      "questions, also\n"
      "in another process, cost only themselves.");
  command->callback(
      [flags, &common, &run] { run = [flags, &common] { return RunAsk(common, *flags); }; });
}

}  // namespace fathom
