// SPDX-License-Identifier: Apache-2.0
// For calculate_test.py: one expression a line in, one answer a line out.
#include <cstdio>
#include <iostream>
#include <string>

#include "tools/expression.h"

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    const auto value = fathom::Evaluate(line);
    if (!value) {
      std::cout << "error: " << value.error().Text() << "\n";
      continue;
    }
    std::cout << value->text << (value->is_exact ? "" : " (rounded)") << "\n";
  }
  return 0;
}
