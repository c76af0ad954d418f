// SPDX-License-Identifier: Apache-2.0
// SseReader: server-sent events out of bytes that come in any pieces.
//
// Lines end with LF, CRLF or CR; a byte order mark at the start is skipped; comments, ids, retry
// times and unknown fields are left out. An event that the end of the stream cuts off is not given.
// Source: WHATWG HTML, "Server-sent events", parsing an event stream.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace fathom {

struct SseEvent {
  std::string type;  // empty: "message"
  std::string data;  // lines joined by "\n"
};

class SseReader {
 public:
  // Longer events, and longer lines, are kLimit.
  explicit SseReader(size_t event_bytes_max) : event_bytes_max_(event_bytes_max) {}

  // Gives each whole event to the sink, whose error ends the reading.
  using Sink = std::function<Status(const SseEvent&)>;
  Status Feed(std::string_view bytes, const Sink& sink);

 private:
  Status EndLine(const Sink& sink);

  const size_t event_bytes_max_;
  std::string line_;
  SseEvent event_;
  bool has_data_ = false, at_start_ = true, after_cr_ = false;
};

}  // namespace fathom
