// SPDX-License-Identifier: Apache-2.0
#include "rag/words.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <unordered_set>
#include <utility>

namespace fathom {
namespace {

bool IsLetter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) || static_cast<unsigned char>(c) >= 0x80;
}
bool IsDigit(char c) {
  return std::isdigit(static_cast<unsigned char>(c));
}
bool IsUpper(char c) {
  return std::isupper(static_cast<unsigned char>(c));
}
bool IsLower(char c) {
  return std::islower(static_cast<unsigned char>(c));
}

constexpr auto kAbbreviations = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"maximum", "max"},
    {"minimum", "min"},
    {"configuration", "config"},
    {"cfg", "config"},
    {"directory", "dir"},
    {"folder", "dir"},
    {"database", "db"},
    {"message", "msg"},
    {"identifier", "id"},
    {"authentication", "auth"},
    {"authenticate", "auth"},
    {"second", "sec"},
    {"millisecond", "ms"},
    {"number", "count"},
    {"num", "count"},
    {"amount", "count"},
    {"password", "pass"},
    {"passwd", "pass"},
    {"pwd", "pass"},
    {"address", "addr"},
    {"description", "desc"},
    {"temporary", "temp"},
    {"tmp", "temp"},
    {"parameter", "param"},
    {"argument", "arg"},
    {"length", "len"},
    {"initialise", "init"},
    {"initialize", "init"},
    {"calculate", "compute"},
    {"calc", "compute"},
    {"quantity", "qty"},
    {"percentage", "percent"},
    {"pct", "percent"},
    {"repository", "repo"},
    {"environment", "env"},
    {"request", "req"},
    {"response", "resp"},
    {"connection", "conn"},
    {"previous", "prev"},
});

constexpr auto kStopWords = std::to_array<std::string_view>({
    "a",         "about",   "actually", "an",     "and",     "any",   "are",   "as",     "at",
    "be",        "been",    "by",       "call",   "called",  "can",   "code",  "corpus", "could",
    "currently", "declare", "declared", "define", "defined", "did",   "do",    "does",   "exactly",
    "file",      "find",    "for",      "from",   "get",     "give",  "go",    "had",    "happen",
    "happens",   "has",     "have",     "he",     "her",     "here",  "his",   "how",    "i",
    "if",        "in",      "into",     "is",     "it",      "its",   "just",  "kind",   "know",
    "let",       "like",    "line",     "locate", "long",    "look",  "many",  "may",    "me",
    "mean",      "much",    "must",     "my",     "name",    "need",  "no",    "not",    "of",
    "off",       "often",   "on",       "one",    "or",      "our",   "out",   "over",   "please",
    "question",  "quick",   "s",        "said",   "say",     "set",   "shall", "she",    "should",
    "show",      "so",      "some",     "state",  "tell",    "than",  "thank", "that",   "the",
    "their",     "them",    "then",     "there",  "these",   "they",  "this",  "those",  "to",
    "too",       "under",   "up",       "us",     "use",     "used",  "using", "value",  "want",
    "was",       "we",      "were",     "what",   "when",    "where", "which", "who",    "whose",
    "why",       "will",    "with",     "would",  "you",     "your",
});

// A light stemmer: enough to make "retries", "retry", "retried" and "retrying" one word.
std::string Stem(std::string word) {
  const auto ends = [&](std::string_view suffix) {
    return word.size() > suffix.size() + 2 && std::string_view(word).ends_with(suffix);
  };
  const auto cut = [&](size_t count, std::string_view add = "") {
    word.resize(word.size() - count);
    word += add;
  };
  if (ends("ies")) {
    cut(3, "y");
  } else if (ends("ied")) {
    cut(3, "y");
  } else if (ends("sses") || ends("xes") || ends("ches") || ends("shes")) {
    cut(2);
  } else if (ends("s") && !ends("ss") && !ends("us") && !ends("is")) {
    cut(1);
  }
  if (ends("ing") && word.size() > 5) {
    cut(3);
  } else if (ends("ed") && word.size() > 4) {
    cut(2);
  }
  // "shipping" -> "shipp" -> "ship", "stored" -> "stor", "store" -> "stor".
  if (word.size() > 3 && word[word.size() - 1] == word[word.size() - 2] && word.back() != 's' &&
      word.back() != 'l' && word.back() != 'e') {
    cut(1);
  }
  if (word.size() > 3 && word.back() == 'e') cut(1);
  return word;
}

std::string Normal(std::string_view part) {
  std::string word(part);
  std::transform(word.begin(), word.end(), word.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  const auto unify = [&] {
    const auto it = std::find_if(kAbbreviations.begin(), kAbbreviations.end(),
                                 [&](const auto& entry) { return entry.first == word; });
    if (it == kAbbreviations.end()) return false;
    word = it->second;
    return true;
  };
  if (unify()) return word;
  if (word.size() > 3 && word.back() == 's') {
    std::string singular = word.substr(0, word.size() - 1);
    std::swap(word, singular);
    if (unify()) return word;
    std::swap(word, singular);
  }
  return Stem(std::move(word));
}

}  // namespace

std::vector<Word> WordsOf(std::string_view text) {
  std::vector<Word> words;
  size_t i = 0;
  while (i < text.size()) {
    if (IsDigit(text[i])) {
      const size_t begin = i;
      while (i < text.size() && IsDigit(text[i])) ++i;
      words.push_back({std::string(text.substr(begin, i - begin)), begin, i});
      continue;
    }
    if (!IsLetter(text[i])) {
      ++i;
      continue;
    }
    const size_t begin = i++;
    // An upper-case run is one word up to the last capital that starts a lower-case run:
    // "HTTPServer" -> HTTP Server.
    while (i < text.size() && IsLetter(text[i])) {
      if (IsUpper(text[i]) && IsLower(text[i - 1])) break;
      if (IsUpper(text[i]) && IsUpper(text[i - 1]) && i + 1 < text.size() && IsLower(text[i + 1]))
        break;
      ++i;
    }
    words.push_back({Normal(text.substr(begin, i - begin)), begin, i});
  }
  return words;
}

std::string NormalWord(std::string_view word) {
  return Normal(word);
}

bool IsStopWord(const std::string& normal) {
  static const auto* const kNormal = [] {
    auto* set = new std::unordered_set<std::string>();
    for (const std::string_view word : kStopWords) set->insert(Normal(word));
    return set;
  }();
  return kNormal->contains(normal);
}

}  // namespace fathom
