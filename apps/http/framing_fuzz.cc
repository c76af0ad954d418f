// SPDX-License-Identifier: Apache-2.0
// Any bytes as a request: framing, the gate, and Beast on what framing let pass. Whatever is
// accepted in pieces is accepted whole, at the same place.
#include <cstdint>
#include <cstdlib>

#include "apps/http/beast.h"
#include "apps/http/gate.h"

namespace {

using fathom::http::ChunkScanner;

void CheckChunks(std::string_view bytes) {
  ChunkScanner whole, pieces;
  bool whole_ok = true, pieces_ok = true;
  const size_t end = whole.Feed(bytes, &whole_ok);
  size_t at = 0;
  while (at < bytes.size() && pieces_ok && !pieces.done())
    at += pieces.Feed(bytes.substr(at, 1), &pieces_ok);
  if (whole_ok != pieces_ok || end != at || whole.done() != pieces.done() ||
      whole.body_bytes() != pieces.body_bytes()) {
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  CheckChunks(bytes);
  std::optional<fathom::http::HttpError> fault;
  const auto end = fathom::http::HeadEnd(bytes, &fault);
  if (!end || fault) return 0;
  fathom::http::RequestHead head;
  if (fathom::http::ReadHead(bytes.substr(0, *end), &head)) return 0;
  const fathom::http::GatePolicy policy{.token = "token-0123456789", .hosts = {"a", "[::1]"}};
  const auto refused = fathom::http::CheckGate(policy, head, {.loopback = true});
  if (!refused && fathom::http::FindHeader(head.headers, "authorization").size() < 23) std::abort();
  std::string_view rest = bytes.substr(*end);
  if (head.chunked) {
    ChunkScanner chunks;
    bool ok = true;
    rest = rest.substr(0, chunks.Feed(rest, &ok));
    if (!ok || !chunks.done()) return 0;
  } else {
    if (head.content_length.value_or(0) > rest.size()) return 0;
    rest = rest.substr(0, head.content_length.value_or(0));
  }
  std::string body;
  const auto disagreement =
      fathom::http::ReadWithBeast({.head = bytes.substr(0, *end), .body = rest}, head, &body);
  if (!disagreement && !head.chunked && body != rest) std::abort();
  return 0;
}
