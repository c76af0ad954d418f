// SPDX-License-Identifier: Apache-2.0
#include "apps/http/responses_store.h"

#include <algorithm>

#include "base/limits.h"

namespace fathom::http {
namespace {

auto Named(std::string_view id, std::string_view client) {
  return [=](const auto& kept) { return kept.stored.id == id && kept.stored.client == client; };
}

}  // namespace

void ResponsesStore::Keep(StoredResponse response) {
  const size_t bytes = response.messages.Dump().size() + response.items.Dump().size() +
                       response.response.Dump().size();
  std::lock_guard lock(mutex_);
  kept_.push_back({std::move(response), bytes});
  bytes_ += bytes;
  while (kept_.size() > kHttpResponsesMax || (kept_.size() > 1 && bytes_ > kHttpBodiesBytesMax)) {
    bytes_ -= kept_.front().bytes;
    kept_.pop_front();
  }
}

std::optional<StoredResponse> ResponsesStore::Find(std::string_view id,
                                                   std::string_view client) const {
  std::lock_guard lock(mutex_);
  const auto found = std::find_if(kept_.begin(), kept_.end(), Named(id, client));
  return found != kept_.end() ? std::optional(found->stored) : std::nullopt;
}

bool ResponsesStore::Remove(std::string_view id, std::string_view client) {
  std::lock_guard lock(mutex_);
  const auto found = std::find_if(kept_.begin(), kept_.end(), Named(id, client));
  if (found == kept_.end()) return false;
  bytes_ -= found->bytes;
  kept_.erase(found);
  return true;
}

}  // namespace fathom::http
