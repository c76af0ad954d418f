// SPDX-License-Identifier: Apache-2.0
// sandbox_escape_program CASE OUTSIDE WORKSPACE DRIVER PORT ABSTRACT
#include "tests/sandbox_escape/cases.h"

int main(int argc, char** argv) {
  if (argc != 7) return 2;
  const fathom::escape::Scene scene{argv[2], argv[3], argv[4], argv[5], argv[6]};
  for (const auto& escape : fathom::escape::AllCases()) {
    if (std::string(escape.name) != argv[1]) continue;
    return escape.attempt(scene) ? fathom::escape::kEscaped : fathom::escape::kHeldBack;
  }
  return 2;
}
