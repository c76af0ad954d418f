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
  int repeats = 3;      // the median counts
  int threads_max = 1;  // 1, 2, 4, ... and this are tried
  int vocabulary = 0;   // of the token sequence both engines read
};

// kUnavailable says how to install the peer when it is missing.
Result<Json> RunLlamaPeer(const PeerRun& run);

}  // namespace fathom
