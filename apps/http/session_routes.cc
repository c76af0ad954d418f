// SPDX-License-Identifier: Apache-2.0
// /api/sessions and /api/approvals: kept conversations, their turns as runs, and what waits for a
// person.
#include "apps/http/agent_runs.h"
#include "apps/http/context.h"
#include "apps/http/corpora.h"
#include "apps/http/fields.h"
#include "apps/http/run_routes.h"
#include "base/limits.h"

namespace fathom::http {
namespace {

constexpr size_t kSessionsListedMax = 500;
constexpr size_t kMessageBytesMax = 1_MiB;
constexpr int64_t kTokensMax = int64_t{1} << 40;

void List(Exchange& exchange, Context& context) {
  const Request& request = exchange.request();
  auto hits = context.sessions.List(
      request.Query("q"),
      QueryNumber(request, "limit", {.fallback = 100, .most = kSessionsListedMax}));
  if (!hits) return exchange.Fail(FromError(hits.error()));
  Json list = Json::EmptyArray();
  for (const SessionHit& hit : *hits) {
    Json json = SessionJson(hit.info);
    if (!hit.excerpt.empty()) json.Set("excerpt", hit.excerpt);
    list.Push(std::move(json));
  }
  Json json = Json::EmptyObject();
  json.Set("sessions", std::move(list));
  exchange.Send(JsonResponse(json));
}

void Get(Exchange& exchange, Context& context, const std::string& id) {
  auto whole = ExportSession(context.sessions, id);
  if (!whole) return exchange.Fail(FromError(whole.error()));
  exchange.Send(JsonResponse(*whole));
}

void Export(Exchange& exchange, Context& context, const std::string& id) {
  const std::string format = exchange.request().Query("format");
  if (format.empty() || format == "json") return Get(exchange, context, id);
  if (format != "markdown")
    return exchange.Fail({.message = "'format' is json or markdown", .param = "format"});
  auto text = ExportSessionMarkdown(context.sessions, id);
  if (!text) return exchange.Fail(FromError(text.error()));
  exchange.Send({.content_type = "text/markdown; charset=utf-8",
                 .headers = {{"content-disposition", "attachment; filename=\"session.md\""}},
                 .body = *text});
}

void Delete(Exchange& exchange, Context& context, const std::string& id) {
  auto info = context.sessions.Find(id);
  if (!info) return exchange.Fail(FromError(info.error()));
  if (auto removed = context.agents.Remove(info->id); !removed)
    return exchange.Fail(FromError(removed.error()));
  Json json = Json::EmptyObject();
  json.Set("deleted", true);
  exchange.Send(JsonResponse(json));
}

void Fork(Exchange& exchange, Context& context, const std::string& id) {
  Json body;
  if (auto error = ParseBody(exchange.request().body, &body)) return exchange.Fail(*error);
  Fields fields(body);
  auto info = context.sessions.Find(id);
  if (!info) return exchange.Fail(FromError(info.error()));
  const auto turns = static_cast<int64_t>(info->turns);
  const int64_t turn = fields.Int("turn", turns, {.min = 0, .max = turns});
  fields.RefuseUnknown();
  if (fields.error()) return exchange.Fail(*fields.error());
  auto fork = context.agents.Fork(info->id, static_cast<size_t>(turn));
  if (!fork) return exchange.Fail(FromError(fork.error()));
  auto made = context.sessions.Find(*fork);
  if (!made) return exchange.Fail(FromError(made.error()));
  exchange.Send(JsonResponse(SessionJson(*made)));
}

// The fields that a first turn and a later one share. A policy is named, never a path.
AgentRuns::Turn ReadTurn(Fields& fields, const Request& request) {
  AgentRuns::Turn turn{.message = fields.Text("message"),
                       .policy = fields.Text("policy", "default"),
                       .limits = ReadLimits(fields),
                       .client = request.peer};
  if (fields.Get("steps_max") != nullptr)
    turn.limits.steps =
        static_cast<size_t>(fields.Int("steps_max", 0, {.min = 0, .max = kTokensMax}));
  if (fields.Get("thinking_tokens") != nullptr)
    turn.thinking_tokens_max =
        static_cast<size_t>(fields.Int("thinking_tokens", 0, {.min = 0, .max = kTokensMax}));
  if (turn.message.size() > kMessageBytesMax)
    fields.Fail("message", "must be a text of at most 1 MiB");
  if (turn.policy.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_") != std::string::npos)
    fields.Fail("policy", "is the name of an installed policy");
  return turn;
}

void StartTurn(Exchange& exchange, Context& context, AgentRuns::Turn turn, bool stream) {
  auto run = context.agents.Start(std::move(turn));
  if (!run) return exchange.Fail(FromError(run.error()));
  AnswerWithRun(exchange, *run, stream);
}

// A session, and its first turn.
void Create(Exchange& exchange, Context& context) {
  Json body;
  if (auto error = ParseBody(exchange.request().body, &body)) return exchange.Fail(*error);
  Fields fields(body);
  AgentRuns::Turn turn = ReadTurn(fields, exchange.request());
  const std::string workspace = fields.Text("workspace");
  std::string tools;
  for (const std::string& tool : fields.Texts("tools", 64))
    tools += (tools.empty() ? "" : ",") + tool;
  const bool stream = fields.Flag("stream", false);
  if (turn.message.empty()) fields.Fail("message", "says what is to be done");
  fields.RefuseUnknown();
  if (fields.error()) return exchange.Fail(*fields.error());
  if (!workspace.empty()) {
    auto real = PathBeneath(context.roots, workspace);
    if (!real) return exchange.Fail(FromError(real.error()));
    auto box = OpenToolbox({.workspace = *real, .tools = tools, .policy = turn.policy});
    if (!box) return exchange.Fail(FromError(box.error()));
    turn.workspace = *real;
    turn.tools = (*box)->names();
  }
  auto session = context.sessions.Create(
      {.model = context.model_name, .workspace = turn.workspace, .tools = turn.tools});
  if (!session) return exchange.Fail(FromError(session.error()));
  turn.session = *session;
  StartTurn(exchange, context, std::move(turn), stream);
}

void Resume(Exchange& exchange, Context& context, const std::string& id) {
  Json body;
  if (auto error = ParseBody(exchange.request().body, &body)) return exchange.Fail(*error);
  Fields fields(body);
  AgentRuns::Turn turn = ReadTurn(fields, exchange.request());
  const bool stream = fields.Flag("stream", false);
  fields.RefuseUnknown();
  if (fields.error()) return exchange.Fail(*fields.error());
  auto info = context.sessions.Find(id);
  if (!info) return exchange.Fail(FromError(info.error()));
  if (info->model != context.model_name) {
    return exchange.Fail({.message = "this session is one of '" + info->model + "', and '" +
                                     context.model_name + "' runs here",
                          .code = "other_model"});
  }
  turn.session = info->id;
  turn.tools = info->tools;
  if (!info->workspace.empty()) {
    auto real = PathBeneath(context.roots, info->workspace);
    if (!real) return exchange.Fail(FromError(real.error()));
    turn.workspace = *real;
  }
  StartTurn(exchange, context, std::move(turn), stream);
}

void ListApprovals(Exchange& exchange, Context& context) {
  Json json = Json::EmptyObject();
  json.Set("approvals", context.approvals.List());
  exchange.Send(JsonResponse(json));
}

void DecideApproval(Exchange& exchange, Context& context, const std::string& id) {
  Json body;
  if (auto error = ParseBody(exchange.request().body, &body)) return exchange.Fail(*error);
  Fields fields(body);
  const std::string decision = fields.Text("decision");
  if (decision != "allow" && decision != "deny") fields.Fail("decision", "is allow or deny");
  fields.RefuseUnknown();
  if (fields.error()) return exchange.Fail(*fields.error());
  auto decided = context.approvals.Decide(id, decision == "allow");
  if (decided) return exchange.Send(JsonResponse(*decided));
  exchange.Fail({.status = 404,
                 .message = "nothing of this id waits; it may have been decided already",
                 .code = "not_found"});
}

}  // namespace

void AddSessionRoutes(Router& router, Context& context) {
  const auto add = [&](const char* method, const char* path, void (*handle)(Exchange&, Context&)) {
    router.Add(method, path, [&context, handle](Exchange& exchange, const PathValues&) {
      handle(exchange, context);
    });
  };
  const auto add_for = [&](const char* method, const char* path, const char* name,
                           void (*handle)(Exchange&, Context&, const std::string&)) {
    router.Add(method, path,
               [&context, handle, name](Exchange& exchange, const PathValues& values) {
                 handle(exchange, context, values.at(name));
               });
  };
  add("GET", "/api/sessions", List);
  add("POST", "/api/sessions", Create);
  add_for("GET", "/api/sessions/{session}", "session", Get);
  add_for("DELETE", "/api/sessions/{session}", "session", Delete);
  add_for("POST", "/api/sessions/{session}/fork", "session", Fork);
  add_for("POST", "/api/sessions/{session}/resume", "session", Resume);
  add_for("GET", "/api/sessions/{session}/export", "session", Export);
  add("GET", "/api/approvals", ListApprovals);
  add_for("POST", "/api/approvals/{approval}", "approval", DecideApproval);
}

}  // namespace fathom::http
