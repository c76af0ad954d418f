// SPDX-License-Identifier: Apache-2.0
// Any text as a pattern, with lengths: it is refused or compiled, and RE2 finds it in what is drawn
// from it.
#include "base/utf8.h"
#include "tests/fuzz/grammar_draw.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace fathom;
  if (size < 3) return 0;
  const std::string_view pattern(reinterpret_cast<const char*>(data) + 2, size - 2);
  for (size_t i = 0; i < pattern.size();) {
    const Utf8Character character = DecodeUtf8(pattern, i);
    if (!character.valid) return 0;
    i += character.length;
  }
  Json schema = Json::EmptyObject();
  schema.Set("type", "string");
  schema.Set("pattern", pattern);
  if (data[0] % 4 == 1) schema.Set("minLength", int{data[1] % 16});
  if (data[0] % 4 > 1) schema.Set("maxLength", int{data[1]});
  DrawUnder(schema, data, size);
  return 0;
}
