// SPDX-License-Identifier: Apache-2.0
// Any bytes as a model's profile: refused with a place, or a profile whose numbers are in range.
#include <cstddef>
#include <cstdint>

#include "base/check.h"
#include "base/profile.h"
#include "tests/fuzz/memory_file.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace fathom;
  static MemoryFile file;
  file.Set({reinterpret_cast<const char*>(data), size});
  const auto profile = ReadProfile(file.path(), "/tmp");
  if (!profile) {
    CHECK(!profile.error().Text().empty());
    return 0;
  }
  CHECK(profile->window_tokens() > 0);
  CHECK(profile->checkpoint.empty() != profile->endpoint.empty());
  if (profile->verdicts) CHECK(profile->verdicts->threshold <= 1);
  return 0;
}
