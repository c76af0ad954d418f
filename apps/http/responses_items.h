// SPDX-License-Identifier: Apache-2.0
// Items of /v1/responses to and from messages of chat completions, as JSON values.
#pragma once

#include <string>
#include <vector>

#include "agent/chat_model.h"
#include "base/json.h"
#include "base/result.h"

namespace fathom::http {

// Adds the items (or the one text) to `messages`. An assistant's message and the calls beside it
// are one message, as the model wrote them. Reasoning is no part of later prompts. Items of types
// that are not known here are left out and named in `left_out`; parts of a message that are no text
// are an error that says where.
Status AddItems(const Json& input, Json* messages, std::vector<std::string>* left_out);

// The same items as a client sees them later: each with an id, a type, and content in parts.
Json ListedItems(const Json& input);

// The functions among `tools`; others are named in `left_out`.
Json FunctionTools(const Json& tools, std::vector<std::string>* left_out);

}  // namespace fathom::http
