// SPDX-License-Identifier: Apache-2.0
#include "tests/hostile_checkpoints/documents.h"

namespace fathom::hostile {
namespace {

// Every length of the header and a sample of the data's; all of them in the slow run's header and
// every 61st of the data's.
void Cut(const Base& base, const Emit& emit, const Files& files, const std::string& name,
         size_t header) {
  const std::string& whole = files.at(name);
  for (size_t size = 0; size < whole.size();) {
    emit({With(files, name, whole.substr(0, size)), name});
    const size_t step = size < header ? (base.slow ? 1 : 11) : (base.slow ? 61 : 4'099);
    size = size < header ? std::min(size + step, header) : size + step;
  }
  for (const size_t less : {1, 2, 3, 4, 31, 32, 33}) {
    // A GGUF may end in up to 31 bytes of padding, which hold nothing.
    emit({With(files, name, whole.substr(0, whole.size() - less)), name,
          name == kGguf && less < 32});
  }
}

void SafetensorsIsCutShort(const Base& base, const Emit& emit) {
  const size_t header = 8 + TakeApartSafetensors(base).Header().size();
  Cut(base, emit, base.hf, kSafetensors, header);
}

void GgufIsCutShort(const Base& base, const Emit& emit) {
  for (const Files& files : {base.gguf, base.gguf_q8}) {
    const size_t data = TakeApartGguf(files).data.size();
    Cut(base, emit, files, kGguf, files.at(kGguf).size() - data);
  }
}

void ConfigIsCutShort(const Base& base, const Emit& emit) {
  Cut(base, emit, base.hf, "config.json", SIZE_MAX);
}

void IndexIsCutShort(const Base& base, const Emit& emit) {
  Cut(base, emit, base.sharded, kIndex, SIZE_MAX);
}

void TokenizerIsCutShort(const Base& base, const Emit& emit) {
  Cut(base, emit, base.hf, "tokenizer.json", SIZE_MAX);
}

// All eight bits of every byte up to `header`; in the fast run one bit of every third byte.
void Flip(const Base& base, const Emit& emit, const Files& files, const std::string& name,
          size_t header) {
  const std::string& whole = files.at(name);
  for (size_t bit = 0; bit < 8 * header; bit += base.slow ? 1 : 25) {
    std::string flipped = whole;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
    emit({With(files, name, std::move(flipped)), "", true});
  }
}

void BitOfASafetensorsHeaderIsFlipped(const Base& base, const Emit& emit) {
  Flip(base, emit, base.hf, kSafetensors, 8 + TakeApartSafetensors(base).Header().size());
}

void BitOfAGgufHeaderIsFlipped(const Base& base, const Emit& emit) {
  const size_t data = TakeApartGguf(base.gguf_q8).data.size();
  Flip(base, emit, base.gguf_q8, kGguf, base.gguf_q8.at(kGguf).size() - data);
}

void BitOfAConfigIsFlipped(const Base& base, const Emit& emit) {
  Flip(base, emit, base.hf, "config.json", base.hf.at("config.json").size());
}

void BitOfAnIndexIsFlipped(const Base& base, const Emit& emit) {
  Flip(base, emit, base.sharded, kIndex, base.sharded.at(kIndex).size());
}

constexpr Lie kLies[] = {
    {"safetensors_is_cut_short", SafetensorsIsCutShort},
    {"gguf_is_cut_short", GgufIsCutShort},
    {"config_is_cut_short", ConfigIsCutShort},
    {"index_is_cut_short", IndexIsCutShort},
    {"tokenizer_is_cut_short", TokenizerIsCutShort},
    {"bit_of_a_safetensors_header_is_flipped", BitOfASafetensorsHeaderIsFlipped},
    {"bit_of_a_gguf_header_is_flipped", BitOfAGgufHeaderIsFlipped},
    {"bit_of_a_config_is_flipped", BitOfAConfigIsFlipped},
    {"bit_of_an_index_is_flipped", BitOfAnIndexIsFlipped},
};

}  // namespace

std::span<const Lie> FilesCutShortOrFlipped() {
  return kLies;
}

}  // namespace fathom::hostile
