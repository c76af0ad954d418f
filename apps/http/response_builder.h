// SPDX-License-Identifier: Apache-2.0
// ResponseBuilder: a reply as the items of a response of OpenAI's, and as the events that build
// them, in the order in which the model wrote. What the events say in the end is the response.
//
// A message stays open until the end (a model may go on with its text behind a call); a call or
// thinking ends where the next item begins. A call that turned out to be none has a beginning and
// no end, and is no item of the response.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/chat_model.h"
#include "apps/http/openai_chat.h"

namespace fathom::http {

class ResponseBuilder {
 public:
  // False: nobody reads any more.
  using Emit = std::function<bool(std::string_view type, const Json& event)>;
  struct Options {
    Json response;  // with what does not change: id, model, tools, ...
    Emit emit;      // empty: only the response is wanted
    // Told the finished response before its last event is sent: who has seen that may ask for it.
    std::function<void(const Json& response)> finished = {};
  };
  explicit ResponseBuilder(Options options) : options_(std::move(options)) {}

  bool Begin();  // once; the first Take does it otherwise
  bool begun() const { return begun_; }
  bool Take(const ParseDelta& delta);
  // The finished response. `reply` is what the deltas gave; `logprobs`: of its tokens, or null.
  Json Finish(const ChatReply& reply, Json logprobs);
  void Fail(const HttpError& error);

 private:
  enum class Kind { kReasoning, kMessage, kCall };
  struct Item {
    Kind kind;
    std::string id, text;       // of a call: its arguments
    std::string call_id, name;  // of a call
    size_t call = 0;            // its index in the stream
    bool open = true, dropped = false;
  };

  bool Send(std::string_view type, Json event);
  bool SendResponse(std::string_view type, std::string_view status);
  bool SendOf(const Item& item, std::string_view type, Json::Object more);
  Item* FindCall(size_t index);
  bool Open(Item item);
  bool Close(Item& item, const Json& logprobs = Json::EmptyArray());
  bool CloseAllButMessage();
  bool Text(Kind kind, std::string_view more);
  bool BeginCall(const ParseDelta& delta);
  bool MoreArguments(const ParseDelta& delta);
  void WarnOfToolsNotShown(const ChatReply& reply);
  static Json ItemJson(const Item& item, bool done, const Json& logprobs);
  static Json PartJson(const Item& item, std::string_view text, const Json& logprobs);

  Options options_;
  std::vector<Item> items_;  // index: output_index
  SaidContent said_;
  size_t events_ = 0;
  bool begun_ = false;
};

}  // namespace fathom::http
