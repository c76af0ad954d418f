// SPDX-License-Identifier: Apache-2.0
#include "tests/hostile_checkpoints/documents.h"

namespace fathom::hostile {
namespace {

using Tensor = GgufDocument::Tensor;

template <typename Change>
void AtEach(const Base& base, const Emit& emit, const Change& change) {
  const GgufDocument whole = TakeApartGguf(base.gguf);
  for (const size_t at : Positions(base, whole.tensors.size())) {
    GgufDocument document = whole;
    change(document, document.tensors[at]);
    emit({AsGguf(base, document), whole.tensors[at].name});
  }
}

void GgufTensorStandsTwice(const Base& base, const Emit& emit) {
  AtEach(base, emit, [](GgufDocument& document, Tensor& tensor) {
    const Tensor copy = tensor;
    document.tensors.push_back(copy);
  });
}

void TensorNameWraps(const Base& base, const Emit& emit) {
  const GgufDocument whole = TakeApartGguf(base.gguf);
  for (const size_t at : Positions(base, whole.tensors.size())) {
    for (const uint64_t bytes : {~0ull, ~0ull - 7, 1ull << 63, 1ull << 32, 257ull}) {
      GgufDocument document = whole;
      document.tensors[at].name_bytes = bytes;
      emit({AsGguf(base, document), "a tensor name"});
    }
  }
}

void RankIsWrong(const Base& base, const Emit& emit) {
  for (const uint32_t rank : {0u, 5u, 64u, 0x80000000u, ~0u}) {
    AtEach(base, emit, [&](GgufDocument&, Tensor& tensor) { tensor.rank = rank; });
  }
  AtEach(base, emit, [](GgufDocument&, Tensor& tensor) { tensor.sizes.resize(5, 1); });
}

void DimensionIsZero(const Base& base, const Emit& emit) {
  AtEach(base, emit, [](GgufDocument&, Tensor& tensor) { tensor.sizes.front() = 0; });
  AtEach(base, emit, [](GgufDocument&, Tensor& tensor) { tensor.sizes.back() = 0; });
  AtEach(base, emit, [](GgufDocument&, Tensor& tensor) {
    tensor.sizes = {0, uint64_t{1} << 32, uint64_t{1} << 32};
  });
}

void DimensionsWrap(const Base& base, const Emit& emit) {
  for (const std::vector<uint64_t>& sizes : {std::vector<uint64_t>{1ull << 32, 1ull << 32},
                                             {~0ull},
                                             {~0ull, 2},
                                             {1ull << 62, 4},
                                             {(1ull << 42) + 1, 1ull << 20},
                                             {1ull << 62},
                                             {1ull << 63, 1},
                                             {1ull << 16, 1ull << 16, 1ull << 16, 1ull << 16},
                                             {1ull << 61, 2}}) {
    AtEach(base, emit, [&](GgufDocument&, Tensor& tensor) { tensor.sizes = sizes; });
  }
}

void OffsetIsBeyondTheFile(const Base& base, const Emit& emit) {
  for (const uint64_t offset : {1ull << 20, 1ull << 32, 1ull << 63, ~0ull - 31}) {
    AtEach(base, emit, [&](GgufDocument&, Tensor& tensor) { tensor.offset = offset; });
  }
}

void OffsetIsUnaligned(const Base& base, const Emit& emit) {
  for (const uint64_t by : {1, 4, 16, 31}) {
    AtEach(base, emit, [&](GgufDocument&, Tensor& tensor) { tensor.offset += by; });
  }
}

void GgufTensorsOverlap(const Base& base, const Emit& emit) {
  const GgufDocument whole = TakeApartGguf(base.gguf);
  for (const size_t at : Positions(base, whole.tensors.size())) {
    if (at == 0) continue;
    for (const uint64_t by : {32, 64}) {
      GgufDocument document = whole;
      document.tensors[at].offset -= by;
      emit({AsGguf(base, document), kGguf});
    }
    GgufDocument document = whole;
    document.tensors[at].offset = document.tensors[at - 1].offset;
    emit({AsGguf(base, document), kGguf});
  }
}

void GgufHoleBetweenTensors(const Base& base, const Emit& emit) {
  const GgufDocument whole = TakeApartGguf(base.gguf);
  for (const size_t at : Positions(base, whole.tensors.size())) {
    for (const uint64_t by : {32, 64, 1 << 16}) {
      GgufDocument document = whole;
      for (size_t i = at; i < document.tensors.size(); ++i) document.tensors[i].offset += by;
      document.data.append(by, '\0');
      emit({AsGguf(base, document), whole.tensors[at].name});
    }
  }
}

void GgufBytesTrail(const Base& base, const Emit& emit) {
  for (const size_t size : {32, 33, 4'096, 1'000'000}) {
    GgufDocument document = TakeApartGguf(base.gguf);
    document.data.append(size, '\0');
    emit({AsGguf(base, document), kGguf});
  }
}

void GgufTypeIsUnknown(const Base& base, const Emit& emit) {
  for (const uint32_t type : {3u, 4u, 6u, 7u, 9u, 13u, 15u, 24u, 26u, 28u, 29u, 31u, 39u, ~0u}) {
    AtEach(base, emit, [&](GgufDocument&, Tensor& tensor) { tensor.type = type; });
  }
}

void GgufTypeHasAnotherSize(const Base& base, const Emit& emit) {
  for (const uint32_t type : {1u, 2u, 8u, 30u}) {
    // What follows then leaves a hole, so either tensor may be the one named.
    const GgufDocument whole = TakeApartGguf(base.gguf);
    for (const size_t at : Positions(base, whole.tensors.size())) {
      GgufDocument document = whole;
      document.tensors[at].type = type;
      emit({AsGguf(base, document), kGguf});
    }
  }
}

void QuantisedRowIsNoWholeBlocks(const Base& base, const Emit& emit) {
  const GgufDocument whole = TakeApartGguf(base.gguf_q8);
  for (const size_t at : Positions(base, whole.tensors.size())) {
    for (const uint64_t columns : {1, 31, 33, 48}) {
      GgufDocument document = whole;
      document.tensors[at].type = 8;
      document.tensors[at].sizes.front() = columns;
      emit({AsGguf(base, document), whole.tensors[at].name});
    }
  }
}

void NormIsQuantised(const Base& base, const Emit& emit) {
  const GgufDocument whole = TakeApartGguf(base.gguf_q8);
  for (size_t at = 0; at < whole.tensors.size(); ++at) {
    if (whole.tensors[at].type != 0) continue;
    GgufDocument document = whole;
    Tensor& tensor = document.tensors[at];
    uint64_t values = 1;
    for (const uint64_t size : tensor.sizes) values *= size;
    const uint64_t before = values * 4, after = (values / 32 * 34 + 31) / 32 * 32;
    document.data.replace(tensor.offset, before, std::string(after, '\0'));
    tensor.type = 8;
    for (Tensor& other : document.tensors) {
      if (other.offset > tensor.offset) other.offset -= before - after;
    }
    emit({AsGguf(base, document), tensor.name});
  }
}

void GgufShapeIsAnothers(const Base& base, const Emit& emit) {
  AtEach(base, emit, [](GgufDocument&, Tensor& tensor) { tensor.sizes.push_back(1); });
  // A longer norm runs into its neighbour, so either may be the one named.
  const GgufDocument whole = TakeApartGguf(base.gguf);
  for (const size_t at : Positions(base, whole.tensors.size())) {
    GgufDocument document = whole;
    auto& sizes = document.tensors[at].sizes;
    sizes.front() *= 2;
    if (sizes.size() > 1) sizes.back() /= 2;
    emit({AsGguf(base, document), kGguf});
  }
}

void GgufTensorIsMissing(const Base& base, const Emit& emit) {
  AtEach(base, emit, [](GgufDocument& document, Tensor& tensor) {
    uint64_t bytes = 4;
    for (const uint64_t size : tensor.sizes) bytes *= size;
    const uint64_t offset = tensor.offset;
    document.data.erase(offset, bytes);
    document.tensors.erase(document.tensors.begin() + (&tensor - document.tensors.data()));
    for (Tensor& other : document.tensors) {
      if (other.offset > offset) other.offset -= bytes;
    }
  });
}

void GgufTensorIsNotOfThisArchitecture(const Base& base, const Emit& emit) {
  for (const char* name : {"blk.2.attn_norm.weight", "rope_freqs.weight", "x", "output.bias",
                           "blk.0.attn_q.weight", "token_embd.weight.scale"}) {
    GgufDocument document = TakeApartGguf(base.gguf);
    document.tensors.push_back({name, {8}, 0, document.data.size(), {}, {}});
    document.data.append(32, '\0');
    emit({AsGguf(base, document), name});
  }
}

void GgufTensorIsRenamed(const Base& base, const Emit& emit) {
  AtEach(base, emit, [](GgufDocument&, Tensor& tensor) { tensor.name += "s"; });
  AtEach(base, emit, [](GgufDocument&, Tensor& tensor) { tensor.name.clear(); });
}

void TensorsAreMany(const Base& base, const Emit& emit) {
  GgufDocument document = TakeApartGguf(base.gguf);
  for (uint64_t i = 0; i < 90'000; ++i) {
    document.tensors.push_back({"t" + std::to_string(i), {1}, 0, document.data.size(), {}, {}});
    document.data.append(32, '\0');
  }
  emit({AsGguf(base, document), kGguf});
  document.tensors.resize(100'001, document.tensors.back());
  emit({AsGguf(base, document), kGguf});
}

void GgufDataIsMissing(const Base& base, const Emit& emit) {
  const std::string& file = base.gguf.at(kGguf);
  const size_t data = TakeApartGguf(base.gguf).data.size();
  for (const size_t left :
       {size_t{0}, size_t{1}, size_t{31}, size_t{32}, data / 2, data - 33, data - 1}) {
    emit({With(base.gguf, kGguf, file.substr(0, file.size() - data + left)), kGguf});
  }
  GgufDocument document = TakeApartGguf(base.gguf);
  document.tensors.clear();
  emit({AsGguf(base, document), kGguf});
  document.data.clear();
  emit({AsGguf(base, document), kGguf});
}

constexpr Lie kLies[] = {
    {"gguf_tensor_stands_twice", GgufTensorStandsTwice},
    {"tensor_name_wraps", TensorNameWraps},
    {"rank_is_wrong", RankIsWrong},
    {"dimension_is_zero", DimensionIsZero},
    {"dimensions_wrap", DimensionsWrap},
    {"offset_is_beyond_the_file", OffsetIsBeyondTheFile},
    {"offset_is_unaligned", OffsetIsUnaligned},
    {"gguf_tensors_overlap", GgufTensorsOverlap},
    {"gguf_hole_between_tensors", GgufHoleBetweenTensors},
    {"gguf_bytes_trail", GgufBytesTrail},
    {"gguf_type_is_unknown", GgufTypeIsUnknown},
    {"gguf_type_has_another_size", GgufTypeHasAnotherSize},
    {"quantised_row_is_no_whole_blocks", QuantisedRowIsNoWholeBlocks},
    {"norm_is_quantised", NormIsQuantised},
    {"gguf_shape_is_anothers", GgufShapeIsAnothers},
    {"gguf_tensor_is_missing", GgufTensorIsMissing},
    {"gguf_tensor_is_not_of_this_architecture", GgufTensorIsNotOfThisArchitecture},
    {"gguf_tensor_is_renamed", GgufTensorIsRenamed},
    {"tensors_are_many", TensorsAreMany},
    {"gguf_data_is_missing", GgufDataIsMissing},
};

}  // namespace

std::span<const Lie> GgufTensorsThatLie() {
  return kLies;
}

}  // namespace fathom::hostile
