// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"
#include "tests/hostile_checkpoints/documents.h"

namespace fathom::hostile {
namespace {

constexpr uint32_t kBits32[] = {0x7f800000u, 0xff800000u, 0x7fc00000u, 0x7f800001u, 0xffffffffu};

// First, middle and last value of a tensor of `count` values.
std::vector<size_t> Places(size_t count) {
  return {0, count / 2, count - 1};
}

void WeightIsNotFinite(const Base& base, const Emit& emit) {
  const SafetensorsDocument whole = TakeApartSafetensors(base);
  for (const size_t at : Positions(base, whole.entries.size())) {
    const auto& entry = whole.entries[at];
    const auto begin = static_cast<size_t>(Json::Parse(entry.begin)->as_int());
    const auto end = static_cast<size_t>(Json::Parse(entry.end)->as_int());
    for (const size_t place : Places((end - begin) / 4)) {
      for (const uint32_t bits : kBits32) {
        SafetensorsDocument document = whole;
        document.data.replace(begin + 4 * place, 4, GgufNumber(bits));
        emit({AsHf(base, document), entry.name});
      }
    }
  }
}

void HalfWeightIsNotFinite(const Base& base, const Emit& emit) {
  // The norms as f16 and bf16: ones, and one value that is none.
  for (const bool brain : {false, true}) {
    const uint16_t one = brain ? 0x3f80 : 0x3c00;
    const uint16_t bad[] = {static_cast<uint16_t>(brain ? 0x7f80 : 0x7c00),
                            static_cast<uint16_t>(brain ? 0xffc0 : 0xfe00)};
    for (const uint16_t bits : bad) {
      for (const size_t place : Places(32)) {
        SafetensorsDocument document = TakeApartSafetensors(base);
        // A norm is 32 f32 values: as many halves and 32 more leave the file as long as it was.
        for (auto& entry : document.entries) {
          if (entry.name != "model.norm.weight") continue;
          const auto begin = static_cast<size_t>(Json::Parse(entry.begin)->as_int());
          std::string values;
          for (size_t i = 0; i < 32; ++i) Put(values, i == place ? bits : one);
          document.data.replace(begin, 128, values);
          entry.dtype = brain ? "\"BF16\"" : "\"F16\"";
          entry.end = std::to_string(begin + 64);
          for (auto& other : document.entries) {
            const auto other_begin = static_cast<size_t>(Json::Parse(other.begin)->as_int());
            if (other_begin <= begin) continue;
            const auto other_end = static_cast<size_t>(Json::Parse(other.end)->as_int());
            other.begin = std::to_string(other_begin - 64);
            other.end = std::to_string(other_end - 64);
          }
        }
        emit({AsHf(base, document), "model.norm.weight"});
      }
    }
  }
}

void GgufWeightIsNotFinite(const Base& base, const Emit& emit) {
  const GgufDocument whole = TakeApartGguf(base.gguf);
  for (const size_t at : Positions(base, whole.tensors.size())) {
    const auto& tensor = whole.tensors[at];
    size_t count = 1;
    for (const uint64_t size : tensor.sizes) count *= size;
    for (const size_t place : Places(count)) {
      for (const uint32_t bits : kBits32) {
        GgufDocument document = whole;
        document.data.replace(tensor.offset + 4 * place, 4, GgufNumber(bits));
        emit({AsGguf(base, document), tensor.name});
      }
    }
  }
}

void QuantisedScaleIsNotFinite(const Base& base, const Emit& emit) {
  const GgufDocument whole = TakeApartGguf(base.gguf_q8);
  for (const size_t at : Positions(base, whole.tensors.size())) {
    const auto& tensor = whole.tensors[at];
    if (tensor.type != 8) continue;
    size_t blocks = 1;
    for (const uint64_t size : tensor.sizes) blocks *= size;
    for (const size_t place : Places(blocks / 32)) {
      for (const uint16_t bits : {0x7c00, 0xfc00, 0x7e00, 0x7c01, 0xffff}) {
        GgufDocument document = whole;
        document.data.replace(tensor.offset + 34 * place, 2, GgufNumber(bits));
        emit({AsGguf(base, document), tensor.name});
      }
    }
  }
}

constexpr Lie kLies[] = {
    {"weight_is_not_finite", WeightIsNotFinite},
    {"half_weight_is_not_finite", HalfWeightIsNotFinite},
    {"gguf_weight_is_not_finite", GgufWeightIsNotFinite},
    {"quantised_scale_is_not_finite", QuantisedScaleIsNotFinite},
};

}  // namespace

std::span<const Lie> NumbersThatAreNotFinite() {
  return kLies;
}

}  // namespace fathom::hostile
