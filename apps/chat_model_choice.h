// SPDX-License-Identifier: Apache-2.0
// The chat model that --model names: the engine of this process, or a server's; and a corpus for
// the latter.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "agent/chat_corpus.h"
#include "agent/chat_model.h"
#include "apps/app.h"

namespace fathom {

struct ChosenChatModel {
  std::unique_ptr<LoadedModel> loaded;  // null when a server runs the model
  std::unique_ptr<ChatModel> chat;
};

// Asks for consent where that is still due (apps/endpoint_consent.h).
Result<ChosenChatModel> OpenChatModel(const Common& common);

// Bounds on what questions about a corpus may cost at a server.
struct RemoteLimits {
  std::optional<size_t> tokens_max;
  std::optional<double> dollars_max;
  // kInvalid when one is given: a model that runs here costs none of them.
  Status CheckUnused() const;
};
void AddRemoteLimits(CLI::App& command, RemoteLimits& limits);

// Says on stderr, unless quiet, how much text goes out at most with each question.
Result<std::unique_ptr<ChatCorpus>> OpenRemoteCorpus(ChatModel& model, const std::string& path,
                                                     const RemoteLimits& limits, bool quiet);

}  // namespace fathom
