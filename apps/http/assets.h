// SPDX-License-Identifier: Apache-2.0
// Assets: the dashboard's files, from the program itself. Files below assets/ carry a hash of their
// content in their name and are kept by browsers; all others are asked for again by their ETag.
#pragma once

#include "apps/http/exchange.h"

namespace fathom::http {

// GET and HEAD. A path without a dot that is no file is the page: deep links lead there.
void ServeAsset(Exchange& exchange);

// What pages may do: run, style, draw and ask only what comes from here.
extern const char* const kContentSecurityPolicy;

}  // namespace fathom::http
