// SPDX-License-Identifier: Apache-2.0
// The `fathom` program: one file per subcommand. Data goes to stdout, everything else to stderr.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <iostream>

#include "apps/app.h"
#include "apps/version.h"

namespace fathom {
namespace {

constexpr const char* kAbout =
    "Fathom reads whole repositories and document sets into the context of an embedded MiniMax-M1 "
    "model,\n"
    "audits them for weaknesses and answers questions with citations that were checked.";

constexpr const char* kFooter =
    "Examples:\n"
    "  fathom audit .                          audit this repository\n"
    "  fathom ask . \"Where is the retry limit set?\"\n"
    "  fathom corpus plan .                    what would be read, before anything is spent\n"
    "  fathom workflow run codebase-audit      agent work written down in YAML\n"
    "Exit codes: 0 done, 1 findings at --fail-on or a negative check, 2 usage or configuration, 3 "
    "budget,\n"
    "            4 interrupted (partial report), 5 backend failure.";

void ApplySettings(Common& common, const CLI::App& app) {
  const auto origin = [&](std::string_view key, const char* flag, const std::string& value) {
    if (app.get_option(flag)->count() == 0) return;
    for (Setting& setting : common.settings) {
      if (setting.key == key)
        setting = {std::string(key), value, std::string("command line (") + flag + ")"};
    }
  };
  origin("model", "--model", common.model);
  origin("threads", "--threads", std::to_string(common.threads));
  origin("device", "--device", common.device);
  origin("state_memory", "--state-memory", std::to_string(common.state_bytes_max));
  origin("kv_type", "--kv-type", common.kv_type);
}

// What a file or the environment gives, held to what its flag takes.
Result<std::string> ValueOf(const Common& common, std::string_view key,
                            const CLI::Validator& form) {
  for (const Setting& setting : common.settings) {
    if (setting.key != key) continue;
    std::string value = setting.value;
    std::string problem;
    try {
      problem = form(value);
    } catch (const CLI::Error& error) {  // a unit that is none
      problem = error.what();
    }
    if (!problem.empty()) return Invalid(std::string(key) + ": " + problem, setting.origin);
    return value;
  }
  return std::string();
}

Result<size_t> NumberOf(const Common& common, std::string_view key, const CLI::Validator& form) {
  const auto value = ValueOf(common, key, form);
  if (!value) return value.error();
  return static_cast<size_t>(std::strtoull(value->c_str(), nullptr, 10));
}

// What flags, files and the environment may say.
struct Forms {
  CLI::Range thread_counts{0, 1024};
  CLI::AsSizeValue sizes{false};
  CLI::IsMember kv_types = CLI::IsMember({"auto", "f32", "bf16", "q8"});
};

Status TakeSettings(const Forms& forms, Common& common) {
  auto settings = LoadSettings();
  if (!settings) return settings.error();
  common.settings = std::move(*settings);
  common.model = SettingOr(common.settings, "model", kDefaultModel);
  common.device = SettingOr(common.settings, "device", "auto");
  const auto threads = NumberOf(common, "threads", forms.thread_counts);
  if (!threads) return threads.error();
  common.threads = static_cast<int>(*threads);
  const auto state_memory = NumberOf(common, "state_memory", forms.sizes);
  if (!state_memory) return state_memory.error();
  common.state_bytes_max = *state_memory;
  const auto kv_type = ValueOf(common, "kv_type", forms.kv_types);
  if (!kv_type) return kv_type.error();
  common.kv_type = *kv_type;
  return OkStatus();
}

int Main(int argc, char** argv) {
  const Forms forms;
  Common common;
  if (auto status = TakeSettings(forms, common); !status) return Fail(status.error());
  CLI::App app{kAbout, "fathom"};
  app.footer(kFooter);
  app.require_subcommand(1);
  app.fallthrough();
  app.set_version_flag("--version", VersionText());
  app.add_option("-m,--model", common.model,
                 "Model: a name, a checkpoint, a profile, or an endpoint")
      ->capture_default_str();
  app.add_option("-t,--threads", common.threads, "Threads (0: one per usable CPU)")
      ->check(forms.thread_counts)
      ->capture_default_str();
  app.add_option("--device", common.device, "Where an embedded model runs: auto, cpu or cuda:N")
      ->capture_default_str();
  app.add_option("--state-memory", common.state_bytes_max,
                 "Memory for what models have read, as 4GiB (0: half of what the weights leave)")
      ->transform(forms.sizes)
      ->capture_default_str();
  app.add_option("--kv-type", common.kv_type,
                 "How models keep keys and values: auto (as their weights are), f32, bf16 or q8")
      ->check(forms.kv_types)
      ->capture_default_str();
  app.add_flag("--json", common.json, "One JSON object on stdout");
  app.add_flag("-q,--quiet", common.quiet, "No progress on stderr");
  app.add_flag("--no-keep", common.no_keep, "Do not store the state of what was read");

  Run run;
  AddAudit(app, common, run);
  AddAsk(app, common, run);
  AddAgent(app, common, run);
  AddChat(app, common, run);
  AddSessions(app, common, run);
  AddCorpus(app, common, run);
  AddModel(app, common, run);
  AddBench(app, common, run);
  AddServe(app, common, run);
  AddDoctor(app, common, run);
  AddConfig(app, common, run);
  AddWorkflow(app, common, run);
  AddMcp(app, common, run);
  AddCompletion(app, run);
  if (argc == 1) {
    std::cerr << app.help();
    return kExitUsage;
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kExitDone : kExitUsage;
  }
  ApplySettings(common, app);
  CatchInterrupts();
  return run ? run() : kExitUsage;
}

}  // namespace
}  // namespace fathom

int main(int argc, char** argv) {
  return fathom::Main(argc, argv);
}
