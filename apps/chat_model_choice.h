// SPDX-License-Identifier: Apache-2.0
// The chat model that --model names: the engine of this process, or a server's.
#pragma once

#include <memory>

#include "agent/chat_model.h"
#include "apps/app.h"

namespace fathom {

struct ChosenChatModel {
  std::unique_ptr<LoadedModel> loaded;  // null when a server runs the model
  std::unique_ptr<ChatModel> chat;
};

// Asks for consent where that is still due (apps/endpoint_consent.h).
Result<ChosenChatModel> OpenChatModel(const Common& common);

}  // namespace fathom
