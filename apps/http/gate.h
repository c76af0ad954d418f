// SPDX-License-Identifier: Apache-2.0
// Gate: who may ask, decided from the head of a request alone, before its body is read.
//
//   1. Host names this machine (or the address given to --listen), else 421: a name that was
//   rebound
//      to loopback is not ours.
//   2. An Origin, where there is one, is the page's own: http:// and the Host, else 403.
//   3. The bearer token, else 401. Pages of the dashboard and /health need none over loopback,
//   where
//      they tell nothing that the program's source does not.
//   4. A body is JSON by its Content-Type, else 415: a form of a foreign page cannot send that.
// A pure function, tested over the whole matrix.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "apps/http/framing.h"

namespace fathom::http {

struct GatePolicy {
  std::string token;
  std::vector<std::string> hosts;  // lower case, without port; IPv6 in brackets
};

struct GateFacts {
  bool loopback = false;   // the peer's address
  bool is_public = false;  // the route is a page, or /health
};

std::optional<HttpError> CheckGate(const GatePolicy& policy, const RequestHead& head,
                                   const GateFacts& facts);

// Takes the same time wherever two texts of equal length differ.
bool EqualInConstantTime(std::string_view a, std::string_view b);

}  // namespace fathom::http
