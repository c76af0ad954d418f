// SPDX-License-Identifier: Apache-2.0
#include "apps/terminal_question.h"

#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "apps/app.h"

namespace fathom {
namespace {

constexpr int kPollMs = 50;

// A terminal on which a line is edited by the kernel and sent with Enter, as long as this lives.
class LineMode {
 public:
  LineMode() : is_terminal_(tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!is_terminal_) return;
    termios line = before_;
    line.c_iflag |= ICRNL;
    line.c_lflag |= ICANON | ECHO | ECHOE | ISIG;
    line.c_cc[VINTR] = 3;
    line.c_cc[VEOF] = 4;
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &line);
  }
  LineMode(const LineMode&) = delete;
  LineMode& operator=(const LineMode&) = delete;
  ~LineMode() {
    if (is_terminal_) tcsetattr(STDIN_FILENO, TCSADRAIN, &before_);
  }

 private:
  termios before_{};
  bool is_terminal_;
};

}  // namespace

bool SomeoneIsThere() {
  return isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

std::optional<bool> AskAtTerminal(const std::string& question) {
  const LineMode mode;
  std::fputs(question.c_str(), stderr);
  std::fflush(stderr);
  std::string answer;
  // Asked between waits: a signal may reach another thread or come just before a read, which then
  // does not end.
  while (!*Interrupted()) {
    pollfd input{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
    if (poll(&input, 1, kPollMs) <= 0) continue;
    // Byte by byte: what stands behind the line belongs to whoever reads next.
    char byte = 0;
    const ssize_t count = read(STDIN_FILENO, &byte, 1);
    if (count < 0 && errno == EINTR) continue;
    if (count != 1) break;
    if (byte == '\n') return answer == "y" || answer == "yes";
    answer += byte;
  }
  return std::nullopt;
}

}  // namespace fathom
