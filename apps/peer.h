// SPDX-License-Identifier: Apache-2.0
// Runs tests/peers/llama/llama.mjs, which measures llama.cpp on the same file, and reads its JSON.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace fathom {

struct PeerRun {
  std::string checkpoint;  // a GGUF
  std::vector<size_t> contexts;
  size_t decode = 0;
  int threads_max = 1;  // settings 1 ... this are tried
};

// kUnavailable says how to install the peer when it is missing.
Result<Json> RunLlamaPeer(const PeerRun& run);

}  // namespace fathom
