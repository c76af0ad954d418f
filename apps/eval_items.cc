// SPDX-License-Identifier: Apache-2.0
#include "apps/eval_items.h"

#include <algorithm>
#include <cctype>

#include "base/files.h"
#include "base/limits.h"
#include "engine/chat/openai_json.h"
#include "rag/detect.h"

namespace fathom {
namespace {

// As BFCL compares: these characters and case make no difference.
std::string Plain(std::string_view text) {
  constexpr std::string_view kIgnored = " ,./-_*^'\"";
  std::string plain;
  for (const char c : text) {
    if (kIgnored.find(c) == std::string_view::npos)
      plain += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return plain;
}

bool ObjectMatches(const Json& accepted, const Json& value, bool loose);

bool ValueMatches(const Json& accepted, const Json& value, bool loose) {
  if (!loose) return accepted == value;
  if (accepted.is_string())
    return value.is_string() && Plain(accepted.as_string()) == Plain(value.as_string());
  if (accepted.is_array()) {
    if (!value.is_array() || value.size() != accepted.size()) return false;
    for (size_t i = 0; i < value.size(); ++i) {
      if (!ValueMatches(accepted.as_array()[i], value.as_array()[i], loose)) return false;
    }
    return true;
  }
  if (accepted.is_object()) return ObjectMatches(accepted, value, loose);
  return accepted == value;
}

bool IsOmissible(const Json& accepted) {
  return accepted.is_array() &&
         std::any_of(accepted.as_array().begin(), accepted.as_array().end(),
                     [](const Json& one) { return one.is_string() && one.as_string().empty(); });
}

bool AnyMatches(const Json& accepted, const Json& value, bool loose) {
  return std::any_of(accepted.as_array().begin(), accepted.as_array().end(),
                     [&](const Json& one) { return ValueMatches(one, value, loose); });
}

// An object whose members are lists of accepted values, as BFCL writes nested arguments.
bool ObjectMatches(const Json& accepted, const Json& value, bool loose) {
  if (!value.is_object()) return false;
  for (const auto& [key, of_key] : accepted.as_object()) {
    const Json* given = value.Find(key);
    if (given == nullptr && !IsOmissible(of_key)) return false;
    if (given == nullptr) continue;
    if (of_key.is_array() ? !AnyMatches(of_key, *given, loose)
                          : !ValueMatches(of_key, *given, loose))
      return false;
  }
  return std::all_of(value.as_object().begin(), value.as_object().end(),
                     [&](const Json::Member& member) { return accepted.Find(member.first); });
}

bool CallMatches(const ExpectedCall& expected, const ToolCall& call, bool loose) {
  const auto arguments = Json::Parse(call.arguments);
  if (expected.name != call.name || !arguments || !arguments->is_object()) return false;
  for (const auto& [key, accepted] : expected.arguments.as_object()) {
    const Json* given = arguments->Find(key);
    const bool optional = std::find(expected.optional.begin(), expected.optional.end(), key) !=
                          expected.optional.end();
    if (given == nullptr && !optional) return false;
    if (given != nullptr && !AnyMatches(accepted, *given, loose)) return false;
  }
  return std::all_of(
      arguments->as_object().begin(), arguments->as_object().end(),
      [&](const Json::Member& member) { return expected.arguments.Find(member.first); });
}

class ItemReader {
 public:
  ItemReader(const Json& json, std::string place) : json_(json), place_(std::move(place)) {}

  Result<EvalItem> Read() {
    EvalItem item;
    item.set = Text(json_, "set");
    const std::string kind = Text(json_, "kind");
    if (kind == "call" || kind == "text") {
      ReadDialog(item);
      item.kind = kind == "call" ? EvalItem::Kind::kCall : EvalItem::Kind::kText;
      kind == "call" ? ReadCalls(item) : ReadContains(item);
    } else if (kind == "quote" || kind == "audit") {
      ReadFiles(item);
      item.kind = kind == "quote" ? EvalItem::Kind::kQuote : EvalItem::Kind::kAudit;
      kind == "quote" ? ReadAsks(item) : ReadWeak(item);
    } else {
      Wrong("\"kind\" must be call, text, quote or audit, not \"" + kind + "\"");
    }
    if (!error_.empty()) return Invalid(error_, place_);
    return item;
  }

 private:
  void Wrong(const std::string& text) {
    if (error_.empty()) error_ = text;
  }

  std::string Text(const Json& json, std::string_view key) {
    const Json* value = json.Find(key);
    if (value != nullptr && value->is_string()) return value->as_string();
    Wrong("\"" + std::string(key) + "\" must be a string");
    return "";
  }

  const Json::Array& List(std::string_view key) {
    static const Json::Array kNone;
    const Json* value = json_.Find(key);
    if (value != nullptr && value->is_array()) return value->as_array();
    Wrong("\"" + std::string(key) + "\" must be an array");
    return kNone;
  }

  void ReadDialog(EvalItem& item) {
    const Json* tools = json_.Find("tools");
    auto messages = MessagesFromOpenAi(Json(List("messages")));
    auto definitions = ToolsFromOpenAi(tools == nullptr ? Json() : *tools);
    if (!messages) return Wrong(messages.error().Text());
    if (!definitions) return Wrong(definitions.error().Text());
    item.messages = std::move(*messages);
    item.tools = std::move(*definitions);
  }

  void ReadCalls(EvalItem& item) {
    const Json* loose = json_.Find("loose");
    item.loose = loose != nullptr && loose->is_bool() && loose->as_bool();
    for (const Json& json : List("calls")) {
      ExpectedCall call{
          .name = Text(json, "name"), .arguments = Json::EmptyObject(), .optional = {}};
      if (const Json* arguments = json.Find("arguments"); arguments && arguments->is_object())
        call.arguments = *arguments;
      for (const auto& [key, accepted] : call.arguments.as_object()) {
        if (!accepted.is_array()) Wrong("argument \"" + key + "\" must list what is accepted");
      }
      if (const Json* optional = json.Find("optional"); optional && optional->is_array()) {
        for (const Json& key : optional->as_array()) {
          if (key.is_string()) call.optional.push_back(key.as_string());
        }
      }
      item.calls.push_back(std::move(call));
    }
  }

  void ReadContains(EvalItem& item) {
    for (const Json& text : List("contains")) {
      if (text.is_string()) item.contains.push_back(text.as_string());
    }
    if (item.contains.empty()) Wrong("\"contains\" must list texts");
    const Json* all = json_.Find("all");
    item.contains_all = all != nullptr && all->is_bool() && all->as_bool();
  }

  void ReadFiles(EvalItem& item) {
    for (const Json& json : List("files")) {
      CorpusFile file;
      file.path = Text(json, "path");
      file.bytes = Text(json, "text");
      file.language = LanguageOf(file.path, file.bytes);
      file.lines = SplitLines(file.bytes);
      item.corpus.bytes += file.bytes.size();
      item.corpus.lines += file.lines.size();
      item.corpus.files.push_back(std::move(file));
    }
  }

  void ReadAsks(EvalItem& item) {
    for (const Json& json : List("asks")) {
      EvalAsk ask{.question = Text(json, "question"), .term = Text(json, "term"), .quote = ""};
      ask.refuse = json.Find("quote") == nullptr;
      if (!ask.refuse) ask.quote = Text(json, "quote");
      item.asks.push_back(std::move(ask));
    }
  }

  std::vector<EvalLine> ReadLines(std::string_view key, bool with_family) {
    std::vector<EvalLine> lines;
    for (const Json& json : List(key)) {
      EvalLine line{.path = Text(json, "path"), .family = with_family ? Text(json, "family") : ""};
      if (const Json* number = json.Find("line"); number && number->is_int())
        line.line = number->as_int();
      lines.push_back(std::move(line));
    }
    return lines;
  }

  void ReadWeak(EvalItem& item) {
    item.weak = ReadLines("weak", true);
    item.open = ReadLines("open", false);
  }

  const Json& json_;
  std::string place_, error_;
};

}  // namespace

bool CallsMatch(const EvalItem& item, const std::vector<ToolCall>& calls) {
  if (calls.size() != item.calls.size()) return false;
  std::vector<bool> used(calls.size());
  for (const ExpectedCall& expected : item.calls) {
    size_t at = 0;
    while (at < calls.size() && (used[at] || !CallMatches(expected, calls[at], item.loose))) ++at;
    if (at == calls.size()) return false;
    used[at] = true;
  }
  return true;
}

Result<std::vector<EvalItem>> ReadEvalItems(const std::string& path) {
  auto text = ReadFile(path, kJsonBytesMax);
  if (!text) return text.error();
  std::vector<EvalItem> items;
  std::string_view rest = *text;
  for (size_t number = 1; !rest.empty(); ++number) {
    const size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.empty()) continue;
    const std::string place = path + ":" + std::to_string(number);
    auto json = Json::Parse(line);
    if (!json) return Error{json.error().code, json.error().Text(), place};
    auto item = ItemReader(*json, place).Read();
    if (!item) return item.error();
    items.push_back(std::move(*item));
  }
  return items;
}

}  // namespace fathom
