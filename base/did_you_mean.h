// SPDX-License-Identifier: Apache-2.0
// DidYouMean: the known name a misspelt one was probably meant to be.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace fathom {

// The nearest of `known` (edits and swaps of neighbours), or "" when none is near: at most a third
// of the name may differ, one letter always. Names over 64 bytes have no suggestion.
std::string DidYouMean(std::string_view name, std::span<const std::string_view> known);

}  // namespace fathom
