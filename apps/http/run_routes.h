// SPDX-License-Identifier: Apache-2.0
// /api/runs, and what starts runs: reading a folder, asking a corpus.
#pragma once

#include "apps/http/context.h"
#include "apps/http/run.h"

namespace fathom::http {

void AddRunRoutes(Router& router, Context& context);

// How a run reads: as the server does, with the run's progress and cancel.
ReadingOptions ReadingFor(Context& context, Run& run);

// A reading's tokens, and those of them that an earlier one saved.
void CountReading(Context& context, const Reading& reading);

// 202 with the run, or its events when the client asked for a stream; 429 when there is none.
void AnswerWithRun(Exchange& exchange, const std::shared_ptr<Run>& run, bool stream);

}  // namespace fathom::http
