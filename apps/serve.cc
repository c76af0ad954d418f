// SPDX-License-Identifier: Apache-2.0
// fathom serve: the OpenAI-compatible server, on this machine only unless told otherwise.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "agent/embedded_chat_model.h"
#include "apps/app.h"
#include "apps/http/context.h"
#include "apps/http/embedded.h"
#include "apps/http/listener.h"
#include "apps/http/openai_common.h"
#include "apps/http/token.h"
#include "apps/toolbox.h"
#include "apps/version.h"
#include "base/files.h"
#include "base/limits.h"
#include "tools/sandbox/sandbox.h"

namespace fathom {
namespace {

struct ServeFlags {
  int port = 8080;
  std::vector<std::string> listen, roots;
  size_t running = kHttpRunningMax;
  int64_t request_seconds_max = 0;
};

std::string HostOf(const std::string& address) {
  return address.find(':') == std::string::npos ? address : "[" + address + "]";
}

// Binds every address; loopback always. IPv6 may be missing on a machine.
Status Bind(const ServeFlags& flags, http::Listener& listener, http::GatePolicy& gate, int* port) {
  gate.hosts = {"127.0.0.1", "localhost", "[::1]"};
  if (auto status = listener.Add({.address = "127.0.0.1", .port = flags.port}, port); !status)
    return status;
  int same = 0;
  if (auto status = listener.Add({.address = "::1", .port = *port}, &same); !status)
    std::fprintf(stderr, "fathom: not on [::1]: %s\n", status.error().message.c_str());
  for (const std::string& address : flags.listen) {
    if (auto status = listener.Add({.address = address, .port = *port}, &same); !status)
      return status;
    gate.hosts.push_back(http::LowerCase(HostOf(address)));
  }
  return OkStatus();
}

void Announce(const Common& common, const http::ServerToken& token, int port) {
  const std::string url = "http://127.0.0.1:" + std::to_string(port);
  if (common.json) {
    Json json = Json::EmptyObject();
    json.Set("url", url);
    json.Set("port", port);
    json.Set("token_file", token.file.empty() ? Json() : Json(token.file));
    std::printf("%s\n", json.Dump().c_str());
    std::fflush(stdout);
  }
  if (common.quiet) return;
  std::fprintf(stderr, "fathom: %s, OpenAI's API at %s/v1\n", url.c_str(), url.c_str());
  std::fprintf(stderr, "fathom: the token is %s\n",
               token.file.empty() ? "FATHOM_TOKEN's" : ("in " + token.file).c_str());
  // A terminal is read by its user; a log may be read by others.
  if (isatty(STDERR_FILENO))
    std::fprintf(stderr, "fathom: the dashboard: %s/#token=%s\n", url.c_str(), token.value.c_str());
}

// Absolute, and without links, so that what the kernel resolves can be compared.
Result<std::vector<std::string>> Roots(const ServeFlags& flags) {
  std::vector<std::string> roots;
  for (const std::string& root :
       flags.roots.empty() ? std::vector<std::string>{"."} : flags.roots) {
    std::error_code error;
    const auto real = std::filesystem::canonical(root, error);
    if (error || !std::filesystem::is_directory(real, error))
      return Invalid("--root names no folder", root);
    roots.push_back(real.string());
  }
  return roots;
}

// What outlives the process.
struct Kept {
  std::unique_ptr<Catalog> catalog;
  std::unique_ptr<AuditStore> audits;
  std::unique_ptr<SessionStore> sessions;
  std::unique_ptr<WorkflowRunStore> workflow_runs;
};

Result<Kept> OpenKept(const Places& places) {
  auto catalog = OpenCatalog();
  if (!catalog) return catalog.error();
  auto audits = AuditStore::Open(places.data);
  if (!audits) return audits.error();
  auto sessions = SessionStore::Open(places.data, places.cache);
  if (!sessions) return sessions.error();
  auto workflow_runs = WorkflowRunStore::Open(places.data);
  if (!workflow_runs) return workflow_runs.error();
  return Kept{std::move(*catalog), std::move(*audits), std::move(*sessions),
              std::move(*workflow_runs)};
}

// All that can fail to be there, in the order in which it is looked for.
struct Opened {
  Places places;
  std::string install;
  http::ServerToken token;
  LoadedModel model;
  std::unique_ptr<EmbeddedChatModel> chat;
  std::vector<std::string> roots;
  Kept kept;
  ReadingOptions reading;
  Registry tools;  // all there are
};

Result<Opened> OpenAll(const Common& common, const ServeFlags& flags) {
  auto places = UserPlaces();
  if (!places) return places.error();
  auto install = InstallRoot();
  if (!install) return install.error();
  auto token = http::FindToken(places->data);
  if (!token) return token.error();
  auto model = LoadModel(common);
  if (!model) return model.error();
  auto chat = EmbeddedChatModel::Open(*model->engine, model->profile);
  if (!chat) return chat.error();
  auto roots = Roots(flags);
  if (!roots) return roots.error();
  auto kept = OpenKept(*places);
  if (!kept) return kept.error();
  auto reading = ReadingOptionsFor(common, *model);
  if (!reading) return reading.error();
  Registry tools;
  if (auto added = AddWorkflowTools(tools); !added) return added.error();
  return Opened{*places,          *install,          *token,           std::move(*model),
                std::move(*chat), std::move(*roots), std::move(*kept), std::move(*reading),
                std::move(tools)};
}

// Workflows run on what the server runs on.
WorkflowWorld WorldOf(const Common& common, Opened& all) {
  return {.profile = all.model.profile,
          .chat = [&] { return Result<ChatModel*>(all.chat.get()); },
          .engine = [&] { return Result<Engine*>(all.model.engine.get()); },
          .catalog = [&] { return Result<Catalog*>(all.kept.catalog.get()); },
          .tools = all.tools,
          .sessions = *all.kept.sessions,
          .policies = {all.places.config + "/policies", all.install + "/configs/policies"},
          .settings = {all.places.config},
          .keep = !common.no_keep,
          .door = http::DoorTo(all.roots)};
}

// Which optional parts are there.
std::map<std::string, bool> PartsHere() {
  std::map<std::string, bool> parts;
  for (const char* part :
       {"corpora", "audits", "sessions", "approvals", "workflows", "workflow_runs"})
    parts[part] = true;
  parts["dashboard"] = !http::DashboardFiles().empty();
  parts["commands"] = Sandbox::Probe().Usable().ok();
  return parts;
}

void AddRoutes(http::Router& router, http::Context& context) {
  http::AddServiceRoutes(router, context);
  http::AddModelRoutes(router, context);
  http::AddChatRoutes(router, context);
  http::AddResponsesRoutes(router, context);
  http::AddCompletionRoutes(router, context);
  http::AddApiRoutes(router, context);
}

int RunServe(const Common& common, const ServeFlags& flags) {
  auto opened = OpenAll(common, flags);
  if (!opened) return Fail(opened.error());
  EmbeddedChatModel& chat = *opened->chat;
  const Kept& kept = opened->kept;
  const WorkflowWorld world = WorldOf(common, *opened);

  http::Metrics metrics;
  http::Serving serving;
  serving.gate.token = opened->token.value;
  http::Listener listener(serving);
  int port = 0;
  if (auto status = Bind(flags, listener, serving.gate, &port); !status)
    return Fail(status.error());
  http::Admission admission({.running_max = flags.running,
                             .queued_max = kHttpQueuedMax,
                             .tokens_max = kContextTokensMax});
  http::Runs runs(admission);
  http::Conversations conversations(chat);
  PrefixTree completion_states(*opened->model.engine);
  http::ResponsesStore responses;
  http::Approvals approvals;
  http::AgentRuns agents({*kept.sessions, chat, runs, approvals, metrics});
  http::WorkflowRuns workflows(
      {*kept.workflow_runs, world, runs, approvals, metrics, common.model});
  serving.admission = &admission;
  serving.metrics = &metrics;
  serving.request_seconds_max = std::chrono::seconds(flags.request_seconds_max);
  http::Context context{.engine = *opened->model.engine,
                        .chat = chat,
                        .conversations = conversations,
                        .completion_states = completion_states,
                        .profile = opened->model.profile,
                        .responses = responses,
                        .catalog = *kept.catalog,
                        .admission = admission,
                        .metrics = metrics,
                        .runs = runs,
                        .audits = *kept.audits,
                        .sessions = *kept.sessions,
                        .approvals = approvals,
                        .agents = agents,
                        .workflow_world = world,
                        .workflow_runs = *kept.workflow_runs,
                        .workflows = workflows,
                        .reading = opened->reading,
                        .roots = opened->roots,
                        .parts = PartsHere(),
                        .started_unix = http::UnixNow(),
                        .version = kVersion,
                        .model_name = common.model,
                        .connections = [&] { return listener.connections(); },
                        .kept_state_bytes = [&] { return chat.kept_bytes(); }};
  AddRoutes(serving.router, context);
  Announce(common, opened->token, port);
  listener.Run(*Interrupted());
  runs.Stop();
  admission.Stop();  // what its jobs use is still there
  if (!common.quiet) std::fprintf(stderr, "fathom: stopped\n");
  return kExitDone;
}

}  // namespace

void AddServe(CLI::App& app, Common& common, Run& run) {
  auto flags = std::make_shared<ServeFlags>();
  CLI::App* command =
      app.add_subcommand("serve", "Serve OpenAI's API and the dashboard, on this machine");
  command->add_option("-p,--port", flags->port, "Port (0: any free one)")
      ->check(CLI::Range(0, 65535))
      ->capture_default_str();
  command->add_option("--listen", flags->listen,
                      "An address beside 127.0.0.1 and ::1; whoever reaches it needs the token");
  command->add_option("--root", flags->roots,
                      "A folder beneath which corpora may be read (the working folder)");
  command->add_option("--running", flags->running, "Generations that take turns at most")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  command
      ->add_option("--request-seconds-max", flags->request_seconds_max,
                   "What an answer may take, its turn awaited, before it is a 504 (0: no end)")
      ->check(CLI::Range(0, 86'400))
      ->capture_default_str();
  command->footer(
      "The token is FATHOM_TOKEN, or in a file of mode 0600 that is made once and named at the "
      "start.\nCtrl-C lets running requests end; twice ends at once.");
  command->callback(
      [flags, &common, &run] { run = [flags, &common] { return RunServe(common, *flags); }; });
}

}  // namespace fathom
