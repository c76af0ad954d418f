// SPDX-License-Identifier: Apache-2.0
// fathom audit PATH: read once, judge every line, check every candidate, report.
#include "agent/audit.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <memory>

#include "agent/chat_corpus.h"
#include "apps/app.h"
#include "apps/chat_model_choice.h"
#include "apps/progress.h"
#include "base/files.h"
#include "base/limits.h"

namespace fathom {
namespace {

struct AuditFlags {
  std::string path = ".";
  std::string format = "text";
  std::string output = ".";
  std::string fail_on;
  std::string baseline;
  std::string diff;
  std::vector<std::string> rules;
  bool no_files = false;
  RemoteLimits limits;
};

Result<AuditOptions> OptionsFrom(const AuditFlags& flags, const std::string& root) {
  AuditOptions options{.rules = flags.rules, .cancel = Interrupted()};
  if (!flags.baseline.empty()) {
    auto text = ReadFile(flags.baseline, kJsonBytesMax);
    if (!text) return text.error();
    auto baseline = ReadBaseline(*text);
    if (!baseline) return baseline.error();
    options.baseline = std::move(*baseline);
    options.has_baseline = true;
  }
  if (!flags.diff.empty()) {
    auto changed = ChangedSince(root, flags.diff);
    if (!changed) return changed.error();
    options.diff = std::move(*changed);
  }
  auto suppressions = ReadSuppressionYaml(root);
  if (!suppressions) return suppressions.error();
  options.suppression_yaml = std::move(*suppressions);
  return options;
}

// What the flags ask for, checked before anything is read.
struct Asked {
  std::optional<Severity> fail_on;
  ReportFormat format = ReportFormat::kText;
};

Result<Asked> CheckFlags(const Common& common, const AuditFlags& flags) {
  Asked asked;
  const std::string level =
      flags.fail_on.empty() ? SettingOr(common.settings, "fail_on", "") : flags.fail_on;
  if (!level.empty() && level != "none") {
    asked.fail_on = SeverityFromName(level);
    if (!asked.fail_on) {
      return Invalid("--fail-on takes low, medium, high, critical or none, not '" + level + "'");
    }
  }
  const auto format = ReportFormatOf(common.json ? "json" : flags.format);
  if (!format) {
    return Invalid("--format takes text, json, sarif, html or github, not '" + flags.format + "'");
  }
  asked.format = *format;
  std::error_code error;
  if (!flags.no_files) std::filesystem::create_directories(flags.output, error);
  if (error) return IoError("cannot make the folder for reports: " + error.message(), flags.output);
  return asked;
}

// Writes the files, prints what --format asks for, and returns the exit code.
int Deliver(const AuditReport& report, const AuditFlags& flags, const Asked& asked) {
  const int exit_code = ExitCode(report, asked.fail_on);
  RenderOptions render{.colour = asked.format == ReportFormat::kText && StdoutTakesColour(),
                       .columns = TerminalColumns(),
                       .exit_code = exit_code};
  if (!flags.no_files) {
    auto written = WriteReports(report, {.folder = flags.output, .render = render});
    if (!written) return Fail(written.error());
    render.report_paths = std::move(*written);
  }
  const std::string text = Render(report, asked.format, render);
  std::fwrite(text.data(), 1, text.size(), stdout);
  if (text.empty() || text.back() != '\n') std::fputc('\n', stdout);
  std::fflush(stdout);
  return exit_code;
}

// The corpus goes to the model's server with each question; what comes back is checked as ever.
int AuditRemote(const Common& common, const AuditFlags& flags, const Asked& asked) {
  auto model = OpenChatModel(common);
  if (!model) return Fail(model.error());
  auto corpus = OpenRemoteCorpus(*model->chat, flags.path, flags.limits, common.quiet);
  if (!corpus) return Fail(corpus.error());
  auto options = OptionsFrom(flags, SuppressionFolder((*corpus)->reading().corpus.root));
  if (!options) return Fail(options.error());
  ProgressLine progress({.quiet = common.quiet});
  options->progress = [&](const AuditProgress& p) {
    if (p.judged != nullptr) return;
    progress.Stage("asking about weakness families: " + std::to_string(p.done) + " of " +
                   std::to_string(p.total));
  };
  auto report = (*corpus)->Audit(std::move(*options));
  progress.Done();
  if (!report) return Fail(report.error());
  const int code = Deliver(*report, flags, asked);
  return (*corpus)->met_limit() && code == kExitInterrupted ? kExitBudget : code;
}

int RunAuditCommand(const Common& common, const AuditFlags& flags) {
  const auto asked = CheckFlags(common, flags);
  if (!asked) return Fail(asked.error());
  auto profile = ResolveModel(common.model);
  if (!profile) return Fail(profile.error());
  if (!profile->endpoint.empty()) return AuditRemote(common, flags, *asked);
  if (Status none = flags.limits.CheckUnused(); !none) return Fail(none.error());
  ProgressLine progress({.quiet = common.quiet});
  progress.Stage("loading the model " + common.model);
  auto model = LoadModel(common);
  if (!model) return Fail(model.error());
  auto catalog = OpenCatalog();
  if (!catalog) return Fail(catalog.error());
  auto reading_options = ReadingOptionsFor(common, *model);
  if (!reading_options) return Fail(reading_options.error());
  reading_options->progress = [&](const ReadingProgress& p) { progress.Reading(p); };
  auto reading = OpenReading(*model->engine, **catalog, flags.path, *reading_options);
  if (!reading) {
    progress.Done();
    return Fail(reading.error());
  }
  const std::string root = SuppressionFolder(reading->corpus.root);
  auto options = OptionsFrom(flags, root);
  if (!options) {
    progress.Done();
    return Fail(options.error());
  }
  progress.Stage("questioning the candidates");
  options->progress = [&](const AuditProgress& p) {
    if (!reading->windows[0].scores && p.total > 0) {
      progress.Stage("asking about weakness families: " + std::to_string(p.done) + " of " +
                     std::to_string(p.total));
    }
  };
  auto report = AuditReading(
      {.reading = *reading, .tokenizer = *model->engine->tokenizer(), .profile = model->profile},
      std::move(*options));
  progress.Done();
  if (!report) return Fail(report.error());

  return Deliver(*report, flags, *asked);
}

}  // namespace

void AddAudit(CLI::App& app, Common& common, Run& run) {
  auto flags = std::make_shared<AuditFlags>();
  CLI::App* command = app.add_subcommand("audit", "Audit a repository for weaknesses");
  command->add_option("path", flags->path, "Folder or file")->capture_default_str();
  command
      ->add_option("--format", flags->format,
                   "What goes to stdout: text, json, sarif, html, github")
      ->capture_default_str();
  command
      ->add_option("-o,--output", flags->output, "Folder for fathom-report.html, .sarif and .json")
      ->capture_default_str();
  command->add_flag("--no-files", flags->no_files, "Write no report files");
  command->add_option("--fail-on", flags->fail_on,
                      "Exit 1 when a finding is at or above: low, medium, high, critical");
  command->add_option("--baseline", flags->baseline,
                      "Report of an earlier run (JSON or SARIF): only new findings count");
  command->add_option("--diff", flags->diff,
                      "Git revision: only findings on lines changed since are reported");
  command->add_option("--rules", flags->rules, "Families to report, comma separated")
      ->delimiter(',');
  AddRemoteLimits(*command, flags->limits);
  command->footer(
      "Everything is read once; the second run restores what was read. Suppress a finding with a "
      "comment\n"
      "`fathom: ignore[rule] reason` on its line or the line before, or in .fathom.yaml.");
  command->callback([flags, &common, &run] {
    run = [flags, &common] { return RunAuditCommand(common, *flags); };
  });
}

}  // namespace fathom
