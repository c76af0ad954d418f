// SPDX-License-Identifier: Apache-2.0
// RemoteReply: what an OpenAI-compatible server sends, piece by piece or whole, put together as a
// reply and told to a sink as it comes.
//
// Promises
//  * Deltas applied in order give the reply, as everywhere (agent/chat_model.h).
//  * A call in the reply has a name, an id of its own and arguments that are one JSON object.
//  Others
//    are dropped and counted in rejected_calls.
//  * All text is valid UTF-8 (other bytes become U+FFFD); sizes are limited
//  (agent/remote_limits.h).
//  * Where the profile says that the server leaves the model's tags in the content, they are read
//    there (engine/chat/tool_call_parser.h).
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "agent/chat_model.h"
#include "engine/chat/call_scanner.h"

namespace fathom {

class RemoteReply {
 public:
  RemoteReply(const ChatSink& sink, bool reads_tags);

  // The data of one server-sent event. An Error is the server's, or names what is wrong with it.
  Status TakeEvent(std::string_view data);
  // A whole chat.completion, of a server that does not stream.
  Status TakeBody(std::string_view body);

  bool has_ended() const { return has_ended_; }      // nothing further is to be read
  bool is_finished() const { return is_finished_; }  // it said why it ended, or [DONE]
  bool was_closed() const { return closed_; }        // by the sink
  bool was_told() const { return told_; }            // the sink has seen some of it

  // `cancelled`: ended from outside. Usage without the times; counts that the server did not give
  // are estimated from `prompt_bytes` and what was said.
  ChatReply Finish(bool cancelled, size_t prompt_bytes);
  double first_token_seconds() const { return first_token_seconds_; }

 private:
  struct Call {
    size_t index = 0;  // as told to the sink
    std::string server_id, id, name;
    ArgumentText arguments;
    size_t told_bytes = 0;
    bool told = false, broken = false;
  };

  Status TakeChunk(const Json& chunk, std::string_view part);
  Status TakeMessage(const Json& message);
  Status TakeCalls(const Json& calls);
  Status TakeCallPiece(const Json& piece);
  Call& CallFor(const Json& piece, std::string_view id);
  void TakeUsage(const Json& usage);
  Status AddText(std::string_view text);
  void Think(std::string_view text);
  void Say(std::string_view text);
  void PassParsed(std::vector<ParseDelta> deltas);
  void Tell(ParseDelta delta);
  void TellCall(Call& call);
  void CloseCalls(bool cut, ChatReply& reply);
  std::string UniqueId(std::string_view wanted) const;

  const ChatSink& sink_;
  const bool reads_tags_;
  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  StreamParser parser_;
  std::string content_, thinking_, finish_;
  std::vector<Call> calls_;
  std::map<int64_t, size_t> slots_;          // the server's index: of calls_
  std::map<size_t, size_t> parsed_indices_;  // the parser's index: as told to the sink
  size_t next_index_ = 0, text_bytes_ = 0;
  std::optional<ChatUsage> usage_;
  bool has_ended_ = false, is_finished_ = false, closed_ = false, told_ = false;
  double first_token_seconds_ = 0;
};

// What a server says of an error, in one line that is safe to show: from {"error": {"message"}} and
// its relatives, else the beginning of the body. "" when it says nothing.
std::string ServerMessage(std::string_view body);

}  // namespace fathom
