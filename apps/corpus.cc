// SPDX-License-Identifier: Apache-2.0
// fathom corpus {plan,ingest,list,purge,verify}: what would be read, what was read, what is kept of
// it, and whether that is still what a new reading gives.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>

#include "agent/report_words.h"
#include "apps/app.h"
#include "apps/json_faces.h"
#include "apps/progress.h"
#include "base/json.h"
#include "base/terminal_text.h"

namespace fathom {
namespace {

struct CorpusFlags {
  std::string path = ".";
  bool all = false;
  bool skipped = false;
  size_t last = 4'096;
};

// Tokens by folder, two levels deep: enough to see where a corpus is heavy.
std::map<std::string, size_t> ByFolder(const Reading& reading) {
  std::map<std::string, size_t> folders;
  for (const FileTokens& file : reading.pack.files) {
    const std::filesystem::path path(reading.corpus.files[file.file].path);
    std::filesystem::path folder;
    int depth = 0;
    for (const auto& part : path.parent_path()) {
      if (depth++ == 2) break;
      folder /= part;
    }
    folders[folder.empty() ? "." : folder.string()] += file.tokens;
  }
  return folders;
}

void PrintPlan(const Reading& reading, const ModelInfo& info, size_t window_tokens,
               const CorpusFlags& flags) {
  std::printf("%s files, %s lines, %s; %s tokens for %s\n",
              Thousands(reading.corpus.files.size()).c_str(),
              Thousands(reading.corpus.lines).c_str(), Megabytes(reading.corpus.bytes).c_str(),
              Thousands(reading.pack.tokens).c_str(), info.name.c_str());
  const size_t overflow = reading.pack.Overflow().size();
  std::printf("window %s tokens: %s\n", Thousands(window_tokens).c_str(),
              overflow == 0 ? "everything fits"
                            : (Thousands(overflow) + " files overflow: an audit reads them in " +
                               std::to_string(reading.pack.windows.size()) +
                               " windows, questions find them by the index")
                                  .c_str());
  std::printf("state of the first window: about %s\n\n",
              Megabytes(StateBytes(info, reading.pack.windows[0].tokens.size())).c_str());
  for (const auto& [folder, tokens] : ByFolder(reading)) {
    std::printf("%10s  %s/\n", Thousands(tokens).c_str(), ForTerminal(folder).c_str());
  }
  std::printf("\n");
  std::vector<FileTokens> files = reading.pack.files;
  std::sort(files.begin(), files.end(),
            [](const FileTokens& a, const FileTokens& b) { return a.tokens > b.tokens; });
  const size_t shown = flags.all ? files.size() : std::min<size_t>(files.size(), 20);
  for (size_t i = 0; i < shown; ++i) {
    std::printf("%10s  %s%s\n", Thousands(files[i].tokens).c_str(),
                ForTerminal(reading.corpus.files[files[i].file].path).c_str(),
                files[i].window > 0 ? "  (overflow)" : "");
  }
  if (shown < files.size()) std::printf("%10s  and %zu more (--all)\n", "", files.size() - shown);
  if (reading.corpus.skipped.empty()) return;
  std::printf("\n%zu skipped%s\n", reading.corpus.skipped.size(),
              flags.skipped ? ":" : " (--skipped lists them)");
  if (!flags.skipped) return;
  for (const SkippedFile& file : reading.corpus.skipped) {
    std::printf("  %s: %s\n", ForTerminal(file.path).c_str(), ForTerminal(file.reason).c_str());
  }
}

int RunPlan(const Common& common, const CorpusFlags& flags) {
  auto model = LoadModel(common);
  if (!model) return Fail(model.error());
  auto options = ReadingOptionsFor(common, *model);
  if (!options) return Fail(options.error());
  auto reading = PlanReading(*model->engine->tokenizer(), flags.path, *options);
  if (!reading) return Fail(reading.error());
  if (common.json) {
    std::printf("%s\n", PlanJson(*reading, {.info = model->engine->info(),
                                            .window_tokens = options->profile.window_tokens})
                            .Dump()
                            .c_str());
  } else {
    PrintPlan(*reading, model->engine->info(), options->profile.window_tokens, flags);
  }
  return kExitDone;
}

int RunIngest(const Common& common, const CorpusFlags& flags) {
  ProgressLine progress({.quiet = common.quiet});
  progress.Stage("loading the model " + common.model);
  auto model = LoadModel(common);
  if (!model) return Fail(model.error());
  auto catalog = OpenCatalog();
  if (!catalog) return Fail(catalog.error());
  auto options = ReadingOptionsFor(common, *model);
  if (!options) return Fail(options.error());
  options->progress = [&](const ReadingProgress& p) { progress.Reading(p); };
  auto reading = OpenReading(*model->engine, **catalog, flags.path, *options);
  progress.Done();
  if (!reading) return Fail(reading.error());
  const ReadingUsage& usage = reading->usage;
  if (common.json) {
    Json json = Json::EmptyObject();
    json.Set("root", reading->corpus.root);
    json.Set("tokens", reading->pack.tokens);
    json.Set("prefilled", usage.prefilled);
    json.Set("restored", usage.restored);
    json.Set("reused", usage.reused);
    json.Set("seconds", usage.read_seconds);
    json.Set("state_bytes", usage.state_bytes);
    json.Set("key", reading->windows[0].key);
    Json refused = Json::EmptyArray();
    for (const std::string& reason : usage.refused) refused.Push(reason);
    json.Set("refused", std::move(refused));
    std::printf("%s\n", json.Dump().c_str());
  } else {
    std::printf("%s tokens: %s computed in %s, %s restored%s; state %s\n",
                Thousands(reading->pack.tokens).c_str(), Thousands(usage.prefilled).c_str(),
                Duration(usage.read_seconds).c_str(), Thousands(usage.restored).c_str(),
                ReusedText(usage.reused).c_str(), Megabytes(usage.state_bytes).c_str());
  }
  return reading->cancelled ? kExitInterrupted : kExitDone;
}

// Restores what is kept, reads the same tokens anew, or the last of them, compares both bit for
// bit. kNotFound when nothing usable is kept.
Result<Verified> Verify(const Common& common, const CorpusFlags& flags, ProgressLine& progress) {
  progress.Stage("loading the model " + common.model);
  auto model = LoadModel(common);
  if (!model) return model.error();
  auto catalog = OpenCatalog();
  if (!catalog) return catalog.error();
  auto options = ReadingOptionsFor(common, *model);
  if (!options) return options.error();
  options->all_windows = false;
  options->keep = false;
  options->cancel = Interrupted();
  options->progress = [&](const ReadingProgress& p) { progress.Reading(p); };
  auto reading = OpenReading(*model->engine, **catalog, flags.path, *options);
  if (!reading) return reading.error();
  if (reading->cancelled) return Error{Code::kCancelled, "cancelled while reading", flags.path};
  if (reading->usage.prefilled > 0) {
    const std::vector<std::string>& refused = reading->usage.refused;
    return Error{refused.empty() ? Code::kNotFound : Code::kCorrupt,
                 (refused.empty() ? "nothing is kept of what this folder holds now"
                                  : "the kept state is refused: " + refused.front()) +
                     "; `fathom corpus ingest` reads it",
                 flags.path};
  }
  auto verified = VerifyReading(*model->engine, **catalog, *reading, *options,
                                flags.all ? std::nullopt : std::optional(flags.last));
  if (!verified) return Error{verified.error().code, verified.error().message, flags.path};
  return verified;
}

int RunVerify(const Common& common, const CorpusFlags& flags) {
  ProgressLine progress({.quiet = common.quiet});
  auto verified = Verify(common, flags, progress);
  progress.Done();
  if (!verified) return Fail(verified.error());
  if (common.json) {
    Json json = Json::EmptyObject();
    json.Set("tokens", verified->tokens);
    json.Set("recomputed", verified->recomputed);
    json.Set("windows_unchecked", verified->windows_unchecked);
    json.Set("same", true);
    std::printf("%s\n", json.Dump().c_str());
  } else {
    std::printf("%s tokens, %s of them read anew: what is kept equals that, bit for bit\n",
                Thousands(verified->tokens).c_str(), Thousands(verified->recomputed).c_str());
    if (verified->windows_unchecked > 0) {
      std::printf("%s windows keep no state to go on from: --all reads them\n",
                  Thousands(verified->windows_unchecked).c_str());
    }
  }
  return kExitDone;
}

int RunList(const Common& common) {
  auto catalog = OpenCatalog();
  if (!catalog) return Fail(catalog.error());
  auto records = (*catalog)->List();
  if (!records) return Fail(records.error());
  if (common.json) {
    Json list = Json::EmptyArray();
    for (const ReadingRecord& record : *records) {
      Json entry = Json::EmptyObject();
      entry.Set("root", record.root);
      entry.Set("window", record.window);
      entry.Set("tokens", record.tokens);
      entry.Set("model", record.model);
      entry.Set("state_bytes", record.state_bytes);
      entry.Set("created", record.created);
      entry.Set("key", record.key);
      list.Push(std::move(entry));
    }
    std::printf("%s\n", list.Dump().c_str());
    return kExitDone;
  }
  if (records->empty())
    std::printf("nothing is kept; `fathom corpus ingest PATH` reads a folder\n");
  for (const ReadingRecord& record : *records) {
    std::printf("%s  %10s tokens  %9s  %-8s window %zu  %s\n", record.created.c_str(),
                Thousands(record.tokens).c_str(),
                record.state_file.empty() ? "-" : Megabytes(record.state_bytes).c_str(),
                record.model.c_str(), record.window, ForTerminal(record.root).c_str());
  }
  return kExitDone;
}

int RunPurge(const CorpusFlags& flags) {
  if (flags.all == !flags.path.empty()) return Fail(Invalid("name a folder, or give --all"));
  auto catalog = OpenCatalog();
  if (!catalog) return Fail(catalog.error());
  std::error_code error;
  const std::string root =
      flags.all ? ""
                : std::filesystem::weakly_canonical(std::filesystem::absolute(flags.path), error)
                      .string();
  auto freed = (*catalog)->Purge(root);
  if (!freed) return Fail(freed.error());
  std::printf("freed %s\n", Megabytes(*freed).c_str());
  return kExitDone;
}

}  // namespace

void AddCorpus(CLI::App& app, Common& common, Run& run) {
  auto flags = std::make_shared<CorpusFlags>();
  CLI::App* corpus = app.add_subcommand("corpus", "Plan, read, list and purge corpora");
  corpus->require_subcommand(1);

  CLI::App* plan = corpus->add_subcommand(
      "plan", "What would be read: tokens per folder and file, what overflows");
  plan->add_option("path", flags->path, "Folder or file")->capture_default_str();
  plan->add_flag("--all", flags->all, "List every file");
  plan->add_flag("--skipped", flags->skipped, "List what is skipped, with the reason");
  plan->callback(
      [flags, &common, &run] { run = [flags, &common] { return RunPlan(common, *flags); }; });

  CLI::App* ingest = corpus->add_subcommand("ingest", "Read a folder and keep its state");
  ingest->add_option("path", flags->path, "Folder or file")->capture_default_str();
  ingest->callback(
      [flags, &common, &run] { run = [flags, &common] { return RunIngest(common, *flags); }; });

  CLI::App* verify = corpus->add_subcommand(
      "verify", "Read the last tokens of a folder anew and compare with what is kept, bit for bit");
  verify->add_option("path", flags->path, "Folder or file")->capture_default_str();
  CLI::Option* last =
      verify->add_option("--last", flags->last, "How many tokens of each window, at least")
          ->capture_default_str();
  verify->add_flag("--all", flags->all, "Everything that is kept")->excludes(last);
  verify->callback(
      [flags, &common, &run] { run = [flags, &common] { return RunVerify(common, *flags); }; });

  CLI::App* list = corpus->add_subcommand("list", "What was read and is kept");
  list->callback([&common, &run] { run = [&common] { return RunList(common); }; });

  CLI::App* purge = corpus->add_subcommand(
      "purge", "Remove what is kept of a folder (a saved state is a copy of it)");
  auto purge_flags = std::make_shared<CorpusFlags>(CorpusFlags{.path = ""});
  purge->add_option("path", purge_flags->path, "Folder or file");
  purge->add_flag("--all", purge_flags->all, "Everything");
  purge->callback([purge_flags, &run] { run = [purge_flags] { return RunPurge(*purge_flags); }; });
}

}  // namespace fathom
