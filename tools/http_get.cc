// SPDX-License-Identifier: Apache-2.0
// http_get: the text at a public URL. There only where a user names it.
#include <algorithm>

#include "base/limits.h"
#include "base/net.h"
#include "base/terminal_text.h"
#include "base/utf8.h"
#include "tools/builtin.h"

namespace fathom {
namespace {

constexpr int64_t kSecondsMax = 30;

ToolResult Run(const Json& arguments, const ToolContext& context) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
      context.deadline - std::chrono::steady_clock::now());
  const auto ms_max = std::clamp<int64_t>(left.count(), 1, kSecondsMax * 1'000);
  const HttpRequest request{.url = TextArgument(arguments, "url", ""),
                            .headers = {{"Accept", "text/*, application/json"}},
                            .public_addresses_only = true,
                            .idle_ms_max = 10'000,
                            .total_ms_max = static_cast<int>(ms_max),
                            .body_bytes_max = kToolFileBytesMax,
                            .cancelled = context.cancelled};
  std::string body;
  const auto response = SendHttp(request, &body);
  if (!response) return ToolResult::Failed(response.error());
  const std::string head = "HTTP " + std::to_string(response->status) + ", " +
                           ForTerminal(response->Header("content-type")) + ", " +
                           std::to_string(body.size()) + " bytes\n";
  if (response->status >= 300 && response->status < 400) {
    return {.text = head + "A redirect to " + ForTerminal(response->Header("location")) +
                    "; it is not followed.",
            .is_error = true};
  }
  if (body.find('\0') != std::string::npos || !IsUtf8(body)) {
    return {.text = head + "The body is no UTF-8 text.", .is_error = true};
  }
  return {.text = head + body, .is_error = response->status >= 400};
}

}  // namespace

Tool HttpGetTool() {
  ToolSpec spec;
  spec.name = "http_get";
  spec.description =
      "Fetches the text at a public http or https URL. Redirects are not followed; private "
      "addresses "
      "are refused.";
  spec.parameters = *Json::Parse(R"({
    "type": "object", "additionalProperties": false, "required": ["url"],
    "properties": {"url": {"type": "string", "minLength": 8, "maxLength": 2048,
      "pattern": "^https?://"}}})");
  spec.effect = Effect::kOutward;
  spec.seconds_max = kSecondsMax;
  return {std::move(spec), Run};
}

}  // namespace fathom
