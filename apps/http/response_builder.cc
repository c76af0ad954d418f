// SPDX-License-Identifier: Apache-2.0
#include "apps/http/response_builder.h"

#include <algorithm>

#include "apps/http/openai_common.h"

namespace fathom::http {

bool ResponseBuilder::Begin() {
  if (begun_) return true;
  begun_ = true;
  options_.response.Set("output", Json::EmptyArray());
  options_.response.Set("usage", Json());
  return SendResponse("response.created", "in_progress") &&
         SendResponse("response.in_progress", "in_progress");
}

bool ResponseBuilder::Take(const ParseDelta& delta) {
  if (!Begin()) return false;
  switch (delta.kind) {
    case ParseDelta::Kind::kThinking:
      said_.FollowsTag();
      return Text(Kind::kReasoning, delta.text);
    case ParseDelta::Kind::kContent: {
      const std::string sure = said_.Next(delta.text);
      return sure.empty() || Text(Kind::kMessage, sure);
    }
    case ParseDelta::Kind::kCallBegin:
      return BeginCall(delta);
    case ParseDelta::Kind::kArguments:
      return MoreArguments(delta);
    case ParseDelta::Kind::kCallDropped:
      if (Item* call = FindCall(delta.index)) call->dropped = true;
      return true;
    case ParseDelta::Kind::kWasThinking:  // the end of the message says what holds
      said_ = {};
      return true;
  }
  return true;
}

Json ResponseBuilder::Finish(const ChatReply& reply, Json logprobs) {
  Begin();
  const std::string rest = said_.Rest(reply.message.content);
  if (!rest.empty()) Text(Kind::kMessage, rest);
  if (logprobs.is_null()) logprobs = Json::EmptyArray();
  CloseAllButMessage();
  Json output = Json::EmptyArray();
  for (Item& item : items_) {
    if (item.kind == Kind::kMessage) {
      item.text = reply.message.content;
      Close(item, logprobs);
    }
    if (!item.dropped) output.Push(ItemJson(item, true, logprobs));
  }
  options_.response.Set("output", std::move(output));
  WarnOfToolsNotShown(reply);
  options_.response.Set("usage", ResponseUsageJson(UsageOf(reply.usage)));
  const bool is_whole = reply.finish != ChatFinish::kLength;
  if (!is_whole) {
    options_.response.Set("incomplete_details",
                          Json(Json::Object{{"reason", "max_output_tokens"}}));
  }
  const std::string_view status = is_whole ? "completed" : "incomplete";
  options_.response.Set("status", status);
  if (options_.finished) options_.finished(options_.response);
  SendResponse(is_whole ? "response.completed" : "response.incomplete", status);
  return std::move(options_.response);
}

void ResponseBuilder::WarnOfToolsNotShown(const ChatReply& reply) {
  if (reply.tools_not_shown.empty()) return;
  const Json* before = options_.response.Find("warnings");
  Json warnings = before ? *before : Json::EmptyArray();
  for (const std::string& name : reply.tools_not_shown)
    warnings.Push("tool " + name + ": shares too little with the request, not shown to the model");
  options_.response.Set("warnings", std::move(warnings));
}

void ResponseBuilder::Fail(const HttpError& error) {
  options_.response.Set(
      "error", Json(Json::Object{{"code", error.code.empty() ? "server_error" : error.code},
                                 {"message", error.message}}));
  SendResponse("response.failed", "failed");
}

bool ResponseBuilder::Send(std::string_view type, Json event) {
  if (!options_.emit) return true;
  event.Set("type", type);
  event.Set("sequence_number", events_++);
  return options_.emit(type, event);
}

bool ResponseBuilder::SendResponse(std::string_view type, std::string_view status) {
  options_.response.Set("status", status);
  return Send(type, Json(Json::Object{{"response", options_.response}}));
}

bool ResponseBuilder::SendOf(const Item& item, std::string_view type, Json::Object more) {
  Json event = Json(Json::Object{{"item_id", item.id},
                                 {"output_index", static_cast<size_t>(&item - items_.data())}});
  if (item.kind != Kind::kCall) event.Set("content_index", 0);
  for (auto& [key, value] : more) event.Set(key, std::move(value));
  return Send(type, std::move(event));
}

ResponseBuilder::Item* ResponseBuilder::FindCall(size_t index) {
  const auto found = std::find_if(items_.begin(), items_.end(), [&](const Item& item) {
    return item.kind == Kind::kCall && item.call == index;
  });
  return found == items_.end() ? nullptr : &*found;
}

bool ResponseBuilder::Open(Item item) {
  if (!CloseAllButMessage()) return false;
  items_.push_back(std::move(item));
  const Item& last = items_.back();
  const Json none = Json::EmptyArray();
  if (!Send("response.output_item.added",
            Json(Json::Object{{"output_index", items_.size() - 1},
                              {"item", ItemJson(last, false, none)}})))
    return false;
  if (last.kind == Kind::kCall) return true;
  return SendOf(last, "response.content_part.added", {{"part", PartJson(last, "", none)}});
}

bool ResponseBuilder::Close(Item& item, const Json& logprobs) {
  if (!item.open || item.dropped) return true;
  item.open = false;
  bool read = true;
  if (item.kind == Kind::kCall) {
    read = SendOf(item, "response.function_call_arguments.done",
                  {{"name", item.name}, {"arguments", item.text}});
  } else if (item.kind == Kind::kReasoning) {
    read = SendOf(item, "response.reasoning_text.done", {{"text", item.text}});
  } else {
    read = SendOf(item, "response.output_text.done", {{"text", item.text}, {"logprobs", logprobs}});
  }
  if (item.kind != Kind::kCall) {
    read = read && SendOf(item, "response.content_part.done",
                          {{"part", PartJson(item, item.text, logprobs)}});
  }
  return read &&
         Send("response.output_item.done",
              Json(Json::Object{{"output_index", static_cast<size_t>(&item - items_.data())},
                                {"item", ItemJson(item, true, logprobs)}}));
}

bool ResponseBuilder::CloseAllButMessage() {
  return std::all_of(items_.begin(), items_.end(),
                     [&](Item& item) { return item.kind == Kind::kMessage || Close(item); });
}

bool ResponseBuilder::Text(Kind kind, std::string_view more) {
  const auto own = std::find_if(items_.begin(), items_.end(),
                                [&](const Item& item) { return item.kind == kind && item.open; });
  size_t index = static_cast<size_t>(own - items_.begin());
  if (index == items_.size()) {
    const char* prefix = kind == Kind::kMessage ? "msg_" : "rs_";
    if (!Open({.kind = kind, .id = prefix + RandomId()})) return false;
  }
  Item& item = items_[index];
  item.text += more;
  if (kind == Kind::kReasoning)
    return SendOf(item, "response.reasoning_text.delta", {{"delta", more}});
  return SendOf(item, "response.output_text.delta",
                {{"delta", more}, {"logprobs", Json::EmptyArray()}});
}

bool ResponseBuilder::BeginCall(const ParseDelta& delta) {
  return Open({.kind = Kind::kCall,
               .id = "fc_" + RandomId(),
               .call_id = delta.id,
               .name = delta.text,
               .call = delta.index});
}

bool ResponseBuilder::MoreArguments(const ParseDelta& delta) {
  Item* call = FindCall(delta.index);
  if (!call) return true;
  call->text += delta.text;
  return SendOf(*call, "response.function_call_arguments.delta", {{"delta", delta.text}});
}

Json ResponseBuilder::PartJson(const Item& item, std::string_view text, const Json& logprobs) {
  if (item.kind == Kind::kReasoning)
    return Json(Json::Object{{"type", "reasoning_text"}, {"text", text}});
  return Json(Json::Object{{"type", "output_text"},
                           {"text", text},
                           {"annotations", Json::EmptyArray()},
                           {"logprobs", logprobs}});
}

Json ResponseBuilder::ItemJson(const Item& item, bool done, const Json& logprobs) {
  Json json = Json(Json::Object{{"id", item.id}});
  Json parts = Json::EmptyArray();
  if (done && item.kind != Kind::kCall) parts.Push(PartJson(item, item.text, logprobs));
  if (item.kind == Kind::kReasoning) {
    json.Set("type", "reasoning");
    json.Set("summary", Json::EmptyArray());
    json.Set("content", std::move(parts));
    return json;
  }
  json.Set("type", item.kind == Kind::kMessage ? "message" : "function_call");
  json.Set("status", done ? "completed" : "in_progress");
  if (item.kind == Kind::kMessage) {
    json.Set("role", "assistant");
    json.Set("content", std::move(parts));
    return json;
  }
  json.Set("call_id", item.call_id);
  json.Set("name", item.name);
  json.Set("arguments", item.text);
  return json;
}

}  // namespace fathom::http
