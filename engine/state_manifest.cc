// SPDX-License-Identifier: Apache-2.0
#include "engine/state_manifest.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>

#include "base/byte_reader.h"
#include "base/check.h"
#include "base/file_descriptor.h"
#include "base/limits.h"
#include "base/sha256.h"
#include "engine/rewind.h"
#include "engine/state_blocks.h"

namespace fathom {
namespace {

constexpr std::string_view kMagic = "FATHOMST";
constexpr uint32_t kVersion = 4;
constexpr size_t kManifestBytesMax = 16_MiB;  // M1's blocks of 16 million tokens
constexpr size_t kHashDigits = 64;
constexpr size_t kFixedBytes = kMagic.size() + 2 * sizeof(uint32_t);

Error Corrupt(const std::string& message, const std::string& path) {
  return Error{Code::kCorrupt, message, path};
}

// The first bytes; fewer where the file ends before.
Result<std::string> ReadFirst(const FileDescriptor& file, size_t bytes, const std::string& path) {
  std::string text(bytes, '\0');
  size_t done = 0;
  while (done < text.size()) {
    const ssize_t got =
        ::pread(file.get(), &text[done], text.size() - done, static_cast<off_t>(done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return IoError(std::string("cannot read: ") + std::strerror(errno), path);
    if (got == 0) break;
    done += static_cast<size_t>(got);
  }
  text.resize(done);
  return text;
}

std::string Joined(const std::vector<std::string>& names) {
  std::string joined;
  for (const std::string& name : names) joined += name;
  return joined;
}

// Names of blocks, one after the other; nullopt where anything else stands.
std::optional<std::vector<std::string>> Names(const Json& json, const char* key) {
  const Json* joined = json.Find(key);
  if (joined == nullptr || !joined->is_string()) return std::nullopt;
  const std::string_view text = joined->as_string();
  if (text.size() % kStateHashDigits != 0) return std::nullopt;
  std::vector<std::string> names;
  for (size_t at = 0; at < text.size(); at += kStateHashDigits) {
    names.emplace_back(text.substr(at, kStateHashDigits));
    if (!IsBlockName(names.back())) return std::nullopt;
  }
  return names;
}

std::optional<size_t> Natural(const Json& json, const char* key) {
  const Json* value = json.Find(key);
  if (value == nullptr || !value->is_int() || value->as_int() < 0) return std::nullopt;
  return static_cast<size_t>(value->as_int());
}

std::optional<std::vector<size_t>> Positions(const Json& json, size_t end) {
  const Json* listed = json.Find("checkpoints");
  if (listed == nullptr || !listed->is_array()) return std::nullopt;
  std::vector<size_t> positions;
  for (const Json& one : listed->as_array()) {
    if (!one.is_int() || one.as_int() <= 0 || positions.size() == kSavedCheckpointsMax)
      return std::nullopt;
    const auto position = static_cast<size_t>(one.as_int());
    if (position >= end || (!positions.empty() && position <= positions.back()))
      return std::nullopt;
    positions.push_back(position);
  }
  return positions;
}

}  // namespace

std::string StateIdentity::Fingerprint() const {
  return Sha256Hex(model + "\n" + build + "\n" + numerics);
}

std::string StateHead(const StateIdentity& identity, const StateManifest& manifest) {
  CHECK(manifest.checkpoints.size() == manifest.checkpoint_blocks.size());
  Json json = Json::EmptyObject();
  json.Set("model", identity.model);
  json.Set("build", identity.build);
  json.Set("numerics", identity.numerics);
  json.Set("position", manifest.position);
  json.Set("hidden", manifest.hidden);
  json.Set("payload_bytes", manifest.payload_bytes);
  json.Set("payload_xxh3_tree", manifest.payload_hash);
  json.Set("page_blocks", Joined(manifest.page_blocks));
  Json positions = Json::EmptyArray();
  for (const size_t position : manifest.checkpoints) positions.Push(position);
  json.Set("checkpoints", std::move(positions));
  json.Set("checkpoint_blocks", Joined(manifest.checkpoint_blocks));
  const std::string text = json.Dump();
  CHECK(text.size() <= kManifestBytesMax);
  std::string head(kMagic);
  const uint32_t numbers[] = {kVersion, static_cast<uint32_t>(text.size())};
  head.append(reinterpret_cast<const char*>(numbers), sizeof(numbers)).append(text);
  return head + Sha256Hex(head);
}

Result<OpenedState> OpenState(ByteSpan file, const std::string& path) {
  ByteReader reader(file);
  const auto magic = reader.ReadSpan("the magic", kMagic.size());
  if (!magic || std::memcmp(magic->data(), kMagic.data(), kMagic.size()) != 0)
    return Corrupt("does not begin as a saved state: damaged, or another kind of file", path);
  const auto version = reader.Read<uint32_t>("the version");
  const auto manifest_bytes = reader.Read<uint32_t>("the manifest's size");
  if (!version || !manifest_bytes || *manifest_bytes > kManifestBytesMax)
    return Corrupt("has a damaged header", path);
  const auto manifest = reader.ReadSpan("the manifest", *manifest_bytes);
  if (!manifest) return Corrupt(manifest.error().message, path);
  const std::string expected = Sha256Hex(file.first(reader.offset()));
  const auto found = reader.ReadSpan("the header's checksum", kHashDigits);
  if (!found || std::memcmp(found->data(), expected.data(), kHashDigits) != 0)
    return Corrupt("has a header that does not match its checksum", path);
  if (*version != kVersion) {
    return Invalid("has state format " + std::to_string(*version) + ", this build reads " +
                       std::to_string(kVersion),
                   path);
  }
  auto json = Json::Parse({reinterpret_cast<const char*>(manifest->data()), manifest->size()});
  if (!json || !json->is_object()) return Corrupt("has a manifest that is no JSON object", path);
  return OpenedState{std::move(*json), file.subspan(reader.offset())};
}

Status CheckIdentity(const Json& json, const StateIdentity& identity, const std::string& path) {
  const std::pair<const char*, const std::string*> fields[] = {
      {"model", &identity.model}, {"build", &identity.build}, {"numerics", &identity.numerics}};
  for (const auto& [key, expected] : fields) {
    const Json* found = json.Find(key);
    const std::string text = found != nullptr && found->is_string() ? found->as_string() : "";
    if (text == *expected) continue;
    return Invalid(std::string("was saved with another ") + key + ": " + text.substr(0, 200) +
                       ", this engine has " + expected->substr(0, 200),
                   path);
  }
  return OkStatus();
}

Result<StateManifest> ReadManifest(const Json& json, const std::string& path) {
  const auto position = Natural(json, "position"), hidden = Natural(json, "hidden"),
             payload_bytes = Natural(json, "payload_bytes");
  const Json* hash = json.Find("payload_xxh3_tree");
  if (!position || !hidden || !payload_bytes || hash == nullptr || !hash->is_string())
    return Corrupt("has a manifest whose counts make no sense", path);
  auto checkpoints = Positions(json, *position);
  if (!checkpoints) return Corrupt("has a manifest whose checkpoints make no sense", path);
  auto page_blocks = Names(json, "page_blocks"),
       checkpoint_blocks = Names(json, "checkpoint_blocks");
  if (!page_blocks || !checkpoint_blocks || checkpoint_blocks->size() != checkpoints->size())
    return Corrupt("has a manifest whose blocks make no sense", path);
  return StateManifest{.position = *position,
                       .hidden = *hidden,
                       .payload_bytes = *payload_bytes,
                       .payload_hash = hash->as_string(),
                       .page_blocks = std::move(*page_blocks),
                       .checkpoints = std::move(*checkpoints),
                       .checkpoint_blocks = std::move(*checkpoint_blocks)};
}

Result<std::string> ReadStateHead(const std::string& path) {
  // Not blocking: a FIFO in place of a state must not hang the program.
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file.valid()) {
    return Error{errno == ENOENT || errno == ENOTDIR ? Code::kNotFound : Code::kIo,
                 std::string("cannot open: ") + std::strerror(errno), path};
  }
  const auto fixed = ReadFirst(file, kFixedBytes, path);
  if (!fixed || fixed->size() < kFixedBytes) return fixed;
  uint32_t manifest_bytes = 0;
  std::memcpy(&manifest_bytes, &(*fixed)[kFixedBytes - sizeof(manifest_bytes)],
              sizeof(manifest_bytes));
  if (manifest_bytes > kManifestBytesMax) return fixed;
  return ReadFirst(file, kFixedBytes + manifest_bytes + kHashDigits, path);
}

}  // namespace fathom
