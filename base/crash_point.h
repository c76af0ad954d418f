// SPDX-License-Identifier: Apache-2.0
// CrashPoint: a named place at which a test may kill the process.
//
// With FATHOM_CRASH_AT=name the process raises SIGKILL the first time it passes the point of that
// name, with `name:N` the N-th time. FATHOM_CRASH_AT=trace kills nothing and writes "crash-point
// NAME" to stderr at each point, so that a supervisor learns which points a run passes and how
// often. Without the variable a point costs one comparison. Points stand around every rename, sync
// and commit, so that a supervisor can prove that no half-written state is ever believed.
#pragma once

#include <atomic>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace fathom {

inline void CrashPoint(std::string_view name) {
  struct Target {
    std::string_view name;
    int hit = 1;
  };
  static const Target target = [] {
    const char* text = std::getenv("FATHOM_CRASH_AT");
    Target parsed{text ? text : "", 1};
    const size_t colon = parsed.name.rfind(':');
    if (colon == std::string_view::npos) return parsed;
    const std::string_view count = parsed.name.substr(colon + 1);
    int hit = 0;
    const auto [end, error] = std::from_chars(count.data(), count.data() + count.size(), hit);
    if (error != std::errc() || end != count.data() + count.size() || hit < 1) return parsed;
    return Target{parsed.name.substr(0, colon), hit};
  }();
  static std::atomic<int> hits{0};
  if (target.name == "trace") {
    std::fprintf(stderr, "crash-point %.*s\n", static_cast<int>(name.size()), name.data());
  }
  if (target.name.empty() || target.name != name) return;
  if (hits.fetch_add(1) + 1 == target.hit) std::raise(SIGKILL);
}

}  // namespace fathom
