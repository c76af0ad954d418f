// SPDX-License-Identifier: Apache-2.0
#include "tests/hostile_checkpoints/documents.h"

namespace fathom::hostile {
namespace {

constexpr uint32_t kU8 = 0, kU32 = 4, kF32 = 6, kBool = 7, kString = 8, kArray = 9, kU64 = 10,
                   kI64 = 11, kF64 = 12;

template <typename Change>
void Tell(const Base& base, const Emit& emit, const std::string& mention, const Change& change) {
  GgufDocument document = TakeApartGguf(base.gguf);
  change(document);
  emit({AsGguf(base, document), mention});
}

void MagicIsWrong(const Base& base, const Emit& emit) {
  for (const char* magic : {"GGUX", "ggml", "FUGG", "gguf", "GGML"}) {
    Tell(base, emit, kGguf, [&](GgufDocument& document) { document.magic = magic; });
  }
}

void VersionIsWrong(const Base& base, const Emit& emit) {
  for (const uint32_t version : {0u, 1u, 2u, 4u, 0x03000000u, 0x80000003u, ~0u}) {
    Tell(base, emit, "version", [&](GgufDocument& document) { document.version = version; });
  }
}

void CountsAreHuge(const Base& base, const Emit& emit) {
  const uint64_t keys = TakeApartGguf(base.gguf).keys.size();
  for (const uint64_t count :
       {uint64_t{1} << 63, ~uint64_t{0}, uint64_t{1} << 32, uint64_t{100'001}, uint64_t{100'000},
        uint64_t{10'001}, keys + 1'000}) {
    Tell(base, emit, kGguf, [&](GgufDocument& document) { document.tensor_count = count; });
    Tell(base, emit, kGguf, [&](GgufDocument& document) { document.key_count = count; });
  }
}

void CountsAreOffByOne(const Base& base, const Emit& emit) {
  const GgufDocument whole = TakeApartGguf(base.gguf);
  for (const int by : {-1, 1}) {
    Tell(base, emit, kGguf, [&](GgufDocument& document) {
      document.tensor_count = whole.tensors.size() + static_cast<uint64_t>(by);
    });
    Tell(base, emit, kGguf, [&](GgufDocument& document) {
      document.key_count = whole.keys.size() + static_cast<uint64_t>(by);
    });
  }
  Tell(base, emit, kGguf, [&](GgufDocument& document) { document.tensor_count = 0; });
  Tell(base, emit, kGguf, [&](GgufDocument& document) { document.key_count = 0; });
}

constexpr uint64_t kWrappingLengths[] = {~0ull,      ~0ull - 7, 1ull << 63,   (1ull << 63) - 1,
                                         1ull << 32, 1 << 20,   (1 << 20) + 1};

void KeyLengthWraps(const Base& base, const Emit& emit) {
  for (const size_t at : Positions(base, TakeApartGguf(base.gguf).keys.size())) {
    for (const uint64_t bytes : kWrappingLengths) {
      Tell(base, emit, kGguf,
           [&](GgufDocument& document) { document.keys[at].name_bytes = bytes; });
    }
  }
}

void StringLengthWraps(const Base& base, const Emit& emit) {
  for (const char* key : {"general.architecture", "general.name", "tokenizer.ggml.model"}) {
    for (const uint64_t bytes : kWrappingLengths) {
      Tell(base, emit, key, [&](GgufDocument& document) {
        document.Find(key).payload = GgufNumber(bytes) + "text";
      });
    }
  }
}

void StringOfAnArrayWraps(const Base& base, const Emit& emit) {
  for (const char* key : {"tokenizer.ggml.tokens", "tokenizer.ggml.merges"}) {
    for (const uint64_t bytes : kWrappingLengths) {
      Tell(base, emit, key, [&](GgufDocument& document) {
        std::string& payload = document.Find(key).payload;
        payload.replace(12, 8, GgufNumber(bytes));
      });
    }
  }
}

void ValueTypeIsUnknown(const Base& base, const Emit& emit) {
  for (const size_t at : Positions(base, TakeApartGguf(base.gguf).keys.size())) {
    for (const uint32_t type : {13u, 14u, 255u, 0x7fffffffu, ~0u}) {
      Tell(base, emit, TakeApartGguf(base.gguf).keys[at].name,
           [&](GgufDocument& document) { document.keys[at].type = type; });
    }
  }
}

void ArraysAreNested(const Base& base, const Emit& emit) {
  for (const size_t depth : {1, 2, 64, 100'000}) {
    Tell(base, emit, "deep", [&](GgufDocument& document) {
      std::string payload;
      for (size_t i = 0; i < depth; ++i) payload += GgufNumber(kArray) + GgufNumber(uint64_t{1});
      payload += GgufNumber(kU8) + GgufNumber(uint64_t{1}) + std::string(1, '\0');
      document.keys.push_back({"deep", kArray, payload, {}});
    });
  }
}

void ArrayElementIsUnknown(const Base& base, const Emit& emit) {
  for (const uint32_t type : {13u, 99u, ~0u}) {
    Tell(base, emit, "tokenizer.ggml.token_type", [&](GgufDocument& document) {
      document.Find("tokenizer.ggml.token_type").payload.replace(0, 4, GgufNumber(type));
    });
  }
}

void ArrayCountIsHuge(const Base& base, const Emit& emit) {
  for (const char* key : {"tokenizer.ggml.tokens", "tokenizer.ggml.merges",
                          "tokenizer.ggml.token_type", "minimax-01.attention.recurrent_layers"}) {
    for (const uint64_t count :
         {~0ull, 1ull << 63, (1ull << 61) + 1, (1ull << 62) + 66, 1ull << 32, 1ull << 24}) {
      Tell(base, emit, key, [&](GgufDocument& document) {
        document.Find(key).payload.replace(4, 8, GgufNumber(count));
      });
    }
  }
}

void AlignmentIsNoPowerOfTwo(const Base& base, const Emit& emit) {
  for (const uint32_t alignment : {0u, 1u, 3u, 4u, 24u, 33u, 31u, 131'072u, 1u << 31, ~0u}) {
    Tell(base, emit, "general.alignment", [&](GgufDocument& document) {
      document.Find("general.alignment").payload = GgufNumber(alignment);
    });
  }
  Tell(base, emit, "general.alignment", [&](GgufDocument& document) {
    document.Find("general.alignment") = {"general.alignment", kString, GgufText("32"), {}};
  });
  Tell(base, emit, "general.alignment", [&](GgufDocument& document) {
    document.Find("general.alignment") = {"general.alignment", kI64, GgufNumber(int64_t{-32}), {}};
  });
}

void KeyStandsTwice(const Base& base, const Emit& emit) {
  for (const size_t at : Positions(base, TakeApartGguf(base.gguf).keys.size())) {
    const auto key = TakeApartGguf(base.gguf).keys[at];
    Tell(base, emit, key.name, [&](GgufDocument& document) { document.keys.push_back(key); });
  }
}

void KeysAreManyAndLong(const Base& base, const Emit& emit) {
  Tell(base, emit, kGguf, [](GgufDocument& document) {
    for (int i = 0; i < 10'001; ++i) {
      document.keys.push_back({"k" + std::to_string(i), kU8, std::string(1, '\0'), {}});
    }
  });
  Tell(base, emit, "257", [](GgufDocument& document) {
    document.keys.push_back({std::string(257, 'k'), kU8, std::string(1, '\0'), {}});
  });
}

constexpr const char* kRequired[] = {"general.architecture",
                                     "minimax-01.block_count",
                                     "minimax-01.context_length",
                                     "minimax-01.embedding_length",
                                     "minimax-01.feed_forward_length",
                                     "minimax-01.attention.head_count",
                                     "minimax-01.attention.head_count_kv",
                                     "minimax-01.attention.key_length",
                                     "minimax-01.attention.value_length",
                                     "minimax-01.attention.layer_norm_rms_epsilon",
                                     "minimax-01.rope.freq_base",
                                     "minimax-01.rope.dimension_count",
                                     "minimax-01.expert_count",
                                     "minimax-01.expert_used_count",
                                     "minimax-01.residual_scale"};

void KeyIsMissing(const Base& base, const Emit& emit) {
  for (const char* key : kRequired) {
    Tell(base, emit, key, [&](GgufDocument& document) { document.Drop(key); });
  }
}

void KeyHasAnotherType(const Base& base, const Emit& emit) {
  const std::pair<uint32_t, std::string> kValues[] = {
      {kArray, GgufNumber(kU32) + GgufNumber(uint64_t{1}) + GgufNumber(32u)},
      {kArray, GgufNumber(kString) + GgufNumber(uint64_t{0})},
      {kBool, std::string(1, '\2')},
      {kArray, GgufNumber(kU8) + GgufNumber(uint64_t{0})}};
  for (const char* key : kRequired) {
    for (const auto& [type, payload] : kValues) {
      Tell(base, emit, key, [&](GgufDocument& document) {
        document.Find(key) = {key, type, payload, {}};
      });
    }
  }
}

void NumberIsOutOfRange(const Base& base, const Emit& emit) {
  const std::pair<uint32_t, std::string> kValues[] = {
      {kU64, GgufNumber(~0ull)},       {kU64, GgufNumber(1ull << 63)},
      {kI64, GgufNumber(int64_t{-1})}, {kI64, GgufNumber(INT64_MIN)},
      {kU64, GgufNumber(1ull << 41)},  {kU32, GgufNumber(0u)}};
  for (const char* key : kRequired) {
    const std::string name = key;
    if (name == "general.architecture" || name.ends_with("scale") || name.ends_with("base") ||
        name.ends_with("epsilon")) {
      continue;
    }
    for (const auto& [type, payload] : kValues) {
      // No rotation is a model of its own.
      if (name.ends_with("dimension_count") && type == kU32) continue;
      Tell(base, emit, "", [&](GgufDocument& document) {
        document.Find(key) = {key, type, payload, {}};
      });
    }
  }
}

void SizesAreAnothers(const Base& base, const Emit& emit) {
  for (const char* key : kRequired) {
    const std::string name = key;
    if (name == "general.architecture" || name.ends_with("scale") || name.ends_with("base") ||
        name.ends_with("epsilon") || name.ends_with("context_length")) {
      continue;
    }
    for (const uint32_t number : {3u, 5u, 7u, 33u, 1'000u, 100'000u, 1u << 20, 0x7fffffffu}) {
      Tell(base, emit, "",
           [&](GgufDocument& document) { document.Find(key).payload = GgufNumber(number); });
    }
  }
}

void FloatIsNotFinite(const Base& base, const Emit& emit) {
  for (const char* key :
       {"minimax-01.attention.layer_norm_rms_epsilon", "minimax-01.rope.freq_base",
        "minimax-01.residual_scale", "fathom.lightning_norm_eps"}) {
    for (const uint32_t bits : {0x7f800000u, 0xff800000u, 0x7fc00000u, 0x7f800001u}) {
      Tell(base, emit, "",
           [&](GgufDocument& document) { document.Find(key).payload = GgufNumber(bits); });
    }
    Tell(base, emit, "", [&](GgufDocument& document) {
      document.Find(key) = {key, kF64, GgufNumber(1e300), {}};
    });
    Tell(base, emit, "", [&](GgufDocument& document) {
      document.Find(key) = {key, kString, GgufText("1e-5"), {}};
    });
  }
  for (const float value : {-1.0f, -1e-30f}) {
    for (const char* key : {"minimax-01.attention.layer_norm_rms_epsilon",
                            "minimax-01.rope.freq_base", "fathom.lightning_norm_eps"}) {
      Tell(base, emit, "", [&](GgufDocument& document) {
        document.Find(key) = {key, kF32, GgufNumber(value), {}};
      });
    }
  }
}

void LayerListIsWrong(const Base& base, const Emit& emit) {
  const std::string kKey = "minimax-01.attention.recurrent_layers";
  for (const uint64_t count : {0, 1, 3, 100}) {
    Tell(base, emit, kKey, [&](GgufDocument& document) {
      document.Find(kKey).payload =
          GgufNumber(kBool) + GgufNumber(count) + std::string(count, '\1');
    });
  }
  for (const char* flags : {"\2\1", "\1\1", "\xFF\1"}) {
    Tell(base, emit, "", [&](GgufDocument& document) {
      document.Find(kKey).payload = GgufNumber(kBool) + GgufNumber(uint64_t{2}) + flags;
    });
  }
  Tell(base, emit, kKey, [&](GgufDocument& document) {
    document.Find(kKey) = {kKey, kBool, std::string(1, '\1'), {}};
  });
  Tell(base, emit, kKey, [&](GgufDocument& document) {
    document.Find(kKey).payload = GgufTexts({"yes", "no"});
  });
}

void ArchitectureIsForeign(const Base& base, const Emit& emit) {
  for (const char* name : {"llama", "", "minimax-02", "minimax-01 "}) {
    Tell(base, emit, "general.architecture", [&](GgufDocument& document) {
      document.Find("general.architecture").payload = GgufText(name);
    });
  }
  const char* kForeign[] = {"expert_shared_count", "expert_shared_feed_forward_length",
                            "attention.sliding_window", "leading_dense_block_count",
                            "nextn_predict_layers"};
  for (const char* key : kForeign) {
    for (const uint32_t value : {1u, 4'096u}) {
      Tell(base, emit, key, [&](GgufDocument& document) {
        document.keys.push_back({std::string("minimax-01.") + key, kU32, GgufNumber(value), {}});
      });
    }
  }
  for (const char* type : {"yarn", "linear", ""}) {
    Tell(base, emit, "rope.scaling.type", [&](GgufDocument& document) {
      document.keys.push_back({"minimax-01.rope.scaling.type", kString, GgufText(type), {}});
    });
  }
  Tell(base, emit, "expert_gating_func", [](GgufDocument& document) {
    document.keys.push_back({"minimax-01.expert_gating_func", kU32, GgufNumber(2u), {}});
  });
  Tell(base, emit, "split.count", [](GgufDocument& document) {
    document.keys.push_back({"split.count", 2, GgufNumber(uint16_t{2}), {}});
  });
}

constexpr Lie kLies[] = {
    {"magic_is_wrong", MagicIsWrong},
    {"version_is_wrong", VersionIsWrong},
    {"counts_are_huge", CountsAreHuge},
    {"counts_are_off_by_one", CountsAreOffByOne},
    {"key_length_wraps", KeyLengthWraps},
    {"string_length_wraps", StringLengthWraps},
    {"string_of_an_array_wraps", StringOfAnArrayWraps},
    {"value_type_is_unknown", ValueTypeIsUnknown},
    {"arrays_are_nested", ArraysAreNested},
    {"array_element_is_unknown", ArrayElementIsUnknown},
    {"array_count_is_huge", ArrayCountIsHuge},
    {"alignment_is_no_power_of_two", AlignmentIsNoPowerOfTwo},
    {"key_stands_twice", KeyStandsTwice},
    {"keys_are_many_and_long", KeysAreManyAndLong},
    {"key_is_missing", KeyIsMissing},
    {"key_has_another_type", KeyHasAnotherType},
    {"number_is_out_of_range", NumberIsOutOfRange},
    {"sizes_are_anothers", SizesAreAnothers},
    {"float_is_not_finite", FloatIsNotFinite},
    {"layer_list_is_wrong", LayerListIsWrong},
    {"architecture_is_foreign", ArchitectureIsForeign},
};

}  // namespace

std::span<const Lie> GgufMetadataThatLies() {
  return kLies;
}

}  // namespace fathom::hostile
