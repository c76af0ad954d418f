// SPDX-License-Identifier: Apache-2.0
// What the keys of a `minimax-01` GGUF mean, both ways.
//
// Written as llama.cpp reads them (residual_scale stands for all three alphas, betas are 1), plus
// two keys of ours that it ignores: fathom.tokenizer.pattern ("m1" | "nano-1") names the
// pre-tokenizer, fathom.lightning_norm_eps the epsilon of the lightning output norm. Foreign keys
// that would change the arithmetic are refused by name.
#pragma once

#include <string>
#include <vector>

#include "engine/checkpoint/config.h"
#include "engine/checkpoint/gguf.h"
#include "engine/checkpoint/weights.h"
#include "engine/tokenizer/tokenizer.h"

namespace fathom {

Result<M1Config> ConfigFromGguf(const GgufFile& file, const std::string& place);

// nullopt when the file carries no tokenizer; an error when it carries one this engine does not
// know.
Result<std::optional<TokenizerParts>> TokenizerFromGguf(const GgufFile& file,
                                                        const std::string& place);

// Growing bytes of the metadata section.
class GgufMetadata {
 public:
  void Add(std::string_view key, std::string_view text);
  void Add(std::string_view key, uint32_t number);
  void Add(std::string_view key, float number);
  void Add(std::string_view key, bool flag);
  void Add(std::string_view key, const std::vector<std::string>& texts);
  void Add(std::string_view key, const std::vector<int32_t>& numbers);
  void Add(std::string_view key, const std::vector<bool>& flags);

  uint64_t count() const { return count_; }
  const std::string& bytes() const { return bytes_; }

 private:
  void Key(std::string_view key, GgufType type);
  void Array(std::string_view key, GgufType type, size_t count);

  uint64_t count_ = 0;
  std::string bytes_;
};

// kInvalid, naming the field, when the config says what the keys cannot (different alphas, betas
// other than 1).
Status DescribeConfig(const M1Config& config, const std::string& place, GgufMetadata& metadata);
void DescribeTokenizer(const TokenizerParts& parts, int vocabulary, GgufMetadata& metadata);

}  // namespace fathom
