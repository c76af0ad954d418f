// SPDX-License-Identifier: Apache-2.0
#include "kernels/embed/embed.h"

#include "kernels/support/op_test.h"

namespace fathom::testing {
namespace {

constexpr size_t kVocabulary = 37;

EmbedArgs Args(const Stored& table, std::span<const int32_t> tokens, float* out) {
  return {table.type, table.bytes, table.out, table.in, tokens, out};
}

std::vector<float> Compute(const Backend& backend, const Stored& table,
                           const std::vector<int32_t>& tokens) {
  Guarded<float> out(backend, tokens.size() * table.in);
  const Input<std::byte> stored(backend, table.bytes);
  EmbedArgs args = Args(table, tokens, out.data());
  args.table = stored.span();
  ExpectOk(Embed(backend, args));
  return out.Finish("out");
}

// All laws at once: the result is the table's row, exactly, whatever stands around it.
TEST(Embed, GivesTheStoredRowExactly) {
  for (const TestBackend& backend : AllBackends()) {
    for (DType type : {DType::kF32, DType::kF16, DType::kBF16, DType::kQ8_0}) {
      const Stored table = MakeStored(type, kVocabulary, 64, 1);
      for (const std::vector<int32_t>& tokens :
           {std::vector<int32_t>{}, {0}, {36}, {5, 5, 0, 36, 17}}) {
        std::vector<float> expected;
        for (int32_t token : tokens) {
          expected.insert(expected.end(), table.values.begin() + token * 64,
                          table.values.begin() + (token + 1) * 64);
        }
        ExpectSameBits(DTypeName(type), Compute(*backend, table, tokens), expected);
        std::vector<float> reference(expected.size());
        ExpectOk(EmbedReference(Args(table, tokens, reference.data())));
        ExpectSameBits("reference", reference, expected);
      }
    }
  }
}

TEST(Embed, MutantsFail) {
  const Stored table = MakeStored(DType::kQ8_0, kVocabulary, 64, 1);
  const std::vector<float> actual = Compute(*BestBackend(), table, {3, 4});
  const auto exact = [](size_t) { return 0.0; };
  ExpectMutantFails("next row", actual, Compute(*BestBackend(), table, {4, 5}), exact);
  ExpectMutantFails("rows swapped", actual, Compute(*BestBackend(), table, {4, 3}), exact);
  std::vector<float> scaled = actual;
  for (float& value : scaled) value *= 8;
  ExpectMutantFails("scaled by sqrt(hidden)", actual, scaled, exact);
}

TEST(Embed, RefusesBadTokensAndShapesAndWritesNothing) {
  const TestBackend backend = BestBackend();
  const Stored table = MakeStored(DType::kQ8_0, kVocabulary, 64, 1);
  std::vector<float> out(128, 7.0f);
  for (const std::vector<int32_t>& tokens :
       {std::vector<int32_t>{0, -1}, {0, 37}, {INT32_MIN, 0}, {0, INT32_MAX}}) {
    ExpectRefused("token", Embed(*backend, Args(table, tokens, out.data())));
  }
  const std::vector<int32_t> tokens = {0, 1};
  EmbedArgs args = Args(table, tokens, out.data());
  args.hidden = 63;
  ExpectRefused("part of a block", Embed(*backend, args));
  args = Args(table, tokens, out.data());
  args.vocabulary = 38;
  ExpectRefused("table too small", Embed(*backend, args));
  args.vocabulary = SIZE_MAX / 16;
  ExpectRefused("overflow", Embed(*backend, args));
  ExpectRefused("null", Embed(*backend, Args(table, tokens, nullptr)));
  EXPECT_EQ(out, std::vector<float>(128, 7.0f));
}

}  // namespace
}  // namespace fathom::testing
