// SPDX-License-Identifier: Apache-2.0
#include "base/sse.h"

#include <utility>

namespace fathom {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

Status SseReader::Feed(std::string_view bytes, const Sink& sink) {
  for (const char c : bytes) {
    const bool is_second_half = after_cr_ && c == '\n';
    after_cr_ = c == '\r';
    if (is_second_half) continue;
    if (c == '\r' || c == '\n') {
      if (Status ended = EndLine(sink); !ended) return ended;
      continue;
    }
    if (line_.size() + event_.data.size() >= event_bytes_max_) {
      return Error{Code::kLimit, "the stream holds an event of more than " +
                                     std::to_string(event_bytes_max_) + " bytes"};
    }
    line_ += c;
  }
  return OkStatus();
}

Status SseReader::EndLine(const Sink& sink) {
  std::string_view line = line_;
  if (std::exchange(at_start_, false) && line.starts_with(kByteOrderMark))
    line.remove_prefix(kByteOrderMark.size());
  if (line.empty()) {
    line_.clear();
    const SseEvent event = std::exchange(event_, {});
    return std::exchange(has_data_, false) ? sink(event) : OkStatus();
  }
  const size_t colon = line.find(':');
  const std::string_view field = line.substr(0, colon);
  std::string_view value = colon == std::string_view::npos ? "" : line.substr(colon + 1);
  if (value.starts_with(' ')) value.remove_prefix(1);
  if (field == "data") {
    if (std::exchange(has_data_, true)) event_.data += '\n';
    event_.data += value;
  } else if (field == "event") {
    event_.type = value;
  }
  line_.clear();
  return OkStatus();
}

}  // namespace fathom
