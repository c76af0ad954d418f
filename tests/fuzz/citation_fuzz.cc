// SPDX-License-Identifier: Apache-2.0
// Any bytes as two files and a model's answer over them: every citation that stands is byte-equal
// to the corpus at the place it names, and packing maps every line back to its file.
#include <cstddef>
#include <cstdint>

#include "base/check.h"
#include "rag/citation.h"
#include "tests/fuzz/byte_tokenizer.h"

using namespace fathom;

namespace {

// The input's parts, divided by NUL bytes.
std::string_view TakePart(std::string_view& rest) {
  const size_t end = rest.find('\0');
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return part;
}

void AddFile(Corpus& corpus, std::string path, std::string_view bytes) {
  corpus.files.push_back({std::move(path), "text", std::string(bytes), SplitLines(bytes)});
}

void CheckStanding(const Corpus& corpus, const Claim& claim) {
  const Citation citation = CheckCitation(corpus, claim);
  if (!citation.Stands()) return;
  const CorpusFile* file = corpus.Find(citation.path);
  CHECK(file != nullptr);
  CHECK(citation.start >= 1 && citation.start <= citation.end);
  CHECK(citation.end <= file->lines.size());
  CHECK(citation.byte_start <= citation.byte_end && citation.byte_end <= file->bytes.size());
  const size_t size = citation.byte_end - citation.byte_start;
  CHECK(file->bytes.compare(citation.byte_start, size, citation.quote) == 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  if (rest.empty()) return 0;
  const size_t window_tokens = 96 + static_cast<unsigned char>(rest[0]) * 8u;
  rest.remove_prefix(1);
  Corpus corpus;
  AddFile(corpus, "a.txt", TakePart(rest));
  AddFile(corpus, "b/c.py", TakePart(rest));
  auto pack =
      PackCorpus(corpus, ByteTokenizer(),
                 {.window_tokens = window_tokens, .reserve_tokens = 16, .system_text = "s"});
  if (!pack) return 0;
  CHECK(!pack->windows.empty());
  for (const Window& window : pack->windows) {
    CHECK(window.tokens.size() <= window_tokens);
    for (const PackedLine& line : window.lines) {
      CHECK(line.file < corpus.files.size());
      CHECK(line.line < corpus.files[line.file].lines.size());
      CHECK(line.token_begin < line.token_end && line.token_end <= window.tokens.size());
    }
  }
  for (const Claim& claim : ClaimsOf(rest, corpus, pack->windows[0])) CheckStanding(corpus, claim);
  CheckStanding(corpus, {.quote = std::string(rest), .path = "a.txt", .start = 1, .end = 1});
  CheckStanding(corpus, {.quote = std::string(rest)});
  (void)WithoutSuffixes(rest);
  return 0;
}
