// SPDX-License-Identifier: Apache-2.0
#include "base/did_you_mean.h"

#include <algorithm>
#include <vector>

namespace fathom {
namespace {

constexpr size_t kNameBytesMax = 64;

// Optimal string alignment: insert, delete, replace, swap neighbours; each costs 1.
size_t EditDistance(std::string_view a, std::string_view b) {
  const size_t width = b.size() + 1;
  std::vector<size_t> cost((a.size() + 1) * width);  // (a.size() + 1, b.size() + 1)
  for (size_t j = 0; j <= b.size(); ++j) cost[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t* row = &cost[i * width];
    const size_t* above = row - width;
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], cost[(i - 2) * width + j - 2] + 1);
      }
    }
  }
  return cost.back();
}

}  // namespace

std::string DidYouMean(std::string_view name, std::span<const std::string_view> known) {
  if (name.size() > kNameBytesMax) return "";
  std::string_view best;
  size_t best_distance = std::max<size_t>(1, name.size() / 3) + 1;
  for (const std::string_view candidate : known) {
    if (candidate.size() > kNameBytesMax) continue;
    const size_t distance = EditDistance(name, candidate);
    if (distance < best_distance) {
      best = candidate;
      best_distance = distance;
    }
  }
  return std::string(best);
}

}  // namespace fathom
