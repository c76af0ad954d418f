// SPDX-License-Identifier: Apache-2.0
#include "engine/state_file.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstring>
#include <functional>
#include <thread>

#include "base/atomic_file.h"
#include "base/byte_reader.h"
#include "base/checked_math.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/sha256.h"
#include "engine/checkpoint/file_bytes.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace fathom {
namespace {

constexpr std::string_view kMagic = "FATHOMST";
constexpr uint32_t kVersion = 3;
constexpr size_t kManifestBytesMax = 64_KiB;
constexpr size_t kPieceBytes = 4_MiB;  // of the payload: what one thread checks at a time
constexpr unsigned kThreadsMax = 8;    // beyond them memory is no faster
constexpr size_t kHashDigits = 64;

using Bytes = std::span<const uint8_t>;

template <typename T>
Bytes BytesOf(std::span<const T> values) {
  return {reinterpret_cast<const uint8_t*>(values.data()), values.size_bytes()};
}

// The payload's parts in file order.
std::vector<Bytes> PayloadParts(std::span<const Token> tokens, std::span<const float> hidden,
                                const SequenceState& state) {
  std::vector<Bytes> parts = {BytesOf(tokens), BytesOf(hidden),
                              BytesOf(std::span<const float>(state.lightning()))};
  const size_t page_bytes = KvPageBytes(state.shape().kv);
  for (size_t layer = 0; layer < state.shape().softmax_layers; ++layer) {
    for (size_t i = 0; i < state.page_count(); ++i) {
      parts.push_back({reinterpret_cast<const uint8_t*>(state.Page(layer, i)), page_bytes});
    }
  }
  return parts;
}

// Calls work(i) for every i below count, on several threads when there is enough of it. They are
// not the engine's: other sessions go on computing with those.
void InParallel(size_t count, const std::function<void(size_t)>& work) {
  const unsigned wanted = std::clamp(std::thread::hardware_concurrency(), 1u, kThreadsMax);
  const size_t threads = std::min<size_t>(wanted, count);
  std::atomic<size_t> next{0};
  const auto run = [&] {
    for (size_t i = next++; i < count; i = next++) work(i);
  };
  std::vector<std::jthread> others;
  for (size_t i = 1; i < threads; ++i) others.emplace_back(run);
  run();
}

using Piece = XXH128_canonical_t;

std::string Hex(const XXH128_hash_t& hash) {
  char text[33];
  std::snprintf(text, sizeof(text), "%016llx%016llx", static_cast<unsigned long long>(hash.high64),
                static_cast<unsigned long long>(hash.low64));
  return text;
}

// XXH3-128 of the XXH3-128 of each piece, in order.
std::string TopOf(const std::vector<Piece>& pieces) {
  return Hex(XXH3_128bits(pieces.data(), pieces.size() * sizeof(Piece)));
}

// The same checksum of a payload that comes in parts.
class Checksum {
 public:
  Checksum() : state_(XXH3_createState()) {
    CHECK(state_ != nullptr);
    XXH3_128bits_reset(state_);
  }
  ~Checksum() { XXH3_freeState(state_); }
  Checksum(const Checksum&) = delete;
  Checksum& operator=(const Checksum&) = delete;

  void Update(Bytes bytes) {
    while (!bytes.empty()) {
      const size_t count = std::min(bytes.size(), kPieceBytes - filled_);
      XXH3_128bits_update(state_, bytes.data(), count);
      filled_ += count;
      if (filled_ == kPieceBytes) EndPiece();
      bytes = bytes.subspan(count);
    }
  }
  std::string Finish() {
    if (filled_ > 0) EndPiece();
    return TopOf(pieces_);
  }

 private:
  void EndPiece() {
    XXH128_canonicalFromHash(&pieces_.emplace_back(), XXH3_128bits_digest(state_));
    XXH3_128bits_reset(state_);
    filled_ = 0;
  }

