// SPDX-License-Identifier: Apache-2.0
#include "apps/progress.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "base/terminal_text.h"

namespace fathom {
namespace {

using Clock = std::chrono::steady_clock;

// Faster than this nobody reads.
constexpr auto kInterval = std::chrono::milliseconds(80);

bool IsTerminal() {
  const char* term = std::getenv("TERM");
  return isatty(STDERR_FILENO) && !(term && std::string_view(term) == "dumb");
}

size_t Columns() {
  winsize size{};
  if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 20) return size.ws_col;
  return 80;
}

std::string Format(const char* format, double value) {
  char text[64];
  std::snprintf(text, sizeof text, format, value);
  return text;
}

}  // namespace

ProgressLine::ProgressLine(const Options& options)
    : quiet_(options.quiet), terminal_(IsTerminal()) {}

ProgressLine::~ProgressLine() {
  Done();
}

void ProgressLine::Done() {
  if (shown_ == 0) return;
  std::fprintf(stderr, "\r%*s\r", static_cast<int>(shown_), "");
  std::fflush(stderr);
  shown_ = 0;
}

void ProgressLine::Show(const std::string& text) {
  if (quiet_) return;
  const std::string cut = text.substr(0, Columns() - 1);
  const int blanks = static_cast<int>(shown_ > cut.size() ? shown_ - cut.size() : 0);
  std::fprintf(stderr, "\r%s%*s", cut.c_str(), blanks, "");
  std::fflush(stderr);
  shown_ = cut.size();
}

void ProgressLine::Stage(const std::string& text) {
  if (quiet_ || text == stage_) return;
  stage_ = text;
  if (terminal_) {
    Show(text);
  } else {
    std::fprintf(stderr, "fathom: %s\n", text.c_str());
  }
}

void ProgressLine::Reading(const ReadingProgress& progress) {
  if (quiet_) return;
  const auto now = Clock::now();
  if (progress.stage != "read") {
    const std::string files = Thousands(progress.files) + " files";
    if (progress.stage == "walk") {
      if (terminal_ && now - last_ < kInterval) return;
      last_ = now;
      if (terminal_) Show("walking  " + files);
    } else if (progress.stage == "pack") {
      Stage("packing " + files);
    } else if (progress.stage == "restore") {
      Stage("restoring the saved state");
    } else if (progress.stage == "refused") {
      Done();
      std::fprintf(stderr, "fathom: a kept state is refused, what it held is read anew: %s\n",
                   ForTerminal(progress.reason).c_str());
    } else if (progress.stage == "kept") {
      Stage("kept window " + std::to_string(progress.window + 1));
    } else {
      Stage("saving the state");
    }
    return;
  }
  if (read_start_ == Clock::time_point{}) {
    read_start_ = now;
    Stage("reading " + Thousands(progress.tokens_total) + " tokens in " +
          Thousands(progress.files) + " files");
  }
  const bool last = progress.tokens_done >= progress.tokens_total;
  if (!terminal_ || (now - last_ < kInterval && !last)) return;
  last_ = now;
  const double seconds = std::chrono::duration<double>(now - read_start_).count();
  const double rate = seconds > 0 ? static_cast<double>(progress.tokens_done) / seconds : 0;
  const double share =
      progress.tokens_total ? static_cast<double>(progress.tokens_done) / progress.tokens_total : 1;
  constexpr size_t kBar = 24;
  const auto filled = static_cast<size_t>(share * kBar);
  std::string line = "reading  [" + std::string(filled, '#') + std::string(kBar - filled, '.') +
                     "] " + Thousands(progress.tokens_done) + "/" +
                     Thousands(progress.tokens_total) + " tokens  " +
                     Thousands(static_cast<size_t>(rate)) + " tokens/s";
  if (rate > 0)
    line += "  " + Duration((progress.tokens_total - progress.tokens_done) / rate) + " left";
  Show(line);
}

size_t TerminalColumns() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 40) return size.ws_col;
  return 100;
}

std::string Thousands(size_t value) {
  std::string digits = std::to_string(value);
  for (int at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<size_t>(at), ",");
  return digits;
}

std::string Duration(double seconds) {
  if (seconds < 10) return Format("%.1f s", seconds);
  if (seconds < 60) return Format("%.0f s", seconds);
  const auto minutes = static_cast<long>(seconds) / 60;
  char text[64];
  std::snprintf(text, sizeof text, "%ld min %02ld s", minutes, static_cast<long>(seconds) % 60);
  return text;
}

std::string Megabytes(size_t bytes) {
  return Format("%.1f MB", static_cast<double>(bytes) / 1e6);
}

}  // namespace fathom
