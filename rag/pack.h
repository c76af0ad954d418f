// SPDX-License-Identifier: Apache-2.0
// Pack: a corpus as tokens for the model, with an exact map back.
//
// Layout of one window (models/nano/FORMAT.md; `⏎` is a newline), the same for every M1-format
// model:
//
//   <begin_of_document><beginning_of_sentence>system ai_setting=assistant⏎{system text}⏎
//   == {path}⏎
//   {line} #{n}⏎            n counts from 1 over the window
//   ...<end_of_sentence>⏎
//
// Every line is encoded on its own, so token ranges and lines agree exactly, and content never
// becomes a control token. A corpus larger than one window becomes several windows; a file is split
// between lines only when it alone exceeds one.
//
// Windows stand on shelves: a shelf begins with a window of its own and has several only where a
// file is split. What stands on a shelf does not depend on the others, so with the layout that was
// kept (rag/layout.h) an edit changes one shelf, from the first changed line on: files before it
// keep their place, and those behind it, which have to be read again anyway, are put in the order
// of today's history, with what has just changed at the end.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "engine/tokenizer/tokenizer.h"
#include "rag/corpus.h"
#include "rag/layout.h"

namespace fathom {

struct PackedLine {
  uint32_t file = 0;         // index into Corpus::files
  uint32_t line = 0;         // index into CorpusFile::lines (line number - 1)
  uint32_t token_begin = 0;  // index into Window::tokens
  uint32_t token_end =
      0;  // past the newline token; the verdict of the line is read at token_end - 1
};

struct Window {
  std::vector<Token> tokens;
  std::vector<PackedLine> lines;  // lines[n - 1] is the line that carries the suffix #n
};

struct PackOptions {
  size_t window_tokens = 16'384;  // of which `reserve_tokens` stay free for questions and answers
  size_t reserve_tokens = 512;
  std::string system_text;
};

struct FileTokens {
  uint32_t file = 0;
  size_t tokens = 0;
  size_t window = 0;  // index of the window the file starts in
};

struct Shelf {
  std::vector<uint32_t> files;  // in their order
  size_t window = 0;            // index of its first
  size_t windows = 0;
  std::optional<size_t> kept;  // the shelf of the kept layout that it continues
};

struct Pack {
  std::vector<Window> windows;  // never empty; windows[0] alone is what `ask` keeps in the context
  std::vector<FileTokens> files;  // one per corpus file, in order
  std::vector<Shelf> shelves;
  std::vector<std::string> digests;  // one per corpus file, see FileDigest
  size_t tokens = 0;
  std::vector<PackedLine> omitted;  // lines longer than a window: they stand in it as empty lines

  // Files of windows after the first: what overflows the context.
  std::vector<uint32_t> Overflow() const;
};

// kLimit if the system text alone fills a window. `kept`: what was packed before an edit. It is
// left where a new packing would need a quarter fewer windows.
Result<Pack> PackCorpus(const Corpus& corpus, const Tokenizer& tokenizer,
                        const PackOptions& options, const Layout* kept = nullptr);
Layout LayoutOf(const Corpus& corpus, const Pack& pack);  // without keys

// Lines [begin, end) of one file.
struct Passage {
  uint32_t file = 0;
  uint32_t begin = 0;
  uint32_t end = 0;
};

// One window of passages, in the same layout; those that do not fit are left out from the back.
Window PackPassages(const Corpus& corpus, const Tokenizer& tokenizer,
                    const std::vector<Passage>& passages, const PackOptions& options);

}  // namespace fathom
