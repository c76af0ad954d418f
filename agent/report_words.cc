// SPDX-License-Identifier: Apache-2.0
#include "agent/report_words.h"

#include <cctype>
#include <cstdio>

namespace fathom {
namespace {

template <typename... Values>
std::string Formatted(const char* format, Values... values) {
  char text[64];
  std::snprintf(text, sizeof text, format, values...);
  return text;
}

void AppendPart(std::string part, std::string& text) {
  if (!text.empty()) text += ", ";
  text += std::move(part);
}

}  // namespace

std::string WithSeparators(size_t number) {
  std::string digits = std::to_string(number);
  for (size_t at = digits.size(); at > 3;) digits.insert(at -= 3, 1, ',');
  return digits;
}

std::string SecondsText(double seconds) {
  if (seconds < 1) return Formatted("%.2f s", seconds);
  if (seconds < 100) return Formatted("%.1f s", seconds);
  const auto whole = static_cast<unsigned long>(seconds + 0.5);
  return std::to_string(whole / 60) + " min " + std::to_string(whole % 60) + " s";
}

std::string BytesText(size_t bytes) {
  if (bytes < 1'000) return std::to_string(bytes) + " bytes";
  const double value = static_cast<double>(bytes);
  if (value < 1e6) return Formatted("%.1f kB", value / 1e3);
  if (value < 1e9) return Formatted("%.1f MB", value / 1e6);
  return Formatted("%.1f GB", value / 1e9);
}

std::string CountText(size_t count, std::string_view one, std::string_view many) {
  return WithSeparators(count) + " " + std::string(count == 1 ? one : many);
}

std::string ConfidenceText(double confidence) {
  return Formatted("%.2f", confidence);
}

std::string PlaceText(const FindingPlace& place) {
  std::string text = place.path + ":" + std::to_string(place.start);
  if (place.end > place.start) text += "-" + std::to_string(place.end);
  return text;
}

std::string ReadingText(const AuditNumbers& numbers) {
  if (numbers.questions > 0) {
    return "by a server, " + CountText(numbers.questions, "question", "questions") + ": " +
           CountText(numbers.asked_prompt, "prompt token", "prompt tokens") + " (" +
           WithSeparators(numbers.asked_cached) + " cached there), " +
           WithSeparators(numbers.asked_output) + " written" +
           (numbers.asked_dollars > 0 ? Formatted(", $%.4f", numbers.asked_dollars) : "");
  }
  const std::string restored = CountText(numbers.restored, "token", "tokens") + " restored in " +
                               SecondsText(numbers.restore_seconds) + ReusedText(numbers.reused);
  if (numbers.prefilled == 0 && numbers.restored > 0) return "nothing: " + restored;
  std::string text =
      CountText(numbers.prefilled, "token", "tokens") + " in " + SecondsText(numbers.read_seconds);
  if (numbers.read_seconds > 0) {
    text += " (" +
            WithSeparators(static_cast<size_t>(static_cast<double>(numbers.prefilled) /
                                               numbers.read_seconds)) +
            " tokens/s)";
  }
  if (numbers.restored > 0) text += ", " + restored;
  return text;
}

std::string ReusedText(size_t tokens) {
  return tokens == 0 ? "" : " (" + WithSeparators(tokens) + " of them read before an edit)";
}

std::string CandidatesText(const AuditReport& report) {
  const AuditNumbers& n = report.numbers;
  std::string parts;
  if (n.confirmed > 0) AppendPart(WithSeparators(n.confirmed) + " confirmed by a check", parts);
  const size_t rejected = n.rejected_by_quote + n.rejected_by_check + n.rejected_by_second_look;
  if (rejected > 0) {
    std::string by;
    if (n.rejected_by_check > 0)
      AppendPart(WithSeparators(n.rejected_by_check) + " by a check", by);
    if (n.rejected_by_quote > 0)
      AppendPart(WithSeparators(n.rejected_by_quote) + " by their quote", by);
    if (n.rejected_by_second_look > 0)
      AppendPart(WithSeparators(n.rejected_by_second_look) + " by a second look", by);
    AppendPart(WithSeparators(rejected) + " rejected (" + by + ")", parts);
  }
  if (const size_t low = report.Count(FindingState::kLowConfidence))
    AppendPart(WithSeparators(low) + " of low confidence", parts);
  return CountText(n.candidates, "candidate", "candidates") + (parts.empty() ? "" : ": " + parts);
}

std::string StateText(const AuditNumbers& numbers) {
  if (numbers.state_saved) return "saved, " + BytesText(numbers.state_bytes);
  if (numbers.state_bytes > 0) return "kept, " + BytesText(numbers.state_bytes);
  return "not saved";
}

std::string UriOfPath(std::string_view path) {
  std::string uri;
  for (const char c : path) {
    if (std::isalnum(static_cast<unsigned char>(c)) ||
        std::string_view("-._~/").find(c) != std::string_view::npos) {
      uri += c;
    } else {
      uri += Formatted("%%%02X", static_cast<unsigned>(static_cast<unsigned char>(c)));
    }
  }
  return uri;
}

}  // namespace fathom
