// SPDX-License-Identifier: Apache-2.0
#include "rag/terms.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "rag/words.h"

namespace fathom {
namespace {

// Below this share of the question's word weight the corpus does not speak of it.
constexpr double kCoverageMin = 0.3;
constexpr size_t kPhraseWordsMax = 4;
constexpr size_t kIdentifierBytesMax = 128;

bool IsIdentifierByte(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool IsProse(const CorpusFile& file) {
  return file.language == "markdown" || file.language == "text";
}

struct Identifier {
  std::string text;
  std::vector<std::string> words;
  size_t occurrences = 0;
};

// Calls body(begin, end) for every identifier; parts joined by '-' or '.' count once more as a
// whole when `joined`.
template <typename Body>
void ForEachIdentifier(std::string_view text, bool joined, const Body& body) {
  size_t i = 0;
  while (i < text.size()) {
    if (!IsIdentifierByte(text[i])) {
      ++i;
      continue;
    }
    const size_t begin = i;
    size_t parts = 0;
    while (true) {
      const size_t part = i;
      while (i < text.size() && IsIdentifierByte(text[i])) ++i;
      body(part, i);
      ++parts;
      const bool more = joined && i + 1 < text.size() && (text[i] == '-' || text[i] == '.') &&
                        IsIdentifierByte(text[i + 1]);
      if (!more) break;
      ++i;
    }
    if (parts > 1) body(begin, i);
  }
}

bool HasInnerCapital(std::string_view text) {
  for (size_t i = 1; i < text.size(); ++i) {
    if (std::isupper(static_cast<unsigned char>(text[i])) &&
        std::islower(static_cast<unsigned char>(text[i - 1])))
      return true;
  }
  return false;
}

bool IsUpperName(std::string_view text) {
  return text.size() >= 3 &&
         std::none_of(text.begin(), text.end(), [](unsigned char c) { return std::islower(c); }) &&
         std::any_of(text.begin(), text.end(), [](unsigned char c) { return std::isupper(c); });
}

// Written like code rather than like a word of a sentence.
bool LooksLikeCode(std::string_view text) {
  return text.find('_') != std::string_view::npos || HasInnerCapital(text);
}

// Text between backticks or double quotes.
std::optional<std::string> Quoted(std::string_view question) {
  for (const char mark : {'`', '"'}) {
    const size_t begin = question.find(mark);
    if (begin == std::string_view::npos) continue;
    const size_t end = question.find(mark, begin + 1);
    if (end == std::string_view::npos || end == begin + 1) continue;
    return std::string(question.substr(begin + 1, end - begin - 1));
  }
  return std::nullopt;
}

// Part of a hyphenated compound: "on" and "call" of "on-call" carry meaning together.
bool IsJoined(std::string_view text, const Word& word) {
  const auto joins = [&](size_t hyphen, size_t neighbour) {
    return hyphen < text.size() && neighbour < text.size() && text[hyphen] == '-' &&
           IsIdentifierByte(text[neighbour]);
  };
  return joins(word.end, word.end + 1) ||
         (word.begin >= 2 && joins(word.begin - 1, word.begin - 2));
}

bool Mentions(const std::vector<Word>& words, std::initializer_list<std::string_view> any) {
  return std::any_of(any.begin(), any.end(), [&](std::string_view wanted) {
    const std::string normal = NormalWord(wanted);
    return std::any_of(words.begin(), words.end(),
                       [&](const Word& word) { return word.normal == normal; });
  });
}

}  // namespace

std::string_view IntentName(Intent intent) {
  switch (intent) {
    case Intent::kValue:
      return "value";
    case Intent::kDefinition:
      return "definition";
    case Intent::kUse:
      return "use";
    case Intent::kStatement:
      return "statement";
  }
  return "statement";
}

struct TermFinder::Impl {
  struct ProseLine {
    const CorpusFile* file;
    uint32_t line;
    std::vector<Word> words;
  };

