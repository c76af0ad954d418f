// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "kernels/embed/embed.h"
#include "kernels/support/bench.h"

namespace fathom::bench {

void Embed(const Backend& backend, const Add& add) {
  const std::vector<std::byte> table = StoredQ8(4096, 320, 1);
  std::vector<int32_t> tokens(512);
  for (size_t i = 0; i < 512; ++i) tokens[i] = static_cast<int32_t>(i * 2654435761u % 4096);
  std::vector<float> out(512 * 320);
  const EmbedArgs args{DType::kQ8_0, table, 4096, 320, tokens, out.data()};
  add({"embed",
       "512 x 320 Q8_0",
       Roof::kMemory,
       512.0 * 320 * (4 + 34.0 / 32),
       [&] { CHECK(fathom::Embed(backend, args).ok()); },
       {}});
}

}  // namespace fathom::bench
