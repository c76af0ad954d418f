// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>

#include "agent/chat_corpus.h"
#include "apps/evaluation.h"

namespace fathom {
namespace {

constexpr size_t kUnansweredInARowMax = 5;

// A quote's text and line number, of "text #12".
struct Place {
  std::string text;
  size_t line = 0;
};

Place PlaceOf(const std::string& quote) {
  Place place{.text = quote};
  const size_t mark = quote.rfind(" #");
  if (mark == std::string::npos) return place;
  const char* end = quote.data() + quote.size();
  if (std::from_chars(quote.data() + mark + 2, end, place.line).ptr == end)
    place.text = quote.substr(0, mark);
  return place;
}

class AtServer : public Evaluation {
 public:
  AtServer(ChatModel& chat, const ServerLimits& limits) : Evaluation(chat), limits_(limits) {}

 private:
  double DollarsSpent() const { return DollarsOf(spent(), chat_.profile().prices); }

  Status CheckLimits() const override {
    if (limits_.tokens_max && spent().prefilled + spent().output >= *limits_.tokens_max)
      return Error{Code::kLimit, "the limit of " + std::to_string(*limits_.tokens_max) +
                                     " computed tokens is used up"};
    if (limits_.dollars_max && DollarsSpent() >= *limits_.dollars_max)
      return Error{Code::kLimit, "the limit in dollars is used up"};
    return OkStatus();
  }

  Result<std::unique_ptr<ChatCorpus>> Open(const Corpus& corpus) {
    ChatCorpusOptions options{.cancel = Interrupted()};
    if (limits_.tokens_max)
      options.tokens_max = *limits_.tokens_max - (spent().prefilled + spent().output);
    if (limits_.dollars_max) options.dollars_max = *limits_.dollars_max - DollarsSpent();
    return ChatCorpus::Of(chat_, corpus, options);
  }

  Status AddQuotes(const EvalItem& item, SetScore& score) override {
    if (Status status = CheckLimits(); !status) return status;
    auto corpus = Open(item.corpus);
    if (!corpus) return corpus.error();
    for (const EvalAsk& ask : item.asks) {
      auto answer = (*corpus)->Ask({.question = ask.question, .cancel = Interrupted()});
      Count((*corpus)->TakeUsage(), score);
      if (!answer && (*corpus)->met_limit()) return answer.error();
      if (answer) {
        AddAnswer(item.corpus, ask, *answer, score);
      } else if (Status status = OneUnanswered(score, ask.question, answer.error()); !status) {
        return status;
      }
    }
    return OkStatus();
  }

  void AddAnswer(const Corpus& corpus, const EvalAsk& ask, const Answer& answer, SetScore& score) {
    const Place wanted = PlaceOf(ask.quote);
    const auto is_wanted = [&](const Citation& citation) {
      const auto file =
          std::find_if(corpus.files.begin(), corpus.files.end(),
                       [&](const CorpusFile& one) { return one.path == citation.path; });
      return file != corpus.files.end() && wanted.line > 0 && wanted.line >= citation.start &&
             wanted.line <= citation.end &&
             file->Line(static_cast<uint32_t>(wanted.line - 1)).find(wanted.text) !=
                 std::string_view::npos;
    };
    const bool right = ask.refuse ? answer.refused
                                  : std::any_of(answer.citations.begin(), answer.citations.end(),
                                                is_wanted);
    Answered();
    ++score.count;
    score.right += right;
    if (!right) Fail(score, ask.question, answer.refused ? "<none>" : answer.text);
  }

  Status AddAudit(const EvalItem& item, SetScore& score) override {
    if (Status status = CheckLimits(); !status) return status;
    auto corpus = Open(item.corpus);
    if (!corpus) return corpus.error();
    auto report = (*corpus)->Audit({.cancel = Interrupted()});
    Count((*corpus)->TakeUsage(), score);
    if ((*corpus)->met_limit()) return Error{Code::kLimit, "a limit was met within an audit"};
    if (report && report->partial) return Error{Code::kCancelled, "stopped within an audit"};
    if (!report) {
      // Nothing was found: what is weak was missed.
      for (const EvalLine& weak : item.weak) ++score.families[weak.family].missed;
      return OneUnanswered(score, "an audit", report.error());
    }
    Answered();
    score.count += item.corpus.lines;
    score.right += LinesRight(item, *report, score);
    return OkStatus();
  }

  // Lines with the right verdict.
  size_t LinesRight(const EvalItem& item, const AuditReport& report, SetScore& score) {
    size_t wrong = 0;
    std::vector<bool> used(report.findings.size());
    const auto covers = [&](size_t i, const EvalLine& line) {
      const FindingPlace& place = report.findings[i].place;
      const auto number = static_cast<size_t>(line.line);
      return report.findings[i].state == FindingState::kShown && place.path == line.path &&
             place.start <= number && number <= place.end;
    };
    for (const EvalLine& weak : item.weak) {
      bool found = false;
      for (size_t i = 0; i < used.size(); ++i) {
        if (!covers(i, weak)) continue;
        used[i] = true;
        found |= report.findings[i].family == weak.family;
      }
      ++(found ? score.families[weak.family].found : score.families[weak.family].missed);
      wrong += !found;
      if (!found) Fail(score, weak.path + ":" + std::to_string(weak.line), "");
    }
    for (size_t i = 0; i < used.size(); ++i) {
      const Finding& finding = report.findings[i];
      const bool open = std::any_of(item.open.begin(), item.open.end(),
                                    [&](const EvalLine& line) { return covers(i, line); });
      if (finding.state != FindingState::kShown || used[i] || open) continue;
      ++score.families[finding.family].false_alarms;
      ++wrong;
      Fail(score, finding.place.path + ":" + std::to_string(finding.place.start), finding.family);
    }
    return item.corpus.lines - std::min(item.corpus.lines, wrong);
  }

  // A server that never answered is unreachable, or refuses all of it.
  Status Unanswered(SetScore& score, const std::string& asked, const Error& error) override {
    return has_answered_ ? OneUnanswered(score, asked, error) : Status(error);
  }

  Status OneUnanswered(SetScore& score, const std::string& asked, const Error& error) {
    if (error.code == Code::kPolicyDenied || error.code == Code::kCancelled) return error;
    if (++unanswered_in_a_row_ > kUnansweredInARowMax) return error;
    CountUnanswered(score, asked, error);
    return OkStatus();
  }

  void Answered() override {
    has_answered_ = true;
    unanswered_in_a_row_ = 0;
  }

  void Count(const ChatUsage& usage, SetScore& score) {
    Spend(usage);
    score.speed.read += usage.prefilled;
    score.speed.written += usage.output;
    score.speed.answer_seconds += usage.seconds;
    ++score.speed.answers;
  }

  ServerLimits limits_;
  bool has_answered_ = false;
  size_t unanswered_in_a_row_ = 0;
};

}  // namespace

std::unique_ptr<Evaluation> EvaluationAtServer(ChatModel& chat, const ServerLimits& limits) {
  return std::make_unique<AtServer>(chat, limits);
}

}  // namespace fathom
