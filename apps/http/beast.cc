// SPDX-License-Identifier: Apache-2.0
#include "apps/http/beast.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <sstream>

#include "base/limits.h"

namespace fathom::http {
namespace {

namespace beast = boost::beast::http;

HttpError Disagreement() {
  return {.status = 400, .message = "the request could be read in two ways", .code = "bad_framing"};
}

std::string_view View(boost::beast::string_view text) {
  return {text.data(), text.size()};
}

}  // namespace

std::optional<HttpError> ReadWithBeast(const RawRequest& raw, const RequestHead& read,
                                       std::string* body) {
  beast::request_parser<beast::string_body> parser;
  parser.header_limit(kHttpHeaderBytesMax);
  parser.body_limit(kHttpBodyBytesMax);
  boost::system::error_code error;
  const size_t used = parser.put(boost::asio::buffer(raw.head.data(), raw.head.size()), error);
  if (error == beast::error::need_more) error = {};
  if (error || used != raw.head.size() || !parser.is_header_done()) return Disagreement();
  const auto length = parser.content_length();
  const bool lengths_agree = read.content_length && !read.chunked
                                 ? length && *length == *read.content_length
                                 : !length || *length == 0;
  if (parser.chunked() != read.chunked || !lengths_agree ||
      View(parser.get().method_string()) != read.method ||
      View(parser.get().target()) != read.target) {
    return Disagreement();
  }
  parser.eager(true);
  for (std::string_view rest = raw.body; !rest.empty() && !parser.is_done();) {
    const size_t taken = parser.put(boost::asio::buffer(rest.data(), rest.size()), error);
    rest.remove_prefix(taken);
    if (error || (taken == 0 && !parser.is_done())) return Disagreement();
    if (parser.is_done() && !rest.empty()) return Disagreement();
  }
  if (!raw.body.empty() && !parser.is_done()) return Disagreement();
  *body = std::move(parser.get().body());
  return std::nullopt;
}

std::string WriteHead(const Response& response, const HeadOptions& options) {
  beast::response<beast::empty_body> head;
  head.version(11);
  head.result(static_cast<unsigned>(response.status));
  head.set(beast::field::content_type, response.content_type);
  for (const Header& header : response.headers) head.insert(header.name, header.value);
  if (options.chunked) head.chunked(true);
  if (options.content_length) head.content_length(*options.content_length);
  head.set(beast::field::connection, options.keep_alive ? "keep-alive" : "close");
  std::ostringstream out;
  out << head.base();
  return out.str();
}

std::string Chunk(std::string_view bytes) {
  std::ostringstream out;
  out << std::hex << bytes.size() << "\r\n" << bytes << "\r\n";
  return out.str();
}

}  // namespace fathom::http
