// SPDX-License-Identifier: Apache-2.0
// The server's token: FATHOM_TOKEN, or 256 random bits in a file of mode 0600 that is made once and
// kept, so that clients keep theirs over a restart.
#pragma once

#include <string>

#include "base/result.h"

namespace fathom::http {

struct ServerToken {
  std::string value;
  std::string file;  // empty: it came from FATHOM_TOKEN
};

// `folder` is made with 0700. A file that others may read is refused.
Result<ServerToken> FindToken(const std::string& folder);

}  // namespace fathom::http
