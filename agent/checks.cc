// SPDX-License-Identifier: Apache-2.0
#include "agent/checks.h"

#include <utility>

#include "agent/checks_source.h"

namespace fathom {

Checker::Checker(const CorpusFile& file) : source_(std::make_unique<SourceText>(file)) {}
Checker::~Checker() = default;

StatementLines Checker::StatementAt(size_t line) const {
  return source_->StatementAt(line);
}

CheckAnswer Checker::Check(std::string_view family, size_t line) const {
  using Function = CheckAnswer (*)(const SourceText&, StatementLines);
  static constexpr std::pair<std::string_view, Function> kChecks[] = {
      {"buffer-overflow", CheckBuffer},
      {"command-injection", CheckCommand},
      {"sql-injection", CheckSql},
      {"code-eval", CheckEval},
      {"hardcoded-secret", CheckSecret},
      {"weak-hash", CheckHash},
      {"path-traversal", CheckPath},
      {"format-string", CheckFormat},
      {"weak-random", CheckRandom},
      {"unsafe-deserialize", CheckDeserialize},
      {"xss", CheckXss},
      {"insecure-tls", CheckTls},
  };
  for (const auto& [name, check] : kChecks) {
    if (name == family) return check(*source_, source_->StatementAt(line));
  }
  return {};
}

}  // namespace fathom
