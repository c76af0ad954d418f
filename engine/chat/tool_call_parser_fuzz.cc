// SPDX-License-Identifier: Apache-2.0
// Any bytes as a model's output: the same parts whole and in pieces, arguments are JSON objects by
// grammar, everything is UTF-8. The first byte chooses the size of the pieces.
#include <cstddef>
#include <cstdint>

#include "base/utf8.h"
#include "engine/chat/call_scanner.h"
#include "engine/chat/tool_call_parser.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace fathom;
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const size_t piece = data[0] % 16 + 1;
  const FinishReason reason = data[0] & 128 ? FinishReason::kLength : FinishReason::kEos;
  const ParsedMessage whole = ParseWhole(text, reason, {.id_seed = 7});
  StreamParser parser({.id_seed = 7});
  for (size_t at = 0; at < text.size(); at += piece) parser.Feed(text.substr(at, piece));
  parser.Finish(reason);
  const ParsedMessage& pieces = parser.message();
  CHECK(pieces.content == whole.content && pieces.thinking == whole.thinking);
  CHECK(pieces.calls.size() == whole.calls.size() && pieces.rejected == whole.rejected);
  CHECK(IsUtf8(whole.content) && IsUtf8(whole.thinking));
  for (size_t i = 0; i < whole.calls.size(); ++i) {
    CHECK(pieces.calls[i].name == whole.calls[i].name);
    CHECK(pieces.calls[i].arguments == whole.calls[i].arguments);
    CHECK(pieces.calls[i].id == whole.calls[i].id);
    ArgumentText object;
    for (const char c : whole.calls[i].arguments) CHECK(object.Feed(c));
    CHECK(object.done() && IsUtf8(whole.calls[i].arguments));
  }
  return 0;
}
