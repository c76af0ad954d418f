// SPDX-License-Identifier: Apache-2.0
// What a constraint costs a token on M1's vocabulary: texts are drawn with every allowed token as
// likely as any other; the processor time of each Mask() and of the Accept() after it is taken
// together, states met for the first time included. First with one grammar for all texts, then with
// a grammar made anew for each text, which meets all its states for the first time.
#include <algorithm>
#include <bit>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <set>

#include "engine/grammar/quotes.h"
#include "engine/tokenizer/tokenizer_parts.h"

namespace fathom {
namespace {

// Of this thread: what else runs on the machine does not count.
double Now() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

struct Times {
  std::vector<double> masks, tokens;  // Mask() alone, and with the Accept() that follows
};

void Draw(Constraint& constraint, const Tokenizer& tokenizer, uint64_t seed, Times& times) {
  std::vector<uint64_t> allowed((tokenizer.vocabulary() + 63) / 64);
  constraint.Reset();
  uint64_t dice = seed;
  for (size_t i = 0; i < 500; ++i) {
    const double start = Now();
    if (!constraint.Mask(allowed)) return;
    const double mask_us = Now() - start;
    times.masks.push_back(mask_us);
    size_t count = constraint.IsComplete() ? 1 : 0;
    for (const uint64_t word : allowed) count += static_cast<size_t>(std::popcount(word));
    dice = dice * 6364136223846793005u + 1442695040888963407u;
    size_t left = (dice >> 33) % count, word = 0;
    for (; word < allowed.size(); ++word) {
      const auto here = static_cast<size_t>(std::popcount(allowed[word]));
      if (left < here) break;
      left -= here;
    }
    if (word == allowed.size()) return;
    uint64_t bits = allowed[word];
    for (; left > 0; --left) bits &= bits - 1;
    const auto token =
        static_cast<int32_t>(word * 64 + static_cast<size_t>(std::countr_zero(bits)));
    const double accept_start = Now();
    constraint.Accept(token);
    times.tokens.push_back(mask_us + Now() - accept_start);
  }
}

struct Summary {
  explicit Summary(std::vector<double>& times) {
    std::sort(times.begin(), times.end());
    for (const double time : times) mean += time / static_cast<double>(times.size());
    median = times[times.size() / 2];
    p99 = times[times.size() * 99 / 100];
    worst = times.back();
  }
  double mean = 0, median = 0, p99 = 0, worst = 0;
};

// Of the masks, and of masks with the Accept() that follows.
void Print(const std::string& name, Times& times) {
  const Summary mask(times.masks), token(times.tokens);
  std::printf("%-18s %8zu | %8.1f %8.1f %8.1f %8.1f | %8.1f %8.1f\n", name.c_str(),
              times.masks.size(), mask.mean, mask.median, mask.p99, mask.worst, token.mean,
              token.p99);
}

// The project's own text, in lines with their numbers, up to so many tokens.
std::vector<std::string> OwnLines(const Tokenizer& tokenizer, size_t tokens_max, size_t& tokens) {
  const std::set<std::string> kinds = {".cc", ".h", ".cu", ".py", ".ts", ".tsx", ".md", ".yaml"};
  std::vector<std::string> files, lines;
  for (const char* folder : {"base", "kernels", "engine", "rag", "tools", "agent", "apps", "tests",
                             "models", "docs", "examples", "configs"}) {
    const std::string root = std::string(FATHOM_SOURCE_DIR) + "/" + folder;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
      const std::string path = entry.path();
      const bool foreign = path.find("node_modules") != std::string::npos;
      if (kinds.contains(entry.path().extension()) && !foreign) files.push_back(path);
    }
  }
  std::sort(files.begin(), files.end());
  for (const std::string& path : files) {
    std::ifstream file(path);
    for (std::string line; tokens < tokens_max && std::getline(file, line);) {
      lines.push_back(line + " #" + std::to_string(lines.size() + 1));
      tokens += tokenizer.Encode(lines.back()).size() + 1;
    }
  }
  return lines;
}

void RunQuotes(const GrammarVocabulary& vocabulary, const Tokenizer& tokenizer) {
  size_t tokens = 0, text_bytes = 0;
  const std::vector<std::string> lines = OwnLines(tokenizer, 1'000'000, tokens);
  for (const std::string& line : lines) text_bytes += line.size() + 1;
  const double start = Now();
  const QuoteIndex index(lines);
  std::printf(
      "\nquotes from %zu tokens of this project (%zu lines, %.1f MB): made in %.0f ms, %.1f MB\n",
      tokens, lines.size(), static_cast<double>(text_bytes) / 1e6, (Now() - start) / 1e3,
      static_cast<double>(index.bytes()) / 1e6);
  std::printf("%-18s %8s | %8s %8s %8s %8s | %8s %8s\n", "text", "tokens", "mean us", "median",
              "p99", "worst", "token us", "p99");
  for (const std::string term : {"", "return", "kGrammarWorkMax"}) {
    Times times;
    const auto constraint = NewQuote(vocabulary, index, term);
    for (uint64_t seed = 1; seed <= 200; ++seed) Draw(*constraint, tokenizer, seed, times);
    Print(term.empty() ? "any quote" : "quote: " + term, times);
  }
  Times times;
  const auto citations = NewCitations(vocabulary, index);
  for (uint64_t seed = 1; seed <= 10; ++seed) Draw(*citations, tokenizer, seed, times);
  Print("citations", times);
}

constexpr std::pair<const char*, const char*> kSchemas[] = {
    {"flat object", R"({"type": "object", "properties": {"name": {"type": "string"}, "age":
        {"type": "integer"}, "mail": {"type": "string"}}, "required": ["name", "age"],
        "additionalProperties": false})"},
    {"bounds", R"({"type": "object", "properties": {"title": {"type": "string", "minLength": 3,
        "maxLength": 40}, "share": {"type": "number", "minimum": 0, "maximum": 1}, "kind":
        {"enum": ["low", "middle", "high"]}}, "required": ["title", "share", "kind"],
        "additionalProperties": false})"},
    {"array of objects", R"({"type": "array", "maxItems": 20, "items": {"type": "object",
        "properties": {"path": {"type": "string"}, "line": {"type": "integer", "minimum": 1}},
        "required": ["path", "line"], "additionalProperties": false}})"},
    {"free keys", R"({"type": "object", "additionalProperties": {"type": "string"}})"},
    {"any value", "true"},
    {"pattern", R"({"type": "array", "items": {"type": "string", "pattern":
        "^[A-Za-z0-9._-]{1,32}@[a-z0-9-]+(\\.[a-z]{2,10}){1,3}$"}})"},
    {"allOf", R"({"allOf": [{"type": "object", "required": ["id"], "properties": {"id": {"type":
        "string", "maxLength": 12}}}, {"properties": {"tags": {"type": "array", "items":
        {"enum": ["red", "green", "blue"]}, "maxItems": 4}, "id": {"minLength": 4}}},
        {"anyOf": [{"properties": {"kind": {"const": "a"}}, "required": ["kind"]},
        {"properties": {"size": {"type": "integer", "minimum": 1, "maximum": 99}}, "required":
        ["size"]}]}], "maxProperties": 4})"}};

