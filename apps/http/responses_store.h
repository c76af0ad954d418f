// SPDX-License-Identifier: Apache-2.0
// Responses that can be named: in memory, at most kHttpResponsesMax of them, the oldest go first.
// Only the client that got one can name it.
#pragma once

#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"

namespace fathom::http {

struct StoredResponse {
  std::string id, client;
  Json messages;  // the conversation up to and with the response, without instructions
  Json items;     // what it was an answer to, as items; a list
  Json response;
};

class ResponsesStore {
 public:
  void Keep(StoredResponse response);
  std::optional<StoredResponse> Find(std::string_view id, std::string_view client) const;
  // False: there is none.
  bool Remove(std::string_view id, std::string_view client);

 private:
  struct Kept {
    StoredResponse stored;
    size_t bytes = 0;
  };
  mutable std::mutex mutex_;
  std::deque<Kept> kept_;  // oldest first
  size_t bytes_ = 0;
};

}  // namespace fathom::http
