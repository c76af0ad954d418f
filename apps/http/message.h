// SPDX-License-Identifier: Apache-2.0
// What goes over HTTP, as values: a request that passed every check, a response, and an error that
// says what to do. Error bodies have OpenAI's shape and hold no path, pointer or other inner
// detail.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace fathom::http {

struct Header {
  std::string name;  // lower case
  std::string value;
};

std::string_view FindHeader(const std::vector<Header>& headers, std::string_view name);

struct Request {
  std::string id;
  std::string method;
  std::string path;   // without the query, percent escapes decoded
  std::string query;  // as sent
  std::vector<Header> headers;
  std::string body;
  std::string peer;  // address
  bool loopback = false;

  std::string_view Get(std::string_view header) const { return FindHeader(headers, header); }
  // The decoded value of a query parameter; empty when it is not there.
  std::string Query(std::string_view name) const;
};

struct Response {
  int status = 200;
  std::string content_type = "application/json";
  std::vector<Header> headers;
  std::string body;
};

struct HttpError {
  int status = 400;
  std::string message;
  std::string param;
  std::string code;       // machine-readable; empty: null
  int retry_after_s = 0;  // of 429 and 503
  std::string allow;      // of 405
};

Response JsonResponse(const Json& json, int status = 200);
Response ErrorResponse(const HttpError& error, std::string_view request_id);
Json ErrorJson(const HttpError& error, std::string_view request_id);

// What a client may know of one of our errors: the message without its place. Faults that are not
// the client's become 500 with a general text; the whole goes to the log.
HttpError FromError(const Error& error);

// "%41%2f" and "+" are decoded; false: a broken escape, or NUL.
bool DecodePercent(std::string_view text, bool plus_is_blank, std::string* out);

// 24 lower-case hex digits from the system's random numbers.
std::string RandomId();

std::string LowerCase(std::string_view text);
bool EqualsIgnoringCase(std::string_view a, std::string_view b);

}  // namespace fathom::http
