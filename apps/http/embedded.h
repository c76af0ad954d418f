// SPDX-License-Identifier: Apache-2.0
// Files that the build puts into the program (cmake/EmbedFiles.cmake).
#pragma once

#include <span>
#include <string_view>

namespace fathom::http {

struct EmbeddedFile {
  std::string_view path;  // from the folder, "index.html"
  std::string_view bytes;
  std::string_view gzip;  // the same, compressed
};

// The dashboard as apps/dashboard built it; empty in a program built without npm.
std::span<const EmbeddedFile> DashboardFiles();
// apps/http/openapi.yaml
std::string_view OpenApiYaml();

}  // namespace fathom::http
