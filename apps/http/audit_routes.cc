// SPDX-License-Identifier: Apache-2.0
// /api/audits: start one as a run, read what ended ones found, say why a finding is none.
#include <mutex>

#include "agent/audit_store.h"
#include "apps/http/corpora.h"
#include "apps/http/fields.h"
#include "apps/http/run_routes.h"
#include "base/limits.h"
#include "base/rooted_dir.h"

namespace fathom::http {
namespace {

constexpr size_t kRulesMax = 64;
constexpr size_t kReasonBytesMax = 2'000;

struct Format {
  ReportFormat format;
  std::string_view content_type, extension;
};

std::optional<Format> FormatOf(std::string_view name) {
  if (name.empty()) name = "json";
  const auto format = ReportFormatOf(name);
  if (!format) return std::nullopt;
  switch (*format) {
    case ReportFormat::kJson:
      return Format{*format, "application/json", "json"};
    case ReportFormat::kSarif:
      return Format{*format, "application/sarif+json", "sarif"};
    case ReportFormat::kHtml:
      return Format{*format, "text/html; charset=utf-8", "html"};
    case ReportFormat::kText:
    case ReportFormat::kGithub:
      return Format{*format, "text/plain; charset=utf-8", "txt"};
  }
  return std::nullopt;
}

Json AuditJson(const AuditInfo& info) {
  Json json = Json::EmptyObject();
  json.Set("id", info.id);
  json.Set("root", info.root);
  json.Set("model", info.model);
  json.Set("state", info.partial ? "cancelled" : "done");
  json.Set("created", info.created);
  json.Set("findings", info.shown);
  json.Set("rejected", info.rejected);
  json.Set("suppressed", info.suppressed);
  json.Set("baseline", info.baseline);
  return json;
}

// Of a run that has no report yet, or never will.
Json AuditJson(const Run& run) {
  const Json all = run.Describe();
  Json json = Json::EmptyObject();
  json.Set("id", run.id());
  json.Set("root", *all.Find("title"));
  json.Set("state", *all.Find("state"));
  json.Set("created", *all.Find("created"));
  return json;
}

struct Asked {
  std::string path;
  std::vector<std::string> rules;
  std::set<std::string> baseline;
  bool has_baseline = false;
};

// Every candidate as it is judged: where, what was claimed, and what the last check said.
Json CandidateJson(const Finding& finding) {
  const CheckEntry* contradiction = nullptr;
  for (const CheckEntry& entry : finding.log) {
    if (entry.outcome == CheckOutcome::kContradicts) contradiction = &entry;
  }
  Json json = Json::EmptyObject();
  json.Set("path", finding.place.path);
  json.Set("line", finding.place.start);
  json.Set("family", finding.family);
  json.Set("severity", SeverityName(finding.severity));
  json.Set("confidence", finding.confidence);
  json.Set("evidence", EvidenceName(finding.evidence));
  const bool stands = contradiction == nullptr && finding.evidence != Evidence::kClaimed;
  json.Set("outcome", contradiction != nullptr ? "rejected" : stands ? "stands" : "unsure");
  if (contradiction != nullptr) json.Set("reason", contradiction->said);
  return json;
}

Result<Json> RunAsked(Context& context, const Asked& asked, http::Run& run) {
  auto reading = OpenReading(context.engine, context.catalog, asked.path, ReadingFor(context, run));
  if (!reading) return reading.error();
  CountReading(context, *reading);
  AuditOptions options{.rules = asked.rules,
                       .baseline = asked.baseline,
                       .has_baseline = asked.has_baseline,
                       .progress =
                           [&run](const AuditProgress& progress) {
                             run.Progress("candidates", progress.done, progress.total);
                             if (progress.judged != nullptr)
                               run.Emit("candidate", CandidateJson(*progress.judged));
                           },
                       .cancel = run.cancel()};
  auto suppressions = ReadSuppressionYaml(SuppressionFolder(reading->corpus.root));
  if (!suppressions) return suppressions.error();
  options.suppression_yaml = std::move(*suppressions);
  auto report = AuditReading(
      {.reading = *reading, .tokenizer = context.tokenizer(), .profile = context.profile},
      std::move(options));
  if (!report) return report.error();
  if (auto kept = context.audits.Put(run.id(), *report); !kept) return kept.error();
  auto info = context.audits.Find(run.id());
  if (!info) return info.error();
  Json event = Json::EmptyObject();
  event.Set("audit", AuditJson(*info));
  run.Emit("report", std::move(event));
  return AuditJson(*info);
}

// The folder that a request names: by its path, or as a corpus.
Result<std::string> PathOf(Context& context, const std::string& path, const std::string& corpus) {
  if (path.empty() == corpus.empty())
    return Error{Code::kInvalid, "name either a 'path' or a 'corpus'"};
  if (!path.empty()) return PathBeneath(context.roots, path);
  auto entry = FindCorpus(context.catalog, corpus);
  if (!entry) return entry.error();
  return entry->root;
}

void Start(Exchange& exchange, Context& context) {
  Json body;
  if (auto error = ParseBody(exchange.request().body, &body)) return exchange.Fail(*error);
  Fields fields(body);
  const std::string path = fields.Text("path"), corpus = fields.Text("corpus");
  const std::string baseline = fields.Text("baseline");
  Asked asked{.rules = fields.Texts("rules", kRulesMax)};
  const bool stream = fields.Flag("stream", false);
  fields.RefuseUnknown();
  if (fields.error()) return exchange.Fail(*fields.error());
  auto real = PathOf(context, path, corpus);
  if (!real) return exchange.Fail(FromError(real.error()));
  asked.path = *real;
  if (!baseline.empty()) {
    auto earlier = context.audits.Report(baseline);
    if (!earlier) return exchange.Fail(FromError(earlier.error()));
    auto known = ReadBaseline(RenderJson(*earlier, {}));
    if (!known) return exchange.Fail(FromError(known.error()));
    asked.baseline = std::move(*known);
    asked.has_baseline = true;
  }
  AnswerWithRun(
      exchange,
      context.runs.Start(
          {.kind = "audit",
           .title = asked.path,
           .client = exchange.request().peer,
           .tokens = context.profile.window_tokens(),
           .work = [&context, asked](http::Run& run) { return RunAsked(context, asked, run); }}),
      stream);
}

void List(Exchange& exchange, Context& context) {
  auto stored = context.audits.List();
  if (!stored) return exchange.Fail(FromError(stored.error()));
  std::set<std::string> ids;
  for (const AuditInfo& info : *stored) ids.insert(info.id);
  Json list = Json::EmptyArray();
  for (const auto& run : context.runs.List()) {
    if (run->kind() == "audit" && !ids.contains(run->id())) list.Push(AuditJson(*run));
  }
  for (const AuditInfo& info : *stored) list.Push(AuditJson(info));
  Json json = Json::EmptyObject();
  json.Set("audits", std::move(list));
  exchange.Send(JsonResponse(json));
}

void Get(Exchange& exchange, Context& context, const std::string& id) {
  auto info = context.audits.Find(id);
  if (info) return exchange.Send(JsonResponse(AuditJson(*info)));
  const auto run = context.runs.Find(id);
  if (run && run->kind() == "audit") return exchange.Send(JsonResponse(AuditJson(*run)));
  exchange.Fail(FromError(info.error()));
}

void GetReport(Exchange& exchange, Context& context, const std::string& id) {
  const auto format = FormatOf(exchange.request().Query("format"));
  if (!format) {
    return exchange.Fail(
        {.message = "'format' is json, sarif, html, text or github", .param = "format"});
  }
  auto report = context.audits.Report(id);
  if (!report) return exchange.Fail(FromError(report.error()));
  exchange.Send({.content_type = std::string(format->content_type),
                 .headers = {{"content-disposition", "attachment; filename=\"fathom-report." +
                                                         std::string(format->extension) + "\""}},
                 .body = Render(*report, format->format)});
}

void Remove(Exchange& exchange, Context& context, const std::string& id) {
  if (auto removed = context.audits.Remove(id); !removed)
    return exchange.Fail(FromError(removed.error()));
  Json json = Json::EmptyObject();
  json.Set("deleted", true);
  exchange.Send(JsonResponse(json));
}

// Writes the entry into the folder's .fathom.yaml and into the stored report.
Result<Finding> SuppressFinding(Context& context, const std::string& id,
                                const std::string& fingerprint, const std::string& reason) {
  static std::mutex one_at_a_time;  // between reading the file and writing it
  std::lock_guard lock(one_at_a_time);
  auto report = context.audits.Report(id);
  if (!report) return report.error();
  const auto finding =
      std::find_if(report->findings.begin(), report->findings.end(),
                   [&](const Finding& one) { return one.fingerprint == fingerprint; });
  if (finding == report->findings.end())
    return Error{Code::kNotFound, "the report has no finding with this fingerprint"};
  const auto folder = PathBeneath(context.roots, SuppressionFolder(report->root));
  if (!folder) return folder.error();
  auto yaml = ReadSuppressionYaml(*folder);
  if (!yaml) return yaml.error();
  std::vector<std::string> families;
  for (const RuleInfo& rule : report->rules) families.push_back(rule.family);
  auto text = WithSuppression(*yaml,
                              {.path_glob = finding->place.path,
                               .rules = {finding->family},
                               .reason = reason,
                               .fingerprint = fingerprint},
                              families);
  if (!text) return text.error();
  auto dir = RootedDir::Open(*folder);
  if (!dir) return dir.error();
  if (auto s = dir->Write(std::string(kSuppressionFile), *text, {.mode = 0644}); !s)
    return s.error();
  Suppressions now;
  if (auto s = ReadSuppressionFile(*text, kSuppressionFile, families, now); !s) return s.error();
  ApplySuppressions(now, *report);
  if (auto s = context.audits.Update(id, *report); !s) return s.error();
  for (const Finding& one : report->findings) {
    if (one.fingerprint == fingerprint) return one;
  }
  return Error{Code::kNotFound, "the finding is gone"};
}

void Suppress(Exchange& exchange, Context& context, const std::string& id) {
  Json body;
  if (auto error = ParseBody(exchange.request().body, &body)) return exchange.Fail(*error);
  Fields fields(body);
  const std::string fingerprint = fields.Text("fingerprint"), reason = fields.Text("reason");
  if (fingerprint.empty()) fields.Fail("fingerprint", "names a finding of the report");
  if (reason.size() > kReasonBytesMax) fields.Fail("reason", "must be at most 2,000 bytes");
  fields.RefuseUnknown();
  if (fields.error()) return exchange.Fail(*fields.error());
  auto finding = SuppressFinding(context, id, fingerprint, reason);
  if (!finding) return exchange.Fail(FromError(finding.error()));
  Json json = Json::EmptyObject();
  json.Set("path", finding->place.path);
  json.Set("rule", finding->family);
  json.Set("reason", finding->reason);
  json.Set("reason_place", finding->reason_place);
  json.Set("state", FindingStateName(finding->state));
  exchange.Send(JsonResponse(json));
}

}  // namespace

void AddAuditRoutes(Router& router, Context& context) {
  router.Add("GET", "/api/audits", [&](Exchange& e, const PathValues&) { List(e, context); });
  router.Add("POST", "/api/audits", [&](Exchange& e, const PathValues&) { Start(e, context); });
  const auto add = [&](const char* method, const char* path,
                       void (*handle)(Exchange&, Context&, const std::string&)) {
    router.Add(method, path, [&context, handle](Exchange& exchange, const PathValues& values) {
      handle(exchange, context, values.at("audit"));
    });
  };
  add("GET", "/api/audits/{audit}", Get);
  add("DELETE", "/api/audits/{audit}", Remove);
  add("GET", "/api/audits/{audit}/report", GetReport);
  add("POST", "/api/audits/{audit}/suppress", Suppress);
}

}  // namespace fathom::http
