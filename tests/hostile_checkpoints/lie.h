// SPDX-License-Identifier: Apache-2.0
// A lie: one way in which the files of a checkpoint can say what is not so.
//
// A lie has a name and tells itself as many times as it has places to stand and sizes to take; each
// telling is a set of files. What the loader must do with them: refuse, in words that contain
// `mention`; or, where a changed bit can be harmless, load what is structurally the base.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace fathom::hostile {

// Name -> bytes. A name that ends in '/' is a folder, the content kFifo a named pipe.
using Files = std::map<std::string, std::string>;
inline const std::string kFifo = "\x01 a named pipe";

// Valid small checkpoints from which lies start. All hold the same model.
struct Base {
  Files hf;           // config.json, model.safetensors, tokenizer.json, tokenizer_config.json
  Files sharded;      // the same in two shards with their index
  Files gguf;         // model.gguf, f32
  Files gguf_q8;      // model.gguf, Q8_0
  bool slow = false;  // every position and size, not a sample
};
Base MakeBase(bool slow);

inline const std::string kSafetensors = "model.safetensors";
inline const std::string kIndex = "model.safetensors.index.json";
inline const std::string kGguf = "model.gguf";

struct Hostile {
  Files files;
  std::string mention;    // of the file, field or tensor; the refusal's text contains it
  bool may_load = false;  // when it does load, it must be structurally the base
};
using Emit = std::function<void(Hostile)>;

struct Lie {
  const char* name;
  void (*tell)(const Base& base, const Emit& emit);
};

// One file each, named for what it is that lies.
std::span<const Lie> SafetensorsHeadersThatLie();
std::span<const Lie> SafetensorsTensorsThatLie();
std::span<const Lie> ShardIndexesThatLie();
std::span<const Lie> ConfigsThatContradict();
std::span<const Lie> GgufMetadataThatLies();
std::span<const Lie> GgufTensorsThatLie();
std::span<const Lie> VocabulariesThatDoNotMerge();
std::span<const Lie> NumbersThatAreNotFinite();
std::span<const Lie> FilesCutShortOrFlipped();

// The base with one file replaced.
Files With(Files files, const std::string& name, std::string bytes);

// Places among `count` things: first, second, middle and last, or all of them.
std::vector<size_t> Positions(const Base& base, size_t count);

}  // namespace fathom::hostile
