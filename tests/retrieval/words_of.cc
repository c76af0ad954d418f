// SPDX-License-Identifier: Apache-2.0
// words_of: the normal forms of each line of standard input, for the recipe of the word vectors.
#include <iostream>
#include <string>

#include "rag/words.h"

int main() {
  std::ios::sync_with_stdio(false);
  std::string line;
  while (std::getline(std::cin, line)) {
    for (const fathom::Word& word : fathom::WordsOf(line)) std::cout << word.normal << ' ';
    std::cout << '\n';
  }
}
