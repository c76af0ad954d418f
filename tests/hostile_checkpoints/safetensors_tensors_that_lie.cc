// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"
#include "tests/hostile_checkpoints/documents.h"

namespace fathom::hostile {
namespace {

using Entry = SafetensorsDocument::Entry;

// `change` lies about one tensor; told at every position.
template <typename Change>
void AtEach(const Base& base, const Emit& emit, const Change& change) {
  const SafetensorsDocument whole = TakeApartSafetensors(base);
  for (const size_t at : Positions(base, whole.entries.size())) {
    SafetensorsDocument document = whole;
    change(document, document.entries[at]);
    emit({AsHf(base, document), whole.entries[at].name});
  }
}

// One field of one tensor takes each of `texts`.
void FieldTakes(const Base& base, const Emit& emit, std::string Entry::*field,
                std::initializer_list<const char*> texts) {
  for (const char* text : texts) {
    AtEach(base, emit, [&](SafetensorsDocument&, Entry& entry) { entry.*field = text; });
  }
}

int64_t Number(const std::string& text) {
  return Json::Parse(text)->as_int();
}
std::string Sum(const std::string& text, int64_t more) {
  return std::to_string(Number(text) + more);
}
std::string Fields(const Entry& e, const std::string& rest = "") {
  return "\"dtype\":" + e.dtype + ",\"shape\":" + e.shape + ",\"data_offsets\":[" + e.begin + "," +
         e.end + "]" + rest;
}

void TensorStandsTwice(const Base& base, const Emit& emit) {
  const SafetensorsDocument whole = TakeApartSafetensors(base);
  for (const size_t at : Positions(base, whole.entries.size())) {
    SafetensorsDocument document = whole;
    document.entries.push_back(whole.entries[at]);
    emit({AsHf(base, document), whole.entries[at].name});
    // The same name, spelled with an escape.
    document.entries.back().name = "\\u006d" + whole.entries[at].name.substr(1);
    if (whole.entries[at].name[0] == 'm') emit({AsHf(base, document), whole.entries[at].name});
  }
}

void FieldStandsTwice(const Base& base, const Emit& emit) {
  for (const char* field : {"\"dtype\":\"F32\"", "\"shape\":[1]", "\"data_offsets\":[0,4]"}) {
    const SafetensorsDocument whole = TakeApartSafetensors(base);
    for (const size_t at : Positions(base, whole.entries.size())) {
      SafetensorsDocument document = whole;
      Entry& entry = document.entries[at];
      entry.raw = "{" + Fields(entry, std::string(",") + field) + "}";
      emit({AsHf(base, document), "duplicate"});
    }
  }
}

void FieldIsMissing(const Base& base, const Emit& emit) {
  AtEach(base, emit, [](SafetensorsDocument&, Entry& e) {
    e.raw = "{\"shape\":" + e.shape + ",\"data_offsets\":[" + e.begin + "," + e.end + "]}";
  });
  AtEach(base, emit, [](SafetensorsDocument&, Entry& e) {
    e.raw = "{\"dtype\":\"F32\",\"data_offsets\":[" + e.begin + "," + e.end + "]}";
  });
  AtEach(base, emit, [](SafetensorsDocument&, Entry& e) {
    e.raw = "{\"dtype\":\"F32\",\"shape\":" + e.shape + "}";
  });
}

void FieldIsUnknown(const Base& base, const Emit& emit) {
  AtEach(base, emit,
         [](SafetensorsDocument&, Entry& e) { e.raw = "{" + Fields(e, ",\"stride\":[1]") + "}"; });
}

void TensorIsNoObject(const Base& base, const Emit& emit) {
  FieldTakes(base, emit, &Entry::raw, {"[]", "1", "null", "\"F32\"", "{}", "true", "[[],[],[]]"});
}

void OffsetsAreOutOfOrder(const Base& base, const Emit& emit) {
  AtEach(base, emit, [](SafetensorsDocument&, Entry& entry) { std::swap(entry.begin, entry.end); });
  AtEach(base, emit, [](SafetensorsDocument&, Entry& entry) { entry.begin = Sum(entry.end, 4); });
}

void EndIsBeyondTheData(const Base& base, const Emit& emit) {
  const auto size = static_cast<int64_t>(TakeApartSafetensors(base).data.size());
  for (const int64_t end :
       {size + 1, size + 4, 2 * size, int64_t{1} << 32, int64_t{1} << 62, INT64_MAX}) {
    AtEach(base, emit,
           [&](SafetensorsDocument&, Entry& entry) { entry.end = std::to_string(end); });
  }
}

void OffsetsAreNegative(const Base& base, const Emit& emit) {
  FieldTakes(base, emit, &Entry::begin, {"-1", "-4", "-9223372036854775808"});
  FieldTakes(base, emit, &Entry::end, {"-1", "-4", "-9223372036854775808"});
}

void OffsetsAreNoIntegers(const Base& base, const Emit& emit) {
  FieldTakes(base, emit, &Entry::end,
             {"0.5", "1e30", "\"4\"", "true", "null", "[]", "{}", "9223372036854775808",
              "18446744073709551615", "18446744073709551616"});
}

void OffsetsAreNotTwo(const Base& base, const Emit& emit) {
  AtEach(base, emit, [](SafetensorsDocument&, Entry& e) { e.end += ",0"; });
  for (const char* offsets : {"[]", "[0]", "0", "null"}) {
    AtEach(base, emit, [&](SafetensorsDocument&, Entry& e) {
      e.raw = "{\"dtype\":\"F32\",\"shape\":" + e.shape + ",\"data_offsets\":" + offsets + "}";
    });
  }
}

void ShapeProductWraps(const Base& base, const Emit& emit) {
  FieldTakes(base, emit, &Entry::shape,
             {"[4294967296,4294967296]", "[9223372036854775807,2]", "[4611686018427387904,4]",
              "[2097152,2097152,2097152,2]", "[4611686018427387904,1]", "[1,4611686018427387905]",
              "[65536,65536,65536,65536,65536,65536,65536,65536]", "[4294967296,1073741824]"});
}

void ZeroHidesAProductThatWraps(const Base& base, const Emit& emit) {
  FieldTakes(base, emit, &Entry::shape,
             {"[4294967296,4294967296,0]", "[0,9223372036854775807,4]", "[0]", "[0,32]", "[32,0]"});
  // And with offsets that agree: nothing there.
  for (const char* shape : {"[4294967296,4294967296,0]", "[0,9223372036854775807,4]"}) {
    AtEach(base, emit, [&](SafetensorsDocument&, Entry& entry) {
      entry.shape = shape;
      entry.end = entry.begin;
    });
  }
}

void ShapeDisagreesWithOffsets(const Base& base, const Emit& emit) {
  FieldTakes(base, emit, &Entry::shape, {"[]", "[1]", "[31]", "[33]", "[265,32]", "[64,31]"});
  AtEach(base, emit, [](SafetensorsDocument&, Entry& e) { e.end = Sum(e.end, -4); });
  AtEach(base, emit, [](SafetensorsDocument&, Entry& e) { e.begin = Sum(e.begin, 4); });
  AtEach(base, emit, [](SafetensorsDocument&, Entry& e) { e.begin = e.end; });
}

void ShapeHoldsNoNaturals(const Base& base, const Emit& emit) {
  FieldTakes(base, emit, &Entry::shape,
             {"[-1,-32]", "[32.5]", "[\"32\"]", "[null]", "[[32]]", "{}", "32", "null",
              "[18446744073709551615]", "[1e3]"});
}

void ShapeHasNineDimensions(const Base& base, const Emit& emit) {
  FieldTakes(base, emit, &Entry::shape, {"[1,1,1,1,1,1,1,1,1]"});
  std::string shape = "[1";
  for (int i = 0; i < 50'000; ++i) shape += ",1";
  FieldTakes(base, emit, &Entry::shape, {(shape + "]").c_str()});
}

void ShapeIsAnothers(const Base& base, const Emit& emit) {
  // Same count of values, other shape.
  AtEach(base, emit, [](SafetensorsDocument&, Entry& entry) {
    const auto shape = Json::Parse(entry.shape);
    const Json::Array& sizes = shape->as_array();
    entry.shape = sizes.size() == 1
                      ? Json(Json::Array{1, sizes[0]}).Dump()
                      : Json(Json::Array{sizes[0].as_int() * sizes[1].as_int()}).Dump();
  });
}

void TypeIsUnknown(const Base& base, const Emit& emit) {
  FieldTakes(base, emit, &Entry::dtype,
             {"\"F64\"", "\"I8\"", "\"I32\"", "\"BOOL\"", "\"F8_E4M3\"", "\"f32\"", "\"\"",
              "\"F32 \"", "\"Q8_0\"", "\"F\\u0000\"", "32", "null", "[\"F32\"]"});
}

void TypeHasAnotherSize(const Base& base, const Emit& emit) {
  FieldTakes(base, emit, &Entry::dtype, {"\"F16\"", "\"BF16\""});
}

// Moves tensors from `from` on by `bytes` in the header alone.
void Shift(SafetensorsDocument& document, size_t from, int64_t bytes) {
  for (size_t i = from; i < document.entries.size(); ++i) {
    document.entries[i].begin = Sum(document.entries[i].begin, bytes);
    document.entries[i].end = Sum(document.entries[i].end, bytes);
  }
}

void HoleBetweenTensors(const Base& base, const Emit& emit) {
  const SafetensorsDocument whole = TakeApartSafetensors(base);
  for (const size_t at : Positions(base, whole.entries.size())) {
    for (const int64_t bytes : {4, 8, 4'096}) {
      SafetensorsDocument document = whole;
      Shift(document, at, bytes);
      document.data.append(static_cast<size_t>(bytes), '\0');
      emit({AsHf(base, document), whole.entries[at].name});
    }
  }
}

void TensorsOverlap(const Base& base, const Emit& emit) {
  const SafetensorsDocument whole = TakeApartSafetensors(base);
  for (const size_t at : Positions(base, whole.entries.size())) {
    if (at == 0) continue;
    for (const int64_t bytes : {-4, -64, -128}) {
      SafetensorsDocument document = whole;
      Shift(document, at, bytes);
      emit({AsHf(base, document), kSafetensors});
    }
  }
}

void TensorsShareTheirData(const Base& base, const Emit& emit) {
  SafetensorsDocument document = TakeApartSafetensors(base);
  for (size_t i = 0; i < document.entries.size(); ++i) {
    for (size_t j = i + 1; j < document.entries.size(); ++j) {
      if (document.entries[i].shape != document.entries[j].shape) continue;
      SafetensorsDocument shared = document;
      shared.entries[j].begin = document.entries[i].begin;
      shared.entries[j].end = document.entries[i].end;
      emit({AsHf(base, shared), kSafetensors});
      if (!base.slow) break;
    }
  }
}

void BytesTrail(const Base& base, const Emit& emit) {
  for (const size_t size : {1, 2, 4, 8, 4'096, 1'000'000}) {
    SafetensorsDocument document = TakeApartSafetensors(base);
    document.data.append(size, '\0');
    emit({AsHf(base, document), kSafetensors});
  }
}

void OffsetsAreUnaligned(const Base& base, const Emit& emit) {
  SafetensorsDocument document = TakeApartSafetensors(base);
  Shift(document, 0, 2);
  document.data = "ab" + document.data;
  document.entries.push_back({"odd", "\"BF16\"", "[1]", "0", "2", ""});
  emit({AsHf(base, document), "aligned"});
  document = TakeApartSafetensors(base);
  Shift(document, 0, 1);
  document.data = "a" + document.data;
  emit({AsHf(base, document), document.entries[0].name});
}

void TensorIsMissing(const Base& base, const Emit& emit) {
  AtEach(base, emit, [](SafetensorsDocument& document, Entry& entry) {
    // Its bytes go too, so that nothing else is wrong.
    const auto begin = static_cast<size_t>(Number(entry.begin));
    const auto size = static_cast<size_t>(Number(entry.end)) - begin;
    const size_t at = static_cast<size_t>(&entry - document.entries.data());
    document.data.erase(begin, size);
    Shift(document, at + 1, -static_cast<int64_t>(size));
    document.entries.erase(document.entries.begin() + static_cast<std::ptrdiff_t>(at));
  });
}

void TensorIsNotOfThisArchitecture(const Base& base, const Emit& emit) {
  for (const char* name :
       {"model.layers.2.input_layernorm.weight", "model.layers.0.mlp.gate.weight", "x",
        "model.layers.0.self_attn.q_proj.weight", "lm_head.bias",
        "model.layers.00.input_layernorm.weight",
        "model.layers.0.block_sparse_moe.experts.2.w1.weight"}) {
    SafetensorsDocument document = TakeApartSafetensors(base);
    const std::string begin = std::to_string(document.data.size());
    document.entries.push_back({name, "\"F32\"", "[1]", begin, Sum(begin, 4), ""});
    document.data.append(4, '\0');
    emit({AsHf(base, document), name});
  }
}

void TensorIsRenamed(const Base& base, const Emit& emit) {
  AtEach(base, emit, [](SafetensorsDocument&, Entry& entry) { entry.name += "s"; });
  AtEach(base, emit, [](SafetensorsDocument&, Entry& entry) { entry.name[0] = 'M'; });
}

constexpr Lie kLies[] = {
    {"tensor_stands_twice", TensorStandsTwice},
    {"field_stands_twice", FieldStandsTwice},
    {"field_is_missing", FieldIsMissing},
    {"field_is_unknown", FieldIsUnknown},
    {"tensor_is_no_object", TensorIsNoObject},
    {"offsets_are_out_of_order", OffsetsAreOutOfOrder},
    {"end_is_beyond_the_data", EndIsBeyondTheData},
    {"offsets_are_negative", OffsetsAreNegative},
    {"offsets_are_no_integers", OffsetsAreNoIntegers},
    {"offsets_are_not_two", OffsetsAreNotTwo},
    {"shape_product_wraps", ShapeProductWraps},
    {"zero_hides_a_product_that_wraps", ZeroHidesAProductThatWraps},
    {"shape_disagrees_with_offsets", ShapeDisagreesWithOffsets},
    {"shape_holds_no_naturals", ShapeHoldsNoNaturals},
    {"shape_has_nine_dimensions", ShapeHasNineDimensions},
    {"shape_is_anothers", ShapeIsAnothers},
    {"type_is_unknown", TypeIsUnknown},
    {"type_has_another_size", TypeHasAnotherSize},
    {"hole_between_tensors", HoleBetweenTensors},
    {"tensors_overlap", TensorsOverlap},
    {"tensors_share_their_data", TensorsShareTheirData},
    {"bytes_trail", BytesTrail},
    {"offsets_are_unaligned", OffsetsAreUnaligned},
    {"tensor_is_missing", TensorIsMissing},
    {"tensor_is_not_of_this_architecture", TensorIsNotOfThisArchitecture},
    {"tensor_is_renamed", TensorIsRenamed},
};

}  // namespace

std::span<const Lie> SafetensorsTensorsThatLie() {
  return kLies;
}

}  // namespace fathom::hostile
