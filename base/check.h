// SPDX-License-Identifier: Apache-2.0
// CHECK: aborts on our own bugs, with the expression and place. Never on what a user, file, model
// or tool can cause.
#pragma once

#include <string_view>

namespace fathom {
[[noreturn]] void CheckFailed(const char* file, int line, const char* expression,
                              std::string_view detail);
}  // namespace fathom

#define CHECK(condition) \
  ((condition) ? (void)0 : ::fathom::CheckFailed(__FILE__, __LINE__, #condition, {}))
#define CHECK_MESSAGE(condition, detail) \
  ((condition) ? (void)0 : ::fathom::CheckFailed(__FILE__, __LINE__, #condition, (detail)))
