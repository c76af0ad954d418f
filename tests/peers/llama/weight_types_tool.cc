// SPDX-License-Identifier: Apache-2.0
// The operators' own quantisation and product on bytes from stdin, for weight_types.py.
//
//   weight_types_tool dequantize TYPE COLUMNS         stored rows -> f32
//   weight_types_tool quantize   TYPE COLUMNS         f32 -> stored rows
//   weight_types_tool product    TYPE COLUMNS OUT     OUT stored rows, then rows of x in f32 ->
//                                                     f32 (rows, OUT)
#include <charconv>
#include <cstdio>
#include <cstring>
#include <iterator>
#include <string>
#include <vector>

#include "kernels/matmul/matmul.h"

namespace fathom {
namespace {

std::vector<std::byte> ReadAll() {
  std::vector<std::byte> bytes;
  std::byte block[65'536];
  for (size_t got; (got = std::fread(block, 1, sizeof(block), stdin)) > 0;)
    bytes.insert(bytes.end(), block, block + got);
  return bytes;
}

int Wrong(const char* what) {
  std::fprintf(stderr, "weight_types_tool: %s\n", what);
  return 2;
}

int Product(DType type, size_t columns, size_t out, const std::vector<std::byte>& input) {
  const size_t weight_bytes = DTypeRowBytes(type, columns) * out;
  if (out == 0 || input.size() < weight_bytes) return Wrong("too few bytes");
  const std::span<const std::byte> stored(input.data(), weight_bytes);
  std::vector<float> x((input.size() - weight_bytes) / sizeof(float));
  std::memcpy(x.data(), input.data() + weight_bytes, x.size() * sizeof(float));
  ThreadPool pool(1);
  auto backend = Backend::Create(pool);
  auto packed = PackedMatrix::Make({type, stored, out, columns});
  if (!backend || !packed) return Wrong("no backend, or a matrix it refuses");
  const size_t rows = x.size() / columns;
  std::vector<float> y(rows * out);
  const MatmulOutput output{&*packed, Epilogue::kNone, y.data()};
  if (!Matmul(**backend, {rows, columns, x.data(), {&output, 1}})) return Wrong("no product");
  std::fwrite(y.data(), sizeof(float), y.size(), stdout);
  return 0;
}

int Run(const std::vector<std::string>& arguments) {
  if (arguments.size() < 4) return Wrong("usage: see the source");
  const auto type = DTypeOfName(arguments[2]);
  const auto number = [](const std::string& text) {
    size_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
  };
  const size_t columns = number(arguments[3]);
  if (!type || DTypeRowBytes(*type, columns) == 0) return Wrong("no such type or row");
  const std::vector<std::byte> input = ReadAll();
  if (arguments[1] == "product" && arguments.size() == 5)
    return Product(*type, columns, number(arguments[4]), input);
  const size_t row_bytes = DTypeRowBytes(*type, columns);
  const bool back = arguments[1] == "dequantize";
  const size_t rows = input.size() / (back ? row_bytes : columns * sizeof(float));
  std::vector<float> values(rows * columns);
  std::vector<std::byte> stored(rows * row_bytes);
  std::memcpy(back ? static_cast<void*>(stored.data()) : values.data(), input.data(),
              back ? stored.size() : values.size() * sizeof(float));
  for (size_t row = 0; row < rows; ++row) {
    float* floats = values.data() + row * columns;
    std::byte* bytes = stored.data() + row * row_bytes;
    back ? DequantizeRow(*type, bytes, columns, floats)
         : QuantizeRow(*type, floats, columns, bytes);
  }
  if (back) std::fwrite(values.data(), sizeof(float), values.size(), stdout);
  if (!back) std::fwrite(stored.data(), 1, stored.size(), stdout);
  return 0;
}

}  // namespace
}  // namespace fathom

int main(int argc, char** argv) {
  return fathom::Run({argv, argv + argc});
}