  XXH3_state_t* state_;
  size_t filled_ = 0;
  std::vector<Piece> pieces_;
};

std::string ChecksumOf(Bytes payload) {
  std::vector<Piece> pieces((payload.size() + kPieceBytes - 1) / kPieceBytes);
  InParallel(pieces.size(), [&](size_t i) {
    const size_t begin = i * kPieceBytes, count = std::min(kPieceBytes, payload.size() - begin);
    XXH128_canonicalFromHash(&pieces[i], XXH3_128bits(payload.data() + begin, count));
  });
  return TopOf(pieces);
}

std::string Manifest(const StateIdentity& identity, size_t position, size_t hidden,
                     uint64_t payload_bytes, const std::string& checksum,
                     std::span<const SavedCheckpoint> checkpoints,
                     const std::string& checkpoints_checksum) {
  Json json = Json::EmptyObject();
  json.Set("model", identity.model);
  json.Set("build", identity.build);
  json.Set("numerics", identity.numerics);
  json.Set("position", position);
  json.Set("hidden", hidden);
  json.Set("payload_bytes", payload_bytes);
  json.Set("payload_xxh3_tree", checksum);
  Json positions = Json::EmptyArray();
  for (const SavedCheckpoint& one : checkpoints) positions.Push(one.position);
  json.Set("checkpoints", std::move(positions));
  json.Set("checkpoints_xxh3_tree", checkpoints_checksum);
  return json.Dump();
}

struct Opened {
  Json manifest;
  Bytes payload;  // and the checkpoints behind it
};

// Frame, header checksum, version: what can be said before the manifest is believed.
Result<Opened> OpenFrame(Bytes file, const std::string& path) {
  const auto corrupt = [&](const std::string& message) {
    return Error{Code::kCorrupt, message, path};
  };
  ByteReader reader(file);
  const auto magic = reader.ReadSpan("the magic", kMagic.size());
  if (!magic || std::memcmp(magic->data(), kMagic.data(), kMagic.size()) != 0) {
    return corrupt("does not begin as a saved state: damaged, or another kind of file");
  }
  const auto version = reader.Read<uint32_t>("the version");
  const auto manifest_bytes = reader.Read<uint32_t>("the manifest's size");
  if (!version || !manifest_bytes || *manifest_bytes > kManifestBytesMax)
    return corrupt("has a damaged header");
  const auto manifest = reader.ReadSpan("the manifest", *manifest_bytes);
  if (!manifest) return corrupt(manifest.error().message);
  const std::string expected = Sha256Hex(file.first(reader.offset()));
  const auto found = reader.ReadSpan("the header's checksum", kHashDigits);
  if (!found || std::memcmp(found->data(), expected.data(), kHashDigits) != 0) {
    return corrupt("has a header that does not match its checksum");
  }
  if (*version != kVersion) {
    return Invalid("has state format " + std::to_string(*version) + ", this build reads " +
                       std::to_string(kVersion),
                   path);
  }
  auto json = Json::Parse({reinterpret_cast<const char*>(manifest->data()), manifest->size()});
  if (!json || !json->is_object()) return corrupt("has a manifest that is no JSON object");
  return Opened{std::move(*json), file.subspan(reader.offset())};
}

Status CheckIdentity(const Json& manifest, const StateIdentity& identity, const std::string& path) {
  const std::pair<const char*, const std::string*> fields[] = {
      {"model", &identity.model}, {"build", &identity.build}, {"numerics", &identity.numerics}};
  for (const auto& [key, expected] : fields) {
    const Json* found = manifest.Find(key);
    const std::string text = found != nullptr && found->is_string() ? found->as_string() : "";
    if (text == *expected) continue;
    return Invalid(std::string("was saved with another ") + key + ": " + text.substr(0, 200) +
                       ", this engine has " + expected->substr(0, 200),
                   path);
  }
  return OkStatus();
}

std::optional<size_t> Natural(const Json& manifest, const char* key) {
  const Json* value = manifest.Find(key);
  if (value == nullptr || !value->is_int() || value->as_int() < 0) return std::nullopt;
  return static_cast<size_t>(value->as_int());
}

// Bytes of the payload for this position; nullopt when that does not fit 64 bits.
std::optional<size_t> PayloadBytes(const StateShape& shape, size_t position, size_t hidden) {
  if (position > kContextTokensMax * 16) return std::nullopt;
  const size_t pages =
      (position + shape.kv.page_tokens - 1) / shape.kv.page_tokens * shape.softmax_layers;
  const auto page_bytes = CheckedMul(pages, KvPageBytes(shape.kv));
  if (!page_bytes) return std::nullopt;
  return CheckedAdd(*page_bytes, 4 * (position + hidden + shape.lightning_floats()));
}

// Positions of the checkpoints; nullopt when they make no sense.
std::optional<std::vector<size_t>> Positions(const Json& manifest, const StateShape& shape,
                                             size_t end) {
  const Json* listed = manifest.Find("checkpoints");
  if (listed == nullptr || !listed->is_array()) return std::nullopt;
  std::vector<size_t> positions;
  for (const Json& one : listed->as_array()) {
    if (!one.is_int() || one.as_int() <= 0 || positions.size() == kSavedCheckpointsMax)
      return std::nullopt;
    const auto position = static_cast<size_t>(one.as_int());
    if (position >= end || position % shape.kv.page_tokens != 0) return std::nullopt;
    if (!positions.empty() && position <= positions.back()) return std::nullopt;
    positions.push_back(position);
  }
  return positions;
}

bool HasChecksum(const Json& manifest, const char* key, Bytes bytes) {
  const Json* expected = manifest.Find(key);
  return expected != nullptr && expected->is_string() && expected->as_string() == ChecksumOf(bytes);
}

// The last position, of the checkpoints or the end, up to which the tokens are the prefix's. 0:
// none.
size_t LastCommon(std::span<const Token> tokens, std::span<const Token> prefix,
                  std::span<const size_t> checkpoints) {
  const auto [differs, other] =
      std::mismatch(tokens.begin(), tokens.end(), prefix.begin(), prefix.end());
  const auto common = static_cast<size_t>(differs - tokens.begin());
  if (common == tokens.size()) return common;
  const auto past = std::upper_bound(checkpoints.begin(), checkpoints.end(), common);
  return past == checkpoints.begin() ? 0 : *(past - 1);
}

void CopyTo(ByteReader& reader, void* target, size_t bytes) {
  const auto span =
      reader.ReadSpan("a part of the payload", bytes);  // sizes were checked as a whole
  CHECK(span.ok());
  if (bytes > 0) std::memcpy(target, span->data(), bytes);
}

}  // namespace

