// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <vector>

#include "kernels/sample/sample.h"

namespace fathom {
namespace {

struct Entry {
  int32_t token;
  double logit;
  double p;
};

void Normalise(std::vector<Entry>& entries, double temperature) {
  double total = 0;
  for (Entry& entry : entries) {
    entry.p = std::exp((entry.logit - entries.front().logit) / temperature);
    total += entry.p;
  }
  for (Entry& entry : entries) entry.p /= total;
}

}  // namespace

Result<Sampled> SampleReference(const SampleArgs& args) {
  std::vector<Entry> all;
  for (size_t i = 0; i < args.logits.size(); ++i) {
    const int32_t token = static_cast<int32_t>(i);
    if (std::find(args.banned.begin(), args.banned.end(), token) != args.banned.end()) continue;
    if (!args.allowed.empty() && (args.allowed[i / 64] >> (i % 64) & 1) == 0) continue;
    all.push_back({token, args.logits[i], 0});
  }
  if (all.empty()) return Invalid("sample: no token is left");
  std::stable_sort(all.begin(), all.end(),
                   [](const Entry& a, const Entry& b) { return a.logit > b.logit; });
  Normalise(all, 1.0);
  const std::vector<Entry> model = all;
  const auto score = [&](const Entry& e) {
    return TokenScore{e.token, static_cast<float>(std::log(e.p))};
  };
  Sampled sampled;
  sampled.top_count = std::min(args.top_scores.size(), model.size());
  for (size_t i = 0; i < sampled.top_count; ++i) args.top_scores[i] = score(model[i]);
  size_t index = 0;
  if (args.temperature > 0) {
    if (args.top_k > 0 && all.size() > static_cast<size_t>(args.top_k)) all.resize(args.top_k);
    Normalise(all, args.temperature);
    double sum = 0;
    size_t keep = 0;
    while (keep < all.size() && sum < args.top_p) sum += all[keep++].p;
    if (args.top_p < 1) all.resize(std::max<size_t>(keep, 1));
    Normalise(all, args.temperature);
    std::erase_if(all,
                  [&, floor = args.min_p * all.front().p](const Entry& e) { return e.p < floor; });
    Normalise(all, args.temperature);
    const double draw = SampleUniform(args.seed, args.position);
    double cumulative = all[0].p;
    while (index + 1 < all.size() && cumulative <= draw) cumulative += all[++index].p;
  }
  sampled.chosen = score(model[index]);  // `all` is a prefix of `model`
  return sampled;
}

}  // namespace fathom
