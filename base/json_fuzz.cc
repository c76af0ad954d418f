// SPDX-License-Identifier: Apache-2.0
// Any bytes: parsing never crashes, and what is accepted is written and read back as the same
// value.
#include <cstddef>
#include <cstdint>

#include "base/check.h"
#include "base/json.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto parsed = fathom::Json::Parse({reinterpret_cast<const char*>(data), size});
  if (!parsed) return 0;
  const auto again = fathom::Json::Parse(parsed->Dump());
  CHECK(again.ok());
  CHECK(*again == *parsed);
  return 0;
}
