// SPDX-License-Identifier: Apache-2.0
// Any bytes: a document or an error, and every value has a place.
#include "base/check.h"
#include "base/yaml.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto document = fathom::ParseYaml(text, "fuzz.yaml");
  if (document && !document->value.is_null()) CHECK(document->positions.contains(""));
  return 0;
}
