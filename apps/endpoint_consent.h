// SPDX-License-Identifier: Apache-2.0
// Consent to send conversations to a model's server, asked once for each origin
// (scheme://host:port) and kept in endpoints.json beside the user's config.yaml.
//
// An address of this machine needs none: nothing leaves it. Neither a repository's .fathom.yaml nor
// a profile can consent; a person at the terminal can, and so can FATHOM_CONSENT=ORIGIN, for
// programs that start this one.
#pragma once

#include <functional>
#include <string>

#include "base/profile.h"
#include "base/result.h"

namespace fathom {

// OK: agreed, now or before. kPolicyDenied: not; the message says how to agree.
Status RequireConsent(const Profile& profile, bool sends_key);

// The same with the person's answer given by `ask` (empty: nobody is there).
using ConsentAsker = std::function<bool(const std::string& question)>;
Status RequireConsent(const Profile& profile, bool sends_key, const std::string& config_folder,
                      const ConsentAsker& ask);

}  // namespace fathom
