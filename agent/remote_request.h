// SPDX-License-Identifier: Apache-2.0
// A ChatRequest as the body of POST /chat/completions, as OpenAI-compatible servers read it.
//
// The same conversation gives the same bytes up to what is new: messages in order, tools before
// anything that changes from turn to turn, keys in a fixed order. So a server's prefix cache holds.
#pragma once

#include "agent/chat_model.h"

namespace fathom {

// kInvalid: what cannot be said in that protocol. `model`: its name at the server.
Result<Json> RemoteRequestBody(const ChatRequest& request, const Profile& profile,
                               const std::string& model);

}  // namespace fathom
