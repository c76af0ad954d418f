// SPDX-License-Identifier: Apache-2.0
// Safetensors, read strictly.
//
// The header must be believable before anything is allocated for it, and every field that can be
// checked against another is: header length against file size, shapes by checked products (a zero
// does not skip the check), offsets in order and inside the data, their difference equal to shape
// times type, types known, names short valid UTF-8 and unique, tensors tiling the data without hole
// or overlap up to the last byte of the file. Source: the format's own description (8-byte length,
// JSON, data).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/checkpoint/stored_tensor.h"

namespace fathom {

// `file`: all bytes of one .safetensors file. The tensors borrow them, in order of their offsets.
Result<std::vector<StoredTensor>> ParseSafetensors(std::span<const uint8_t> file,
                                                   const std::string& place);

// Which shard holds which tensor.
struct ShardIndex {
  std::vector<std::string> shards;  // file names without any folder, sorted, unique
  std::vector<std::pair<std::string, std::string>> tensors;  // name -> shard, sorted by name
};

// `text`: model.safetensors.index.json.
Result<ShardIndex> ParseShardIndex(std::string_view text, const std::string& place);

}  // namespace fathom
