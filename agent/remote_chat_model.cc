// SPDX-License-Identifier: Apache-2.0
#include "agent/remote_chat_model.h"

#include <algorithm>
#include <cstdlib>
#include <mutex>
#include <random>

#include "agent/remote_call.h"
#include "agent/remote_limits.h"
#include "agent/remote_request.h"
#include "base/json_schema.h"
#include "base/terminal_text.h"

namespace fathom {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr size_t kBytesPerToken = 4;  // of an estimate
constexpr size_t kNamesShownMax = 8;

Status CheckAsked(const ChatRequest& request) {
  if (request.tool_choice == CallChoice::kRequired && request.tools.empty())
    return Invalid("a call is required and no tool is given");
  if (request.tool_choice == CallChoice::kRequired && request.response_schema)
    return Invalid("a reply is a required call or an answer in a schema, not both");
  if (request.sampling && request.sampling->top_logprobs > 0)
    return Error{Code::kUnavailable, "log-probabilities are not read from a remote model"};
  return OkStatus();
}

// Whether the reply is what it was asked to be. Servers take tool_choice and response_format as
// anything from a law to a hint.
Status CheckHeld(const ChatRequest& request, const ChatReply& reply) {
  if (reply.finish == ChatFinish::kCancelled || reply.finish == ChatFinish::kLength)
    return OkStatus();
  const auto& calls = reply.message.tool_calls;
  if (request.tool_choice == CallChoice::kRequired) {
    const bool is_wrong = std::any_of(calls.begin(), calls.end(), [&](const ToolCall& call) {
      return !request.tool_name.empty() && call.name != request.tool_name;
    });
    if (!calls.empty() && !is_wrong) return OkStatus();
    return Invalid(is_wrong ? "the server's model called another tool than the one required"
                            : "the server's model answered without the call that was required");
  }
  if (!request.response_schema || !calls.empty()) return OkStatus();
  auto value = Json::Parse(reply.message.content);
  if (!value)
    return Invalid("the server's answer is no JSON though a schema was given: " +
                   value.error().Text());
  auto schema = JsonSchema::Compile(*request.response_schema);
  if (!schema) return schema.error();
  Status fits = schema->Check(*value);
  if (fits) return fits;
  return Invalid("the server's answer does not fit its schema: " + fits.error().Text());
}

}  // namespace

Result<RemoteOptions> RemoteOptionsFor(const Profile& profile) {
  RemoteOptions options;
  const Profile::Remote& remote = profile.remote;
  if (remote.key_env.empty()) return options;
  const char* key = std::getenv(remote.key_env.c_str());
  if (key != nullptr) options.key = key;
  if (options.key.empty() && !remote.key_optional) {
    return Error{Code::kNotFound,
                 "the environment variable " + remote.key_env + ", which holds the key of " +
                     ForTerminal(profile.endpoint) + ", is not set",
                 profile.source};
  }
  return options;
}

struct RemoteChatModel::Impl {
  Profile profile;
  RemoteOptions options;

  std::string Url(std::string_view path) const {
    std::string url = profile.endpoint;
    while (url.ends_with('/')) url.pop_back();
    return url.append(path);
  }

