// SPDX-License-Identifier: Apache-2.0
#include "apps/http/exchange.h"

#include "apps/http/beast.h"

namespace fathom::http {
namespace {

constexpr std::chrono::milliseconds kTick{100};
constexpr std::chrono::seconds kKeepAlive{5};
constexpr std::chrono::seconds kWriteStall{20};
constexpr std::string_view kComment = ": working\n\n";

void AddCommonHeaders(const Request& request, Response& response) {
  response.headers.push_back({"x-request-id", request.id});
  response.headers.push_back({"x-content-type-options", "nosniff"});
  if (FindHeader(response.headers, "cache-control").empty())
    response.headers.push_back({"cache-control", "no-store"});
}

}  // namespace

void Exchange::Write(std::string_view bytes) {
  if (broken_) return;
  if (!WriteAll(setup_.socket, bytes, kWriteStall)) broken_ = true;
  last_write_ = Clock::now();
}

void Exchange::Send(Response response) {
  status_ = response.status;
  AddCommonHeaders(request_, response);
  const bool has_body = request_.method != "HEAD" && response.status != 304;
  std::string text = WriteHead(
      response, {.keep_alive = setup_.keep_alive, .content_length = response.body.size()});
  if (has_body) text += response.body;
  Write(text);
}

void Exchange::Fail(const HttpError& error) {
  Send(ErrorResponse(error, request_.id));
}

void Exchange::Begin() {
  if (streaming_) return;
  streaming_ = true;
  status_ = 200;
  Response response{.content_type = "text/event-stream"};
  AddCommonHeaders(request_, response);
  Write(WriteHead(response, {.keep_alive = setup_.keep_alive, .chunked = true}));
}

void Exchange::WriteStream(std::string_view bytes) {
  Begin();
  if (!bytes.empty()) Write(Chunk(bytes));
}

void Exchange::Run(Work work) {
  Deadline deadline;
  if (setup_.seconds_max.count() > 0) deadline = Clock::now() + setup_.seconds_max;
  Channel channel(deadline);
  const auto ticket = setup_.admission->Submit(
      {.client = work.client, .tokens = work.tokens, .run = [&channel, run = work.run] {
         if (!channel.cancelled()->load()) run(channel);
         channel.Finish();
       }});
  if (!ticket) {
    Fail({.status = 429,
          .message = "the queue is full; try again in a few seconds",
          .code = "rate_limit_exceeded",
          .retry_after_s = 5});
    return;
  }
  last_write_ = Clock::now();
  Pump(channel, *ticket, work.stream);
}

void Exchange::Pump(Channel& channel, uint64_t ticket, bool stream) {
  bool cancelled = false;
  while (true) {
    Channel::State state = channel.Take();
    if (!state.bytes.empty() && !cancelled) WriteStream(state.bytes);
    if (state.finished) {
      // A reader that was given up must not take what it got for the whole.
      if (stream && channel.cancelled()->load()) broken_ = true;
      if (!cancelled && !broken_) Conclude(std::move(state), stream);
      return;
    }
    if (!cancelled && channel.deadline() && Clock::now() >= *channel.deadline() &&
        setup_.admission->Withdraw(ticket)) {
      const Error late{Code::kDeadline, "the deadline passed before the request's turn came"};
      return Conclude({.error = FromError(late)}, stream);
    }
    if (stream && !cancelled && Clock::now() - last_write_ > kKeepAlive) WriteStream(kComment);
    const bool alive = WaitForSocket(
        {.socket = cancelled ? -1 : setup_.socket, .wake = channel.wake(), .most = kTick});
    if (cancelled || (alive && !broken_ && !setup_.stopping->load())) continue;
    cancelled = broken_ = true;
    if (status_ == 0) status_ = 499;  // nobody reads it; for the metrics
    channel.Cancel();
    if (setup_.admission->Withdraw(ticket)) return;
  }
}

void Exchange::Conclude(Channel::State last, bool stream) {
  if (last.error && !streaming_) return Fail(*last.error);
  if (last.response && !streaming_) return Send(std::move(*last.response));
  if (!stream) {
    return Fail({.status = 500, .message = "no answer was made", .code = "internal_error"});
  }
  Begin();
  if (last.error) WriteStream("data: " + ErrorJson(*last.error, request_.id).Dump() + "\n\n");
  Write(kLastChunk);
}

void Exchange::Follow(int wake, const std::function<bool(std::string* out)>& next) {
  Begin();
  for (bool more = true; more && !broken_ && !setup_.stopping->load();) {
    std::string bytes;
    more = next(&bytes);
    if (!bytes.empty()) WriteStream(bytes);
    if (!more) break;
    if (!bytes.empty()) continue;  // there may be more than one buffer holds
    if (Clock::now() - last_write_ > kKeepAlive) WriteStream(kComment);
    if (!WaitForSocket({.socket = setup_.socket, .wake = wake, .most = kTick})) broken_ = true;
  }
  Write(kLastChunk);
}

}  // namespace fathom::http
