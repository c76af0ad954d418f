// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizer/tokenize_command.h"

#include <istream>
#include <ostream>
#include <string>

#include "base/json.h"

namespace fathom {

int RunTokenizeCommand(const Tokenizer& tokenizer, const TokenizeCommandOptions& options,
                       std::istream& in, std::ostream& out, std::ostream& err) {
  std::string line;
  for (size_t number = 1; std::getline(in, line); ++number) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    const auto text = Json::Parse(line);
    if (!text || !text->is_string()) {
      err << "line " << number << ": " << (text ? "expected a JSON string" : text.error().Text())
          << "\n";
      return 2;
    }
    const std::vector<Token> tokens = options.trusted ? tokenizer.EncodeTrusted(text->as_string())
                                                      : tokenizer.Encode(text->as_string());
    std::string row = "[";
    for (size_t i = 0; i < tokens.size(); ++i) {
      if (i > 0) row += ", ";
      row += std::to_string(tokens[i]);
    }
    out << row << "]\n";
  }
  return 0;
}

}  // namespace fathom
