// SPDX-License-Identifier: Apache-2.0
// Beast, behind two faces: a request is parsed, a response's head is written. Boost.Beast is
// included by beast.cc only. It gets bytes that apps/http/framing.h has let pass, and a request is
// believed only where both agree.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "apps/http/framing.h"

namespace fathom::http {

// `head` and `raw_body` (with its chunks) are what framing.h accepted, `read` what it made of the
// head. Gives the body, or an error where Beast reads the same bytes differently.
struct RawRequest {
  std::string_view head;
  std::string_view body;
};
std::optional<HttpError> ReadWithBeast(const RawRequest& raw, const RequestHead& read,
                                       std::string* body);

struct HeadOptions {
  bool keep_alive = true;
  bool chunked = false;  // else content_length
  std::optional<size_t> content_length;
};
// Status line and headers, up to and with the empty line.
std::string WriteHead(const Response& response, const HeadOptions& options);

// One chunk of a chunked body.
std::string Chunk(std::string_view bytes);
inline constexpr std::string_view kLastChunk = "0\r\n\r\n";

}  // namespace fathom::http
