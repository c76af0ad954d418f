// SPDX-License-Identifier: Apache-2.0
#include "apps/http/router.h"

#include <algorithm>
#include <set>

namespace fathom::http {
namespace {

constexpr size_t kSegmentBytesMax = 128;

bool IsSegment(std::string_view text) {
  return !text.empty() && text.size() <= kSegmentBytesMax &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '.' || c == '_' || c == '-';
         });
}

std::string_view TakeSegment(std::string_view* path) {
  path->remove_prefix(1);  // '/'
  const std::string_view segment = path->substr(0, path->find('/'));
  path->remove_prefix(segment.size());
  return segment;
}

bool Matches(std::string_view pattern, std::string_view path, PathValues* values) {
  while (!pattern.empty() && !path.empty()) {
    const std::string_view want = TakeSegment(&pattern), have = TakeSegment(&path);
    if (want.size() > 2 && want.front() == '{') {
      if (!IsSegment(have)) return false;
      (*values)[std::string(want.substr(1, want.size() - 2))] = have;
    } else if (want != have) {
      return false;
    }
  }
  return pattern.empty() && path.empty();
}

}  // namespace

void Router::Add(std::string method, std::string pattern, Handler handler) {
  routes_.push_back({std::move(method), std::move(pattern), std::move(handler)});
}

bool Router::IsPublic(std::string_view method, std::string_view path) {
  if (method != "GET" && method != "HEAD") return false;
  if (path == "/health") return true;
  for (const std::string_view own : {"/v1/", "/api/"}) {
    if (path.substr(0, own.size()) == own) return false;
  }
  return path != "/metrics" && path != "/tokenize" && path != "/openapi.json";
}

void Router::Serve(Exchange& exchange) const {
  const Request& request = exchange.request();
  std::set<std::string> allowed;
  for (const Route& route : routes_) {
    PathValues values;
    if (!Matches(route.pattern, request.path, &values)) continue;
    if (route.method == request.method) return route.handler(exchange, values);
    allowed.insert(route.method);
  }
  if (!allowed.empty()) {
    std::string list;
    for (const std::string& method : allowed) list += (list.empty() ? "" : ", ") + method;
    return exchange.Fail({.status = 405,
                          .message = "this path answers " + list + ", not " + request.method,
                          .allow = list});
  }
  if (fallback_ && IsPublic(request.method, request.path)) return fallback_(exchange, {});
  exchange.Fail({.status = 404,
                 .message = "there is no such path; /openapi.json lists all",
                 .code = "not_found"});
}

std::string Router::RouteOf(std::string_view path) const {
  for (const Route& route : routes_) {
    PathValues values;
    if (Matches(route.pattern, path, &values)) return route.pattern;
  }
  return "";
}

std::vector<std::string> Router::Routes() const {
  std::vector<std::string> routes;
  for (const Route& route : routes_) routes.push_back(route.method + " " + route.pattern);
  std::sort(routes.begin(), routes.end());
  return routes;
}

}  // namespace fathom::http
