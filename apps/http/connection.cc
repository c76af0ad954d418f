// SPDX-License-Identifier: Apache-2.0
#include "apps/http/connection.h"

#include "apps/http/beast.h"
#include "base/limits.h"

namespace fathom::http {
namespace {

constexpr std::chrono::seconds kWriteStall{20};
constexpr size_t kDrainBytesMax = 64_KiB;

// Bytes of a body, counted against the bodies of all requests.
class BodyBudget {
 public:
  explicit BodyBudget(std::atomic<size_t>& total) : total_(total) {}
  ~BodyBudget() { total_ -= held_; }
  bool Grow(size_t bytes) {
    if (bytes <= held_) return true;
    const size_t more = bytes - held_;
    if (total_.fetch_add(more) + more > kHttpBodiesBytesMax) {
      total_ -= more;
      return false;
    }
    held_ = bytes;
    return true;
  }

 private:
  std::atomic<size_t>& total_;
  size_t held_ = 0;
};

class Connection {
 public:
  Connection(Serving& serving, const Peer& peer) : serving_(serving), peer_(peer) {}

  // One request. False: the connection ends.
  bool ServeOne(std::atomic<bool>& waiting) {
    waiting = true;
    RequestHead head;
    const auto head_bytes = ReadHeadBytes();
    waiting = false;
    if (!head_bytes) return false;
    const std::string raw_head = in_.substr(0, *head_bytes);
    in_.erase(0, *head_bytes);
    Request request{.id = RandomId(), .peer = peer_.address, .loopback = peer_.loopback};
    if (auto fault = ReadHead(raw_head, &head)) return Refuse(request, *fault);
    if (auto fault = Describe(head, &request)) return Refuse(request, *fault);
    const GateFacts facts{.loopback = peer_.loopback,
                          .is_public = Router::IsPublic(request.method, request.path)};
    if (auto fault = CheckGate(serving_.gate, head, facts)) return Refuse(request, *fault);
    BodyBudget budget(serving_.body_bytes);
    std::string raw_body;
    if (auto fault = ReadBody(head, budget, &raw_body)) {
      return fault->status == 0 ? false : Refuse(request, *fault);
    }
    if (auto fault = ReadWithBeast({.head = raw_head, .body = raw_body}, head, &request.body))
      return Refuse(request, *fault);
    raw_body = {};
    return Answer(request, head.keep_alive && !serving_.stopping);
  }

 private:
  std::optional<size_t> ReadHeadBytes() {
    const auto idle_end = Clock::now() + serving_.timeouts.idle;
    auto deadline = in_.empty() ? idle_end : Clock::now() + serving_.timeouts.header;
    while (true) {
      std::optional<HttpError> fault;
      if (auto end = HeadEnd(in_, &fault)) return end;
      if (fault) {
        Refuse({.id = RandomId()}, *fault);
        return std::nullopt;
      }
      const bool was_empty = in_.empty();
      auto more = ReadSome(peer_.socket, deadline, &in_);
      if (!more) return std::nullopt;
      if (!*more) {
        if (!in_.empty())
          Refuse({.id = RandomId()}, {.status = 408, .message = "the header came too slowly"});
        return std::nullopt;
      }
      if (was_empty) deadline = Clock::now() + serving_.timeouts.header;
    }
  }

  std::optional<HttpError> Describe(const RequestHead& head, Request* request) const {
    request->method = head.method;
    request->headers = head.headers;
    const size_t question = head.target.find('?');
    const bool decoded =
        DecodePercent(std::string_view(head.target).substr(0, question), false, &request->path);
    if (question != std::string::npos) request->query = head.target.substr(question + 1);
    if (!decoded) return HttpError{.message = "the path holds a broken percent escape"};
    return std::nullopt;
  }

