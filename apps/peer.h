// SPDX-License-Identifier: Apache-2.0
// Runs tests/peers/llama/llama.mjs, which measures llama.cpp on the same file, and reads its JSON.
// And other programs whose output is wanted.
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
  int threads_max = 1;  // 1, 2, 4, ... and this are tried, unless `threads` says which
  std::vector<size_t> threads;
  std::vector<size_t> batches;  // micro-batches that are tried; empty: 128, 512 and 2048
  int vocabulary = 0;           // of the token sequence both engines read
};

// kUnavailable says how to install the peer when it is missing.
Result<Json> RunLlamaPeer(const PeerRun& run);

struct PeerStateRun {
  std::string checkpoint;
  size_t tokens = 0;
  int threads = 1, vocabulary = 0;
  std::string path;  // of the state it saves, removed afterwards
};

// Reads, saves, restores in a new process: {read_seconds, save_seconds, bytes, seconds, recomputed,
// ratio, logits_equal}.
Result<Json> RunLlamaState(const PeerStateRun& run);

struct ChildOutput {
  std::string text;  // its stdout; stderr is ours
  int exit_status = -1;
  int signal = 0;  // that ended it
};

// Runs argv, found on PATH.
Result<ChildOutput> RunChild(std::vector<std::string> argv);

}  // namespace fathom
