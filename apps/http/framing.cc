// SPDX-License-Identifier: Apache-2.0
#include "apps/http/framing.h"

#include <algorithm>
#include <charconv>

#include "base/limits.h"

namespace fathom::http {
namespace {

HttpError Bad(std::string message) {
  return {.status = 400, .message = std::move(message), .code = "bad_framing"};
}

bool IsTokenCharacter(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool IsToken(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsTokenCharacter);
}

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::optional<HttpError> ReadRequestLine(std::string_view line, RequestHead* out) {
  const size_t first = line.find(' '), last = line.rfind(' ');
  if (first == std::string_view::npos || first == last)
    return Bad("the request line must be METHOD, one blank, target, one blank, version");
  const std::string_view method = line.substr(0, first);
  const std::string_view target = line.substr(first + 1, last - first - 1);
  const std::string_view version = line.substr(last + 1);
  if (!IsToken(method)) return Bad("the method is no token");
  if (target.empty() || target[0] != '/')
    return Bad("the target must be a path that begins with /");
  for (const char c : target) {
    if (c < 0x21 || c > 0x7e || c == '#')
      return Bad("the target holds a character that must be percent-encoded");
  }
  if (version != "HTTP/1.1" && version != "HTTP/1.0")
    return HttpError{.status = 505, .message = "HTTP/1.1 is spoken here"};
  out->method = method;
  out->target = target;
  out->is_http_11 = version == "HTTP/1.1";
  out->keep_alive = out->is_http_11;
  return std::nullopt;
}

std::optional<HttpError> ReadField(std::string_view line, RequestHead* out) {
  if (line[0] == ' ' || line[0] == '\t') return Bad("a header line is folded");
  const size_t colon = line.find(':');
  if (colon == std::string_view::npos || !IsToken(line.substr(0, colon)))
    return Bad("a header line must be NAME: VALUE, without a blank before the colon");
  if (out->headers.size() == kHttpHeaderFieldsMax)
    return HttpError{.status = 431, .message = "too many header fields: at most 64"};
  out->headers.push_back(
      {LowerCase(line.substr(0, colon)), std::string(Trimmed(line.substr(colon + 1)))});
  return std::nullopt;
}

std::optional<HttpError> ReadLength(std::string_view value, RequestHead* out) {
  size_t length = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), length);
  if (value.empty() || value.size() > 15 || error != std::errc() ||
      end != value.data() + value.size())
    return Bad("Content-Length must be a decimal number");
  out->content_length = length;
  return std::nullopt;
}

// Fields of which a second one would leave open which counts.
std::optional<HttpError> CheckOnce(const RequestHead& head) {
  for (const std::string_view name : {"host", "content-length", "transfer-encoding", "content-type",
                                      "authorization", "origin", "expect", "content-encoding"}) {
    const auto count = std::count_if(head.headers.begin(), head.headers.end(),
                                     [&](const Header& header) { return header.name == name; });
    if (count > 1) return Bad("the header " + std::string(name) + " stands there twice");
  }
  return std::nullopt;
}

std::optional<HttpError> ReadBodyFraming(RequestHead* out) {
  for (const Header& header : out->headers) {
    if (header.name == "content-length") {
      if (auto fault = ReadLength(header.value, out)) return fault;
    } else if (header.name == "transfer-encoding") {
      if (!out->is_http_11) return Bad("Transfer-Encoding needs HTTP/1.1");
      if (!EqualsIgnoringCase(header.value, "chunked"))
        return Bad("the only Transfer-Encoding is chunked");
      out->chunked = true;
    } else if (header.name == "connection") {
      if (EqualsIgnoringCase(header.value, "close")) out->keep_alive = false;
      if (EqualsIgnoringCase(header.value, "keep-alive")) out->keep_alive = true;
    } else if (header.name == "expect") {
      if (!EqualsIgnoringCase(header.value, "100-continue"))
        return HttpError{.status = 417, .message = "the only Expect is 100-continue"};
      out->expects_continue = true;
    } else if (header.name == "content-encoding") {
      if (!EqualsIgnoringCase(header.value, "identity"))
        return HttpError{.status = 415, .message = "send the body without Content-Encoding"};
    }
  }
  if (out->chunked && out->content_length)
    return Bad("Content-Length and Transfer-Encoding exclude each other");
  return std::nullopt;
}

}  // namespace