  // status 0: the other side is gone.
  std::optional<HttpError> ReadBody(const RequestHead& head, BodyBudget& budget, std::string* raw) {
    const size_t declared = head.content_length.value_or(0);
    if (declared > kHttpBodyBytesMax) return TooLarge();
    if (!head.chunked && declared == 0) return std::nullopt;
    if (head.expects_continue && in_.empty() &&
        !WriteAll(peer_.socket, "HTTP/1.1 100 Continue\r\n\r\n", kWriteStall)) {
      return HttpError{.status = 0};
    }
    // A body is held twice for a moment: as sent, and as read.
    if (!budget.Grow(2 * declared)) return NoRoom();
    ChunkScanner chunks;
    const auto start = Clock::now();
    while (true) {
      bool ok = true;
      size_t taken = 0;
      if (head.chunked) {
        taken = chunks.Feed(in_, &ok);
      } else {
        taken = std::min(in_.size(), declared - raw->size());
      }
      raw->append(in_, 0, taken);
      in_.erase(0, taken);
      if (!ok) return HttpError{.message = "the chunked body is malformed", .code = "bad_framing"};
      if (chunks.body_bytes() > kHttpBodyBytesMax || raw->size() > 2 * kHttpBodyBytesMax)
        return TooLarge();
      if (head.chunked ? chunks.done() : raw->size() == declared) return std::nullopt;
      if (!budget.Grow(2 * raw->size())) return NoRoom();
      const auto elapsed = std::chrono::duration<double>(Clock::now() - start).count();
      auto deadline = start + serving_.timeouts.body;
      if (Clock::now() >= deadline && raw->size() >= elapsed * kHttpBodyRateMin)
        deadline = Clock::now() + std::chrono::seconds(1);
      auto more = ReadSome(peer_.socket, deadline, &in_);
      if (!more) return HttpError{.status = 0};
      if (!*more && raw->size() < elapsed * kHttpBodyRateMin)
        return HttpError{.status = 408, .message = "the body came too slowly"};
    }
  }

  static HttpError TooLarge() {
    return {.status = 413, .message = "the body is larger than 32 MiB", .code = "too_large"};
  }
  static HttpError NoRoom() {
    return {.status = 503,
            .message = "too many large requests at once; try again",
            .code = "no_room",
            .retry_after_s = 5};
  }

  bool Answer(const Request& request, bool keep_alive) {
    const auto start = Clock::now();
    Exchange exchange(request, {.socket = peer_.socket,
                                .keep_alive = keep_alive,
                                .admission = serving_.admission,
                                .stopping = &serving_.stopping_now,
                                .seconds_max = serving_.request_seconds_max});
    serving_.router.Serve(exchange);
    serving_.metrics->CountRequest(
        {.route = serving_.router.RouteOf(request.path),
         .status = exchange.status(),
         .seconds = std::chrono::duration<double>(Clock::now() - start).count()});
    return exchange.reusable();
  }

  // Answers, and ends the connection in a way that lets the answer arrive: what the client is still
  // sending is read for a moment, else the kernel would answer it with a reset.
  bool Refuse(const Request& request, const HttpError& error) {
    Exchange exchange(request, {.socket = peer_.socket, .keep_alive = false});
    exchange.Fail(error);
    serving_.metrics->CountRequest({.route = "", .status = error.status});
    ShutdownWrite(peer_.socket);
    const auto deadline = Clock::now() + std::chrono::milliseconds(500);
    size_t drained = 0;
    while (drained < kDrainBytesMax) {
      in_.clear();
      auto more = ReadSome(peer_.socket, deadline, &in_);
      if (!more || !*more) break;
      drained += in_.size();
    }
    return false;
  }

  Serving& serving_;
  const Peer& peer_;
  std::string in_;  // read and not yet used
};

}  // namespace

void ServeConnection(Serving& serving, const Peer& peer, std::atomic<bool>& waiting) {
  Connection connection(serving, peer);
  while (!serving.stopping && connection.ServeOne(waiting)) {
  }
}

}  // namespace fathom::http
