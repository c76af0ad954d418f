// SPDX-License-Identifier: Apache-2.0
#include "engine/state_file.h"

#include <algorithm>
#include <cstring>
#include <set>

#include "base/atomic_file.h"
#include "base/byte_reader.h"
#include "base/checked_math.h"
#include "base/limits.h"
#include "engine/checkpoint/file_bytes.h"
#include "engine/state_blocks.h"

namespace fathom {
namespace {

template <typename T>
ByteSpan BytesOf(std::span<const T> values) {
  return {reinterpret_cast<const uint8_t*>(values.data()), values.size_bytes()};
}

size_t PagesFor(const StateShape& shape, size_t tokens) {
  return (tokens + shape.kv.page_tokens - 1) / shape.kv.page_tokens;
}

// Pages [begin, end) of every layer, layer by layer.
void AddPages(const SequenceState& state, size_t begin, size_t end, std::vector<ByteSpan>& parts) {
  const size_t page_bytes = KvPageBytes(state.shape().kv);
  for (size_t layer = 0; layer < state.shape().softmax_layers; ++layer) {
    for (size_t i = begin; i < end; ++i)
      parts.push_back({reinterpret_cast<const uint8_t*>(state.Page(layer, i)), page_bytes});
  }
}

struct Block {
  std::vector<ByteSpan> parts;
  std::string name = {};
  bool there = false;

