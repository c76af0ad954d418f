// SPDX-License-Identifier: Apache-2.0
// EngineCore: what all sessions of one engine share. Internal to engine/.
#pragma once

#include <memory>
#include <string>

#include "base/thread_pool.h"
#include "engine/engine.h"
#include "engine/m1_model.h"
#include "engine/scheduler.h"
#include "engine/state_file.h"
#include "engine/state_memory.h"
#include "engine/tokenizer/tokenizer.h"

namespace fathom {

struct EngineCore {
  std::unique_ptr<ThreadPool> pool;
  std::unique_ptr<M1Model> model;
  std::unique_ptr<StateMemory> states;   // over the model's memory
  std::unique_ptr<Tokenizer> tokenizer;  // null when the checkpoint carries none
  ModelInfo info;
  StateIdentity identity;
  std::string fingerprint;
  // The operators run one at a time (one pool, one scratch); it says for whom. A session itself has
  // one owner and needs no lock.
  std::unique_ptr<Scheduler> scheduler;
};

}  // namespace fathom