std::string StateIdentity::Fingerprint() const {
  return Sha256Hex(model + "\n" + build + "\n" + numerics);
}

Result<size_t> WriteStateFile(const std::string& path, const StateIdentity& identity,
                              std::span<const Token> tokens, std::span<const float> hidden,
                              const SequenceState& state,
                              std::span<const SavedCheckpoint> checkpoints) {
  CHECK(state.tokens() == tokens.size() && checkpoints.size() <= kSavedCheckpointsMax);
  std::vector<Bytes> parts = PayloadParts(tokens, hidden, state);
  Checksum checksum, checkpoints_checksum;
  uint64_t payload_bytes = 0, bytes_after = 0;
  for (const Bytes part : parts) {
    checksum.Update(part);
    payload_bytes += part.size();
  }
  for (const SavedCheckpoint& one : checkpoints) {
    for (const Bytes part :
         {BytesOf(std::span<const float>(one.hidden)), BytesOf(std::span(one.lightning))}) {
      checkpoints_checksum.Update(part);
      bytes_after += part.size();
      parts.push_back(part);
    }
  }
  const std::string manifest =
      Manifest(identity, tokens.size(), hidden.size(), payload_bytes, checksum.Finish(),
               checkpoints, checkpoints_checksum.Finish());
  CHECK(manifest.size() <= kManifestBytesMax);
  std::string head(kMagic);
  const uint32_t numbers[] = {kVersion, static_cast<uint32_t>(manifest.size())};
  head.append(reinterpret_cast<const char*>(numbers), sizeof(numbers)).append(manifest);
  head += Sha256Hex(head);
  auto file = AtomicFile::Create(path, "state");
  if (!file) return file.error();
  if (auto status = file->HasRoomFor(head.size() + payload_bytes + bytes_after); !status)
    return status.error();
  if (auto status = file->Write({reinterpret_cast<const uint8_t*>(head.data()), head.size()});
      !status) {
    return status.error();
  }
  for (const Bytes part : parts) {
    if (auto status = file->Write(part); !status) return status.error();
  }
  const size_t bytes = file->size();
  if (auto status = file->Commit(); !status) return status.error();
  return bytes;
}

