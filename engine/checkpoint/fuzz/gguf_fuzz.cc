// SPDX-License-Identifier: Apache-2.0
// Any bytes as a .gguf file: container, config, tokenizer keys and the binding of tensors to roles.
#include "engine/checkpoint/gguf_model.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  auto file = fathom::ParseGguf({data, size}, "fuzz");
  if (!file) return 0;
  (void)fathom::TokenizerFromGguf(*file, "fuzz");
  for (const auto& tensor : file->tensors) (void)fathom::ToFloats(tensor);
  const auto config = fathom::ConfigFromGguf(*file, "fuzz");
  if (config)
    (void)fathom::BindWeights(std::move(file->tensors), *config, fathom::Spelling::kGguf, "fuzz");
  return 0;
}
