// SPDX-License-Identifier: Apache-2.0
// Responses that previous_response_id can name: in memory, at most kHttpResponsesMax of them, the
// oldest go first. Only the client that got one can name it.
#pragma once

#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"

namespace fathom::http {

class ResponsesStore {
 public:
  // `messages`: the conversation up to and with the response, without instructions.
  void Keep(std::string id, std::string_view client, Json messages);
  std::optional<Json> Find(std::string_view id, std::string_view client) const;

 private:
  struct Kept {
    std::string id, client;
    Json messages;
    size_t bytes = 0;
  };
  mutable std::mutex mutex_;
  std::deque<Kept> kept_;  // oldest first
  size_t bytes_ = 0;
};

}  // namespace fathom::http
