// SPDX-License-Identifier: Apache-2.0
// Expressions over numbers, evaluated by the tool `calculate`.
//
// Promises
//  * Total: every text is a value or an error that names the column; time and memory have limits.
//  * + - * ^ with whole exponents, % and comparisons are exact on decimals of any length up to
//    Decimal::kDigitsMax digits. / is exact where the quotient ends within 60 places. What cannot
//    be exact (1/3, sqrt(2), sin) is a double, and the result says so.
//
//   comparison:  sum [("<" | "<=" | ">" | ">=" | "==" | "!=") sum]
//   sum:         product {("+" | "-") product}
//   product:     sign {("*" | "/" | "%") sign}        a % b has the sign of b
//   sign:        {"-" | "+"} power                    -2^2 is -4
//   power:       atom ["^" sign]                      2^3^2 is 2^9
//   atom:        number | "pi" | "e" | name "(" sum {"," sum} ")" | "(" sum ")"
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace fathom {

inline constexpr size_t kExpressionBytesMax = 4'096;

struct Evaluation {
  std::string text;      // "0.3", "true", "1.4142135623730951"
  bool is_exact = true;  // false: rounded to a double on the way
};

Result<Evaluation> Evaluate(std::string_view expression);

}  // namespace fathom
