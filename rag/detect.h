// SPDX-License-Identifier: Apache-2.0
// Decides from a path and its bytes whether a file belongs into the context, and in which language
// it is.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fathom {

// "python", "c", "markdown", ...; "text" when unknown.
std::string LanguageOf(std::string_view path, std::string_view bytes);

// Why a file is no text we would read ("binary", "UTF-16", "line longer than 64 KiB"), or nothing.
std::optional<std::string> NotText(std::string_view bytes);

// "vendored" by folder name, "generated" by name or by what its first lines say.
bool IsVendored(std::string_view path);
bool IsGenerated(std::string_view path, std::string_view bytes);

}  // namespace fathom
