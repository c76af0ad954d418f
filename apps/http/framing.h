// SPDX-License-Identifier: Apache-2.0
// Framing: what the bytes of a request must look like before any library reads them.
//
// One request has one reading. Whatever two readers could take apart differently is refused and
// ends the connection: a bare LF or CR, NUL and other control characters, folded lines, blanks
// before a colon, two lengths, a length beside Transfer-Encoding, Transfer-Encoding in HTTP/1.0 or
// of another kind than "chunked", targets that do not begin with "/", chunk extensions and
// trailers. Source: RFC 9112 (sections 2.2, 3, 5, 6, 7, 11.2).
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "apps/http/message.h"

namespace fathom::http {

struct RequestHead {
  std::string method;
  std::string target;
  bool is_http_11 = true;
  std::vector<Header> headers;
  std::optional<size_t> content_length;
  bool chunked = false;
  bool keep_alive = true;
  bool expects_continue = false;
};

// Where the head ends (past its empty line), or nothing yet. Sets `fault` as soon as the bytes so
// far can no longer become an acceptable head.
std::optional<size_t> HeadEnd(std::string_view bytes, std::optional<HttpError>* fault);

// `head` ends with its empty line.
std::optional<HttpError> ReadHead(std::string_view head, RequestHead* out);

// A chunked body, byte by byte.
class ChunkScanner {
 public:
  // Takes bytes up to the end of the body and returns how many; false in *ok ends the connection.
  size_t Feed(std::string_view bytes, bool* ok);
  bool done() const { return place_ == Place::kDone; }
  size_t body_bytes() const { return body_bytes_; }

 private:
  enum class Place { kSize, kSizeLf, kData, kDataCr, kDataLf, kEndCr, kEndLf, kDone };
  bool Step(char c);

  Place place_ = Place::kSize;
  size_t chunk_ = 0;  // its size; while data is read, what is left
  int digits_ = 0;
  size_t body_bytes_ = 0;
};

}  // namespace fathom::http
