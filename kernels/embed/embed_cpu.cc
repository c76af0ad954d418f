// SPDX-License-Identifier: Apache-2.0
#include "kernels/embed/embed.h"
#include "kernels/operator_times.h"
#include "kernels/support/args.h"

namespace fathom {
namespace {

Status Check(const EmbedArgs& args) {
  if (args.tokens.empty()) return OkStatus();
  FATHOM_REQUIRE("embed", args.hidden > 0 && args.vocabulary > 0, "empty table");
  const size_t row_bytes = DTypeRowBytes(args.type, args.hidden);
  FATHOM_REQUIRE("embed", row_bytes > 0, "hidden is not a whole number of blocks");
  const auto table_bytes = CheckedMul(args.vocabulary, row_bytes);
  FATHOM_REQUIRE(
      "embed", table_bytes.has_value() && args.table.size() == *table_bytes,
      "table holds " + std::to_string(args.table.size()) + " bytes, not vocabulary * row");
  FATHOM_REQUIRE("embed", args.out != nullptr, "out is null");
  for (const int32_t token : args.tokens) {
    FATHOM_REQUIRE("embed", token >= 0 && static_cast<size_t>(token) < args.vocabulary,
                   "token " + std::to_string(token) + " is outside the vocabulary of " +
                       std::to_string(args.vocabulary));
  }
  return OkStatus();
}

}  // namespace

Status Embed(const Backend& backend, const EmbedArgs& args) {
  if (Status status = Check(args); !status) return status;
  if (args.tokens.empty()) return OkStatus();
  FATHOM_ON_CUDA(backend, EmbedCuda, args);
  const OperatorTimer timer(backend, Operator::kEmbed);
  // A row is read once and is far smaller than the first layer's work: one thread, one copy, no
  // wait.
  const size_t row_bytes = DTypeRowBytes(args.type, args.hidden);
  for (size_t t = 0; t < args.tokens.size(); ++t) {
    DequantizeRow(args.type, args.table.data() + static_cast<size_t>(args.tokens[t]) * row_bytes,
                  args.hidden, args.out + t * args.hidden);
  }
  return OkStatus();
}

}  // namespace fathom
