// SPDX-License-Identifier: Apache-2.0
// Net: one HTTP(S) request, its answer streamed to a sink. libcurl does the work, inside
// base/net.cc only.
//
// Promises
//  * The host is resolved once; every address is judged, and the connection goes to an address that
//    was judged and to no other (no rebinding between check and use).
//  * With `public_addresses_only` an answer that names one private, loopback, link-local, shared,
//    multicast, reserved or otherwise special address (v4, v6, and v4 inside v6) refuses the host.
//  * http and https only. No redirect is followed: 3xx is an answer like any other. No proxy,
//  cookie,
//    netrc or environment variable has a say. Certificates are checked.
//  * Size of headers and body, time to connect, time without a byte and time in all are limited; a
//    cancel ends the request within 200 ms, once the system's resolver has answered.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace fathom {

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

struct HttpResponse;

struct HttpRequest {
  std::string url;             // http:// or https://, without user name and password
  std::string method = "GET";  // GET, HEAD or POST
  HttpHeaders headers;         // a name or value with a line break is refused
  std::string body;            // of a POST
  bool public_addresses_only = false;
  int connect_ms_max = 10'000;
  int idle_ms_max = 60'000;  // without a byte in either direction
  int total_ms_max = 600'000;
  size_t body_bytes_max = 0;                     // 0: kNetBodyBytesMax (base/limits.h)
  const std::atomic<bool>* cancelled = nullptr;  // null: never
  // Called once with status and headers, before the body's first piece; of an answer without a body
  // never. Not OK ends the request with that error.
  std::function<Status(const HttpResponse& head)> head;
};

struct HttpResponse {
  int status = 0;
  HttpHeaders headers;  // names in lower case, in their order
  std::string address;  // the one that was connected to
  size_t body_bytes = 0;

  std::string_view Header(std::string_view lower_name) const;  // "" when absent
};

// Called with each piece of the body as it comes. Not OK ends the request with that error.
using HttpSink = std::function<Status(std::string_view piece)>;

// kInvalid: the request itself. kPolicyDenied: an address that is refused. kUnavailable: no
// connection. kLimit, kCancelled. A status like 404 is no error. Messages never hold the query or
// headers, for these carry keys.
Result<HttpResponse> SendHttp(const HttpRequest& request, const HttpSink& sink);
// The same with the body in one piece.
Result<HttpResponse> SendHttp(const HttpRequest& request, std::string* body);

// "https://host:port" of a URL that SendHttp would take.
Result<std::string> HttpOrigin(const std::string& url);

// The URL's host is this machine: localhost, 127.0.0.0/8 or ::1 as they are written.
bool IsLoopbackUrl(const std::string& url);

// False for what no stranger's URL may reach: anything that is not a global unicast address.
// `address`: text of an IPv4 or IPv6 address; false when it is neither. Source: the IANA registries
// of special-purpose addresses (RFC 6890 and its updates).
bool IsPublicAddress(std::string_view address);

}  // namespace fathom
