// SPDX-License-Identifier: Apache-2.0
// Any JSON as a schema: it is refused by name or compiled, and a text drawn from it is JSON that
// fits it.
#include "tests/fuzz/grammar_draw.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace fathom;
  const auto schema = Json::Parse({reinterpret_cast<const char*>(data), size});
  if (schema) DrawUnder(*schema, data, size);
  return 0;
}
