// SPDX-License-Identifier: Apache-2.0
#include "agent/remote_call.h"

#include <algorithm>
#include <charconv>
#include <ctime>
#include <thread>

#include "agent/remote_limits.h"
#include "base/sse.h"

namespace fathom {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kCancelPoll{50};
enum class BodyKind { kEvents, kWhole, kError, kOther };

bool IsWorthAnotherAttempt(int status) {
  return status == 408 || status == 425 || status == 429 || status >= 500;
}

BodyKind KindOf(const HttpResponse& head) {
  if (head.status != 200) return BodyKind::kError;
  std::string type(head.Header("content-type"));
  type.resize(std::min(type.size(), type.find(';')));
  std::transform(type.begin(), type.end(), type.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  while (type.ends_with(' ')) type.pop_back();
  if (type.empty() || type == "text/event-stream") return BodyKind::kEvents;
  return type == "application/json" ? BodyKind::kWhole : BodyKind::kOther;
}

int MsUntil(SteadyTime deadline) {
  const auto left =
      std::chrono::duration_cast<milliseconds>(deadline - std::chrono::steady_clock::now());
  return static_cast<int>(std::clamp<int64_t>(left.count(), 1, INT32_MAX));
}

// A server may quote the request, with its key.
std::string Without(std::string text, const std::string& key) {
  if (key.empty()) return text;
  for (size_t at = text.find(key); at != std::string::npos; at = text.find(key, at))
    text.replace(at, key.size(), "[key]");
  return text;
}

HttpRequest RequestFor(const RemoteCall& call) {
  HttpRequest request{.url = call.url,
                      .idle_ms_max = call.idle_ms_max,
                      .total_ms_max = MsUntil(call.deadline),
                      .cancelled = call.cancel};
  if (!call.key.empty()) request.headers.emplace_back("Authorization", "Bearer " + call.key);
  return request;
}

RemoteFailure StatusFailure(const RemoteCall& call, const HttpResponse& response,
                            std::string_view body) {
  const int status = response.status;
  std::string message = "the server answered " + std::to_string(status);
  if (status == 401 || status == 403) {
    message += call.key.empty() ? ": it wants a key, and none is set" : ": it refused the key";
  } else if (status >= 300 && status < 400) {
    message += ", a redirect, which is not followed: the endpoint must be the address itself";
  }
  if (const std::string words = Without(ServerMessage(body), call.key); !words.empty())
    message += ": " + words;
  Code code = Code::kUnavailable;
  if (status == 400 || status == 404 || status == 422) code = Code::kInvalid;
  if (status == 401 || status == 403) code = Code::kPolicyDenied;
  if (status == 413 || body.find("context_length_exceeded") != std::string_view::npos)
    code = Code::kLimit;
  RemoteFailure failure{{code, std::move(message)}};
  failure.may_ask_again = IsWorthAnotherAttempt(status);
  failure.retry_after = RetryAfter(response, std::time(nullptr));
  return failure;
}

// What comes over the wire, to the reply.
class Receiver {
 public:
  explicit Receiver(RemoteReply& reply) : reply_(reply) {}

  Status TakeHead(const HttpResponse& head) {
    kind_ = KindOf(head);
    type_ = head.Header("content-type");
    return OkStatus();
  }

  Status TakePiece(std::string_view piece) {
    switch (kind_) {
      case BodyKind::kEvents:
        return events_.Feed(piece, [&](const SseEvent& event) { return TakeEvent(event); });
      case BodyKind::kWhole:
        body_ += piece;
        return OkStatus();
      case BodyKind::kError:
        body_ +=
            piece.substr(0, kRemoteErrorBytesMax - std::min(body_.size(), kRemoteErrorBytesMax));
        return body_.size() < kRemoteErrorBytesMax ? OkStatus() : Enough();
      case BodyKind::kOther:
        return Invalid("expected text/event-stream from the server, found " + ServerMessage(type_));
    }
    return OkStatus();
  }

  // After the last piece.
  Status End() {
    if (kind_ == BodyKind::kWhole) return reply_.TakeBody(body_);
    if (reply_.is_finished()) return OkStatus();
    return Error{Code::kUnavailable, "the server's stream ended before the reply did"};
  }

  bool has_enough() const { return has_enough_; }
  const std::string& body() const { return body_; }

 private:
  Status TakeEvent(const SseEvent& event) {
    if (Status taken = reply_.TakeEvent(event.data); !taken) return taken;
    return reply_.has_ended() || reply_.was_closed() ? Enough() : OkStatus();
  }

  // Ends the transfer: nothing that still comes is wanted.
  Status Enough() {
    has_enough_ = true;
    return Error{Code::kCancelled, "enough"};
  }

  RemoteReply& reply_;
  BodyKind kind_ = BodyKind::kEvents;
  std::string type_, body_;
  SseReader events_{kRemoteEventBytesMax};
  bool has_enough_ = false;
};

RemoteFailure BrokenTransfer(const RemoteCall& call, const Error& error) {
  Error named = error;
  named.message = Without(named.message, call.key);
  if (error.code == Code::kLimit && error.message.find("imeout") != std::string::npos)
    named.message = "the server took too long: " + named.message;
  return {named, error.code == Code::kUnavailable, {}};
}

}  // namespace

std::optional<RemoteFailure> SendRemoteCall(const RemoteCall& call, RemoteReply& reply) {
  HttpRequest request = RequestFor(call);
  request.method = "POST";
  request.body = call.body;
  request.body_bytes_max = kRemoteStreamBytesMax;
  request.headers.emplace_back("Content-Type", "application/json");
  request.headers.emplace_back("Accept", "text/event-stream, application/json");
  Receiver receiver(reply);
  HttpResponse head;
  request.head = [&](const HttpResponse& response) {
    head = response;
    return receiver.TakeHead(response);
  };
  auto response =
      SendHttp(request, [&](std::string_view piece) { return receiver.TakePiece(piece); });
  if (response) head = *response;
  const bool is_cancelled =
      !response && !receiver.has_enough() && response.error().code == Code::kCancelled;
  if (is_cancelled && !reply.was_told()) return RemoteFailure{response.error(), false, {}};
  if (head.status != 0 && head.status != 200) return StatusFailure(call, head, receiver.body());
  if (receiver.has_enough() || is_cancelled) return std::nullopt;
  // The reply is whole even if the connection then lingers or breaks.
  if (!response && !reply.is_finished()) return BrokenTransfer(call, response.error());
  if (Status ended = receiver.End(); !ended) return BrokenTransfer(call, ended.error());
  return std::nullopt;
}

Result<std::string> FetchFromRemote(const RemoteCall& call) {
  HttpRequest request = RequestFor(call);
  request.body_bytes_max = kRemoteEventBytesMax;
  std::string body;
  auto response = SendHttp(request, &body);
  if (!response) return response.error();
  if (response->status != 200) return StatusFailure(call, *response, body).error;
  return body;
}

std::optional<milliseconds> RetryAfter(const HttpResponse& response, int64_t now) {
  const auto number = [](std::string_view text) -> std::optional<int64_t> {
    int64_t value = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool is_whole = end.ec == std::errc() && end.ptr == text.data() + text.size();
    if (!is_whole || value < 0 || value > INT32_MAX) return std::nullopt;
    return value;
  };
  if (const auto ms = number(response.Header("retry-after-ms"))) return milliseconds(*ms);
  const std::string after(response.Header("retry-after"));
  if (const auto seconds = number(after)) return milliseconds(*seconds * 1'000);
  std::tm date = {};
  const char* end = ::strptime(after.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &date);
  if (after.empty() || end == nullptr || *end != '\0') return std::nullopt;
  const int64_t seconds = std::clamp<int64_t>(::timegm(&date) - now, 0, INT32_MAX);
  return milliseconds(seconds * 1'000);
}

bool WaitUnlessCancelled(milliseconds time, SteadyTime deadline, const std::atomic<bool>* cancel) {
  const SteadyTime until = std::chrono::steady_clock::now() + time;
  if (until > deadline) return false;
  while (std::chrono::steady_clock::now() < until) {
    if (cancel != nullptr && cancel->load()) return false;
    std::this_thread::sleep_until(std::min(until, std::chrono::steady_clock::now() + kCancelPoll));
  }
  return true;
}

}  // namespace fathom
