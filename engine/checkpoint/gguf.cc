// SPDX-License-Identifier: Apache-2.0
#include "engine/checkpoint/gguf.h"

#include <algorithm>
#include <cstring>
#include <limits>

#include "base/checked_math.h"
#include "base/limits.h"

namespace fathom {
namespace {

constexpr size_t kGgufTensorRankMax = 4;  // ggml's own
constexpr uint64_t kGgufAlignmentMax = 1 << 16;

// Bytes of a fixed-size type; 0 for strings, arrays and unknown numbers.
size_t FixedBytes(GgufType type) {
  switch (type) {
    case GgufType::kUint8:
    case GgufType::kInt8:
    case GgufType::kBool:
      return 1;
    case GgufType::kUint16:
    case GgufType::kInt16:
      return 2;
    case GgufType::kUint32:
    case GgufType::kInt32:
    case GgufType::kFloat32:
      return 4;
    case GgufType::kUint64:
    case GgufType::kInt64:
    case GgufType::kFloat64:
      return 8;
    case GgufType::kString:
    case GgufType::kArray:
      return 0;
  }
  return 0;
}

template <typename T>
T LoadAs(const uint8_t* bytes) {
  T value;
  std::memcpy(&value, bytes, sizeof(T));
  return value;
}

std::optional<int64_t> LoadInt(GgufType type, const uint8_t* bytes) {
  switch (type) {
    case GgufType::kUint8:
      return LoadAs<uint8_t>(bytes);
    case GgufType::kInt8:
      return LoadAs<int8_t>(bytes);
    case GgufType::kUint16:
      return LoadAs<uint16_t>(bytes);
    case GgufType::kInt16:
      return LoadAs<int16_t>(bytes);
    case GgufType::kUint32:
      return LoadAs<uint32_t>(bytes);
    case GgufType::kInt32:
      return LoadAs<int32_t>(bytes);
    case GgufType::kInt64:
      return LoadAs<int64_t>(bytes);
    case GgufType::kUint64: {
      const auto value = LoadAs<uint64_t>(bytes);
      if (value > static_cast<uint64_t>(std::numeric_limits<int64_t>::max())) return std::nullopt;
      return static_cast<int64_t>(value);
    }
    default:
      return std::nullopt;
  }
}

// Reads the parts of one file; each function leaves the reader after what it read.
class Parser {
 public:
  Parser(std::span<const uint8_t> file, const std::string& place)
      : file_(file), reader_(file), place_(place) {}

  Result<GgufFile> Parse() {
    auto counts = ReadHead();
    if (!counts) return counts.error();
    for (uint64_t i = 0; i < counts->second; ++i) {
      if (auto status = ReadPair(); !status) return status.error();
    }
    if (auto status = ReadAlignment(); !status) return status.error();
    for (uint64_t i = 0; i < counts->first; ++i) {
      if (auto status = ReadTensor(); !status) return status.error();
    }
    if (auto status = PlaceTensors(); !status) return status.error();
    return std::move(result_);
  }

 private:
  struct Described {
    StoredTensor tensor;
    uint64_t offset = 0, bytes = 0;
  };

  Error Wrong(const std::string& message) const { return Invalid(message, place_); }

  // (tensors, keys)
  Result<std::pair<uint64_t, uint64_t>> ReadHead() {
    auto magic = reader_.Read<uint32_t>("the magic");
    if (!magic) return Wrong(magic.error().message);
    if (*magic != kGgufMagic)
      return Wrong("is not a GGUF file: it does not begin with the bytes GGUF");
    auto version = reader_.Read<uint32_t>("the version");
    if (!version) return Wrong(version.error().message);
    if (*version != kGgufVersion) {
      return Wrong("has GGUF version " + std::to_string(*version) + ", only 3 is supported");
    }
    auto tensors = reader_.Read<uint64_t>("the tensor count");
    if (!tensors) return Wrong(tensors.error().message);
    auto keys = reader_.Read<uint64_t>("the key count");
    if (!keys) return Wrong(keys.error().message);
    if (*tensors > kTensorCountMax || *keys > kGgufKeyCountMax) {
      return Wrong("claims " + std::to_string(*tensors) + " tensors and " + std::to_string(*keys) +
                   " keys, the limits are " + std::to_string(kTensorCountMax) + " and " +
                   std::to_string(kGgufKeyCountMax));
    }
    return std::pair(*tensors, *keys);
  }

  Result<std::string_view> ReadString(const char* what, size_t bytes_max) {
    auto size = reader_.Read<uint64_t>(what);
    if (!size) return Wrong(size.error().message);
    if (*size > bytes_max) {
      return Wrong(std::string(what) + " has " + std::to_string(*size) + " bytes, the limit is " +
                   std::to_string(bytes_max));
    }
    auto bytes = reader_.ReadSpan(what, *size);
    if (!bytes) return Wrong(bytes.error().message);
    return std::string_view(reinterpret_cast<const char*>(bytes->data()), bytes->size());
  }

