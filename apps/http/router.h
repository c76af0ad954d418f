// SPDX-License-Identifier: Apache-2.0
// Router: method and path to a handler. A pattern has literal segments and {name} for one segment
// of [A-Za-z0-9._-]{1,128}.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "apps/http/exchange.h"

namespace fathom::http {

using PathValues = std::map<std::string, std::string, std::less<>>;
using Handler = std::function<void(Exchange&, const PathValues&)>;

class Router {
 public:
  void Add(std::string method, std::string pattern, Handler handler);
  // Answers whatever no pattern matches, with GET and HEAD: the dashboard's files.
  void SetFallback(Handler handler) { fallback_ = std::move(handler); }

  // Pages, and /health: what the gate lets pass without a token over loopback.
  static bool IsPublic(std::string_view method, std::string_view path);

  // Dispatches, or answers 404 or 405.
  void Serve(Exchange& exchange) const;

  // The pattern that matches, for metrics: "" when none does.
  std::string RouteOf(std::string_view path) const;
  // "GET /health", sorted.
  std::vector<std::string> Routes() const;

 private:
  struct Route {
    std::string method, pattern;
    Handler handler;
  };
  std::vector<Route> routes_;
  Handler fallback_;
};

}  // namespace fathom::http
