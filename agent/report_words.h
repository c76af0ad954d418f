// SPDX-License-Identifier: Apache-2.0
// Numbers and places as people read them; shared by the reports.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "agent/audit.h"

namespace fathom {

std::string WithSeparators(size_t number);  // "12,345"
std::string SecondsText(double seconds);    // "0.04 s", "3.2 s", "2 min 5 s"
std::string BytesText(size_t bytes);        // "14.3 MB"
std::string CountText(size_t count, std::string_view one,
                      std::string_view many);      // "1 file", "3 files"
std::string ConfidenceText(double confidence);     // "0.97"
std::string PlaceText(const FindingPlace& place);  // "src/a.py:12" or "src/a.py:12-14"

// "12,345 tokens in 3.1 s (4,001 tokens/s)" or "nothing: 12,345 tokens restored in 0.02 s".
std::string ReadingText(const AuditNumbers& numbers);
// Behind a number of restored tokens: " (1,024 of them read before an edit)", or nothing.
std::string ReusedText(size_t tokens);
// "41 candidates: 25 confirmed by a check, 9 rejected (7 by a check, 2 by their quote), 6 of low
// confidence".
std::string CandidatesText(const AuditReport& report);
// "saved, 14.3 MB", or that none was.
std::string StateText(const AuditNumbers& numbers);

// Relative path as a URI reference: everything but unreserved characters and '/' is
// percent-encoded.
std::string UriOfPath(std::string_view path);

}  // namespace fathom