  Result<GgufType> ReadType(const std::string& key) {
    auto number = reader_.Read<uint32_t>("a value type");
    if (!number) return Wrong(number.error().message);
    if (*number > static_cast<uint32_t>(GgufType::kFloat64)) {
      return Wrong("key `" + key + "` has the unknown value type " + std::to_string(*number));
    }
    return static_cast<GgufType>(*number);
  }

  Status ReadPair() {
    auto name = ReadString("a key", kTensorNameBytesMax);
    if (!name) return name.error();
    const std::string key(*name);
    auto type = ReadType(key);
    if (!type) return type.error();
    GgufValue value{*type};
    if (*type == GgufType::kArray) {
      auto element = ReadType(key);
      if (!element) return element.error();
      if (*element == GgufType::kArray)
        return Wrong("key `" + key + "` is an array of arrays, which is not supported");
      auto count = reader_.Read<uint64_t>("an array count");
      if (!count) return Wrong(count.error().message);
      value = {*element, true, *count};
    }
    if (auto status = ReadPayload(key, value); !status) return status;
    if (!result_.metadata.emplace(key, value).second)
      return Wrong("key `" + key + "` appears twice");
    return OkStatus();
  }

  Status ReadPayload(const std::string& key, GgufValue& value) {
    const size_t begin = reader_.offset();
    const size_t each = FixedBytes(value.type);
    if (each > 0) {
      const auto bytes = CheckedMul<unsigned long>(value.count, each);
      auto skipped = bytes ? reader_.Skip("key `" + key + "`", *bytes)
                           : Status(Wrong("key `" + key + "` wraps"));
      if (!skipped) return Wrong(skipped.error().message);
    } else {
      // Each string takes at least its length field, which bounds the loop by the file's size.
      for (uint64_t i = 0; i < value.count; ++i) {
        auto text = ReadString("a string value", kGgufStringBytesMax);
        if (!text) return Wrong("key `" + key + "`: " + text.error().message);
      }
    }
    value.bytes = file_.subspan(begin, reader_.offset() - begin);
    return OkStatus();
  }

  Status ReadAlignment() {
    const GgufValue* value = result_.Find("general.alignment");
    if (value == nullptr) return OkStatus();
    const auto number = value->Int();
    if (!number || *number < 8 || *number > static_cast<int64_t>(kGgufAlignmentMax) ||
        (*number & (*number - 1)) != 0) {
      return Wrong("general.alignment must be a power of two from 8 to " +
                   std::to_string(kGgufAlignmentMax));
    }
    alignment_ = static_cast<uint64_t>(*number);
    return OkStatus();
  }

  Status ReadTensor() {
    auto name = ReadString("a tensor name", kTensorNameBytesMax);
    if (!name) return name.error();
    Described one;
    one.tensor.name = std::string(*name);
    const std::string quoted = "tensor `" + one.tensor.name + "`";
    auto rank = reader_.Read<uint32_t>("a tensor's rank");
    if (!rank) return Wrong(rank.error().message);
    if (*rank == 0 || *rank > kGgufTensorRankMax) {
      return Wrong(quoted + " has " + std::to_string(*rank) + " dimensions, allowed are 1 to 4");
    }
    for (uint32_t i = 0; i < *rank; ++i) {
      auto size = reader_.Read<uint64_t>("a dimension");
      if (!size) return Wrong(size.error().message);
      one.tensor.shape.insert(one.tensor.shape.begin(), *size);  // ggml writes the innermost first
    }
    auto number = reader_.Read<uint32_t>("a tensor type");
    if (!number) return Wrong(number.error().message);
    const auto type = DTypeOfGgml(*number);
    if (!type) {
      return Wrong(quoted + " has ggml type " + std::to_string(*number) + ", supported are " +
                   DTypeNames());
    }
    one.tensor.type = *type;
    auto offset = reader_.Read<uint64_t>("a tensor's offset");
    if (!offset) return Wrong(offset.error().message);
    if (*offset % alignment_ != 0) {
      return Wrong(quoted + " has offset " + std::to_string(*offset) +
                   ", no multiple of the alignment " + std::to_string(alignment_));
    }
    one.offset = *offset;
    const auto bytes = StoredBytes(*type, one.tensor.shape);
    if (!bytes || *bytes == 0) {
      return Wrong(quoted + " cannot have the shape " + ShapeText(one.tensor.shape) + " in " +
                   DTypeName(*type));
    }
    one.bytes = *bytes;
    if (!names_.emplace(one.tensor.name, true).second) return Wrong(quoted + " appears twice");
    described_.push_back(std::move(one));
    return OkStatus();
  }

