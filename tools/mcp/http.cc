// SPDX-License-Identifier: Apache-2.0
#include "tools/mcp/http.h"

#include <algorithm>

#include "base/net.h"
#include "base/sse.h"
#include "base/terminal_text.h"

namespace fathom {
namespace {

using Clock = std::chrono::steady_clock;

constexpr size_t kSessionIdBytesMax = 1'024;
constexpr size_t kBodyBytesMax = 4 * kMcpMessageBytesMax;  // an answer and what is said before it
constexpr int64_t kRequestMsMax = 3'600'000;

int MillisecondsUntil(Clock::time_point deadline) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
  return static_cast<int>(std::clamp<int64_t>(left.count(), 1, kRequestMsMax));
}

// Visible ASCII, as the protocol demands; anything else could not be sent back.
bool IsSessionId(std::string_view id) {
  return id.size() <= kSessionIdBytesMax &&
         std::all_of(id.begin(), id.end(), [](char c) { return c > 0x20 && c < 0x7F; });
}

}  // namespace

Status McpHttp::TakeMessage(std::string_view text) {
  auto message = text.size() > kMcpMessageBytesMax ? Invalid("") : Json::Parse(text);
  if (!message || !message->is_object())
    return Invalid("answers with what is no JSON object of at most 8 MiB", place());
  received_.push_back(std::move(*message));
  return OkStatus();
}

Status McpHttp::Send(const Json& message, const McpWait& wait) {
  HttpRequest request{.url = server_.url,
                      .method = "POST",
                      .body = message.Dump(),
                      .total_ms_max = MillisecondsUntil(wait.deadline),
                      .body_bytes_max = kBodyBytesMax,
                      .cancelled = wait.cancelled};
  request.idle_ms_max = request.total_ms_max;
  request.connect_ms_max = std::min(request.connect_ms_max, request.total_ms_max);
  request.headers = {{"Content-Type", "application/json"},
                     {"Accept", "application/json, text/event-stream"}};
  for (const auto& [name, value] : server_.headers) request.headers.emplace_back(name, value);
  if (!session_.empty()) request.headers.emplace_back("Mcp-Session-Id", session_);
  if (!version_.empty()) request.headers.emplace_back("MCP-Protocol-Version", version_);
  std::string body;
  auto response = SendHttp(request, &body);
  if (!response) return Error{response.error().code, response.error().message, place()};
  if (const std::string_view id = response->Header("mcp-session-id"); !id.empty()) {
    if (!IsSessionId(id)) return Invalid("gives a session id that cannot be sent back", place());
    session_ = id;
  }
  if (response->status == 404 && !session_.empty())
    return Error{Code::kUnavailable, "has ended the session; start again", place()};
  if (response->status < 200 || response->status > 299) {
    return Error{Code::kUnavailable,
                 "answers with status " + std::to_string(response->status) + ": " +
                     ForTerminal(body.substr(0, 200)),
                 place()};
  }
  if (body.empty()) return OkStatus();  // 202: a notification was taken
  if (!response->Header("content-type").starts_with("text/event-stream")) return TakeMessage(body);
  SseReader reader(kMcpMessageBytesMax);
  return reader.Feed(body, [&](const SseEvent& event) {
    return event.data.empty() ? OkStatus() : TakeMessage(event.data);
  });
}

Result<Json> McpHttp::Receive(const McpWait&) {
  if (received_.empty())
    return Error{Code::kUnavailable, "closes its answer without what was asked for", place()};
  Json message = std::move(received_.front());
  received_.pop_front();
  return message;
}

}  // namespace fathom
