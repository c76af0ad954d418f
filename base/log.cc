// SPDX-License-Identifier: Apache-2.0
#include "base/log.h"

#include <unistd.h>

#include <atomic>
#include <string>

#include "base/terminal_text.h"

namespace fathom {
namespace {

std::atomic<LogLevel> level_min = LogLevel::kWarning;

void Write(LogLevel level, std::string_view word, std::string_view text) {
  if (level < level_min.load(std::memory_order_relaxed)) return;
  std::string line = "fathom: ";
  line += word;
  line += ForTerminal(text, {.keep_newlines = true});
  line += '\n';
  // A log that cannot be written has nowhere to say so.
  [[maybe_unused]] const ssize_t put = ::write(STDERR_FILENO, line.data(), line.size());
}

}  // namespace

void SetLogLevel(LogLevel level) {
  level_min = level;
}
void LogDebug(std::string_view text) {
  Write(LogLevel::kDebug, "debug: ", text);
}
void LogInfo(std::string_view text) {
  Write(LogLevel::kInfo, "", text);
}
void LogWarning(std::string_view text) {
  Write(LogLevel::kWarning, "warning: ", text);
}
void LogError(std::string_view text) {
  Write(LogLevel::kError, "error: ", text);
}

}  // namespace fathom
