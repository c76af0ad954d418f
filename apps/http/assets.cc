// SPDX-License-Identifier: Apache-2.0
#include "apps/http/assets.h"

#include <algorithm>
#include <map>

#include "apps/http/embedded.h"
#include "base/sha256.h"

namespace fathom::http {

const char* const kContentSecurityPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    "font-src 'self'; worker-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "form-action 'none'";

namespace {

constexpr std::string_view kNoDashboard =
    "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Fathom</title>\n"
    "<h1>Fathom is running</h1>\n"
    "<p>This program was built without its dashboard. To have it here, install npm and build the "
    "program again:</p>\n"
    "<pre>apt-get install npm\nrm -r build/release\n./fathom build</pre>\n"
    "<p>The OpenAI-compatible API is at <code>/v1</code>, all routes are in "
    "<code>/openapi.json</code>.</p>\n</html>\n";

std::string_view TypeOf(std::string_view path) {
  static const std::map<std::string_view, std::string_view> kTypes = {
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".ico", "image/x-icon"},
      {".woff2", "font/woff2"},
      {".json", "application/json"},
      {".txt", "text/plain; charset=utf-8"},
      {".webmanifest", "application/manifest+json"}};
  const size_t dot = path.rfind('.');
  const auto found = dot == std::string_view::npos ? kTypes.end() : kTypes.find(path.substr(dot));
  return found == kTypes.end() ? "application/octet-stream" : found->second;
}

const EmbeddedFile* Find(std::string_view path) {
  for (const EmbeddedFile& file : DashboardFiles()) {
    if (file.path == path) return &file;
  }
  return nullptr;
}

const std::string& TagOf(const EmbeddedFile& file) {
  static const std::map<std::string_view, std::string> kTags = [] {
    std::map<std::string_view, std::string> tags;
    for (const EmbeddedFile& each : DashboardFiles())
      tags[each.path] = "\"" + Sha256Hex(each.bytes).substr(0, 32) + "\"";
    return tags;
  }();
  return kTags.at(file.path);
}

// "gzip" without "q=0" behind it.
bool AcceptsGzip(std::string_view accepted) {
  const size_t at = accepted.find("gzip");
  if (at == std::string_view::npos) return false;
  std::string_view rest = accepted.substr(at + 4);
  rest = rest.substr(0, rest.find(','));
  const size_t q = rest.find("q=0");
  return q == std::string_view::npos ||
         rest.find_first_of("123456789", q) != std::string_view::npos;
}

void AddPageHeaders(Response& response) {
  response.headers.push_back({"content-security-policy", kContentSecurityPolicy});
  response.headers.push_back({"referrer-policy", "no-referrer"});
  response.headers.push_back({"x-frame-options", "DENY"});
  response.headers.push_back({"cross-origin-opener-policy", "same-origin"});
  response.headers.push_back({"cross-origin-resource-policy", "same-origin"});
}

}  // namespace

void ServeAsset(Exchange& exchange) {
  const Request& request = exchange.request();
  std::string_view path = std::string_view(request.path).substr(1);
  const bool is_page = path.find('.') == std::string_view::npos;
  if (is_page) path = "index.html";
  Response response;
  AddPageHeaders(response);
  const EmbeddedFile* file = Find(path);
  if (!file && is_page) {
    response.content_type = "text/html; charset=utf-8";
    response.body = kNoDashboard;
    return exchange.Send(std::move(response));
  }
  if (!file) {
    return exchange.Fail({.status = 404, .message = "there is no such file", .code = "not_found"});
  }
  const bool is_hashed = path.substr(0, 7) == "assets/";
  response.content_type = TypeOf(path);
  response.headers.push_back({"etag", TagOf(*file)});
  response.headers.push_back({"vary", "accept-encoding"});
  response.headers.push_back(
      {"cache-control", is_hashed ? "public, max-age=31536000, immutable" : "no-cache"});
  if (request.Get("if-none-match") == TagOf(*file)) {
    response.status = 304;
    return exchange.Send(std::move(response));
  }
  const bool zip =
      AcceptsGzip(request.Get("accept-encoding")) && file->gzip.size() < file->bytes.size();
  if (zip) response.headers.push_back({"content-encoding", "gzip"});
  response.body = zip ? file->gzip : file->bytes;
  exchange.Send(std::move(response));
}

}  // namespace fathom::http