namespace {

// A state file whose counts and sizes agree and whose payload has its checksum.
struct Checked {
  Bytes payload, after;
  size_t position = 0, hidden = 0;
  std::vector<size_t> checkpoints;
};

Result<Checked> CheckPayload(const Opened& opened, const StateShape& shape, size_t hidden_width,
                             const std::string& path) {
  const auto corrupt = [&](const std::string& message) {
    return Error{Code::kCorrupt, message, path};
  };
  const Json& manifest = opened.manifest;
  const auto position = Natural(manifest, "position"), hidden = Natural(manifest, "hidden");
  const auto payload_bytes = Natural(manifest, "payload_bytes");
  if (!position || !hidden || !payload_bytes || *hidden != (*position > 0 ? hidden_width : 0))
    return corrupt("has a manifest whose counts make no sense");
  const auto checkpoints = Positions(manifest, shape, *position);
  if (!checkpoints) return corrupt("has a manifest whose checkpoints make no sense");
  const auto needed = PayloadBytes(shape, *position, *hidden);
  const size_t after = checkpoints->size() * (*hidden + shape.lightning_floats()) * sizeof(float);
  const auto whole = needed ? CheckedAdd(*needed, after) : std::nullopt;
  if (!whole || *needed != *payload_bytes || *whole != opened.payload.size()) {
    return corrupt("has " + std::to_string(opened.payload.size()) + " bytes of payload, " +
                   std::to_string(*position) + " tokens with " +
                   std::to_string(checkpoints->size()) + " checkpoints need " +
                   (whole ? std::to_string(*whole) : "too many"));
  }
  Checked checked{opened.payload.first(*needed), opened.payload.subspan(*needed), *position,
                  *hidden, *checkpoints};
  if (!HasChecksum(manifest, "payload_xxh3_tree", checked.payload))
    return corrupt("has a payload that does not match its checksum");
  return checked;
}

// The keys and values of the positions that `state` holds. `held`: those of all `pages_held`.
void CopyPages(Bytes held, size_t pages_held, SequenceState& state) {
  const size_t pages = state.page_count(), page_bytes = KvPageBytes(state.shape().kv);
  const size_t count = state.shape().softmax_layers * pages,
               batch = std::max<size_t>(1, kPieceBytes / page_bytes);
  CHECK(held.size() == state.shape().softmax_layers * pages_held * page_bytes);
  InParallel((count + batch - 1) / batch, [&](size_t piece) {
    for (size_t i = piece * batch; i < std::min(count, (piece + 1) * batch); ++i) {
      const size_t layer = i / pages, page = i % pages;
      std::memcpy(state.Page(layer, page), &held[(layer * pages_held + page) * page_bytes],
                  page_bytes);
    }
  });
}

// The checkpoints up to `position`.
void CopyCheckpoints(const Checked& from, const StateShape& shape, size_t position,
                     std::vector<SavedCheckpoint>& to) {
  ByteReader reader(from.after);
  for (const size_t at : from.checkpoints) {
    if (at > position) return;
    SavedCheckpoint one{at, std::vector<float>(from.hidden),
                        std::vector<float>(shape.lightning_floats())};
    CopyTo(reader, one.hidden.data(), one.hidden.size() * sizeof(float));
    CopyTo(reader, one.lightning.data(), one.lightning.size() * sizeof(float));
    to.push_back(std::move(one));
  }
}

}  // namespace

Result<SavedState> ReadStateFile(const std::string& path, const StateIdentity& identity,
                                 const StateShape& shape, size_t hidden_width, size_t vocabulary,
                                 std::optional<std::span<const Token>> prefix, Memory& memory) {
  const auto corrupt = [&](const std::string& message) {
    return Error{Code::kCorrupt, message, path};
  };
  auto file = FileBytes::Load(path);
  if (!file) return file.error();
  auto opened = OpenFrame(file->bytes(), path);
  if (!opened) return opened.error();
  if (auto status = CheckIdentity(opened->manifest, identity, path); !status) return status.error();
  const auto checked = CheckPayload(*opened, shape, hidden_width, path);
  if (!checked) return checked.error();
  SavedState saved{std::vector<Token>(checked->position),
                   std::vector<float>(checked->hidden),
                   SequenceState(shape, memory),
                   {}};
  ByteReader reader(checked->payload);
  CopyTo(reader, saved.tokens.data(), checked->position * sizeof(Token));
  CopyTo(reader, saved.hidden.data(), checked->hidden * sizeof(float));
  for (const Token token : saved.tokens) {
    if (token < 0 || static_cast<size_t>(token) >= vocabulary)
      return corrupt("holds a token outside the vocabulary");
  }
  size_t position = checked->position;
  if (prefix) {
    if (!HasChecksum(opened->manifest, "checkpoints_xxh3_tree", checked->after))
      return corrupt("has checkpoints that do not match their checksum");
    position = LastCommon(saved.tokens, *prefix, checked->checkpoints);
    CopyCheckpoints(*checked, shape, position, saved.checkpoints);
  }
  if (auto status = saved.state.Reserve(position); !status) return status.error();
  saved.state.set_tokens(position);
  const std::span<float> lightning = saved.state.lightning();
  CopyTo(reader, lightning.data(), lightning.size_bytes());
  const size_t page_tokens = shape.kv.page_tokens;
  CopyPages(checked->payload.subspan(reader.offset()),
            (checked->position + page_tokens - 1) / page_tokens, saved.state);
  if (position < checked->position) {
    saved.tokens.resize(position);
    saved.hidden = position > 0 ? saved.checkpoints.back().hidden : std::vector<float>();
    if (position > 0)
      std::ranges::copy(saved.checkpoints.back().lightning, lightning.begin());
    else
      std::ranges::fill(lightning, 0.0f);
  }
  if (auto status = file->CheckUnchanged(); !status) return status.error();
  return saved;
}

}  // namespace fathom
