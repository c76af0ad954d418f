// SPDX-License-Identifier: Apache-2.0
#include "agent/remote_reply.h"

#include <algorithm>

#include "agent/event.h"
#include "agent/remote_limits.h"
#include "base/terminal_text.h"
#include "base/utf8.h"

namespace fathom {
namespace {

constexpr std::string_view kDone = "[DONE]";
constexpr size_t kBytesPerToken = 4;  // of an estimate, of English and code

// Bytes that are no UTF-8 become U+FFFD.
std::string ValidUtf8(std::string_view text) {
  if (IsUtf8(text)) return std::string(text);
  std::string valid;
  for (size_t i = 0; i < text.size();) {
    const Utf8Character character = DecodeUtf8(text, i);
    AppendUtf8(character.valid ? character.code_point : U'\uFFFD', &valid);
    i += character.length;
  }
  return valid;
}

Result<Json> ParseObject(std::string_view text) {
  auto json = Json::Parse(ValidUtf8(text), {.bytes_max = kRemoteStreamBytesMax});
  if (!json) return Invalid("the server sent no JSON: " + json.error().Text());
  if (!json->is_object()) return Invalid("the server sent JSON that is no object");
  return json;
}

std::string StringAt(const Json& object, std::string_view key) {
  const Json* value = object.Find(key);
  return value != nullptr && value->is_string() ? value->as_string() : std::string();
}

// Content may come as text or as a list of parts.
std::string TextOf(const Json* content) {
  if (content == nullptr) return "";
  if (content->is_string()) return content->as_string();
  std::string text;
  if (!content->is_array()) return text;
  for (const Json& part : content->as_array()) text += StringAt(part, "text");
  return text;
}

std::optional<size_t> CountAt(const Json* object, std::string_view key) {
  const Json* value = object != nullptr ? object->Find(key) : nullptr;
  if (value == nullptr || !value->is_int()) return std::nullopt;
  if (value->as_int() < 0 || value->as_int() > kRemoteTokensMax) return std::nullopt;
  return static_cast<size_t>(value->as_int());
}

bool IsPlainId(std::string_view id) {
  return !id.empty() && id.size() <= kRemoteIdBytesMax &&
         std::all_of(id.begin(), id.end(), [](char c) { return c > 0x20 && c < 0x7F; });
}

Error ServersError(const Json& error) {
  const std::string text = error.Dump();
  return {Code::kUnavailable, "the server ended the reply with an error: " + ServerMessage(text)};
}

}  // namespace

std::string ServerMessage(std::string_view body) {
  const std::string valid = ValidUtf8(body.substr(0, kRemoteErrorBytesMax));
  std::string words;
  if (auto json = Json::Parse(valid)) {
    const Json* error = json->Find("error");
    const Json& from = error != nullptr && error->is_object() ? *error : *json;
    if (error != nullptr && error->is_string()) words = error->as_string();
    for (const char* key : {"message", "detail", "msg"}) {
      if (words.empty()) words = StringAt(from, key);
    }
  }
  if (words.empty()) words = valid;
  const size_t text = words.find_first_not_of(" \t\r\n");
  words.erase(0, std::min(text, words.size()));
  if (words.size() > kRemoteMessageBytesMax) {
    words.resize(kRemoteMessageBytesMax);
    words.resize(words.size() - Utf8PartialTail(words));
    words += " ...";
  }
  return ForTerminal(words);
}

RemoteReply::RemoteReply(const ChatSink& sink, bool reads_tags)
    : sink_(sink), reads_tags_(reads_tags) {}

Status RemoteReply::TakeEvent(std::string_view data) {
  if (has_ended_) return OkStatus();
  if (data == kDone) {
    has_ended_ = is_finished_ = true;
    return OkStatus();
  }
  auto chunk = ParseObject(data);
  if (!chunk) return chunk.error();
  return TakeChunk(*chunk, "delta");
}

Status RemoteReply::TakeBody(std::string_view body) {
  auto whole = ParseObject(body);
  if (!whole) return whole.error();
  if (whole->Find("choices") == nullptr && whole->Find("error") == nullptr)
    return Invalid("the server's answer has no \"choices\"");
  has_ended_ = is_finished_ = true;
  return TakeChunk(*whole, "message");
}

Status RemoteReply::TakeChunk(const Json& chunk, std::string_view part) {
  if (const Json* error = chunk.Find("error"); error != nullptr && !error->is_null())
    return ServersError(chunk);
  if (const Json* usage = chunk.Find("usage"); usage != nullptr && usage->is_object())
    TakeUsage(*usage);
  const Json* choices = chunk.Find("choices");
  if (choices == nullptr || !choices->is_array()) return OkStatus();
  for (const Json& choice : choices->as_array()) {
    if (CountAt(&choice, "index").value_or(0) != 0) continue;
    if (const Json* message = choice.Find(part); message != nullptr && message->is_object()) {
      if (Status taken = TakeMessage(*message); !taken) return taken;
    }
    const std::string finish = StringAt(choice, "finish_reason");
    if (finish.empty()) continue;
    if (finish == "content_filter")
      return Error{Code::kPolicyDenied, "the server withheld the reply (content_filter)"};
    finish_ = finish;
    is_finished_ = true;
  }
  return OkStatus();
}

Status RemoteReply::TakeMessage(const Json& message) {
  std::string thought = StringAt(message, "reasoning_content");
  if (thought.empty()) thought = StringAt(message, "reasoning");
  const std::string said = TextOf(message.Find("content")) + StringAt(message, "refusal");
  if (Status fits = AddText(thought); !fits) return fits;
  if (Status fits = AddText(said); !fits) return fits;
  if (!thought.empty()) Think(thought);
  if (!said.empty()) Say(said);
  const Json* calls = message.Find("tool_calls");
  return calls != nullptr && calls->is_array() ? TakeCalls(*calls) : OkStatus();
}

Status RemoteReply::AddText(std::string_view text) {
  text_bytes_ += text.size();
  if (text_bytes_ <= kRemoteTextBytesMax) return OkStatus();
  return Error{Code::kLimit, "the server's reply is longer than " +
                                 std::to_string(kRemoteTextBytesMax) + " bytes"};
}

void RemoteReply::Think(std::string_view text) {
  thinking_ += text;
  Tell({.kind = ParseDelta::Kind::kThinking, .text = std::string(text)});
}

void RemoteReply::Say(std::string_view text) {
  if (reads_tags_) return PassParsed(parser_.Feed(text));
  content_ += text;
  Tell({.kind = ParseDelta::Kind::kContent, .text = std::string(text)});
}

void RemoteReply::PassParsed(std::vector<ParseDelta> deltas) {
  for (ParseDelta& delta : deltas) {
    if (delta.kind == ParseDelta::Kind::kCallBegin) parsed_indices_[delta.index] = next_index_++;
    const auto index = parsed_indices_.find(delta.index);
    if (index != parsed_indices_.end()) delta.index = index->second;
    Tell(std::move(delta));
  }
}

void RemoteReply::Tell(ParseDelta delta) {
  if (first_token_seconds_ == 0) {
    first_token_seconds_ =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }
  if (!sink_ || closed_) return;
  told_ = true;
  closed_ = !sink_(delta);
}

Status RemoteReply::TakeCalls(const Json& calls) {
  for (const Json& piece : calls.as_array()) {
    if (!piece.is_object()) continue;
    if (Status taken = TakeCallPiece(piece); !taken) return taken;
  }
  return OkStatus();
}

// Pieces of one call share its index. Servers that send whole calls may leave the index out, or
// give all the same one: another id begins another call.
RemoteReply::Call& RemoteReply::CallFor(const Json& piece, std::string_view id) {
  const Json* number = piece.Find("index");
  const bool is_numbered = number != nullptr && number->is_int();
  const int64_t index = is_numbered ? number->as_int() : -1;
  const auto slot = slots_.find(index);
  if (slot != slots_.end()) {
    Call& known = calls_[slot->second];
    if (id.empty() || known.server_id.empty() || id == known.server_id) return known;
  }
  slots_[index] = calls_.size();
  calls_.push_back({.index = next_index_++, .server_id = std::string(id)});
  return calls_.back();
}

Status RemoteReply::TakeCallPiece(const Json& piece) {
  const std::string id = StringAt(piece, "id");
  Call& call = CallFor(piece, id);
  if (calls_.size() > kToolCallsMax)
    return Error{Code::kLimit,
                 "the server's reply has more than " + std::to_string(kToolCallsMax) + " calls"};
  if (call.server_id.empty()) call.server_id = id;
  const Json* function = piece.Find("function");
  if (function == nullptr || !function->is_object()) return OkStatus();
  if (call.name.empty()) call.name = StringAt(*function, "name");
  const Json* arguments = function->Find("arguments");
  std::string text;
  if (arguments != nullptr && arguments->is_string()) text = arguments->as_string();
  if (arguments != nullptr && arguments->is_object()) text = arguments->Dump();
  if (Status fits = AddText(text); !fits) return fits;
  if (call.arguments.text().size() + text.size() > kToolCallBytesMax)
    return Error{Code::kLimit, "the arguments of the call of " + ForTerminal(call.name) +
                                   " are longer than " + std::to_string(kToolCallBytesMax) +
                                   " bytes"};
  for (const char c : text) {
    if (!call.broken) call.broken = !call.arguments.Feed(c);
  }
  TellCall(call);
  return OkStatus();
}

std::string RemoteReply::UniqueId(std::string_view wanted) const {
  const bool is_taken = std::any_of(calls_.begin(), calls_.end(),
                                    [&](const Call& call) { return call.id == wanted; });
  return IsPlainId(wanted) && !is_taken ? std::string(wanted) : NewId("call-");
}

// What has become known of the call.
void RemoteReply::TellCall(Call& call) {
  if (call.name.empty()) return;
  if (!call.told) {
    call.id = UniqueId(call.server_id);
    call.told = true;
    Tell({.kind = ParseDelta::Kind::kCallBegin,
          .text = call.name,
          .index = call.index,
          .id = call.id});
  }
  const std::string& text = call.arguments.text();
  if (text.size() == call.told_bytes) return;
  Tell({.kind = ParseDelta::Kind::kArguments,
        .text = text.substr(call.told_bytes),
        .index = call.index});
  call.told_bytes = text.size();
}

void RemoteReply::CloseCalls(bool cut, ChatReply& reply) {
  for (Call& call : calls_) {
    const bool has_none = !call.arguments.started() && !call.broken;
    if (has_none && !cut && !call.name.empty()) {  // a tool without parameters
      call.arguments.Feed('{');
      call.arguments.Feed('}');
      TellCall(call);
    }
    if (!call.name.empty() && !call.broken && call.arguments.done()) {
      reply.message.tool_calls.push_back({call.id, call.name, call.arguments.text()});
      continue;
    }
    ++reply.rejected_calls;
    if (call.told) Tell({.kind = ParseDelta::Kind::kCallDropped, .index = call.index});
  }
}

void RemoteReply::TakeUsage(const Json& usage) {
  const auto prompt = CountAt(&usage, "prompt_tokens");
  const auto output = CountAt(&usage, "completion_tokens");
  if (!prompt || !output) return;
  const auto cached = CountAt(usage.Find("prompt_tokens_details"), "cached_tokens");
  const auto thought = CountAt(usage.Find("completion_tokens_details"), "reasoning_tokens");
  ChatUsage counted{.prompt = *prompt, .output = *output};
  counted.cached = std::min(cached.value_or(0), counted.prompt);
  counted.prefilled = counted.prompt - counted.cached;
  counted.thinking = std::min(thought.value_or(0), counted.output);
  usage_ = counted;
}

ChatReply RemoteReply::Finish(bool cancelled, size_t prompt_bytes) {
  ChatReply reply;
  reply.message.role = Role::kAssistant;
  const bool is_cut = cancelled || finish_ == "length";
  if (reads_tags_) {
    PassParsed(parser_.Finish(cancelled ? FinishReason::kCancelled
                              : is_cut  ? FinishReason::kLength
                                        : FinishReason::kEos));
    const ParsedMessage& parsed = parser_.message();
    reply.message.content = parsed.content;
    reply.message.tool_calls = parsed.calls;
    reply.rejected_calls = parsed.rejected;
    thinking_ += parsed.thinking;
  } else {
    reply.message.content = std::move(content_);
  }
  CloseCalls(is_cut, reply);
  reply.thinking = std::move(thinking_);
  reply.finish = cancelled                           ? ChatFinish::kCancelled
                 : is_cut                            ? ChatFinish::kLength
                 : !reply.message.tool_calls.empty() ? ChatFinish::kToolCalls
                                                     : ChatFinish::kStop;
  if (usage_) {
    reply.usage = *usage_;
    return reply;
  }
  reply.usage.is_estimate = true;
  reply.usage.prompt = reply.usage.prefilled = prompt_bytes / kBytesPerToken;
  reply.usage.output = (text_bytes_ + kBytesPerToken - 1) / kBytesPerToken;
  reply.usage.thinking = reply.thinking.size() / kBytesPerToken;
  return reply;
}

}  // namespace fathom
