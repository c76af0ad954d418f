// SPDX-License-Identifier: Apache-2.0
// Any bytes as lines, and a piece of them, cut and changed, as a quote: it is taken exactly when it
// stands in a line.
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "engine/grammar/quotes.h"
#include "tests/fuzz/byte_tokenizer.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace fathom;
  // Longer quotes follow their first place only.
  constexpr size_t kBytesMax = 400;
  if (size < 4 || size > kBytesMax) return 0;
  const std::string text(reinterpret_cast<const char*>(data) + 3, size - 3);
  std::vector<std::string> lines(1);
  for (const char c : text) {
    if (c == '\n') {
      lines.emplace_back();
    } else {
      lines.back() += c;
    }
  }
  const QuoteIndex index(lines);
  const size_t from = data[0] % text.size();
  std::string quote = text.substr(from, 1 + data[1] % 32);
  if (data[2] % 3 == 0) quote.back() = static_cast<char>(data[2]);
  QuoteIndex::Place place = index.Anywhere();
  for (const char c : quote) place = index.Step(place, static_cast<uint8_t>(c));
  // A quote begins where a character does.
  const bool begins = (static_cast<uint8_t>(quote[0]) & 0xC0) != 0x80;
  const bool stands = begins && quote.find('\n') == std::string::npos &&
                      std::any_of(lines.begin(), lines.end(), [&](const std::string& line) {
                        return line.find(quote) != std::string::npos;
                      });
  if (quote.find('\n') == std::string::npos) CHECK(place.empty() != stands);
  return 0;
}
