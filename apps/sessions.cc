// SPDX-License-Identifier: Apache-2.0
// fathom sessions {list,show,resume,fork,export,rm}: conversations that chat and agent recorded.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <memory>
#include <set>

#include "agent/session_store.h"
#include "apps/app.h"
#include "apps/progress.h"
#include "apps/session_text.h"
#include "apps/terminal_width.h"
#include "base/files.h"
#include "base/terminal_text.h"

namespace fathom {
namespace {

struct SessionFlags {
  std::vector<std::string> ids;
  std::string id;
  std::string search;
  size_t count = 20;
  bool full = false;
  size_t turn = 0;  // 0: all of show, the last of fork
  std::string format = "json";
  std::string output;
  bool dry_run = false;
};

constexpr size_t kTableColumnsMax = 120;
constexpr size_t kShortIdBytes = 10;  // "s-" and eight digits

Result<std::unique_ptr<SessionStore>> OpenStore() {
  auto places = UserPlaces();
  if (!places) return places.error();
  return SessionStore::Open(places->data, places->cache);
}

// So short that it still names one of those listed.
size_t IdBytesFor(const std::vector<SessionHit>& hits) {
  for (size_t bytes = kShortIdBytes;; ++bytes) {
    std::set<std::string> seen;
    for (const SessionHit& hit : hits) seen.insert(hit.info.id.substr(0, bytes));
    if (seen.size() == hits.size()) return bytes;
  }
}

void PrintTable(const std::vector<SessionHit>& hits, const SessionFlags& flags) {
  const size_t columns = std::min(TerminalColumns(), kTableColumnsMax);
  const size_t id_bytes = IdBytesFor(hits);
  const bool colour = StdoutTakesColour();
  const char* dim = colour ? "\x1b[2m" : "";
  const char* reset = colour ? "\x1b[0m" : "";
  std::printf("%s%-*s  %-12s  %5s  %-9s  TITLE%s\n", dim, static_cast<int>(id_bytes), "ID",
              "UPDATED", "TURNS", "STATE", reset);
  const size_t before_title = id_bytes + 2 + 12 + 2 + 5 + 2 + 9 + 2;
  const size_t title_columns = columns > before_title + 20 ? columns - before_title : 20;
  for (const SessionHit& hit : hits) {
    const SessionInfo& info = hit.info;
    const std::string title = (info.parent.empty() ? "" : "↳ ") + ForTerminal(info.title);
    std::printf("%s  %s  %5zu  %-9s  %s\n", info.id.substr(0, id_bytes).c_str(),
                ShortTime(info.updated_ms).c_str(), info.turns,
                info.turn_state.empty() ? "empty" : info.turn_state.c_str(),
                FitTo(title, title_columns).c_str());
    if (flags.search.empty()) continue;
    std::printf("%s%*s%s%s\n", dim, static_cast<int>(id_bytes + 2), "",
                FitTo(OneLine(hit.excerpt), columns - id_bytes - 2).c_str(), reset);
  }
}

int RunList(const Common& common, const SessionFlags& flags) {
  auto store = OpenStore();
  if (!store) return Fail(store.error());
  auto hits = (*store)->List(flags.search, flags.count + 1);
  if (!hits) return Fail(hits.error());
  const bool more = hits->size() > flags.count;
  if (more) hits->pop_back();
  if (common.json) {
    Json list = Json::EmptyArray();
    for (const SessionHit& hit : *hits) {
      Json session = SessionJson(hit.info);
      if (!flags.search.empty()) session.Set("excerpt", hit.excerpt);
      list.Push(std::move(session));
    }
    Json json = Json::EmptyObject();
    json.Set("sessions", std::move(list));
    json.Set("more", more);
    std::printf("%s\n", json.Dump().c_str());
    return kExitDone;
  }
  if (hits->empty()) {
    std::fprintf(stderr, "%s\n",
                 flags.search.empty()
                     ? "no sessions yet; `fathom chat` and `fathom agent` record them"
                     : "no session has all these words in one message");
    return kExitDone;
  }
  PrintTable(*hits, flags);
  if (more && !common.quiet) std::fprintf(stderr, "there are more: --count %zu\n", 2 * flags.count);
  return kExitDone;
}

int RunShow(const Common& common, const SessionFlags& flags) {
  auto store = OpenStore();
  if (!store) return Fail(store.error());
  if (common.json) {
    auto json = ExportSession(**store, flags.id);
    if (!json) return Fail(json.error());
    std::printf("%s\n", json->Dump().c_str());
    return kExitDone;
  }
  auto info = (*store)->Find(flags.id);
  if (!info) return Fail(info.error());
  auto turns = (*store)->Turns(info->id);
  if (!turns) return Fail(turns.error());
  auto messages = (*store)->Messages(info->id);
  if (!messages) return Fail(messages.error());
  if (flags.turn > info->turns) {
    return Fail(Invalid(
        "has " + std::to_string(info->turns) + " turns, no turn " + std::to_string(flags.turn),
        info->id));
  }
  const SessionTextOptions options{.colour = StdoutTakesColour(),
                                   .full = flags.full,
                                   .turn = flags.turn,
                                   .columns = std::min(TerminalColumns(), kTableColumnsMax)};
  std::printf("%s%s", SessionHeadText(*info, options).c_str(),
              ConversationText(*turns, *messages, options).c_str());
  return kExitDone;
}

int RunFork(const Common& common, const SessionFlags& flags) {
  auto store = OpenStore();
  if (!store) return Fail(store.error());
  auto info = (*store)->Find(flags.id);
  if (!info) return Fail(info.error());
  const size_t turn = flags.turn == 0 ? info->turns : flags.turn;
  if (turn == 0) return Fail(Invalid("has no turn to fork from", info->id));
  auto fork = (*store)->Fork(info->id, turn);
  if (!fork) return Fail(fork.error());
  auto made = (*store)->Find(*fork);
  if (!made) return Fail(made.error());
  if (common.json) {
    std::printf("%s\n", SessionJson(*made).Dump().c_str());
    return kExitDone;
  }
  std::printf("%s\n", fork->c_str());
  if (!common.quiet) {
    std::fprintf(stderr, "turns 1 to %zu of %s; the model's state %s\n", turn,
                 info->id.substr(0, kShortIdBytes).c_str(),
                 made->state_bytes > 0 ? "is shared" : "is computed again when it goes on");
  }
  return kExitDone;
}

// One JSON object a line, as `agent --jsonl` printed them.
Result<std::string> EventLines(const SessionStore& store, const std::string& id) {
  auto info = store.Find(id);
  if (!info) return info.error();
  auto events = store.Events(info->id, "", 0);
  if (!events) return events.error();
  std::string text;
  for (const Event& event : *events) text += EventJson(event).Dump() + "\n";
  return text;
}

Result<std::string> Exported(const SessionStore& store, const SessionFlags& flags) {
  if (flags.format == "markdown") return ExportSessionMarkdown(store, flags.id);
  if (flags.format == "jsonl") return EventLines(store, flags.id);
  auto json = ExportSession(store, flags.id);
  if (!json) return json.error();
  return json->Dump() + "\n";
}

int RunExport(const Common& common, const SessionFlags& flags) {
  auto store = OpenStore();
  if (!store) return Fail(store.error());
  auto text = Exported(**store, flags);
  if (!text) return Fail(text.error());
  if (!flags.output.empty()) {
    if (auto written = AtomicWriteFile(flags.output, *text); !written) return Fail(written.error());
    if (!common.quiet)
      std::fprintf(stderr, "%s: %s bytes\n", ForTerminal(flags.output).c_str(),
                   Thousands(text->size()).c_str());
    return kExitDone;
  }
  // A terminal gets what is safe to show, a pipe the bytes.
  if (isatty(STDOUT_FILENO)) *text = ForTerminal(*text, {.keep_newlines = true});
  std::fwrite(text->data(), 1, text->size(), stdout);
  return kExitDone;
}

Result<std::vector<SessionInfo>> FindAll(const SessionStore& store,
                                         const std::vector<std::string>& ids) {
  std::vector<SessionInfo> found;
  for (const std::string& id : ids) {
    auto info = store.Find(id);
    if (!info) return info.error();
    const auto same = [&](const SessionInfo& other) { return other.id == info->id; };
    if (std::none_of(found.begin(), found.end(), same)) found.push_back(std::move(*info));
  }
  return found;
}

std::string StateFate(const SessionStore& store, const SessionInfo& info, bool is_removed) {
  if (info.state_bytes == 0) return "";
  std::error_code error;
  if (is_removed && std::filesystem::exists(store.states_folder() + "/" + info.state_file, error))
    return "; its state stays: a fork uses it";
  return "; state of " + Megabytes(info.state_bytes);
}

// All ids are looked up before the first session goes.
int RunRemove(const Common& common, const SessionFlags& flags) {
  auto store = OpenStore();
  if (!store) return Fail(store.error());
  auto sessions = FindAll(**store, flags.ids);
  if (!sessions) return Fail(sessions.error());
  Json removed = Json::EmptyArray();
  for (const SessionInfo& info : *sessions) {
    if (!flags.dry_run) {
      if (auto gone = (*store)->Remove(info.id); !gone) return Fail(gone.error());
    }
    removed.Push(SessionJson(info));
    if (common.json || common.quiet) continue;
    std::printf("%s %s (%s): %zu turns, %zu messages%s\n",
                flags.dry_run ? "would remove" : "removed", info.id.c_str(),
                ForTerminal(info.title).c_str(), info.turns, info.messages,
                StateFate(**store, info, !flags.dry_run).c_str());
  }
  if (common.json) std::printf("%s\n", removed.Dump().c_str());
  return kExitDone;
}

void AddListAndShow(CLI::App& sessions, Common& common, Run& run) {
  auto flags = std::make_shared<SessionFlags>();
  CLI::App* list = sessions.add_subcommand("list", "The newest sessions, or those that hold words");
  list->add_option("-s,--search", flags->search, "Words that all stand in one message");
  list->add_option("-n,--count", flags->count, "At most so many")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  list->callback(
      [flags, &common, &run] { run = [flags, &common] { return RunList(common, *flags); }; });

  CLI::App* show = sessions.add_subcommand("show", "One session: what was spent and said");
  show->add_option("id", flags->id, "Its id, or the beginning of it")->required();
  show->add_option("--turn", flags->turn, "Only this turn, from 1");
  show->add_flag("--full", flags->full, "Whole tool results, and the thinking");
  show->callback(
      [flags, &common, &run] { run = [flags, &common] { return RunShow(common, *flags); }; });
}

void AddExportAndRemove(CLI::App& sessions, Common& common, Run& run) {
  auto flags = std::make_shared<SessionFlags>();
  CLI::App* fork = sessions.add_subcommand(
      "fork", "A new session with the turns of another up to one of them; prints its id");
  fork->add_option("id", flags->id, "Its id, or the beginning of it")->required();
  fork->add_option("--turn", flags->turn, "Up to this turn (the last)");
  fork->callback(
      [flags, &common, &run] { run = [flags, &common] { return RunFork(common, *flags); }; });

  CLI::App* save = sessions.add_subcommand("export", "A session as JSON, Markdown or its events");
  save->add_option("id", flags->id, "Its id, or the beginning of it")->required();
  save->add_option("--format", flags->format, "json, markdown, or jsonl: the events")
      ->check(CLI::IsMember({"json", "markdown", "jsonl"}))
      ->capture_default_str();
  save->add_option("-o,--output", flags->output, "Into this file instead of stdout");
  save->callback(
      [flags, &common, &run] { run = [flags, &common] { return RunExport(common, *flags); }; });

  CLI::App* remove = sessions.add_subcommand("rm", "Remove sessions with their model states");
  remove->add_option("ids", flags->ids, "Ids, or beginnings of them")->required();
  remove->add_flag("--dry-run", flags->dry_run, "Only say what would go");
  remove->callback(
      [flags, &common, &run] { run = [flags, &common] { return RunRemove(common, *flags); }; });
}

}  // namespace

void AddSessions(CLI::App& app, Common& common, Run& run) {
  CLI::App* sessions = app.add_subcommand("sessions", "Recorded conversations: find, go on, fork");
  sessions->require_subcommand(1);
  AddListAndShow(*sessions, common, run);
  AddSessionsResume(*sessions, common, run);
  AddExportAndRemove(*sessions, common, run);
}

}  // namespace fathom