std::optional<size_t> HeadEnd(std::string_view bytes, std::optional<HttpError>* fault) {
  for (size_t i = 0; i < bytes.size(); ++i) {
    const auto c = static_cast<unsigned char>(bytes[i]);
    const bool after_cr = i > 0 && bytes[i - 1] == '\r';
    if (i >= kHttpHeaderBytesMax) {
      *fault = HttpError{.status = 431, .message = "the header is larger than 16 KiB"};
      return std::nullopt;
    }
    if ((c == '\n') != after_cr) {
      *fault = Bad("lines end with CR LF");
      return std::nullopt;
    }
    if ((c < 0x20 && c != '\r' && c != '\n' && c != '\t') || c == 0x7f) {
      *fault = Bad("the header holds a control character");
      return std::nullopt;
    }
    if (c == '\n' && (i == 1 || (i >= 3 && bytes[i - 2] == '\n'))) return i + 1;
  }
  return std::nullopt;
}

std::optional<HttpError> ReadHead(std::string_view head, RequestHead* out) {
  std::optional<HttpError> fault;
  const auto end = HeadEnd(head, &fault);
  if (fault) return fault;
  if (end != head.size()) return Bad("the header does not end with an empty line");
  head.remove_suffix(2);
  bool is_first = true;
  while (!head.empty()) {
    const std::string_view line = head.substr(0, head.find('\r'));
    head.remove_prefix(line.size() + 2);
    fault = is_first ? ReadRequestLine(line, out) : ReadField(line, out);
    if (fault) return fault;
    is_first = false;
  }
  if (is_first) return Bad("an empty line stands where a request should");
  if (auto twice = CheckOnce(*out)) return twice;
  if (FindHeader(out->headers, "host").empty()) return Bad("the header Host is missing");
  return ReadBodyFraming(out);
}

size_t ChunkScanner::Feed(std::string_view bytes, bool* ok) {
  *ok = true;
  size_t at = 0;
  while (at < bytes.size() && !done()) {
    if (place_ == Place::kData) {
      const size_t taken = std::min(chunk_, bytes.size() - at);
      at += taken;
      body_bytes_ += taken;
      chunk_ -= taken;
      if (chunk_ == 0) place_ = Place::kDataCr;
      continue;
    }
    if (!Step(bytes[at++])) {
      *ok = false;
      return at;
    }
  }
  return at;
}

bool ChunkScanner::Step(char c) {
  switch (place_) {
    case Place::kSize: {
      if (c == '\r') {
        place_ = Place::kSizeLf;
        return digits_ > 0;
      }
      size_t digit = 0;
      const auto [end, error] = std::from_chars(&c, &c + 1, digit, 16);
      if (error != std::errc() || end != &c + 1 || ++digits_ > 8) return false;
      chunk_ = chunk_ * 16 + digit;
      return true;
    }
    case Place::kSizeLf:
      place_ = chunk_ > 0 ? Place::kData : Place::kEndCr;
      return c == '\n';
    case Place::kDataCr:
      place_ = Place::kDataLf;
      return c == '\r';
    case Place::kDataLf:
      place_ = Place::kSize;
      digits_ = 0;
      return c == '\n';
    case Place::kEndCr:
      place_ = Place::kEndLf;
      return c == '\r';
    case Place::kEndLf:
      place_ = Place::kDone;
      return c == '\n';
    default:
      return false;
  }
}

}  // namespace fathom::http