  RemoteCall CallFor(std::string url, const std::string& body, SteadyTime deadline,
                     const CallControl& control) const {
    return {.url = std::move(url),
            .key = options.key,
            .body = body,
            .idle_ms_max = static_cast<int>(profile.remote.idle_seconds * 1'000),
            .deadline = deadline,
            .cancel = control.cancel};
  }

  // The profile's name of the model, or the only one that the server lists.
  Result<std::string> ModelName(SteadyTime deadline, const CallControl& control) {
    if (!profile.endpoint_model.empty()) return profile.endpoint_model;
    std::lock_guard lock(mutex_);
    if (!listed_model_.empty()) return listed_model_;
    auto body = FetchFromRemote(CallFor(Url("/models"), "", deadline, control));
    if (!body) return body.error();
    auto json = Json::Parse(*body);
    const Json* data = json ? json->Find("data") : nullptr;
    std::vector<std::string> names;
    if (data != nullptr && data->is_array()) {
      for (const Json& model : data->as_array()) {
        const Json* id = model.Find("id");
        if (id != nullptr && id->is_string()) names.push_back(id->as_string());
      }
    }
    if (names.size() == 1) return listed_model_ = names.front();
    std::string shown;
    for (size_t i = 0; i < std::min(names.size(), kNamesShownMax); ++i)
      shown += (i == 0 ? ": " : ", ") + ForTerminal(names[i]);
    return Invalid("the server lists " + std::to_string(names.size()) + " models" + shown +
                       "; name one with endpoint_model in the profile or URL#MODEL",
                   profile.endpoint);
  }

  // Spreads requests over the minute, as the profile asks.
  bool WaitForTurn(SteadyTime deadline, const CallControl& control) {
    if (profile.remote.requests_per_minute == 0) return true;
    const milliseconds apart(60'000 / profile.remote.requests_per_minute);
    milliseconds wait{0};
    {
      std::lock_guard lock(mutex_);
      const SteadyTime now = Clock::now();
      const SteadyTime turn = std::max(now, next_turn_);
      if (turn > deadline) return false;
      next_turn_ = turn + apart;
      wait = std::chrono::ceil<milliseconds>(turn - now);
    }
    return WaitUnlessCancelled(wait, deadline, control.cancel);
  }

  milliseconds Backoff(int attempt) {
    const double factor =
        std::min(static_cast<double>(uint64_t{1} << std::min(attempt - 1, 20)), 1e6);
    const double longest = std::min(static_cast<double>(options.backoff.count()) * factor,
                                    static_cast<double>(kRemoteBackoffMsMax));
    std::lock_guard lock(mutex_);
    return milliseconds(
        static_cast<int64_t>(longest * std::uniform_real_distribution<double>(0.5, 1)(random_)));
  }

  static Error Cancelled() { return {Code::kCancelled, "cancelled"}; }
  static bool IsCancelled(const CallControl& control) {
    return control.cancel != nullptr && control.cancel->load();
  }

  Error TooLate(const RemoteFailure* failure) const {
    std::string message = "no reply within " + std::to_string(profile.remote.total_seconds) + " s";
    if (failure != nullptr) message += "; last: " + failure->error.message;
    return {Code::kLimit, message, profile.endpoint};
  }

  // Before the next attempt; an Error when there is none.
  Status WaitAfter(const RemoteFailure& failure, int attempt, SteadyTime deadline,
                   const CallControl& control) {
    milliseconds wait = Backoff(attempt);
    if (failure.retry_after) {
      if (failure.retry_after->count() > kRemoteRetryAfterMsMax) {
        return Error{failure.error.code,
                     failure.error.message + "; it asks to be asked again in " +
                         std::to_string(failure.retry_after->count() / 1'000) + " s",
                     profile.endpoint};
      }
      wait = std::max(wait, *failure.retry_after);
    }
    if (WaitUnlessCancelled(wait, deadline, control.cancel)) return OkStatus();
    if (IsCancelled(control)) return Cancelled();
    return TooLate(&failure);
  }

  Result<ChatReply> Chat(const ChatRequest& request, const ChatSink& sink,
                         const CallControl& control) {
    const SteadyTime start = Clock::now();
    const SteadyTime deadline = start + std::chrono::seconds(profile.remote.total_seconds);
    if (Status good = CheckAsked(request); !good) return good.error();
    auto model = ModelName(deadline, control);
    if (!model) return model.error();
    auto json = RemoteRequestBody(request, profile, *model);
    if (!json) return json.error();
    const std::string body = json->Dump();
    const RemoteCall call = CallFor(Url("/chat/completions"), body, deadline, control);
    for (int attempt = 1;; ++attempt) {
      if (!WaitForTurn(deadline, control)) return IsCancelled(control) ? Cancelled() : TooLate({});
      RemoteReply reply(sink, profile.remote.reads_tags && !request.response_schema);
      const auto failure = SendRemoteCall(call, reply);
      if (!failure) return Conclude(request, reply, body.size(), start, control);
      const bool is_last = attempt >= profile.remote.attempts_max;
      if (!failure->may_ask_again || is_last || reply.was_told()) {
        Error error = failure->error;
        if (error.place.empty()) error.place = profile.endpoint;
        if (is_last && attempt > 1)
          error.message += " (after " + std::to_string(attempt) + " attempts)";
        return error;
      }
      if (Status waited = WaitAfter(*failure, attempt, deadline, control); !waited)
        return waited.error();
    }
  }

  Result<ChatReply> Conclude(const ChatRequest& request, RemoteReply& from, size_t prompt_bytes,
                             SteadyTime start, const CallControl& control) const {
    const bool is_cancelled = from.was_closed() || (!from.is_finished() && IsCancelled(control));
    ChatReply reply = from.Finish(is_cancelled, prompt_bytes);
    reply.usage.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    reply.usage.first_token_seconds = from.first_token_seconds();
    if (Status held = CheckHeld(request, reply); !held)
      return Error{held.error().code, held.error().message, profile.endpoint};
    return reply;
  }

 private:
  std::mutex mutex_;  // of what follows
  std::string listed_model_;
  SteadyTime next_turn_{};
  std::mt19937_64 random_{std::random_device()()};

 public:
  Impl(const Profile& described, const RemoteOptions& given) : profile(described), options(given) {}
};

RemoteChatModel::RemoteChatModel(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
RemoteChatModel::~RemoteChatModel() = default;

Result<std::unique_ptr<RemoteChatModel>> RemoteChatModel::Open(const Profile& profile,
                                                               const RemoteOptions& options) {
  if (profile.endpoint.empty()) return Invalid("the profile names no endpoint", profile.source);
  return std::unique_ptr<RemoteChatModel>(
      new RemoteChatModel(std::make_unique<Impl>(profile, options)));
}

const Profile& RemoteChatModel::profile() const {
  return impl_->profile;
}

ModelCan RemoteChatModel::can() const {
  return {.constrain = impl_->profile.remote.constrains};
}

Result<ChatReply> RemoteChatModel::Chat(const ChatRequest& request, const ChatSink& sink,
                                        const CallControl& control) {
  return impl_->Chat(request, sink, control);
}

Result<ContextUse> RemoteChatModel::MeasureContext(const ChatRequest& request) const {
  auto body = RemoteRequestBody(request, impl_->profile, "");
  if (!body) return body.error();
  ContextUse use{.window = impl_->profile.window_tokens()};
  if (const Json* tools = body->Find("tools")) use.tools = tools->Dump().size() / kBytesPerToken;
  for (const Message& message : request.messages) {
    size_t bytes = message.content.size();
    for (const ToolCall& call : message.tool_calls)
      bytes += call.name.size() + call.arguments.size();
    (message.role == Role::kSystem ? use.system : use.history) += bytes / kBytesPerToken;
  }
  return use;
}

}  // namespace fathom
