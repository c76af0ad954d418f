// SPDX-License-Identifier: Apache-2.0
// recall FOLDER: how often the overflow index finds the function a sentence describes, by words, by
// vectors and by both (questions.py makes FOLDER). Ends with 1 unless both together find more in
// the first ten than words alone; the paired difference is printed with its standard error.
#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <sstream>
#include <string>
#include <vector>

#include "rag/corpus.h"
#include "rag/overflow.h"

namespace fathom {
namespace {

constexpr size_t kFoundMax = 40;
constexpr size_t kDepths[] = {1, 5, 10, 20};

struct Question {
  std::string text;
  uint32_t file = 0, first = 0, past = 0;
};

uint32_t Number(const std::string& text) {
  uint32_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::vector<Question> ReadQuestions(const std::string& path, const Corpus& corpus) {
  std::vector<Question> questions;
  std::ifstream file(path);
  std::string line;
  while (std::getline(file, line)) {
    std::istringstream fields(line);
    std::string text, name, first, past;
    std::getline(fields, text, '\t');
    std::getline(fields, name, '\t');
    std::getline(fields, first, '\t');
    std::getline(fields, past, '\t');
    const CorpusFile* found = corpus.Find(name);
    if (!found) continue;
    questions.push_back({.text = text,
                         .file = static_cast<uint32_t>(found - corpus.files.data()),
                         .first = Number(first),
                         .past = Number(past)});
  }
  return questions;
}

// Rank of the first passage that overlaps the function, from 0; kFoundMax when there is none.
std::vector<size_t> Ranks(const OverflowIndex& index, const std::vector<Question>& questions,
                          SearchWay way, double* ms) {
  std::vector<size_t> ranks;
  const auto start = std::chrono::steady_clock::now();
  for (const Question& question : questions) {
    const auto found = index.Search(question.text, kFoundMax, way);
    size_t rank = kFoundMax;
    for (size_t i = 0; found && i < found->size() && rank == kFoundMax; ++i) {
      const Passage& passage = (*found)[i].passage;
      if (passage.file == question.file && passage.begin < question.past &&
          question.first < passage.end)
        rank = i;
    }
    ranks.push_back(rank);
  }
  *ms =
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count() /
      static_cast<double>(questions.size());
  return ranks;
}

double Within(const std::vector<size_t>& ranks, size_t depth) {
  const auto hits = std::count_if(ranks.begin(), ranks.end(), [&](size_t r) { return r < depth; });
  return static_cast<double>(hits) / static_cast<double>(ranks.size());
}

int Run(const std::string& folder) {
  const auto corpus = ReadCorpus(folder + "/corpus");
  if (!corpus) {
    std::fprintf(stderr, "%s\n", corpus.error().message.c_str());
    return 2;
  }
  std::vector<uint32_t> files(corpus->files.size());
  std::iota(files.begin(), files.end(), 0);
  std::filesystem::create_directories(folder + "/index");
  const auto start = std::chrono::steady_clock::now();
  const auto index = OverflowIndex::Open(*corpus, files, folder + "/index");
  if (!index) {
    std::fprintf(stderr, "%s\n", index.error().message.c_str());
    return 2;
  }
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  const std::vector<Question> questions = ReadQuestions(folder + "/questions.tsv", *corpus);
  if (questions.empty()) {
    std::fprintf(stderr, "no questions in %s\n", folder.c_str());
    return 2;
  }
  std::printf("%zu questions, %zu files, %zu bytes, %zu passages, opened in %.1f s (%zu kept)\n",
              questions.size(), corpus->files.size(), corpus->bytes, (*index)->update().passages,
              seconds, (*index)->update().files_kept);
  std::printf("%-10s %8s %8s %8s %8s %10s\n", "way", "at 1", "at 5", "at 10", "at 20", "ms each");
  std::vector<size_t> ranks[3];
  const char* const names[] = {"words", "vectors", "both"};
  for (int way = 0; way < 3; ++way) {
    double ms = 0;
    ranks[way] = Ranks(**index, questions, static_cast<SearchWay>(way), &ms);
    std::printf("%-10s", names[way]);
    for (const size_t depth : kDepths) std::printf(" %8.3f", Within(ranks[way], depth));
    std::printf(" %10.2f\n", ms);
  }
  size_t gained = 0, lost = 0;
  for (size_t i = 0; i < questions.size(); ++i) {
    gained += ranks[2][i] < 10 && ranks[0][i] >= 10;
    lost += ranks[2][i] >= 10 && ranks[0][i] < 10;
  }
  const auto count = static_cast<double>(questions.size());
  const double difference = (static_cast<double>(gained) - static_cast<double>(lost)) / count;
  std::printf("both - words at 10: %+.3f, standard error %.3f (%zu found anew, %zu lost)\n",
              difference, std::sqrt(static_cast<double>(gained + lost)) / count, gained, lost);
  return difference > 0 ? 0 : 1;
}

}  // namespace
}  // namespace fathom

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: recall FOLDER\n");
    return 2;
  }
  return fathom::Run(std::filesystem::absolute(argv[1]).string());
}
