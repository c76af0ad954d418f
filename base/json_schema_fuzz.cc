// SPDX-License-Identifier: Apache-2.0
// A schema and a value, each as text, parted by a NUL byte: refused or checked, never a crash.
#include <cstddef>
#include <cstdint>

#include "base/json_schema.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace fathom;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const size_t cut = std::min(text.find('\0'), size);
  const auto schema = Json::Parse(text.substr(0, cut));
  const auto value = Json::Parse(text.substr(std::min(cut + 1, size)));
  if (!schema || !value) return 0;
  for (const auto dialect : {JsonSchema::Dialect::k2020, JsonSchema::Dialect::kDraft7}) {
    const auto compiled = JsonSchema::Compile(*schema, dialect);
    if (compiled) (void)compiled->Check(*value).ok();
  }
  return 0;
}
