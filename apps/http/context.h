// SPDX-License-Identifier: Apache-2.0
// Context: what the routes stand on. Owned by `fathom serve`; outlives every connection.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "agent/audit_store.h"
#include "agent/chat_model.h"
#include "apps/http/agent_runs.h"
#include "apps/http/conversations.h"
#include "apps/http/corpora.h"
#include "apps/http/metrics.h"
#include "apps/http/responses_store.h"
#include "apps/http/router.h"
#include "apps/http/run.h"
#include "apps/http/workflow_runs.h"
#include "base/profile.h"
#include "engine/engine.h"
#include "engine/prefix_tree.h"
#include "rag/catalog.h"
#include "rag/reading.h"

namespace fathom::http {

struct Context {
  Engine& engine;
  ChatModel& chat;
  Conversations& conversations;
  PrefixTree& completion_states;  // by client
  const Profile& profile;
  ResponsesStore& responses;
  Catalog& catalog;
  Admission& admission;
  Metrics& metrics;
  Runs& runs;
  AuditStore& audits;
  SessionStore& sessions;
  Approvals& approvals;
  AgentRuns& agents;
  const WorkflowWorld& workflow_world;
  WorkflowRunStore& workflow_runs;
  WorkflowRuns& workflows;
  ReadingOptions reading;          // without progress and cancel
  std::vector<std::string> roots;  // absolute; the folders beneath which it may read
  std::map<std::string, bool> parts;
  std::chrono::steady_clock::time_point started = std::chrono::steady_clock::now();
  int64_t started_unix = 0;
  std::string version;
  std::string model_name;  // as it was asked for; sessions keep it
  std::function<size_t()> connections;
  std::function<size_t()> kept_state_bytes;  // model states in memory, those in use too
  CorpusPaths corpus_paths{};

  const Tokenizer& tokenizer() const { return *engine.tokenizer(); }
  // What a prompt and its answer may fill.
  size_t context_tokens_max() const;
};

// Each adds the routes of one part.
void AddServiceRoutes(Router& router, Context& context);
void AddModelRoutes(Router& router, Context& context);
void AddChatRoutes(Router& router, Context& context);
void AddResponsesRoutes(Router& router, Context& context);
void AddCompletionRoutes(Router& router, Context& context);
void AddApiRoutes(Router& router, Context& context);
void AddAuditRoutes(Router& router, Context& context);
void AddSessionRoutes(Router& router, Context& context);
void AddWorkflowRoutes(Router& router, Context& context);

}  // namespace fathom::http
