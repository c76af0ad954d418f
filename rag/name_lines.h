// SPDX-License-Identifier: Apache-2.0
// LinesNaming: the lines of a corpus in which a name stands, those first that look as if they
// defined it.
//
// How a line looks is told from its words alone, alike for all languages: a word that declares
// ("def", "#define", "struct"), an assignment, a head of a function whose line does not end as a
// call does. It is an order to read in, no answer: which line defines the name is the model's to
// say.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "rag/corpus.h"

namespace fathom {

struct NameLine {
  uint32_t file = 0;  // index into Corpus::files
  uint32_t line = 0;  // from 0
  int likeness = 0;   // to a definition of the name; below 0: it only mentions or calls it
};

// Lines with `name` as a whole (no letter, digit or '_' goes on at an end of it that is one
// itself); the likeliest first, those alike in the order of the corpus. Takes time linear in the
// corpus.
std::vector<NameLine> LinesNaming(const Corpus& corpus, std::string_view name);

// Code calls the name, and nothing else is done with it there; `lines` as LinesNaming gives them.
bool OnlyCalled(const std::vector<NameLine>& lines);

// Of one line, for the name at `at`. `language` as in CorpusFile.
int LikenessToDefinition(std::string_view line, size_t at, size_t name_bytes,
                         std::string_view language);

}  // namespace fathom
