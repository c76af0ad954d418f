// SPDX-License-Identifier: Apache-2.0
#include "engine/chat/parse_command.h"

#include <istream>
#include <ostream>
#include <string>

#include "engine/chat/openai_json.h"
#include "engine/chat/tool_call_parser.h"

namespace fathom {
namespace {

struct ParseRequest {
  Json id;
  std::vector<std::string> chunks;
  FinishReason finish = FinishReason::kEos;
};

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

Result<std::string> BytesOfHex(const Json& hex) {
  const Error bad = Invalid("chunks_hex: expected strings of two hex digits a byte");
  if (!hex.is_string() || hex.as_string().size() % 2 != 0) return bad;
  std::string bytes;
  for (size_t i = 0; i < hex.as_string().size(); i += 2) {
    const int high = HexDigit(hex.as_string()[i]), low = HexDigit(hex.as_string()[i + 1]);
    if (high < 0 || low < 0) return bad;
    bytes.push_back(static_cast<char>(high * 16 + low));
  }
  return bytes;
}

Result<ParseRequest> ReadRequest(const std::string& line) {
  const auto json = Json::Parse(line);
  if (!json) return json.error();
  ParseRequest request;
  const Json* chunks = json->Find("chunks_hex");
  if (chunks == nullptr || !chunks->is_array()) return Invalid("chunks_hex: expected an array");
  for (const Json& hex : chunks->as_array()) {
    auto bytes = BytesOfHex(hex);
    if (!bytes) return bytes.error();
    request.chunks.push_back(std::move(*bytes));
  }
  if (const Json* id = json->Find("id"); id != nullptr) request.id = *id;
  if (const Json* finish = json->Find("finish"); finish != nullptr && !finish->is_null()) {
    if (*finish == Json("length")) {
      request.finish = FinishReason::kLength;
    } else if (!(*finish == Json("stop"))) {
      return Invalid("finish: expected \"stop\" or \"length\", found " +
                     finish->Dump().substr(0, 80));
    }
  }
  // The parser needs no tools (tool_call_parser.h says why); a malformed list is an error all the
  // same.
  if (const Json* tools = json->Find("tools"); tools != nullptr) {
    if (const auto read = ToolsFromOpenAi(*tools); !read) return read.error();
  }
  return request;
}

void AppendText(Json* object, std::string_view key, const std::string& text) {
  const Json* before = object->Find(key);
  object->Set(key, (before == nullptr ? "" : before->as_string()) + text);
}

void MoveContentToReasoning(Json* step) {
  const Json* content = step->Find("content");
  if (content == nullptr) return;
  step->Set("reasoning", *content);
  std::erase_if(step->as_object(),
                [](const Json::Member& member) { return member.first == "content"; });
}

Json StepOf(const std::vector<ParseDelta>& deltas) {
  Json step = Json::EmptyObject();
  Json calls = Json::EmptyArray();
  for (const ParseDelta& delta : deltas) {
    const auto call = [&]() -> Json& {
      if (calls.size() == 0 || !(*calls.as_array().back().Find("index") == Json(delta.index))) {
        calls.Push(Json(Json::Object{{"index", delta.index}}));
      }
      return calls.as_array().back();
    };
    switch (delta.kind) {
      case ParseDelta::Kind::kContent:
        AppendText(&step, "content", delta.text);
        break;
      case ParseDelta::Kind::kThinking:
        AppendText(&step, "reasoning", delta.text);
        break;
      case ParseDelta::Kind::kCallBegin:
        call().Set("id", delta.id);
        call().Set("name", delta.text);
        break;
      case ParseDelta::Kind::kArguments:
        AppendText(&call(), "arguments", delta.text);
        break;
      case ParseDelta::Kind::kCallDropped:
        call().Set("dropped", true);
        break;
      case ParseDelta::Kind::kWasThinking:
        step.Set("content_was_reasoning", true);
        MoveContentToReasoning(&step);
        break;
    }
  }
  if (calls.size() > 0) step.Set("calls", std::move(calls));
  return step;
}

Json Answer(const ParseRequest& request, const ParseCommandOptions& options) {
  StreamParser parser;
  Json steps = Json::EmptyArray();
  for (const std::string& chunk : request.chunks) steps.Push(StepOf(parser.Feed(chunk)));
  steps.Push(StepOf(parser.Finish(request.finish)));

  const ParsedMessage& message = parser.message();
  Json calls = Json::EmptyArray();
  for (const ToolCall& call : message.calls) {
    calls.Push(
        Json(Json::Object{{"id", call.id}, {"name", call.name}, {"arguments", call.arguments}}));
  }
  Json answer = Json::EmptyObject();
  answer.Set("id", request.id);
  answer.Set("content", message.content.empty() ? Json() : Json(message.content));
  answer.Set("reasoning", message.thinking.empty() ? Json() : Json(message.thinking));
  answer.Set("calls", std::move(calls));
  if (options.events) answer.Set("steps", std::move(steps));
  return answer;
}

}  // namespace

int RunParseCommand(const ParseCommandOptions& options, std::istream& in, std::ostream& out,
                    std::ostream& err) {
  std::string line;
  for (size_t number = 1; std::getline(in, line); ++number) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    const auto request = ReadRequest(line);
    if (!request) {
      err << "line " << number << ": " << request.error().Text() << "\n";
      return 2;
    }
    out << Answer(*request, options).Dump() << "\n";
  }
  return 0;
}

}  // namespace fathom
