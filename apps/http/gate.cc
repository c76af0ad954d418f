// SPDX-License-Identifier: Apache-2.0
#include "apps/http/gate.h"

#include <algorithm>

namespace fathom::http {
namespace {

// "127.0.0.1:8080" -> "127.0.0.1", "[::1]:8080" -> "[::1]"; empty when it is neither.
std::string HostName(std::string_view host) {
  size_t end = host.find(':');
  if (!host.empty() && host[0] == '[') {
    end = host.find(']');
    if (end == std::string_view::npos) return "";
    ++end;
  }
  const std::string_view name = host.substr(0, end);
  const std::string_view port = host.substr(name.size());
  const bool port_is_fine =
      port.empty() ||
      (port[0] == ':' && port.size() >= 2 && port.size() <= 6 &&
       std::all_of(port.begin() + 1, port.end(), [](char c) { return c >= '0' && c <= '9'; }));
  return port_is_fine ? LowerCase(name) : "";
}

bool HasToken(const GatePolicy& policy, std::string_view authorization) {
  constexpr std::string_view kScheme = "bearer ";
  if (!EqualsIgnoringCase(authorization.substr(0, kScheme.size()), kScheme)) return false;
  return !policy.token.empty() &&
         EqualInConstantTime(authorization.substr(kScheme.size()), policy.token);
}

bool IsJson(std::string_view content_type) {
  std::string_view type = content_type.substr(0, content_type.find(';'));
  while (!type.empty() && type.back() == ' ') type.remove_suffix(1);
  return EqualsIgnoringCase(type, "application/json");
}

}  // namespace

std::optional<HttpError> CheckGate(const GatePolicy& policy, const RequestHead& head,
                                   const GateFacts& facts) {
  const std::string_view host = FindHeader(head.headers, "host");
  const std::string name = HostName(host);
  if (std::find(policy.hosts.begin(), policy.hosts.end(), name) == policy.hosts.end()) {
    return HttpError{.status = 421,
                     .message =
                         "this Host is not served; use 127.0.0.1 or localhost, or start the "
                         "server with --listen",
                     .code = "wrong_host"};
  }
  const bool has_origin = std::any_of(head.headers.begin(), head.headers.end(),
                                      [](const Header& h) { return h.name == "origin"; });
  const std::string_view origin = FindHeader(head.headers, "origin");
  if (has_origin && !EqualsIgnoringCase(origin, "http://" + std::string(host))) {
    return HttpError{.status = 403,
                     .message = "pages of another origin may not use this server",
                     .code = "wrong_origin"};
  }
  const bool needs_token = !(facts.is_public && facts.loopback);
  if (needs_token && !HasToken(policy, FindHeader(head.headers, "authorization"))) {
    return HttpError{.status = 401,
                     .message =
                         "send the header Authorization: Bearer TOKEN; the token is "
                         "FATHOM_TOKEN's, or in the file that fathom serve named at its start",
                     .code = "invalid_api_key"};
  }
  const bool has_body = head.chunked || head.content_length.value_or(0) > 0;
  if (has_body && !IsJson(FindHeader(head.headers, "content-type"))) {
    return HttpError{.status = 415, .message = "send Content-Type: application/json"};
  }
  return std::nullopt;
}

bool EqualInConstantTime(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  volatile unsigned char difference = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    difference = static_cast<unsigned char>(difference | (a[i] ^ b[i]));
  }
  return difference == 0;
}

}  // namespace fathom::http