void RunSchemas(const GrammarVocabulary& vocabulary, const Tokenizer& tokenizer) {
  std::printf("%6s  %-18s %8s | %8s %8s %8s %8s | %8s %8s\n", "make us", "schema", "tokens",
              "mean us", "median", "p99", "worst", "token us", "p99");
  for (const auto& [name, text] : kSchemas) {
    const auto schema = Json::Parse(text);
    const double start = Now();
    const auto grammar = Grammar::FromSchema(vocabulary, *schema);
    const double compile_us = Now() - start;
    Times times;
    for (uint64_t seed = 1; seed <= 50; ++seed)
      Draw(*grammar->NewConstraint(), tokenizer, seed, times);
    std::printf("%6.0f  ", compile_us);
    Print(name, times);
  }
}

void RunFresh(const GrammarVocabulary& vocabulary, const Tokenizer& tokenizer) {
  constexpr int kTexts = 50;
  std::printf("\na grammar for each text\n%-18s %8s | %8s %8s %8s | %14s\n", "schema", "tokens",
              "token us", "p99", "worst", "with making it");
  for (const auto& [name, text] : kSchemas) {
    const auto schema = Json::Parse(text);
    Times times;
    double making_us = 0;
    for (uint64_t seed = 1; seed <= kTexts; ++seed) {
      const double start = Now();
      const auto grammar = Grammar::FromSchema(vocabulary, *schema);
      const auto constraint = grammar->NewConstraint();
      making_us += Now() - start;
      Draw(*constraint, tokenizer, seed, times);
    }
    const Summary token(times.tokens);
    std::printf("%-18s %8zu | %8.1f %8.1f %8.1f | %14.1f\n", name, times.tokens.size(), token.mean,
                token.p99, token.worst,
                token.mean + making_us / static_cast<double>(times.tokens.size()));
  }
}

int Run(const char* merges) {
  auto parts = RebuildM1Vocabulary(merges);
  if (!parts) return std::fprintf(stderr, "%s\n", parts.error().Text().c_str()), 2;
  auto tokenizer = Tokenizer::FromParts(std::move(*parts));
  if (!tokenizer) return std::fprintf(stderr, "%s\n", tokenizer.error().Text().c_str()), 2;
  const double start = Now();
  const GrammarVocabulary vocabulary(**tokenizer);
  std::printf("vocabulary: %zu tokens, made in %.0f ms, %.1f MB\n", vocabulary.vocabulary(),
              (Now() - start) / 1e3, static_cast<double>(vocabulary.bytes()) / 1e6);
  RunSchemas(vocabulary, **tokenizer);
  RunFresh(vocabulary, **tokenizer);
  RunQuotes(vocabulary, **tokenizer);
  return 0;
}

}  // namespace
}  // namespace fathom

int main(int argc, char** argv) {
  const char* data = std::getenv("FATHOM_DATA");
  const std::string merges = std::string(data ? data : "") + "/m1-tokenizer/merges.txt";
  if (argc < 2 && data == nullptr) {
    std::fprintf(stderr, "usage: grammar_bench MERGES  (or set FATHOM_DATA)\n");
    return 2;
  }
  return fathom::Run(argc > 1 ? argv[1] : merges.c_str());
}
