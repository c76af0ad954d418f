// SPDX-License-Identifier: Apache-2.0
// Words of code and prose, normalised for matching: identifiers fall into their parts, inflections
// and usual abbreviations into one form ("MAX_RETRIES", "maximum retry" -> max retry).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fathom {

struct Word {
  std::string normal;  // lower case, stemmed, abbreviations unified
  size_t begin = 0;    // byte range in the text it came from
  size_t end = 0;
};

// Maximal runs of letters and digits, camelCase and snake_case split.
std::vector<Word> WordsOf(std::string_view text);

// The normal form of one word.
std::string NormalWord(std::string_view word);

// Words that carry no subject: articles, pronouns, question words, "value", "defined", ... Takes a
// normal form.
bool IsStopWord(const std::string& normal);

}  // namespace fathom
