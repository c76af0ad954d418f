// SPDX-License-Identifier: Apache-2.0
#include "apps/http/token.h"

#include <sys/random.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/files.h"
#include "base/rooted_dir.h"

namespace fathom::http {
namespace {

constexpr const char* kFile = "server-token";
constexpr size_t kTokenBytesMin = 16, kTokenBytesMax = 512;

Status CheckToken(const std::string& token, const std::string& place) {
  const bool visible =
      std::all_of(token.begin(), token.end(), [](char c) { return c > 0x20 && c < 0x7f; });
  if (visible && token.size() >= kTokenBytesMin && token.size() <= kTokenBytesMax)
    return OkStatus();
  return Invalid("a token must be 16 to 512 visible ASCII characters, without blanks", place);
}

std::string RandomToken() {
  std::array<unsigned char, 32> bytes{};
  CHECK(getrandom(bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size()));
  std::string token;
  for (const unsigned char byte : bytes) {
    token += "0123456789abcdef"[byte >> 4];
    token += "0123456789abcdef"[byte & 15];
  }
  return token;
}

}  // namespace

Result<ServerToken> FindToken(const std::string& folder) {
  if (const char* given = std::getenv("FATHOM_TOKEN"); given && *given) {
    if (auto status = CheckToken(given, "FATHOM_TOKEN"); !status) return status.error();
    return ServerToken{.value = given};
  }
  if (auto status = EnsurePrivateDir(folder); !status) return status.error();
  auto dir = RootedDir::Open(folder, RootedDir::Symlinks::kRefuse);
  if (!dir) return dir.error();
  const std::string path = folder + "/" + kFile;
  auto info = dir->Stat(kFile);
  if (!info && info.error().code != Code::kNotFound) return info.error();
  if (!info) {
    const std::string token = RandomToken();
    if (auto status = dir->Write(kFile, token + "\n"); !status) return status.error();
    return ServerToken{.value = token, .file = path};
  }
  if ((info->mode & 077) != 0) {
    return Error{Code::kPolicyDenied,
                 "others may read the token; remove the file, and a new one is made", path};
  }
  auto text = dir->Read(kFile, kTokenBytesMax + 2);
  if (!text) return text.error();
  while (!text->empty() && (text->back() == '\n' || text->back() == '\r')) text->pop_back();
  if (auto status = CheckToken(*text, path); !status) return status.error();
  return ServerToken{.value = *text, .file = path};
}

}  // namespace fathom::http
