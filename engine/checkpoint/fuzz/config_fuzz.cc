// SPDX-License-Identifier: Apache-2.0
// Any bytes as config.json.
#include "engine/checkpoint/config.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto config = fathom::ParseHfConfig({reinterpret_cast<const char*>(data), size}, "fuzz");
  if (config) (void)fathom::DescribeNumerics(*config);
  return 0;
}
