// SPDX-License-Identifier: Apache-2.0
// Columns of text on a terminal, for tables.
#pragma once

#include <string>
#include <string_view>

namespace fathom {

// Columns that `text` takes: two for wide characters, none for combining ones. For text that
// ForTerminal has made safe.
size_t ColumnsOf(std::string_view text);

// `text` in at most `columns` columns, its end cut to "…" where it is longer, and padded with
// blanks to them where it is shorter and `pad` is set.
std::string FitTo(std::string_view text, size_t columns, bool pad = false);

}  // namespace fathom
