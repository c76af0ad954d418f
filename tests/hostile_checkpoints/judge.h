// SPDX-License-Identifier: Apache-2.0
// Loads what a lie tells and judges what the loader made of it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tests/hostile_checkpoints/lie.h"

namespace fathom::hostile {

// What P1 allows beside the files themselves.
inline constexpr size_t kExtraBytesMax = size_t{64} << 20;

struct Outcome {
  bool loaded = false;
  std::string error;      // of a refusal
  std::string structure;  // of what loaded: every tensor's name, type, shape and bytes
  size_t extra_bytes = 0;
  double microseconds = 0;
};
// `path` is a folder or a .gguf file.
using Loader = std::function<Outcome(const std::string& path)>;

// The program's own way: Engine::Open, and a few tokens through what opens.
Outcome LoadWithEngine(const std::string& path);

// What is wrong with the outcome; nullopt when it is as it must be. `folder` holds the files, so
// that a refusal that names one of them contains it.
std::optional<std::string> Judge(const Hostile& told, const Outcome& outcome,
                                 const std::string& base_structure, const std::string& folder);

// Tells lies to a loader, one folder of files after the other.
class Trial {
 public:
  Trial(Loader loader, std::string name);
  ~Trial();
  Trial(const Trial&) = delete;
  Trial& operator=(const Trial&) = delete;

  void Tell(const Lie& lie, const Base& base);
  // The outcome of files that are no lie.
  Outcome Load(const Files& files);

  size_t told = 0, refused = 0, loaded = 0;
  std::vector<std::string> wrong;  // the first few, in words
  size_t wrong_count = 0;
  size_t extra_bytes_most = 0;
  std::string extra_bytes_by;
  std::vector<double> microseconds;  // of refusals

 private:
  std::string Write(const Files& files);

  Loader loader_;
  std::string folder_;
  Files on_disk_;
  std::map<const Files*, std::string> structures_;  // of the bases
};

}  // namespace fathom::hostile
