// SPDX-License-Identifier: Apache-2.0
#include "apps/http/responses_store.h"

#include "base/limits.h"

namespace fathom::http {

void ResponsesStore::Keep(std::string id, std::string_view client, Json messages) {
  const size_t bytes = messages.Dump().size();
  std::lock_guard lock(mutex_);
  kept_.push_back({std::move(id), std::string(client), std::move(messages), bytes});
  bytes_ += bytes;
  while (kept_.size() > kHttpResponsesMax || (kept_.size() > 1 && bytes_ > kHttpBodiesBytesMax)) {
    bytes_ -= kept_.front().bytes;
    kept_.pop_front();
  }
}

std::optional<Json> ResponsesStore::Find(std::string_view id, std::string_view client) const {
  std::lock_guard lock(mutex_);
  for (const Kept& kept : kept_) {
    if (kept.id == id && kept.client == client) return kept.messages;
  }
  return std::nullopt;
}

}  // namespace fathom::http
