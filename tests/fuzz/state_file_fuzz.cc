// SPDX-License-Identifier: Apache-2.0
// Any bytes as a saved state, the parser behind Engine::Restore. An input that begins with 'M' is
// taken for a manifest: payload and header checksum are those of a valid file, `$N` and `$C` stand
// for the payload's size and checksum, so that what lies behind the checks is reached. There are no
// blocks beside it: a state that names one must be refused.
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "base/files.h"
#include "base/json.h"
#include "base/sha256.h"
#include "engine/state_file.h"
#include "tests/fuzz/memory_file.h"

using namespace fathom;

namespace {

const StateIdentity kIdentity{"model", "build", "numerics"};
constexpr size_t kHidden = 4, kVocabulary = 8;

StateShape Shape() {
  return {.lightning_layers = 1,
          .heads = 1,
          .head_dim = 4,
          .softmax_layers = 1,
          .kv = {KvType::kF32, 1, 4, 64}};
}

struct ValidFile {
  std::string payload, bytes, checksum;
};

// Of three tokens.
ValidFile MakeValidFile() {
  const std::string path = "/tmp/fathom-state-fuzz-" + std::to_string(::getpid());
  SequenceState state(Shape());
  CHECK(state.Reserve(3).ok());
  state.set_tokens(3);
  const Token tokens[] = {1, 2, 3};
  const float hidden[kHidden] = {};
  CHECK(WriteStateFile(path, kIdentity, tokens, hidden, state).ok());
  const std::string file = *ReadFile(path, size_t{1} << 20);
  ::unlink(path.c_str());
  uint32_t manifest_bytes;
  std::memcpy(&manifest_bytes, file.data() + 12, sizeof(manifest_bytes));
  const auto manifest = Json::Parse(std::string_view(file).substr(16, manifest_bytes));
  return {file.substr(16 + manifest_bytes + 64), manifest->Find("payload_bytes")->Dump(),
          manifest->Find("payload_xxh3_tree")->as_string()};
}

std::string Framed(std::string manifest) {
  static const ValidFile valid = MakeValidFile();
  for (const auto& [mark, text] : {std::pair{"$N", &valid.bytes}, {"$C", &valid.checksum}}) {
    const size_t at = manifest.find(mark);
    if (at != std::string::npos) manifest.replace(at, 2, *text);
  }
  std::string head = "FATHOMST";
  const uint32_t numbers[] = {4, static_cast<uint32_t>(manifest.size())};
  head.append(reinterpret_cast<const char*>(numbers), sizeof(numbers)).append(manifest);
  return head + Sha256Hex(head) + valid.payload;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static MemoryFile file;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  file.Set(text.starts_with('M') ? Framed(std::string(text.substr(1))) : std::string(text));
  const auto saved = ReadStateFile(file.path(), kIdentity, Shape(), kHidden, kVocabulary);
  if (!saved) return 0;
  CHECK(saved->state.tokens() == saved->tokens.size());
  for (const Token token : saved->tokens) CHECK(token >= 0 && token < int{kVocabulary});
  return 0;
}