  static std::string Found(const Described& one) {
    return "tensor `" + one.tensor.name + "`: " + std::to_string(one.bytes) + " bytes at offset " +
           std::to_string(one.offset);
  }

  Status PlaceTensors() {
    const uint64_t padding = (alignment_ - reader_.offset() % alignment_) % alignment_;
    if (described_.empty()) return Wrong("holds no tensors");
    if (auto status = reader_.Skip("the padding before the data", padding); !status) {
      return Wrong(status.error().message);
    }
    const auto data = file_.subspan(reader_.offset());
    for (const Described& one : described_) {
      if (one.offset > data.size() || one.bytes > data.size() - one.offset) {
        return Wrong(Found(one) + " pass the end of the data, " + std::to_string(data.size()) +
                     " bytes");
      }
    }
    std::sort(described_.begin(), described_.end(),
              [](const Described& a, const Described& b) { return a.offset < b.offset; });
    uint64_t end = 0;
    for (Described& one : described_) {
      if (one.offset < end || one.offset - end >= alignment_) {
        return Wrong(Found(one) + (one.offset < end ? " overlap" : " leave a hole after") +
                     " the tensor that ends at " + std::to_string(end));
      }
      end = one.offset + one.bytes;
      one.tensor.bytes = data.subspan(one.offset, one.bytes);
      result_.tensors.push_back(std::move(one.tensor));
    }
    if (data.size() - end >= alignment_) {
      return Wrong("the tensors end at " + std::to_string(end) + ", the data at " +
                   std::to_string(data.size()));
    }
    return OkStatus();
  }

  std::span<const uint8_t> file_;
  ByteReader reader_;
  const std::string& place_;
  uint64_t alignment_ = kGgufAlignment;
  std::map<std::string, bool> names_;
  std::vector<Described> described_;
  GgufFile result_;
};

}  // namespace

std::optional<int64_t> GgufValue::Int() const {
  return is_array ? std::nullopt : LoadInt(type, bytes.data());
}

std::optional<double> GgufValue::Float() const {
  if (is_array) return std::nullopt;
  if (type == GgufType::kFloat32) return LoadAs<float>(bytes.data());
  if (type == GgufType::kFloat64) return LoadAs<double>(bytes.data());
  return std::nullopt;
}

std::optional<bool> GgufValue::Bool() const {
  if (is_array || type != GgufType::kBool || bytes[0] > 1) return std::nullopt;
  return bytes[0] == 1;
}

std::optional<std::string_view> GgufValue::String() const {
  if (is_array) return std::nullopt;
  auto strings = GgufValue{type, true, 1, bytes}.Strings();
  return strings ? std::optional(strings->front()) : std::nullopt;
}

std::optional<std::vector<std::string_view>> GgufValue::Strings() const {
  if (!is_array || type != GgufType::kString) return std::nullopt;
  std::vector<std::string_view> strings;
  ByteReader reader(bytes);
  for (uint64_t i = 0; i < count; ++i) {
    const auto text = reader.ReadSpan("a string", *reader.Read<uint64_t>("a length"));
    strings.emplace_back(reinterpret_cast<const char*>(text->data()), text->size());
  }
  return strings;
}

std::optional<std::vector<int64_t>> GgufValue::Ints() const {
  if (!is_array) return std::nullopt;
  const GgufType element = type == GgufType::kBool ? GgufType::kUint8 : type;
  std::vector<int64_t> values;
  for (uint64_t i = 0; i < count; ++i) {
    const auto value = LoadInt(element, bytes.data() + i * FixedBytes(element));
    if (!value) return std::nullopt;
    values.push_back(*value);
  }
  return values;
}

const GgufValue* GgufFile::Find(std::string_view key) const {
  const auto found = metadata.find(key);
  return found == metadata.end() ? nullptr : &found->second;
}

Result<GgufFile> ParseGguf(std::span<const uint8_t> file, const std::string& place) {
  return Parser(file, place).Parse();
}

std::optional<DType> DTypeOfGgml(uint32_t number) {
  for (const DType type : kAllDTypes) {
    if (GgmlOfDType(type) == number) return type;
  }
  return std::nullopt;
}

uint32_t GgmlOfDType(DType type) {
  switch (type) {
    case DType::kF32:
      return 0;
    case DType::kF16:
      return 1;
    case DType::kQ4_0:
      return 2;
    case DType::kQ8_0:
      return 8;
    case DType::kQ3K:
      return 11;
    case DType::kQ4K:
      return 12;
    case DType::kQ6K:
      return 14;
    case DType::kIQ4XS:
      return 23;
    case DType::kBF16:
      return 30;
  }
  return 0;
}

}  // namespace fathom
