// SPDX-License-Identifier: Apache-2.0
// What all subcommands share: settings with their origin, the model, the catalog, interruption, and
// exit codes.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/profile.h"
#include "base/result.h"
#include "engine/engine.h"
#include "rag/catalog.h"
#include "rag/reading.h"

namespace CLI {
class App;
}

namespace fathom {

// The program's exit codes.
enum ExitCodes {
  kExitDone = 0,
  kExitNegative = 1,     // findings at or above --fail-on, or a check that failed
  kExitUsage = 2,        // wrong arguments or configuration
  kExitBudget = 3,       // a budget stopped it; resumable
  kExitInterrupted = 4,  // Ctrl-C; what was done is kept
  kExitBackend = 5,      // model, disk or server failed
};

// One setting and where its value came from: "default", a file, an environment variable, or
// "command line".
struct Setting {
  std::string key;
  std::string value;
  std::string origin;
};

struct Common {
  std::string model;
  int threads = 0;
  std::string device = "auto";
  size_t state_bytes_max = 0;  // as in EngineOptions, and
  std::string kv_type = "auto";
  bool json = false;
  bool quiet = false;
  bool no_keep = false;           // do not store states
  std::vector<Setting> settings;  // in precedence order already applied
};

// Flags > FATHOM_* > .fathom.yaml of the working folder > the user's config.yaml > defaults.
Result<std::vector<Setting>> LoadSettings();
std::string SettingOr(const std::vector<Setting>& settings, std::string_view key,
                      std::string_view fallback);

// Set by SIGINT, SIGTERM and SIGHUP; a second one ends the process at once with 4
// and leaves the terminal as it was.
const std::atomic<bool>* Interrupted();
void CatchInterrupts();
// After a SIGINT that only meant the work at hand: Interrupted() is false again. False when the
// program was asked to end (SIGTERM, SIGHUP).
bool ForgetInterrupt();

// Prints "fathom: <text>" and returns the exit code that fits the error.
int Fail(const Error& error);

bool StdoutTakesColour();

struct LoadedModel {
  Profile profile;
  std::unique_ptr<Engine> engine;
};
// `operator_times` as in EngineOptions.
Result<LoadedModel> LoadModel(const Common& common, OperatorTimes* operator_times = nullptr);

Result<std::unique_ptr<Catalog>> OpenCatalog();

// The reading options of a profile. Without `verdicts` no scores are taken: then an audit cannot
// use the reading, so both commands ask for them.
Result<ReadingOptions> ReadingOptionsFor(const Common& common, const LoadedModel& model);

// Subcommands: each adds its options to `app` and, when chosen, sets `run`.
using Run = std::function<int()>;
void AddAudit(CLI::App& app, Common& common, Run& run);
void AddAsk(CLI::App& app, Common& common, Run& run);
void AddAgent(CLI::App& app, Common& common, Run& run);
void AddSessionsResume(CLI::App& sessions, Common& common, Run& run);  // under `sessions`
void AddSessions(CLI::App& app, Common& common, Run& run);
void AddChat(CLI::App& app, Common& common, Run& run);
void AddCorpus(CLI::App& app, Common& common, Run& run);
void AddModel(CLI::App& app, Common& common, Run& run);
void AddModelEval(CLI::App& model, Common& common, Run& run);  // under `model`
void AddBench(CLI::App& app, Common& common, Run& run);
void AddServe(CLI::App& app, Common& common, Run& run);
void AddDoctor(CLI::App& app, Common& common, Run& run);
void AddConfig(CLI::App& app, Common& common, Run& run);
void AddWorkflow(CLI::App& app, Common& common, Run& run);
void AddMcp(CLI::App& app, Common& common, Run& run);
void AddCompletion(CLI::App& app, Run& run);

}  // namespace fathom
