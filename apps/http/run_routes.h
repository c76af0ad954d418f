// SPDX-License-Identifier: Apache-2.0
// /api/runs, and what starts runs: reading a folder, asking a corpus.
#pragma once

#include "apps/http/context.h"
#include "apps/http/fields.h"
#include "apps/http/run.h"

namespace fathom::http {

void AddRunRoutes(Router& router, Context& context);

// How a run reads: as the server does, with the run's progress and cancel.
ReadingOptions ReadingFor(Context& context, Run& run);

// tokens_max, thinking_max, dollars_max, seconds_max.
AgentLimits ReadLimits(Fields& fields);

// A number of the query; the fallback where it is none.
struct QueryRange {
  size_t fallback = 0, most = 0;
};
size_t QueryNumber(const Request& request, std::string_view name, const QueryRange& range);

// A reading's tokens, and those of them that an earlier one saved.
void CountReading(Context& context, const Reading& reading);

// 202 with the run, or its events when the client asked for a stream; 429 when there is none.
void AnswerWithRun(Exchange& exchange, const std::shared_ptr<Run>& run, bool stream);

}  // namespace fathom::http
