// SPDX-License-Identifier: Apache-2.0
// Any bytes as an expression: an error, or a value that reads back as itself.
#include <cstddef>
#include <cstdint>

#include "base/check.h"
#include "tools/expression.h"

using namespace fathom;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto value = Evaluate({reinterpret_cast<const char*>(data), size});
  if (!value || !value->is_exact || value->text == "true" || value->text == "false") return 0;
  const auto again = Evaluate(value->text);
  CHECK(again.ok() && again->text == value->text);
  return 0;
}
