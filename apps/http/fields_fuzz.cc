// SPDX-License-Identifier: Apache-2.0
// Any bytes as the body of a request, and as a path with its query.
#include <cstdint>

#include "apps/http/fields.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  fathom::http::Request request{.query = bytes};
  request.Query("path");
  std::string decoded;
  fathom::http::DecodePercent(bytes, false, &decoded);
  fathom::Json body;
  if (fathom::http::ParseBody(bytes, &body)) return 0;
  fathom::http::Fields fields(body);
  fields.Text("model");
  fields.Int("n", 1, {.min = 1, .max = 1});
  fields.Number("temperature", 0, {.min = 0, .max = 2});
  fields.Texts("stop", 16);
  fields.Flag("stream", false);
  if (const fathom::Json* options = fields.Get("stream_options"))
    fathom::http::Fields(*options, "stream_options").Flag("include_usage", false);
  fields.RefuseUnknown();
  if (fields.error()) fathom::http::ErrorResponse(*fields.error(), "id");
  return 0;
}