  const Corpus& corpus;
  std::vector<Identifier> identifiers;  // of code files
  std::unordered_map<std::string, size_t> identifier_index;
  std::vector<ProseLine> prose;
  std::unordered_map<std::string, size_t>
      spread;         // word -> identifiers and prose lines that hold it
  size_t places = 0;  // identifiers + prose lines

  explicit Impl(const Corpus& c) : corpus(c) {
    for (const CorpusFile& file : corpus.files) {
      IsProse(file) ? AddProse(file) : AddCode(file);
    }
    for (const Identifier& identifier : identifiers) {
      for (const auto& word :
           std::unordered_set<std::string>(identifier.words.begin(), identifier.words.end()))
        ++spread[word];
    }
    places = identifiers.size() + prose.size();
  }

  void AddProse(const CorpusFile& file) {
    for (uint32_t line = 0; line < file.lines.size(); ++line) {
      ProseLine entry{.file = &file, .line = line, .words = WordsOf(file.Line(line))};
      if (entry.words.empty()) continue;
      std::unordered_set<std::string> distinct;
      for (const Word& word : entry.words) distinct.insert(word.normal);
      for (const auto& word : distinct) ++spread[word];
      prose.push_back(std::move(entry));
    }
  }

  void AddCode(const CorpusFile& file) {
    const bool joined = file.language == "yaml" || file.language == "ini" ||
                        file.language == "toml" || file.language == "json" ||
                        file.language == "css" || file.language == "html";
    for (size_t line = 0; line < file.lines.size(); ++line) {
      const std::string_view text = file.Line(line);
      ForEachIdentifier(text, joined, [&](size_t begin, size_t end) {
        AddIdentifier(text.substr(begin, end - begin));
      });
    }
  }

  void AddIdentifier(std::string_view text) {
    if (text.size() < 2 || text.size() > kIdentifierBytesMax ||
        std::isdigit(static_cast<unsigned char>(text[0])))
      return;
    const auto [it, added] = identifier_index.try_emplace(std::string(text), identifiers.size());
    if (added) {
      Identifier identifier{.text = std::string(text)};
      for (Word& word : WordsOf(text)) identifier.words.push_back(std::move(word.normal));
      identifiers.push_back(std::move(identifier));
    }
    ++identifiers[it->second].occurrences;
  }

  double Weight(const std::string& word) const {
    const auto it = spread.find(word);
    const double count = it == spread.end() ? 0 : static_cast<double>(it->second);
    return std::log(1.0 + (static_cast<double>(places) + 1) / (count + 0.5));
  }

  bool Present(std::string_view text) const {
    return std::any_of(corpus.files.begin(), corpus.files.end(), [&](const CorpusFile& file) {
      return file.bytes.find(text) != std::string::npos;
    });
  }

  // The corpus's own spelling of a phrase when it differs from the question's in case only.
  std::optional<std::string> SpellingOf(std::string_view phrase) const {
    const auto same = [](char a, char b) {
      return std::tolower(static_cast<unsigned char>(a)) ==
             std::tolower(static_cast<unsigned char>(b));
    };
    for (const CorpusFile& file : corpus.files) {
      const auto it =
          std::search(file.bytes.begin(), file.bytes.end(), phrase.begin(), phrase.end(), same);
      if (it != file.bytes.end())
        return std::string(it, it + static_cast<std::ptrdiff_t>(phrase.size()));
    }
    return std::nullopt;
  }

  bool IsCodeName(const std::string& text) const { return identifier_index.contains(text); }

  Intent IntentOf(const std::vector<Word>& question, const std::string& term,
                  bool prose_term) const {
    if (prose_term) return Intent::kStatement;
    if (Mentions(question, {"use", "used", "caller", "called", "calls", "referenced"}) &&
        Mentions(question, {"where", "who", "which"}) &&
        !Mentions(question, {"defined", "declared"})) {
      return Intent::kUse;
    }
    if (Mentions(question, {"defined", "declared", "implemented", "function", "class", "method",
                            "located", "where"})) {
      return Intent::kDefinition;
    }
    if (IsUpperName(term) ||
        Mentions(question, {"value", "set", "many", "much", "long", "default", "what"})) {
      return Intent::kValue;
    }
    return Intent::kDefinition;
  }

