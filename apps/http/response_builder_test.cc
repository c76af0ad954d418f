// SPDX-License-Identifier: Apache-2.0
// On replies that no small model gives on demand: thinking, text on both sides of a call, calls
// that break off.
#include "apps/http/response_builder.h"

#include <gtest/gtest.h>

#include <map>

#include "apps/http/responses_items.h"
#include "engine/chat/openai_json.h"
#include "engine/chat/tool_call_parser.h"

namespace fathom::http {
namespace {

struct Built {
  Json response;
  std::vector<Json> events;
};

// What the model wrote, in pieces of `piece` bytes.
Built Build(const std::string& text, size_t piece) {
  Built built;
  ResponseBuilder builder(
      {.response = Json::EmptyObject(), .emit = [&](std::string_view, const Json& event) {
         built.events.push_back(event);
         return true;
       }});
  StreamParser parser({.id_seed = 1});
  const auto take = [&](const std::vector<ParseDelta>& deltas) {
    for (const ParseDelta& delta : deltas) EXPECT_TRUE(builder.Take(delta));
  };
  for (size_t at = 0; at < text.size(); at += piece) take(parser.Feed(text.substr(at, piece)));
  take(parser.Finish(FinishReason::kEos));
  ChatReply reply;
  reply.message.content = parser.message().content;
  reply.message.tool_calls = parser.message().calls;
  reply.thinking = parser.message().thinking;
  built.response = builder.Finish(reply, Json());
  return built;
}

std::string TextAt(const Json& json, std::string_view key) {
  const Json* value = json.Find(key);
  return value && value->is_string() ? value->as_string() : "";
}

// "type text", one an item; of a call "type name arguments".
std::vector<std::string> Items(const Json& response) {
  std::vector<std::string> items;
  for (const Json& item : response.Find("output")->as_array()) {
    std::string text = TextAt(item, "type") + " ";
    if (const Json* content = item.Find("content"))
      text += TextAt(content->as_array().at(0), "text");
    else
      text += TextAt(item, "name") + " " + TextAt(item, "arguments");
    items.push_back(text);
  }
  return items;
}

// The deltas of each item that ended are its text.
void ExpectDeltasAre(const Built& built) {
  std::map<std::string, std::string> texts;
  for (const Json& event : built.events) texts[TextAt(event, "item_id")] += TextAt(event, "delta");
  for (const Json& item : built.response.Find("output")->as_array()) {
    const Json* content = item.Find("content");
    const std::string whole =
        content ? TextAt(content->as_array().at(0), "text") : TextAt(item, "arguments");
    EXPECT_EQ(texts[TextAt(item, "id")], whole);
  }
}

constexpr const char* kCall = "{\"name\": \"read\", \"arguments\": {\"path\": \"a\"}}\n";

TEST(ResponseBuilder, ItemsFollowWhatTheModelWroteInAnyPieces) {
  const std::string text = std::string("<think>hm, \n</think>\n\nLook:\n<tool_calls>\n") + kCall +
                           kCall + "</tool_calls>\nThen this.";
  for (const size_t piece : {size_t{1}, size_t{7}, text.size()}) {
    const Built built = Build(text, piece);
    const std::vector<std::string> expected = {"reasoning hm,", "message Look:\n\nThen this.",
                                               "function_call read {\"path\": \"a\"}",
                                               "function_call read {\"path\": \"a\"}"};
    EXPECT_EQ(Items(built.response), expected) << piece;
    EXPECT_EQ(TextAt(built.response, "status"), "completed");
    ExpectDeltasAre(built);
    for (size_t i = 0; i < built.events.size(); ++i)
      EXPECT_EQ(built.events[i].Find("sequence_number")->as_int(), static_cast<int64_t>(i));
  }
}

TEST(ResponseBuilder, ACallThatBreaksOffIsNoItemAndNeverEnds) {
  const std::string text =
      std::string("<tool_calls>\n{\"name\": \"read\", \"arguments\": {\"p\": ]\n") + kCall +
      "</tool_calls>";
  for (const size_t piece : {size_t{1}, text.size()}) {
    const Built built = Build(text, piece);
    EXPECT_EQ(Items(built.response).size(), 1u) << piece;
    size_t ended = 0;
    for (const Json& event : built.events)
      ended += TextAt(event, "type") == "response.output_item.done";
    EXPECT_EQ(ended, 1u) << piece;
  }
}

TEST(ResponseItems, ComeBackAsTheMessageTheyWereMadeOf) {
  Message message{.role = Role::kAssistant,
                  .content = "Look:",
                  .tool_calls = {{"call_1", "read", "{}"}, {"call_2", "read", "{\"a\": 1}"}}};
  const Json given = MessageToOpenAi(message);
  const auto item = [](std::string_view id, std::string_view arguments) {
    return Json(Json::Object{
        {"type", "function_call"}, {"call_id", id}, {"name", "read"}, {"arguments", arguments}});
  };
  const Json text(Json::Object{
      {"type", "message"},
      {"role", "assistant"},
      {"content",
       Json(Json::Array{Json(Json::Object{{"type", "output_text"}, {"text", "Look:"}})})}});
  const Json first = item("call_1", "{}"), second = item("call_2", "{\"a\": 1}");
  for (const Json::Array& order : {Json::Array{text, first, second}, {first, text, second}}) {
    Json messages = Json::EmptyArray();
    std::vector<std::string> left_out;
    ASSERT_TRUE(AddItems(order, &messages, &left_out).ok());
    EXPECT_EQ(messages.Dump(), Json(Json::Array{given}).Dump());
    EXPECT_TRUE(left_out.empty());
  }
}

}  // namespace
}  // namespace fathom::http
