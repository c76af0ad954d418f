// SPDX-License-Identifier: Apache-2.0
#include "rag/nearest_lines.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <string>

#include "rag/words.h"

namespace fathom {
namespace {

constexpr double kCoverageMin = 1.0 / 3;
constexpr size_t kQuestionWordsMax = 64;  // more of a question is not looked for

using WordSet = uint64_t;  // of the question's words

std::vector<std::string> ContentWords(std::string_view question) {
  std::vector<std::string> words;
  for (Word& word : WordsOf(question)) {
    if (IsStopWord(word.normal) || words.size() == kQuestionWordsMax) continue;
    if (std::ranges::find(words, word.normal) == words.end())
      words.push_back(std::move(word.normal));
  }
  return words;
}

struct Line {
  size_t file = 0;
  uint32_t line = 0;
  WordSet has = 0;
  size_t words = 0;
};

// Every line that has a word of the question. `all` counts the lines with any word.
std::vector<Line> LinesWith(const Corpus& corpus, const std::vector<std::string>& words,
                            size_t& all) {
  std::vector<Line> lines;
  for (size_t file = 0; file < corpus.files.size(); ++file) {
    const size_t count = corpus.files[file].lines.size();
    for (uint32_t at = 0; at < count; ++at) {
      const std::vector<Word> own = WordsOf(corpus.files[file].Line(at));
      if (own.empty()) continue;
      ++all;
      Line line{.file = file, .line = at, .words = own.size()};
      for (size_t i = 0; i < words.size(); ++i) {
        const bool here =
            std::ranges::any_of(own, [&](const Word& word) { return word.normal == words[i]; });
        if (here) line.has |= WordSet{1} << i;
      }
      if (line.has != 0) lines.push_back(line);
    }
  }
  return lines;
}

}  // namespace

std::vector<NearLine> NearestLines(const Corpus& corpus, std::string_view question, size_t count) {
  const std::vector<std::string> words = ContentWords(question);
  size_t all = 0;
  const std::vector<Line> lines = LinesWith(corpus, words, all);
  std::vector<double> weights(words.size());
  double total = 0;
  for (size_t i = 0; i < words.size(); ++i) {
    const auto spread =
        std::ranges::count_if(lines, [&](const Line& line) { return (line.has >> i & 1) != 0; });
    weights[i] = std::log(1 + (static_cast<double>(all) + 1) / (static_cast<double>(spread) + 0.5));
    total += weights[i];
  }
  struct Scored {
    NearLine line;
    double score;
  };
  std::vector<Scored> near;
  for (const Line& line : lines) {
    double matched = 0;
    for (WordSet left = line.has; left != 0; left &= left - 1)
      matched += weights[static_cast<size_t>(std::countr_zero(left))];
    const double coverage = matched / total;
    // Long lines match by chance.
    const double score = coverage / (1 + 0.01 * static_cast<double>(line.words));
    if (coverage >= kCoverageMin) near.push_back({{line.file, line.line, coverage}, score});
  }
  std::ranges::stable_sort(near, std::greater(), &Scored::score);
  std::vector<NearLine> best;
  for (size_t i = 0; i < std::min(count, near.size()); ++i) best.push_back(near[i].line);
  return best;
}

}  // namespace fathom