  // The identifier whose words cover the question best: cosine of the weighted word sets.
  struct Candidate {
    std::string text;
    double score = 0;
    double coverage = 0;
    bool prose = false;
  };

  // Of equals the one that stands in the question as it is written, then the longest.
  Candidate BestIdentifier(std::string_view question, const std::vector<std::string>& words,
                           double total) const {
    std::unordered_set<std::string_view> said;
    ForEachIdentifier(question, true, [&](size_t begin, size_t end) {
      said.insert(question.substr(begin, end - begin));
    });
    const auto rank = [&](const std::string& text) {
      return std::pair(said.contains(text), text.size());
    };
    Candidate best;
    for (const Identifier& identifier : identifiers) {
      double matched = 0, own = 0;
      for (const std::string& word : identifier.words) {
        const double weight = Weight(word);
        own += weight;
        if (std::find(words.begin(), words.end(), word) != words.end()) matched += weight;
      }
      if (matched == 0) continue;
      const double score = matched / std::sqrt(own * total);
      const bool better = score > best.score + 1e-9 ||
                          (score > best.score - 1e-9 && rank(identifier.text) > rank(best.text));
      if (better) best = {.text = identifier.text, .score = score, .coverage = matched / total};
    }
    return best;
  }

  // The prose line that covers the question best, and in it the phrase that carries the most
  // matched weight.
  Candidate BestPhrase(const std::vector<std::string>& words, double total) const {
    Candidate best;
    const ProseLine* best_line = nullptr;
    for (const ProseLine& line : prose) {
      double matched = 0;
      for (const std::string& word : words) {
        const bool here = std::any_of(line.words.begin(), line.words.end(),
                                      [&](const Word& w) { return w.normal == word; });
        if (here) matched += Weight(word);
      }
      // Long lines match by chance; headings state nothing.
      const std::string_view text = line.file->Line(line.line);
      const double length = 1.0 + 0.01 * static_cast<double>(line.words.size());
      const double score = matched / total / length * (text.starts_with('#') ? 0.6 : 1.0);
      if (score > best.score) {
        best.score = score;
        best.coverage = matched / total;
        best_line = &line;
      }
    }
    if (best_line) best.text = PhraseIn(*best_line, words);
    best.prose = true;
    return best;
  }

  std::string PhraseIn(const ProseLine& line, const std::vector<std::string>& words) const {
    const std::string_view text = line.file->Line(line.line);
    double best_weight = -1;
    std::pair<size_t, size_t> best{0, 0};
    for (size_t i = 0; i < line.words.size(); ++i) {
      double weight = 0;
      for (size_t j = i; j < line.words.size() && j < i + kPhraseWordsMax; ++j) {
        // A phrase does not cross punctuation.
        if (j > i) {
          const std::string_view gap =
              text.substr(line.words[j - 1].end, line.words[j].begin - line.words[j - 1].end);
          if (gap != " " && gap != "-") break;
        }
        const bool matched =
            std::find(words.begin(), words.end(), line.words[j].normal) != words.end();
        const bool stop = IsStopWord(line.words[j].normal) && !IsJoined(text, line.words[j]);
        if (i == j && (!matched || stop)) break;
        weight += matched ? Weight(line.words[j].normal) : -1.0;
        // Earlier is better at equal weight: the fact follows the phrase.
        const bool ends_well = matched && !stop && line.words[j].end + 2 < text.size();
        if (ends_well && weight > best_weight + 1e-9) {
          best_weight = weight;
          best = {line.words[i].begin, line.words[j].end};
        }
      }
    }
    return std::string(text.substr(best.first, best.second - best.first));
  }

