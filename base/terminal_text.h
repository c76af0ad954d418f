// SPDX-License-Identifier: Apache-2.0
// Text of others (files, models, tools) made safe to print on a terminal.
#pragma once

#include <string>
#include <string_view>

namespace fathom {

struct TerminalText {
  bool keep_newlines = false;  // and tabs; otherwise they are escaped like other controls
};

// Text that cannot drive a terminal or hide itself: C0, DEL, C1, bidirectional controls, zero-width
// and tag characters become visible escapes (\x1b, \u{202e}); bytes that are not UTF-8 become \xNN.
// The result is valid UTF-8.
std::string ForTerminal(std::string_view text, const TerminalText& options = {});

}  // namespace fathom
