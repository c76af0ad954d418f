// SPDX-License-Identifier: Apache-2.0
// ChatModel: messages in, one reply out. The engine in this process (agent/embedded_chat_model.h)
// and any OpenAI-compatible server are two of them; whoever uses one asks can(), never which it is.
//
// Promises
//  * Streamed deltas are provisional: the reply that Chat() returns is what holds. Deltas applied
//  in
//    order give that reply (engine/chat/tool_call_parser.h).
//  * usage is true, or says that it is an estimate: prompt = cached + prefilled, and cached tokens
//    were not computed again.
//  * A reply that was asked to call a tool (kRequired) or to fit a schema does so, or Chat() is an
//    Error that says why it cannot. Cut off by output_tokens_max its finish is kLength: then there
//    is no half call in it, but its JSON may be half. Whoever asked looks at finish.
//  * Cancelling (control.cancel, or a sink that returns false) ends in a reply with kCancelled that
//    holds what was said so far; a prompt cancelled while it is read is Error kCancelled.
//  * control.deadline ends a reply of the engine in this process with Error kDeadline, the prompt's
//    reading and the wait for a turn too. A server's reply has its profile's total_seconds.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/profile.h"
#include "base/result.h"
#include "engine/chat/chat.h"
#include "engine/chat/tool_call_parser.h"
#include "engine/engine.h"

namespace fathom {

// What an implementation with this profile can do beyond answering.
struct ModelCan {
  bool fork = false;       // ForkState is cheap: no prompt is read again
  bool snapshot = false;   // SaveState and RestoreState
  bool score = false;      // log-probabilities of given candidates
  bool constrain = false;  // tool choice and schemas are enforced while decoding
  bool logprobs = false;
};

// Whether the reply calls tools: as it likes, never, at least one.
enum class CallChoice { kAuto, kNone, kRequired };

struct ChatRequest {
  // Requests of one conversation reuse the model state of its earlier ones. It never meets
  // another's. Empty: nothing is kept.
  std::string conversation;
  // Whose requests share the state behind system text and tools. Empty: nobody's.
  std::string prefix_owner;
  std::vector<Message> messages;
  std::vector<ToolDefinition> tools;
  // The tools are functions that the last message asks for, not those of an agent's next steps: the
  // model may be shown fewer (agent/tools_shown.h).
  bool calls_at_once = false;
  CallChoice tool_choice = CallChoice::kAuto;
  std::string tool_name;                    // with kRequired: this one
  bool parallel_calls = true;               // more than one call in a reply
  std::optional<Json> response_schema;      // the content is JSON that fits it
  std::optional<SamplingOptions> sampling;  // unset: the profile's
  std::optional<size_t> output_tokens_max;  // without thinking; unset: the profile's
  std::optional<size_t> thinking_tokens_max;
  // The conversation in which the same messages had a reply whose thinking its budget closed: where
  // the state before that is kept, it thinks on from there, to thinking_tokens_max. Else, and where
  // this is empty, from the start.
  std::string thinks_further_of;
  std::vector<std::string> stop;
};

enum class ChatFinish { kStop, kLength, kToolCalls, kCancelled };
std::string_view ChatFinishName(ChatFinish finish);  // "stop", "length", "tool_calls", "cancelled"

struct ChatUsage {
  size_t prompt = 0;     // tokens the reply was conditioned on
  size_t cached = 0;     // of those, not computed for this request
  size_t prefilled = 0;  // of those, computed for this request
  size_t thinking = 0;
  size_t output = 0;  // thinking included
  double seconds = 0;
  bool is_estimate = false;        // a server that counts nothing: tokens are guessed from bytes
  double first_token_seconds = 0;  // until the first delta, 0 without one
};

// Why a request of a known conversation could not continue what was kept.
struct PrefixMiss {
  size_t token = 0;             // the first that differs
  size_t message = 0;           // index of the message it belongs to
  size_t tokens_again = 0;      // computed again because of it
  std::string expected, found;  // a few tokens of text from there: as kept, as asked
  std::string Text() const;
};

struct ChatLogprob {
  std::string text;  // the token's bytes
  float logprob = 0;
};

struct ChatReply {
  // Content without thinking, and calls. With `tokens` where the model is ours: given back in the
  // next request, they continue the kept state exactly.
  Message message;
  std::string thinking;
  ChatFinish finish = ChatFinish::kStop;
  bool thinking_was_closed = false;  // by its budget: see ChatRequest::thinks_further_of
  size_t rejected_calls = 0;         // objects in call blocks that were no call
  // Names of the request's tools that the model did not see (agent/tools_shown.h), in its order.
  std::vector<std::string> tools_not_shown;
  ChatUsage usage;
  std::optional<PrefixMiss> prefix_miss;
  std::vector<ChatLogprob> logprobs;                   // one per token, when asked for
  std::vector<std::vector<ChatLogprob>> top_logprobs;  // the same
};

// Return false to stop the reply.
using ChatSink = std::function<bool(const ParseDelta&)>;

// Where a prompt's tokens go, for the context gauge. What is estimated is said to be.
struct ContextUse {
  size_t system = 0, tools = 0, history = 0;
  size_t window = 0;  // what a session may hold
  bool exact = false;
};

struct SavedState {
  std::string file;  // name inside the folder: a hash of model, build, format and tokens
  size_t bytes = 0;
  size_t tokens = 0;
};

// Place of an error that lies in a schema of the request. kLimit of Chat() is the window's alone,
// or at kStateMemoryPlace the memory's.
inline constexpr std::string_view kAnswerSchemaPlace = "response_format";
inline constexpr std::string_view kToolSchemaPlace = "tools";

class ChatModel {
 public:
  virtual ~ChatModel() = default;

  virtual const Profile& profile() const = 0;
  virtual ModelCan can() const = 0;
  virtual Result<ChatReply> Chat(const ChatRequest& request, const ChatSink& sink,
                                 const CallControl& control) = 0;
  virtual Result<ContextUse> MeasureContext(const ChatRequest& request) const = 0;

  // What a model without state of its own need not do: forks cost nothing to name, and there is
  // nothing to save or to forget.
  virtual Status ForkState(const std::string& from, const std::string& to);
  // Writes the state that has read most of the request into `folder`, unless it lies there already.
  // kUnavailable where can().snapshot is false, kNotFound when no such state is kept.
  virtual Result<SavedState> SaveState(const ChatRequest& request, const std::string& folder);
  // The conversation continues from that state. Returns its tokens.
  virtual Result<size_t> RestoreState(const std::string& conversation, const std::string& path);
  virtual void ForgetState(const std::string& conversation);
};

// Dollars for that usage at the profile's prices.
double DollarsOf(const ChatUsage& usage, const Profile::Prices& prices);

}  // namespace fathom
