// SPDX-License-Identifier: Apache-2.0
// Checkpoint: a model's files, understood. HF folder, .safetensors file or .gguf file in; config,
// weights and tokenizer out.
//
// Promises: nothing a file says can crash, hang or make this allocate more than 64 MiB beside the
// files themselves; every refusal names file, field, expected and found. What loads is whole: every
// tensor the architecture needs, none else.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/checkpoint/config.h"
#include "engine/checkpoint/file_bytes.h"
#include "engine/checkpoint/weights.h"
#include "engine/tokenizer/tokenizer.h"

namespace fathom {

struct Checkpoint {
  std::vector<FileBytes> files;  // own what `weights` borrows
  M1Config config;
  Weights weights;
  std::optional<TokenizerParts> tokenizer_parts;  // of a GGUF
  std::string tokenizer_path;  // a tokenizer.json beside HF weights; empty if none
  std::string sha256;        // of the weights file; of the sorted list of shard hashes when sharded
  size_t weights_bytes = 0;  // stored
  size_t parameters = 0;
  size_t parameters_active = 0;        // per token, without embedding and head
  DType commonest_type = DType::kF32;  // by stored bytes
};

// `path`: a .gguf file, a .safetensors file with config.json beside it, or a folder that holds
// config.json with model.safetensors or model.safetensors.index.json, or else one .gguf file.
// Hashing takes most of the time: `threads` share it.
Result<Checkpoint> LoadCheckpoint(const std::string& path, int threads = 1);

// What became of one tensor: its type, and how far its values are from the source's.
struct ConvertedTensor {
  std::string name;
  DType type = DType::kF32;
  double error = 0;    // root mean square of the differences over that of the values
  double largest = 0;  // difference
};

// Writes a checkpoint of any kind as one GGUF of `type` (any but kF16). Norms and routers stay f32;
// of the small types, embedding and head are q8_0, and so are matrices whose rows are no whole
// number of blocks. The target appears whole or not at all. Returns its bytes.
Result<size_t> ConvertCheckpoint(const std::string& source, const std::string& target, DType type,
                                 std::vector<ConvertedTensor>* report = nullptr, int threads = 1);

// The same for a checkpoint in memory; `tokenizer` may be absent. `place` names the source in
// errors.
Result<size_t> WriteGguf(const Checkpoint& checkpoint,
                         const std::optional<TokenizerParts>& tokenizer, const std::string& target,
                         DType type, const std::string& place,
                         std::vector<ConvertedTensor>* report = nullptr, int threads = 1);

// A GGUF of the shape of a config.json with random weights and, unless it is empty, the tokenizer
// of a tokenizer.json: for measuring speed.
Result<size_t> WriteRandomModel(const std::string& config_path, const std::string& tokenizer_path,
                                const std::string& target, DType type, int threads);

}  // namespace fathom
