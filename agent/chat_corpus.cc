// SPDX-License-Identifier: Apache-2.0
#include "agent/chat_corpus.h"

#include <algorithm>
#include <cstdio>

#include "agent/chat_pack.h"
#include "base/json_schema.h"

namespace fathom {
namespace {

constexpr size_t kCitationsMax = 16;
constexpr size_t kFindingsMax = 64;
constexpr size_t kQuoteCharactersMax = 400;
constexpr size_t kAnswerCharactersMax = 2'000;

// `is_held`: the server decodes within the schema, where a text without end would run to the limit.
// Others may refuse the keyword.
Json TextSchema(size_t characters_max, bool is_held) {
  Json schema(Json::Object{{"type", "string"}});
  if (is_held) schema.Set("maxLength", characters_max);
  return schema;
}

Json ObjectSchema(Json::Object properties) {
  Json required = Json::EmptyArray();
  for (const auto& [name, schema] : properties) required.Push(name);
  return Json(Json::Object{{"type", "object"},
                           {"properties", Json(std::move(properties))},
                           {"required", std::move(required)},
                           {"additionalProperties", false}});
}

Json ListSchema(Json items, size_t items_max, bool is_held) {
  Json schema(Json::Object{{"type", "array"}, {"items", std::move(items)}});
  if (is_held) schema.Set("maxItems", items_max);
  return schema;
}

Json::Object PlaceProperties(bool is_held) {
  return {{"path", TextSchema(kQuoteCharactersMax, is_held)},
          {"line", Json(Json::Object{{"type", "integer"}})},
          {"quote", TextSchema(kQuoteCharactersMax, is_held)}};
}

Json AnswerSchema(bool is_held) {
  return ObjectSchema(
      {{"found", Json(Json::Object{{"type", "boolean"}})},
       {"citations", ListSchema(ObjectSchema(PlaceProperties(is_held)), kCitationsMax, is_held)},
       {"answer", TextSchema(kAnswerCharactersMax, is_held)}});
}

// What a model may say of a line that it was shown, and what that is worth beside the confidences
// that it gives itself.
constexpr std::pair<std::string_view, double> kVerdicts[] = {
    {"yes", 0.9}, {"unsure", 0.5}, {"no", 0.0}};

Json FindingsSchema(const std::vector<size_t>& sites, bool is_held) {
  Json::Object properties;
  if (!sites.empty()) {
    Json words = Json::EmptyArray();
    for (const auto& [word, confidence] : kVerdicts) words.Push(word);
    Json::Object verdicts;
    for (const size_t site : sites) {
      verdicts.emplace_back(std::to_string(site),
                            Json(Json::Object{{"type", "string"}, {"enum", words}}));
    }
    properties.emplace_back("verdicts", ObjectSchema(std::move(verdicts)));
  }
  Json::Object entry = PlaceProperties(is_held);
  entry.emplace_back("confidence", Json(Json::Object{{"type", "number"}}));
  properties.emplace_back("findings",
                          ListSchema(ObjectSchema(std::move(entry)), kFindingsMax, is_held));
  return ObjectSchema(std::move(properties));
}

std::string SitesForm(const std::vector<size_t>& sites) {
  if (sites.empty()) return "";
  std::string text = "\nFirst judge each of these lines, under \"verdicts\": yes, unsure or no:";
  for (const size_t site : sites) text += " #" + std::to_string(site);
  return text + ".";
}

constexpr std::string_view kAnswerForm =
    "\nAnswer with one JSON object: \"found\" (whether the corpus says it), \"citations\" (for "
    "each "
    "line that says it the \"path\" in the heading `== path` above it, the \"line\": the number "
    "after # at its end, and the \"quote\": its text without that number, unchanged), \"answer\" "
    "(short, in words of the corpus).";

constexpr std::string_view kFindingsForm =
    "\nPut the array into one JSON object, {\"findings\": [...]}, and give each entry also the "
    "\"path\" in the heading `== path` above the line.";

// To whoever asked about a corpus, a refused request or an answer out of form is the server's
// failure.
Error Failed(Error error) {
  if (error.code == Code::kInvalid || error.code == Code::kLimit) error.code = Code::kUnavailable;
  return error;
}

void Add(const ChatUsage& usage, ChatUsage& sum) {
  sum.prompt += usage.prompt;
  sum.cached += usage.cached;
  sum.prefilled += usage.prefilled;
  sum.thinking += usage.thinking;
  sum.output += usage.output;
  sum.seconds += usage.seconds;
  sum.is_estimate = sum.is_estimate || usage.is_estimate;
}

}  // namespace

Result<std::unique_ptr<ChatCorpus>> ChatCorpus::Open(ChatModel& model, const std::string& path,
                                                     const ChatCorpusOptions& options) {
  auto corpus = ReadCorpus(path, {.cancel = options.cancel});
  if (!corpus) return corpus.error();
  return Of(model, std::move(*corpus), options);
}

Result<std::unique_ptr<ChatCorpus>> ChatCorpus::Of(ChatModel& model, Corpus corpus,
                                                   const ChatCorpusOptions& options) {
  std::unique_ptr<ChatCorpus> opened(new ChatCorpus(model, options));
  auto packed = PackForChat(model.profile(), corpus);
  if (!packed) return packed.error();
  opened->reading_.corpus = std::move(corpus);
  opened->reading_.pack = std::move(packed->pack);
  opened->texts_ = std::move(packed->texts);
  for (size_t i = 0; i < opened->texts_.size(); ++i)
    opened->reading_.windows.push_back({.done = true});
  return opened;
}

ChatRequest ChatCorpus::RequestFor(const Question& question) const {
  ChatRequest request{.tool_choice = CallChoice::kNone,
                      .response_schema = question.schema,
                      .thinking_tokens_max = question.thinking_tokens};
  const std::string& system = model_.profile().system_text;
  if (!system.empty()) request.messages.push_back({.role = Role::kSystem, .content = system});
  request.messages.push_back(
      {.role = Role::kUser, .content = texts_[question.window] + "\n" + question.text});
  return request;
}

Status ChatCorpus::CheckLimits(size_t prompt_tokens, size_t output_tokens) const {
  if (options_.tokens_max &&
      spent_.prefilled + spent_.output + prompt_tokens + output_tokens > *options_.tokens_max) {
    return Error{Code::kLimit,
                 "the next question may take " + std::to_string(prompt_tokens + output_tokens) +
                     " tokens, and of the limit of " + std::to_string(*options_.tokens_max) + " " +
                     std::to_string(spent_.prefilled + spent_.output) + " are used"};
  }
  const double dollars =
      DollarsOf({.prompt = prompt_tokens, .prefilled = prompt_tokens, .output = output_tokens},
                model_.profile().prices);
  if (options_.dollars_max && DollarsSpent() + dollars > *options_.dollars_max) {
    char text[160];
    std::snprintf(text, sizeof text,
                  "the next question may cost $%.4f, and of the limit of $%.4f $%.4f are used",
                  dollars, *options_.dollars_max, DollarsSpent());
    return Error{Code::kLimit, text};
  }
  return OkStatus();
}

Result<Json> ChatCorpus::Put(const Question& question) {
  const Profile& profile = model_.profile();
  const ChatRequest request = RequestFor(question);
  size_t bytes = question.schema.Dump().size();
  for (const Message& message : request.messages) bytes += message.content.size();
  size_t output = profile.output_tokens_max;
  if (profile.thinking.supported)
    output += question.thinking_tokens.value_or(profile.thinking.tokens_default);
  if (Status fits = CheckLimits(ChatTokensOf(bytes), output); !fits) {
    met_limit_ = true;
    return fits.error();
  }
  ++requests_;
  auto reply = model_.Chat(request, {}, {.cancel = options_.cancel});
  if (!reply) {
    // Something may have been computed and nobody counted it.
    if (reply.error().code == Code::kInvalid)
      Spend({.prompt = ChatTokensOf(bytes), .prefilled = ChatTokensOf(bytes), .is_estimate = true});
    return reply.error();
  }
  Spend(reply->usage);
  if (reply->finish == ChatFinish::kCancelled) return Error{Code::kCancelled, "stopped"};
  if (reply->finish == ChatFinish::kLength) {
    return Invalid("the model's answer was cut off at " + std::to_string(output) +
                       " tokens; raise output_tokens_max in the profile",
                   profile.endpoint);
  }
  auto json = Json::Parse(reply->message.content);
  if (!json) return Invalid("the model's answer is no JSON: " + json.error().message);
  auto schema = JsonSchema::Compile(question.schema);
  if (!schema) return schema.error();
  if (Status fits = schema->Check(*json); !fits)
    return Invalid("the model's answer is not of the form asked for: " + fits.error().Text());
  return json;
}

void ChatCorpus::Spend(const ChatUsage& usage) {
  Add(usage, spent_);
  Add(usage, untaken_);
}

ChatUsage ChatCorpus::TakeUsage() {
  return std::exchange(untaken_, {});
}

double ChatCorpus::DollarsSpent() const {
  return DollarsOf(spent_, model_.profile().prices);
}

// Path and number must agree, else the path alone is claimed: the quote may stand anywhere in it.
Claim ChatCorpus::ClaimOf(const Json& citation, const Window& window) const {
  Claim claim{.quote = citation.Find("quote")->as_string(),
              .path = citation.Find("path")->as_string()};
  const int64_t number = citation.Find("line")->as_int();
  if (number < 1 || static_cast<size_t>(number) > window.lines.size()) return claim;
  const PackedLine& packed = window.lines[static_cast<size_t>(number) - 1];
  if (reading_.corpus.files[packed.file].path != claim.path) return claim;
  claim.start = claim.end = packed.line + 1;
  return claim;
}

Result<Answer> ChatCorpus::Ask(const AskOptions& options) {
  const Json schema = AnswerSchema(model_.profile().remote.constrains);
  Answer answer{.asked = options.question};
  const ChatUsage before = spent_;
  std::string unconfirmed;
  for (size_t w = 0; w < reading_.pack.windows.size(); ++w) {
    auto json = Put({.window = w,
                     .text = options.question + std::string(kAnswerForm),
                     .schema = schema,
                     .thinking_tokens = options.thinking_tokens});
    if (!json) return met_limit_ ? json.error() : Failed(json.error());
    if (!json->Find("found")->as_bool()) continue;
    const std::string text = WithoutSuffixes(json->Find("answer")->as_string());
    bool stands = false;
    for (const Json& cited : json->Find("citations")->as_array()) {
      Citation citation = CheckCitation(reading_.corpus, ClaimOf(cited, reading_.pack.windows[w]));
      stands = stands || citation.Stands();
      (citation.Stands() ? answer.citations : answer.dropped).push_back(std::move(citation));
    }
    std::string& into = stands ? answer.text : unconfirmed;
    into += (into.empty() ? "" : "\n") + text;
  }
  if (answer.text.empty()) answer.text = std::move(unconfirmed);
  answer.refused = answer.text.empty() && answer.citations.empty();
  PointToNearest(reading_.corpus, options.question, answer);
  answer.usage = {.prompt = spent_.prompt - before.prompt,
                  .cached = spent_.cached - before.cached,
                  .prefilled = spent_.prefilled - before.prefilled,
                  .thinking = spent_.thinking - before.thinking,
                  .output = spent_.output - before.output,
                  .seconds = spent_.seconds - before.seconds};
  return answer;
}

// The entries of an answer, those that its verdicts stand for first: a line's own text is the
// quote.
Json ChatCorpus::Proposed(const Json& answer, const FamilyAsking& asking) const {
  Json entries = Json::EmptyArray();
  for (const size_t site : asking.sites) {
    const std::string& word = answer.Find("verdicts")->Find(std::to_string(site))->as_string();
    const auto verdict = std::find_if(std::begin(kVerdicts), std::end(kVerdicts),
                                      [&](const auto& known) { return known.first == word; });
    if (verdict->second == 0) continue;
    const PackedLine& packed = reading_.pack.windows[asking.window].lines[site - 1];
    const CorpusFile& file = reading_.corpus.files[packed.file];
    entries.Push(Json(Json::Object{{"path", file.path},
                                   {"line", site},
                                   {"quote", file.Line(packed.line)},
                                   {"confidence", verdict->second}}));
  }
  for (const Json& entry : answer.Find("findings")->as_array()) entries.Push(entry);
  return entries;
}

Result<AuditReport> ChatCorpus::Audit(AuditOptions options) {
  Profile profile = model_.profile();
  profile.verdicts.reset();  // nobody reads scores elsewhere
  const AuditProfile audit = AuditProfileOf(profile);
  const ChatUsage before = spent_;
  const size_t requests_before = requests_;
  size_t unusable = 0;
  std::optional<Error> last;
  std::string limit;
  const auto ask = [&](const FamilyAsking& family) -> Result<std::string> {
    const Json schema = FindingsSchema(family.sites, profile.remote.constrains);
    auto json = Put({.window = family.window,
                     .text = family.question + std::string(kFindingsForm) + SitesForm(family.sites),
                     .schema = schema});
    if (json) return Proposed(*json, family).Dump();
    if (met_limit_) {
      limit = json.error().message;
      return Error{Code::kCancelled, limit};
    }
    if (json.error().code != Code::kInvalid) return Failed(json.error());
    ++unusable;
    last = json.error();
    return std::string();  // no answer: counted as dropped
  };
  auto report = RunAudit({.reading = reading_,
                          .profile = audit,
                          .options = std::move(options),
                          .ask = ask,
                          .asks_all_windows = true,
                          .names_sites = true});
  if (!report) return report;
  const size_t requests = requests_ - requests_before;
  if (unusable > 0 && unusable == requests) return Failed(*last);
  if (unusable > 0) {
    report->notes.push_back({.text = std::to_string(unusable) + " of " + std::to_string(requests) +
                                     " answers were not of the form asked for, so nothing was "
                                     "judged by them; the last: " +
                                     last->message});
  }
  if (!limit.empty()) report->notes.push_back({.text = "stopped by a limit: " + limit});
  AuditNumbers& numbers = report->numbers;
  numbers.questions = requests;
  numbers.asked_prompt = spent_.prompt - before.prompt;
  numbers.asked_cached = spent_.cached - before.cached;
  numbers.asked_output = spent_.output - before.output;
  numbers.asked_dollars = DollarsSpent() - DollarsOf(before, profile.prices);
  numbers.prefilled = spent_.prefilled - before.prefilled;
  return report;
}

}  // namespace fathom