  // The longest run of question words that the corpus does not know, else its rarest word.
  std::string AbsentPart(std::string_view question, const std::vector<Word>& content) const {
    std::pair<size_t, size_t> best{0, 0};
    for (size_t i = 0; i < content.size(); ++i) {
      if (spread.contains(content[i].normal)) continue;
      size_t begin = content[i].begin, end = content[i].end;
      // Take neighbours along: "gym membership" rather than "gym".
      if (i + 1 < content.size() && content[i + 1].begin == end + 1) end = content[i + 1].end;
      if (i > 0 && content[i - 1].end + 1 == begin) begin = content[i - 1].begin;
      if (end - begin > best.second - best.first) best = {begin, end};
    }
    if (best.second == 0) {
      const auto rarest = std::max_element(
          content.begin(), content.end(),
          [&](const Word& a, const Word& b) { return Weight(a.normal) < Weight(b.normal); });
      if (rarest == content.end()) return "";
      best = {rarest->begin, rarest->end};
    }
    return std::string(question.substr(best.first, best.second - best.first));
  }

  Term Named(std::string text, const std::vector<Word>& words) const {
    Term term{.text = std::move(text), .named = true, .coverage = 1};
    term.present = Present(term.text);
    if (!term.present) {
      if (auto spelling = SpellingOf(term.text)) {
        term.text = std::move(*spelling);
        term.present = true;
      }
    }
    const bool code = IsCodeName(term.text) || LooksLikeCode(term.text) || prose.empty();
    term.intent = IntentOf(words, term.text, !code);
    return term;
  }

  // An identifier spelled out in the question: the longest one that occurs, or one that looks like
  // code.
  std::optional<std::string> Spelled(std::string_view question) const {
    std::string present, strange;
    ForEachIdentifier(question, true, [&](size_t begin, size_t end) {
      std::string text(question.substr(begin, end - begin));
      const bool looks = LooksLikeCode(text) || IsUpperName(text);
      if (looks && IsCodeName(text) && text.size() > present.size()) present = text;
      if (LooksLikeCode(text) && text.size() > strange.size()) strange = text;
    });
    if (!present.empty()) return present;
    if (!strange.empty()) return strange;
    return std::nullopt;
  }

  Term Find(std::string_view question) const {
    const std::vector<Word> all = WordsOf(question);
    if (auto quoted = Quoted(question)) return Named(std::move(*quoted), all);
    if (auto spelled = Spelled(question)) return Named(std::move(*spelled), all);

    std::vector<Word> content;
    std::vector<std::string> words;
    double total = 0;
    for (const Word& word : all) {
      if (IsStopWord(word.normal) && !IsJoined(question, word)) continue;
      content.push_back(word);
      if (std::find(words.begin(), words.end(), word.normal) != words.end()) continue;
      words.push_back(word.normal);
      total += Weight(word.normal);
    }
    if (content.empty()) return {.text = std::string(question), .intent = Intent::kStatement};
    const Candidate code = BestIdentifier(question, words, total);
    const Candidate phrase = BestPhrase(words, total);
    const bool take_prose = phrase.score > code.score || code.text.empty();
    const Candidate& best = take_prose ? phrase : code;
    if (best.text.empty() || best.coverage < kCoverageMin) {
      return {
          .text = AbsentPart(question, content),
          .intent = identifiers.empty() || take_prose ? Intent::kStatement : Intent::kDefinition,
          .coverage = best.coverage};
    }
    return {.text = best.text,
            .present = true,
            .intent = IntentOf(all, best.text, best.prose),
            .coverage = best.coverage};
  }
};

TermFinder::TermFinder(const Corpus& corpus) : impl_(std::make_unique<Impl>(corpus)) {}
TermFinder::~TermFinder() = default;
Term TermFinder::Find(std::string_view question) const {
  return impl_->Find(question);
}

}  // namespace fathom
