// SPDX-License-Identifier: Apache-2.0
// Log lines for people, on stderr. Data never goes here, and nothing here goes to stdout. Each line
// is made safe for a terminal and written with one write(2), so that lines of several threads never
// mix.
#pragma once

#include <string_view>

namespace fathom {

enum class LogLevel { kDebug, kInfo, kWarning, kError };

// Lines below the level are dropped; kWarning at start.
void SetLogLevel(LogLevel level);

void LogDebug(std::string_view text);
void LogInfo(std::string_view text);
void LogWarning(std::string_view text);
void LogError(std::string_view text);

}  // namespace fathom
