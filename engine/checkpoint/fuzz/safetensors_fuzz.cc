// SPDX-License-Identifier: Apache-2.0
// Any bytes as a .safetensors file or as a shard index: refused or understood, and what is
// understood can be read whole.
#include "engine/checkpoint/safetensors.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto tensors = fathom::ParseSafetensors({data, size}, "fuzz");
  if (tensors) {
    for (const auto& tensor : *tensors) {
      if (tensor.shape.size() == 2) (void)fathom::ZeroRows(tensor);
      (void)fathom::ToFloats(tensor);
    }
  }
  (void)fathom::ParseShardIndex({reinterpret_cast<const char*>(data), size}, "fuzz");
  return 0;
}
