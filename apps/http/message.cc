// SPDX-License-Identifier: Apache-2.0
#include "apps/http/message.h"

#include <sys/random.h>

#include <algorithm>
#include <array>

#include "base/log.h"
#include "engine/state_memory.h"

namespace fathom::http {
namespace {

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string_view TypeOf(int status) {
  if (status == 401) return "authentication_error";
  if (status == 403 || status == 421) return "permission_error";
  if (status == 429) return "rate_limit_error";
  return status >= 500 ? "server_error" : "invalid_request_error";
}

}  // namespace

std::string_view FindHeader(const std::vector<Header>& headers, std::string_view name) {
  for (const Header& header : headers) {
    if (header.name == name) return header.value;
  }
  return {};
}

std::string Request::Query(std::string_view name) const {
  std::string_view rest = query;
  while (!rest.empty()) {
    const std::string_view pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
    const size_t equals = pair.find('=');
    std::string key, value;
    if (!DecodePercent(pair.substr(0, equals), true, &key) || key != name) continue;
    if (equals != std::string_view::npos && !DecodePercent(pair.substr(equals + 1), true, &value))
      return "";
    return value;
  }
  return "";
}

Response JsonResponse(const Json& json, int status) {
  return {.status = status, .body = json.Dump()};
}

Json ErrorJson(const HttpError& error, std::string_view request_id) {
  Json inner = Json::EmptyObject();
  inner.Set("message", error.message);
  inner.Set("type", TypeOf(error.status));
  inner.Set("param", error.param.empty() ? Json() : Json(error.param));
  inner.Set("code", error.code.empty() ? Json() : Json(error.code));
  inner.Set("request_id", request_id);
  Json json = Json::EmptyObject();
  json.Set("error", std::move(inner));
  return json;
}

Response ErrorResponse(const HttpError& error, std::string_view request_id) {
  Response response = JsonResponse(ErrorJson(error, request_id), error.status);
  if (error.retry_after_s > 0)
    response.headers.push_back({"retry-after", std::to_string(error.retry_after_s)});
  if (error.status == 401) response.headers.push_back({"www-authenticate", "Bearer"});
  if (!error.allow.empty()) response.headers.push_back({"allow", error.allow});
  return response;
}

HttpError FromError(const Error& error) {
  switch (error.code) {
    case Code::kInvalid:
      return {.status = 400, .message = error.message};
    case Code::kNotFound:
      return {.status = 404, .message = error.message, .code = "not_found"};
    case Code::kLimit:
      if (error.place == kStateMemoryPlace) {
        return {.status = 503,
                .message = "the model's memory is full of other conversations; try again",
                .code = "overloaded",
                .retry_after_s = 5};
      }
      return {.status = 400, .message = error.message, .code = "limit_exceeded"};
    case Code::kPolicyDenied:
      return {.status = 403, .message = error.message, .code = "denied"};
    case Code::kBusy:
      return {.status = 409, .message = error.message, .code = "busy"};
    case Code::kDeadline:
      return {.status = 504, .message = error.message, .code = "deadline_exceeded"};
    case Code::kCancelled:
      return {.status = 503, .message = "the server is stopping; try again", .retry_after_s = 5};
    default:
      LogError("request failed: " + error.Text());
      return {
          .status = 500,
          .message = "the server could not do this; its log has the reason under this request id",
          .code = "internal_error"};
  }
}

bool DecodePercent(std::string_view text, bool plus_is_blank, std::string* out) {
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size()) return false;
      const int high = HexDigit(text[i + 1]), low = HexDigit(text[i + 2]);
      if (high < 0 || low < 0) return false;
      c = static_cast<char>(high * 16 + low);
      if (c == '\0') return false;
      i += 2;
    } else if (c == '+' && plus_is_blank) {
      c = ' ';
    }
    out->push_back(c);
  }
  return true;
}

std::string RandomId() {
  std::array<unsigned char, 12> bytes{};
  CHECK(getrandom(bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size()));
  std::string id;
  for (const unsigned char byte : bytes) {
    id += "0123456789abcdef"[byte >> 4];
    id += "0123456789abcdef"[byte & 15];
  }
  return id;
}

std::string LowerCase(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), Lower);
  return lower;
}

bool EqualsIgnoringCase(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                            [](char x, char y) { return Lower(x) == Lower(y); });
}

}  // namespace fathom::http
