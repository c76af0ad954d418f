// SPDX-License-Identifier: Apache-2.0
#include "kernels/sample/sample.h"
#include "kernels/support/bench.h"

namespace fathom::bench {

void Sample(const Backend& backend, const Add& add) {
  const std::vector<float> logits = Values(4096, 1, 8);
  const std::vector<float> large = Values(200'064, 2, 8);
  uint64_t position = 0;
  const auto measure = [&](const std::string& name, SampleArgs args) {
    add({"sample",
         name,
         Roof::kMemory,
         static_cast<double>(args.logits.size()) * 4,
         [&backend, &position, args]() mutable {
           args.position = ++position;
           CHECK(fathom::Sample(backend, args).ok());
         },
         {}});
  };
  measure("4096, greedy", {logits});
  measure("4096, T 1, top_p 0.95", {logits, {}, 1.0, 0, 0.95});
  measure("200064, greedy", {large});
  measure("200064, T 1, top_k 40", {large, {}, 1.0, 40, 0.95});
}

}  // namespace fathom::bench