  size_t bytes() const {
    size_t bytes = 0;
    for (const ByteSpan part : parts) bytes += part.size();
    return bytes;
  }
};

// What a state is made of when it is written.
struct Pieces {
  std::vector<Block> pages, checkpoints;
  std::vector<ByteSpan> payload;
};

Pieces PiecesOf(std::span<const Token> tokens, std::span<const float> hidden,
                const SequenceState& state, size_t shared_blocks,
                std::span<const SavedCheckpoint> checkpoints) {
  Pieces pieces;
  const size_t run = BlockPages(state.shape());
  for (size_t i = 0; i < shared_blocks; ++i)
    AddPages(state, i * run, (i + 1) * run, pieces.pages.emplace_back().parts);
  for (const SavedCheckpoint& one : checkpoints) {
    pieces.checkpoints.push_back(
        {{BytesOf(std::span<const float>(one.hidden)), BytesOf(std::span(one.lightning))}});
  }
  pieces.payload = {BytesOf(tokens), BytesOf(hidden),
                    BytesOf(std::span<const float>(state.lightning()))};
  AddPages(state, shared_blocks * run, state.page_count(), pieces.payload);
  return pieces;
}

// Whatever of `blocks` is not there yet.
Status WriteBlocks(const StateBlocks& store, std::span<Block> blocks) {
  if (auto status = store.MakeFolder(); !status) return status;
  std::vector<Status> written(blocks.size());
  InParallel(blocks.size(), [&](size_t i, size_t) {
    if (!blocks[i].there) written[i] = store.Write(blocks[i].name, blocks[i].parts);
  });
  for (const Status& status : written) {
    if (!status) return status;
  }
  return store.Sync();
}

// Names each block and looks whether it is there; of several alike only the first is to be written.
// Returns the bytes of all, each once.
size_t NameBlocks(const StateBlocks& store, std::span<Block> blocks) {
  InParallel(blocks.size(), [&](size_t i, size_t) {
    blocks[i].name = ContentHash(blocks[i].parts);
    blocks[i].there = store.Holds(blocks[i].name, blocks[i].parts);
  });
  std::set<std::string> seen;
  size_t bytes = 0;
  for (Block& block : blocks) {
    if (seen.insert(block.name).second)
      bytes += block.bytes();
    else
      block.there = true;
  }
  return bytes;
}

Status WriteAll(AtomicFile& file, const std::string& head, std::span<const ByteSpan> payload) {
  if (auto status = file.Write(head); !status) return status;
  for (const ByteSpan part : payload) {
    if (auto status = file.Write(part); !status) return status;
  }
  return file.Commit();
}

Result<size_t> Write(const std::string& path, const StateIdentity& identity, StateManifest manifest,
                     const Pieces& pieces) {
  const StateBlocks store(path);
  std::vector<Block> blocks = pieces.pages;
  blocks.insert(blocks.end(), pieces.checkpoints.begin(), pieces.checkpoints.end());
  const size_t block_bytes = NameBlocks(store, blocks);
  size_t bytes_to_write = 0;
  for (size_t i = 0; i < blocks.size(); ++i) {
    (i < pieces.pages.size() ? manifest.page_blocks : manifest.checkpoint_blocks)
        .push_back(blocks[i].name);
    bytes_to_write += blocks[i].there ? 0 : blocks[i].bytes();
  }
  for (const ByteSpan part : pieces.payload) manifest.payload_bytes += part.size();
  manifest.payload_hash = TreeHash(pieces.payload);
  const std::string head = StateHead(identity, manifest);
  auto file = AtomicFile::Create(path, "state");
  if (!file) return file.error();
  if (auto status = file->HasRoomFor(head.size() + manifest.payload_bytes + bytes_to_write);
      !status) {
    return status.error();
  }
  if (!blocks.empty()) {
    if (auto status = WriteBlocks(store, blocks); !status) return status.error();
  }
  if (auto status = WriteAll(*file, head, pieces.payload); !status) return status.error();
  return file->size() + block_bytes;
}

// Bytes of the payload, nullopt when that does not fit 64 bits or the blocks hold more than the
// state has.
std::optional<size_t> PayloadBytes(const StateShape& shape, const StateManifest& manifest) {
  if (manifest.position > kContextTokensMax * 16) return std::nullopt;
  const size_t whole = manifest.position / shape.kv.page_tokens, run = BlockPages(shape),
               in_blocks = manifest.page_blocks.size() * run;
  if (!manifest.page_blocks.empty() && (run == 0 || in_blocks > whole)) return std::nullopt;
  const size_t pages = (PagesFor(shape, manifest.position) - in_blocks) * shape.softmax_layers;
  const auto page_bytes = CheckedMul(pages, KvPageBytes(shape.kv));
  if (!page_bytes) return std::nullopt;
  return CheckedAdd(*page_bytes,
                    4 * (manifest.position + manifest.hidden + shape.lightning_floats()));
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

// Pages [first, first + count) of each layer as they stand in a payload or a block.
struct PageRun {
  ByteSpan bytes;
  size_t first = 0, count = 0;
};

// How many of its pages `state` has, over all layers.
size_t PagesOf(const PageRun& run, const SequenceState& state) {
  CHECK(run.bytes.size() ==
        state.shape().softmax_layers * run.count * KvPageBytes(state.shape().kv));
  const size_t end = std::min(run.first + run.count, state.page_count());
  return end <= run.first ? 0 : (end - run.first) * state.shape().softmax_layers;
}

// Of those the ones with index [begin, end).
void CopyPages(const PageRun& run, size_t begin, size_t end, SequenceState& state) {
  const size_t page_bytes = KvPageBytes(state.shape().kv),
               of_layer = std::min(run.count, state.page_count() - run.first);
  for (size_t i = begin; i < end; ++i) {
    const size_t layer = i / of_layer, page = i % of_layer;
    std::memcpy(state.Page(layer, run.first + page),
                &run.bytes[(layer * run.count + page) * page_bytes], page_bytes);
  }
}

// The pages of the blocks up to the state's position, each block checked as a whole.
Status LoadPages(const StateBlocks& store, std::span<const std::string> names,
                 SequenceState& state) {
  const size_t pages = BlockPages(state.shape()),
               bytes = pages * state.shape().softmax_layers * KvPageBytes(state.shape().kv);
  const size_t count =
      pages == 0 ? 0 : std::min(names.size(), (state.page_count() + pages - 1) / pages);
  std::vector<Status> loaded(count);
  // A thread's blocks go through one piece of memory, which stays in its cache.
  std::vector<std::vector<uint8_t>> memory(kStateThreadsMax);
  InParallel(count, [&](size_t i, size_t thread) {
    memory[thread].resize(bytes);
    const auto file = store.Load(names[i], memory[thread]);
    if (!file) {
      loaded[i] = file.error();
      return;
    }
    const PageRun run{file->bytes(), i * pages, pages};
    CopyPages(run, 0, PagesOf(run, state), state);
  });
  for (const Status& status : loaded) {
    if (!status) return status;
  }
  return OkStatus();
}

// The checkpoints up to `position`.
Result<std::vector<SavedCheckpoint>> LoadCheckpoints(const StateBlocks& store,
                                                     const StateManifest& manifest,
                                                     const StateShape& shape, size_t position) {
  const auto& positions = manifest.checkpoints;
  const auto count =
      static_cast<size_t>(std::ranges::upper_bound(positions, position) - positions.begin());
  std::vector<SavedCheckpoint> checkpoints(count);
  std::vector<Status> loaded(count);
  InParallel(count, [&](size_t i, size_t) {
    const size_t bytes = (manifest.hidden + shape.lightning_floats()) * sizeof(float);
    std::vector<uint8_t> memory(bytes);
    const auto file = store.Load(manifest.checkpoint_blocks[i], memory);
    if (!file) {
      loaded[i] = file.error();
      return;
    }
    checkpoints[i] = {positions[i], std::vector<float>(manifest.hidden),
                      std::vector<float>(shape.lightning_floats())};
    ByteReader reader(file->bytes());
    CopyTo(reader, checkpoints[i].hidden.data(), manifest.hidden * sizeof(float));
    CopyTo(reader, checkpoints[i].lightning.data(), shape.lightning_floats() * sizeof(float));
  });
  for (const Status& status : loaded) {
    if (!status) return status.error();
  }
  return checkpoints;
}

// Counts, sizes and the payload's checksum agree.
Status CheckPayload(const StateManifest& manifest, ByteSpan payload, const StateShape& shape,
                    size_t hidden_width, const std::string& path) {
  const auto corrupt = [&](const std::string& message) {
    return Error{Code::kCorrupt, message, path};
  };
  if (manifest.hidden != (manifest.position > 0 ? hidden_width : 0))
    return corrupt("has a manifest whose counts make no sense");
  for (const size_t position : manifest.checkpoints) {
    if (position % shape.kv.page_tokens != 0)
      return corrupt("has a manifest whose checkpoints make no sense");
  }
  const auto needed = PayloadBytes(shape, manifest);
  if (!needed || *needed != manifest.payload_bytes || *needed != payload.size()) {
    return corrupt("has " + std::to_string(payload.size()) + " bytes of payload, " +
                   std::to_string(manifest.position) + " tokens with " +
                   std::to_string(manifest.page_blocks.size()) + " blocks need " +
                   (needed ? std::to_string(*needed) : "another number of blocks"));
  }
  if (TreeHash(payload) != manifest.payload_hash)
    return corrupt("has a payload that does not match its checksum");
  return OkStatus();
}

// The lightning states and the pages up to saved.state's position. `reader` stands behind the
// hidden row.
Status LoadState(const StateBlocks& store, const StateManifest& manifest, ByteReader& reader,
                 SavedState& saved) {
  const std::span<float> lightning = saved.state.lightning();
  CopyTo(reader, lightning.data(), lightning.size_bytes());
  const StateShape& shape = saved.state.shape();
  const size_t first = manifest.page_blocks.size() * BlockPages(shape);
  const auto rest = reader.ReadSpan("the pages", reader.remaining());
  CHECK(rest.ok());
  const PageRun run{*rest, first, PagesFor(shape, manifest.position) - first};
  const size_t count = PagesOf(run, saved.state),
               batch = std::max<size_t>(1, kStatePieceBytes / KvPageBytes(shape.kv));
  InParallel((count + batch - 1) / batch, [&](size_t i, size_t) {
    CopyPages(run, i * batch, std::min(count, (i + 1) * batch), saved.state);
  });
  return LoadPages(store, manifest.page_blocks, saved.state);
}

}  // namespace

size_t BlockPages(const StateShape& shape) {
  const size_t bytes = shape.softmax_layers * KvPageBytes(shape.kv);
  return bytes == 0 ? 0 : (kStateBlockBytes + bytes - 1) / bytes;
}

Result<size_t> WriteStateFile(const std::string& path, const StateIdentity& identity,
                              std::span<const Token> tokens, std::span<const float> hidden,
                              const SequenceState& state) {
  CHECK(state.tokens() == tokens.size());
  return Write(path, identity, {.position = tokens.size(), .hidden = hidden.size()},
               PiecesOf(tokens, hidden, state, 0, {}));
}

Result<size_t> WriteSharedState(const std::string& path, const StateIdentity& identity,
                                std::span<const Token> tokens, std::span<const float> hidden,
                                const SequenceState& state,
                                std::span<const SavedCheckpoint> checkpoints) {
  CHECK(state.tokens() == tokens.size() && checkpoints.size() <= kSavedCheckpointsMax);
  StateManifest manifest{.position = tokens.size(), .hidden = hidden.size()};
  for (const SavedCheckpoint& one : checkpoints) manifest.checkpoints.push_back(one.position);
  const size_t run = BlockPages(state.shape()),
               whole = tokens.size() / state.shape().kv.page_tokens;
  return Write(path, identity, std::move(manifest),
               PiecesOf(tokens, hidden, state, run == 0 ? 0 : whole / run, checkpoints));
}

Result<SavedState> ReadStateFile(const std::string& path, const StateIdentity& identity,
                                 const StateShape& shape, size_t hidden_width, size_t vocabulary,
                                 std::optional<std::span<const Token>> prefix, Memory& memory) {
  auto file = FileBytes::Load(path);
  if (!file) return file.error();
  const auto opened = OpenState(file->bytes(), path);
  if (!opened) return opened.error();
  if (auto status = CheckIdentity(opened->json, identity, path); !status) return status.error();
  const auto manifest = ReadManifest(opened->json, path);
  if (!manifest) return manifest.error();
  if (auto status = CheckPayload(*manifest, opened->payload, shape, hidden_width, path); !status)
    return status.error();
  SavedState saved{std::vector<Token>(manifest->position),
                   std::vector<float>(manifest->hidden),
                   SequenceState(shape, memory),
                   {}};
  ByteReader reader(opened->payload);
  CopyTo(reader, saved.tokens.data(), manifest->position * sizeof(Token));
  CopyTo(reader, saved.hidden.data(), manifest->hidden * sizeof(float));
  for (const Token token : saved.tokens) {
    if (token < 0 || static_cast<size_t>(token) >= vocabulary)
      return Error{Code::kCorrupt, "holds a token outside the vocabulary", path};
  }
  const StateBlocks store(path);
  size_t position = manifest->position;
  if (prefix) {
    position = LastCommon(saved.tokens, *prefix, manifest->checkpoints);
    auto checkpoints = LoadCheckpoints(store, *manifest, shape, position);
    if (!checkpoints) return checkpoints.error();
    saved.checkpoints = std::move(*checkpoints);
  }
  // LoadState writes every page up to the position, whole.
  if (auto status = saved.state.Reserve(position, PageFill::kUnfilled); !status)
    return status.error();
  saved.state.set_tokens(position);
  if (auto status = LoadState(store, *manifest, reader, saved); !status) return status.error();
  if (position < manifest->position) {
    saved.tokens.resize(position);
    saved.hidden = position > 0 ? saved.checkpoints.back().hidden : std::vector<float>();
    const std::span<float> lightning = saved.state.lightning();
    if (position > 0)
      std::ranges::copy(saved.checkpoints.back().lightning, lightning.begin());
    else
      std::ranges::fill(lightning, 0.0f);
  }
  if (auto status = file->CheckUnchanged(); !status) return status.error();
  return saved;
}

}  // namespace fathom
