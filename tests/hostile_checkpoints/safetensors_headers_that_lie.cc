// SPDX-License-Identifier: Apache-2.0
#include "tests/hostile_checkpoints/documents.h"

namespace fathom::hostile {
namespace {

void Claim(const Base& base, const Emit& emit, std::initializer_list<uint64_t> lengths) {
  SafetensorsDocument document = TakeApartSafetensors(base);
  for (const uint64_t length : lengths) {
    document.header_bytes = length;
    emit({AsHf(base, document), kSafetensors});
  }
}

void HeaderLengthBeyondFile(const Base& base, const Emit& emit) {
  const uint64_t left = base.hf.at(kSafetensors).size() - 8;
  Claim(base, emit, {left + 1, left + 8, 2 * left, 1 << 20, 8 << 20, 1u << 31, 1ull << 32});
}

void HeaderLengthWraps(const Base& base, const Emit& emit) {
  const uint64_t size = TakeApartSafetensors(base).Header().size();
  Claim(base, emit,
        {1ull << 63, (1ull << 63) + size, ~0ull, ~0ull - 7, ~0ull - 8, (1ull << 32) + size});
}

void HeaderLengthTooShort(const Base& base, const Emit& emit) {
  const uint64_t size = TakeApartSafetensors(base).Header().size();
  Claim(base, emit, {0, 1, 2, 7, 8, size / 2, size - 2, size - 1});
}

void HeaderLengthReachesIntoTheData(const Base& base, const Emit& emit) {
  const uint64_t size = TakeApartSafetensors(base).Header().size();
  Claim(base, emit, {size + 1, size + 8, size + 64, base.hf.at(kSafetensors).size() - 8});
}

void HeaderOverTheLimit(const Base& base, const Emit& emit) {
  SafetensorsDocument document = TakeApartSafetensors(base);
  document.after = std::string((8u << 20) + 1, ' ');
  emit({AsHf(base, document), "limit"});
}

void HeaderDoesNotStartWithABrace(const Base& base, const Emit& emit) {
  SafetensorsDocument document = TakeApartSafetensors(base);
  for (const char* text : {" ", "\n", "[", "\xEF\xBB\xBF", "x", "\"", "//\n", "}"}) {
    document.before = text;
    emit({AsHf(base, document), kSafetensors});
  }
  document.before = std::string(1, '\0');
  emit({AsHf(base, document), kSafetensors});
}

void HeaderIsPaddedWithOtherThanSpaces(const Base& base, const Emit& emit) {
  SafetensorsDocument document = TakeApartSafetensors(base);
  for (const std::string& text :
       {std::string("\n"), std::string("\t"), std::string(8, '\0'), std::string("x"),
        std::string("  \r  "), std::string("}"), std::string(" {}"), std::string("\xC2\xA0")}) {
    document.after = text;
    emit({AsHf(base, document), kSafetensors});
  }
}

void HeaderIsMalformedJson(const Base& base, const Emit& emit) {
  const SafetensorsDocument whole = TakeApartSafetensors(base);
  for (const char* member : {",", "\"a\":1 ", "a:1,", "'a':1,", "\"a\":NaN,", "\"a\":01,", "/**/",
                             "\"a\",", "\"a\"::1,", "\"\\x\":1,", "\"\n\":1,"}) {
    SafetensorsDocument document = whole;
    document.extra = member;
    emit({AsHf(base, document), kSafetensors});
  }
}

void HeaderIsNestedDeeply(const Base& base, const Emit& emit) {
  for (const size_t depth : {64, 1'000, 100'000, 1'000'000}) {
    SafetensorsDocument document = TakeApartSafetensors(base);
    document.entries[0].raw = std::string(depth, '[') + std::string(depth, ']');
    emit({AsHf(base, document), kSafetensors});
    std::string braces;
    for (size_t i = 0; i < depth; ++i) braces += "{\"a\":";
    document.entries[0].raw = braces + "1" + std::string(depth, '}');
    emit({AsHf(base, document), kSafetensors});
  }
}

void HeaderCountsAreHuge(const Base& base, const Emit& emit) {
  SafetensorsDocument document = TakeApartSafetensors(base);
  document.extra.clear();
  for (size_t i = 0; i < 100'001; ++i) {
    document.extra +=
        "\"t" + std::to_string(i) + R"(":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},)";
  }
  emit({AsHf(base, document), kSafetensors});
  document.extra = "\"a\":[0";
  for (size_t i = 0; i < 3'000'000; ++i) document.extra += ",0";
  document.extra += "],";
  emit({AsHf(base, document), kSafetensors});
  document.extra.clear();
  for (size_t i = 0; i < 200'000; ++i) document.extra += "\"" + std::to_string(i) + "\":1,";
  emit({AsHf(base, document), kSafetensors});
}

void MetadataIsNotAStringMap(const Base& base, const Emit& emit) {
  for (const char* value : {"[]", "1", "null", "\"x\"", "{\"a\":1}", "{\"a\":{}}", "{\"a\":null}",
                            "{\"a\":\"b\",\"c\":[]}"}) {
    SafetensorsDocument document = TakeApartSafetensors(base);
    document.extra = std::string("\"__metadata__\":") + value + ",";
    emit({AsHf(base, document), "__metadata__"});
  }
}

void MetadataStandsTwice(const Base& base, const Emit& emit) {
  SafetensorsDocument document = TakeApartSafetensors(base);
  document.extra = R"("__metadata__":{},"__metadata__":{"format":"pt"},)";
  emit({AsHf(base, document), "duplicate"});
}

void NameIsTooLong(const Base& base, const Emit& emit) {
  for (const size_t at : Positions(base, TakeApartSafetensors(base).entries.size())) {
    for (const size_t size : {257, 4'096, 1'000'000}) {
      SafetensorsDocument document = TakeApartSafetensors(base);
      document.entries[at].name.assign(size, 'n');
      emit({AsHf(base, document), "a tensor name has " + std::to_string(size)});
    }
  }
}

void NameIsEmpty(const Base& base, const Emit& emit) {
  for (const size_t at : Positions(base, TakeApartSafetensors(base).entries.size())) {
    SafetensorsDocument document = TakeApartSafetensors(base);
    document.entries[at].name.clear();
    emit({AsHf(base, document), "a tensor name has 0"});
  }
}

void NameIsInvalidUtf8(const Base& base, const Emit& emit) {
  for (const size_t at : Positions(base, TakeApartSafetensors(base).entries.size())) {
    for (const char* bytes : {"\xFF", "\xC0\xAF", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\xE2\x82",
                              "\\ud800", "\\udc00\\ud800"}) {
      SafetensorsDocument document = TakeApartSafetensors(base);
      document.entries[at].name = bytes;
      emit({AsHf(base, document), kSafetensors});
    }
  }
}

void FileIsHardlyThere(const Base& base, const Emit& emit) {
  for (size_t size = 0; size <= 16; ++size) {
    emit({With(base.hf, kSafetensors, base.hf.at(kSafetensors).substr(0, size)), kSafetensors});
    emit({With(base.hf, kSafetensors, std::string(size, '\0')), kSafetensors});
  }
}

void FileIsNoFile(const Base& base, const Emit& emit) {
  for (const char* name : {"model.safetensors", "config.json", "tokenizer.json"}) {
    Files files = base.hf;
    files.erase(name);
    emit({With(files, std::string(name) + "/", ""), name});
    emit({With(files, name, kFifo), name});
  }
}

void FileIsOfAnotherKind(const Base& base, const Emit& emit) {
  emit({With(base.hf, kSafetensors, base.gguf.at(kGguf)), kSafetensors});
  emit({With(base.gguf, kGguf, base.hf.at(kSafetensors)), kGguf});
  emit({With(base.hf, kSafetensors, "PK\x03\x04 an archive"), kSafetensors});
  emit({With(base.hf, kSafetensors, "\x80\x02}q\x01."), kSafetensors});
}

constexpr Lie kLies[] = {
    {"header_length_beyond_file", HeaderLengthBeyondFile},
    {"header_length_wraps", HeaderLengthWraps},
    {"header_length_too_short", HeaderLengthTooShort},
    {"header_length_reaches_into_the_data", HeaderLengthReachesIntoTheData},
    {"header_over_the_limit", HeaderOverTheLimit},
    {"header_does_not_start_with_a_brace", HeaderDoesNotStartWithABrace},
    {"header_is_padded_with_other_than_spaces", HeaderIsPaddedWithOtherThanSpaces},
    {"header_is_malformed_json", HeaderIsMalformedJson},
    {"header_is_nested_deeply", HeaderIsNestedDeeply},
    {"header_counts_are_huge", HeaderCountsAreHuge},
    {"metadata_is_not_a_string_map", MetadataIsNotAStringMap},
    {"metadata_stands_twice", MetadataStandsTwice},
    {"name_is_too_long", NameIsTooLong},
    {"name_is_empty", NameIsEmpty},
    {"name_is_invalid_utf8", NameIsInvalidUtf8},
    {"file_is_hardly_there", FileIsHardlyThere},
    {"file_is_no_file", FileIsNoFile},
    {"file_is_of_another_kind", FileIsOfAnotherKind},
};

}  // namespace

std::span<const Lie> SafetensorsHeadersThatLie() {
  return kLies;
}

}  // namespace fathom::hostile
