// SPDX-License-Identifier: Apache-2.0
// RemoteChatModel: a model that an OpenAI-compatible server runs (vLLM, llama.cpp's server, a
// hosted API), as a ChatModel over POST /chat/completions.
//
// Promises
//  * Nothing hangs: each request has a deadline, an idle limit, and ends within 200 ms of a cancel,
//    in waits between attempts too. Nothing grows without bound (agent/remote_limits.h).
//  * What is worth another attempt gets one: no connection, 408, 425, 429, 5xx; later each time,
//    never before the server's Retry-After, and only while the caller has seen nothing of the
//    reply. The rest are Errors that quote the server's words, without the key.
//  * A reply that was asked to call a tool or to fit a schema is checked here, whether or not the
//    server promised to hold it.
//  * Redirects are not followed; the key goes to the endpoint's own host alone.
//  * Prompt tokens that the server had cached are counted as cached (and priced so); where it
//  counts
//    nothing, usage is an estimate and says so.
// Whether anything may be sent to the endpoint is asked before (apps/chat_model_choice.h).
// Not there: model states (fork, save), scores, log-probabilities, a bound on thinking alone
// (thinking and answer share max_tokens). Safe from several threads.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "agent/chat_model.h"

namespace fathom {

struct RemoteOptions {
  std::string key;                         // bearer token; empty: none is sent
  std::chrono::milliseconds backoff{500};  // before the second attempt; doubles, with jitter
};

// The key from the environment variable that the profile names. kNotFound when it must be there and
// is not.
Result<RemoteOptions> RemoteOptionsFor(const Profile& profile);

class RemoteChatModel final : public ChatModel {
 public:
  // No request is sent yet. A profile without endpoint_model means the only one that the server
  // lists.
  static Result<std::unique_ptr<RemoteChatModel>> Open(const Profile& profile,
                                                       const RemoteOptions& options);
  ~RemoteChatModel() override;

  const Profile& profile() const override;
  ModelCan can() const override;
  Result<ChatReply> Chat(const ChatRequest& request, const ChatSink& sink,
                         const CallControl& control) override;
  Result<ContextUse> MeasureContext(const ChatRequest& request) const override;  // an estimate

 private:
  struct Impl;
  explicit RemoteChatModel(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace fathom
