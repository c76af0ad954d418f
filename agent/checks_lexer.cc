// SPDX-License-Identifier: Apache-2.0
// Comments and literals of many languages, blanked.
#include <algorithm>
#include <cctype>

#include "agent/checks_source.h"

namespace fathom {
namespace {

bool Has(std::string_view words, std::string_view word) {
  if (word.empty()) return false;
  size_t at = 0;
  while ((at = words.find(word, at)) != std::string_view::npos) {
    const size_t end = at + word.size();
    if ((at == 0 || words[at - 1] == ' ') && (end == words.size() || words[end] == ' '))
      return true;
    at = end;
  }
  return false;
}

bool IsWord(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
}

struct Syntax {
  bool slashes, hash, dashes, semicolon;  // comments: // and /* */, #, --, ;
  bool backtick;                          // ` opens a literal
  bool multiline;                         // " and ' may span lines
  bool triple;                            // """ and '''
  bool characters;                        // ' holds one character
  bool dollar_words;                      // "$x" inserts
  bool literals;                          // the language has quoted literals at all
};

Syntax SyntaxOf(std::string_view language) {
  return {
      .slashes = Has("c cpp objc java javascript typescript go rust csharp kotlin scala php swift "
                     "css proto html",
                     language),
      .hash = Has("python ruby shell perl php yaml toml ini make cmake r dockerfile terraform",
                  language),
      .dashes = Has("sql lua", language),
      .semicolon = Has("ini", language),
      .backtick = Has("javascript typescript go php ruby perl shell kotlin html", language),
      .multiline = Has("php ruby shell perl rust sql", language),
      .triple = Has("python kotlin scala java swift", language),
      .characters = Has("c cpp objc java rust csharp kotlin scala swift", language),
      .dollar_words = Has("php shell perl kotlin", language),
      .literals = !Has("markdown text", language),
  };
}

class Lexer {
 public:
  Lexer(std::string_view text, std::string_view language)
      : text_(text), language_(language), syntax_(SyntaxOf(language)), out_(text) {}

  std::string Run() {
    if (!syntax_.literals) return out_;
    bool code = language_ != "php" || text_.find("<?") == std::string_view::npos;
    while (at_ < text_.size()) {
      if (language_ == "php" && Starts(code ? "?>" : "<?")) {
        code = !code;
        at_ += 2;
      } else if (!code || !(Comment() || Literal())) {
        ++at_;
      }
    }
    return std::move(out_);
  }

 private:
  bool Starts(std::string_view what) const { return text_.substr(at_, what.size()) == what; }

  void Blank(size_t begin, size_t end, char with) {
    for (size_t i = begin; i < end && i < out_.size(); ++i) {
      if (out_[i] != '\n') out_[i] = with;
    }
  }

  bool Comment() {
    size_t end = std::string_view::npos;
    if (syntax_.slashes && Starts("/*")) {
      end = text_.find("*/", at_ + 2);
      end = end == std::string_view::npos ? text_.size() : end + 2;
    } else if (LineComment()) {
      end = text_.find('\n', at_);
      if (language_ == "php") end = std::min(end, text_.find("?>", at_));
    } else {
      return false;
    }
    if (end > text_.size()) end = text_.size();
    Blank(at_, end, ' ');
    at_ = end;
    return true;
  }

  bool LineComment() const {
    // "://" is a URL in unquoted text, "$#" and "#{" are no comments.
    if (syntax_.slashes && Starts("//") && (at_ == 0 || text_[at_ - 1] != ':')) return true;
    if (syntax_.dashes && Starts("--")) return true;
    const bool at_word_start =
        at_ == 0 || std::isspace(static_cast<unsigned char>(text_[at_ - 1])) ||
        (language_ != "shell" && language_ != "yaml" && text_[at_ - 1] != '$');
    if (syntax_.hash && Starts("#") && at_word_start && !Starts("#[")) return true;
    return syntax_.semicolon && Starts(";") && (at_ == 0 || text_[at_ - 1] == '\n');
  }

  bool Literal() {
    const char quote = text_[at_];
    if (quote != '"' && quote != '\'' && !(quote == '`' && syntax_.backtick)) return false;
    if (quote == '\'' && syntax_.characters && !IsCharacter()) return false;
    const bool triple = syntax_.triple && text_.substr(at_, 3) == std::string(3, quote);
    const std::string close(triple ? 3 : 1, quote);
    const bool lines = triple || quote == '`' || syntax_.multiline;
    const Insertions insertions = InsertionsOf(quote);
    at_ += close.size();
    while (at_ < text_.size() && text_.substr(at_, close.size()) != close) {
      if (text_[at_] == '\n' && !lines) return true;  // not closed: the line ends it
      const bool escaped = text_[at_] == '\\' && !(language_ == "go" && quote == '`');
      if (const size_t size = InsertionAt(insertions)) {
        Blank(at_, at_ + size, kInsertedByte);
        at_ += size;
      } else if (escaped || (insertions.braces && Starts("{{"))) {
        Blank(at_, at_ + 2, kLiteralByte);
        at_ += 2;
      } else {
        Blank(at_, at_ + 1, kLiteralByte);
        ++at_;
      }
    }
    at_ = std::min(at_ + close.size(), text_.size());
    return true;
  }

  // 'x', '\n', '\u{1F600}': a closing quote soon, and no line end before it. A lifetime or digit
  // separator has none.
  bool IsCharacter() const {
    if (at_ > 0 && std::isdigit(static_cast<unsigned char>(text_[at_ - 1]))) return false;
    const size_t close = text_.find('\'', at_ + (text_.substr(at_ + 1, 1) == "\\" ? 3 : 2));
    return close != std::string_view::npos && close - at_ <= 12 &&
           text_.substr(at_, close - at_).find('\n') == std::string_view::npos;
  }

  struct Insertions {
    bool braces = false;         // {x}
    bool dollar_braces = false;  // ${x}, {$x}
    bool dollar_words = false;   // $x, $(x)
    bool hash_braces = false;    // #{x}
    bool paren = false;          // \(x)
  };

  Insertions InsertionsOf(char quote) {
    std::string prefix;
    for (size_t i = at_; i > 0 && prefix.size() < 3 &&
                         (IsWord(text_[i - 1]) || text_[i - 1] == '$' || text_[i - 1] == '@');
         --i) {
      prefix += static_cast<char>(std::tolower(static_cast<unsigned char>(text_[i - 1])));
    }
    Insertions kinds;
    if (language_ == "python")
      kinds.braces = prefix.size() <= 2 && prefix.find('f') != std::string::npos;
    if (language_ == "csharp") kinds.braces = prefix.find('$') != std::string::npos;
    if (language_ == "scala")
      kinds.dollar_braces = kinds.dollar_words = prefix == "s" || prefix == "f";
    if (language_ == "swift") kinds.paren = true;
    if (Has("javascript typescript html", language_)) kinds.dollar_braces = quote == '`';
    if (syntax_.dollar_words && quote != '\'') kinds.dollar_braces = kinds.dollar_words = true;
    if (language_ == "ruby" && quote != '\'') kinds.hash_braces = true;
    return kinds;
  }

  // The length of the insertion that starts here, 0 when none does.
  size_t InsertionAt(const Insertions& kinds) const {
    if (kinds.braces && Starts("{")) return Starts("{{") ? 0 : Bracketed(0);
    if (kinds.dollar_braces && Starts("${")) return Bracketed(1);
    if (kinds.dollar_braces && kinds.dollar_words && Starts("{$")) return Bracketed(0);
    if (kinds.hash_braces && Starts("#{")) return Bracketed(1);
    if (kinds.paren && Starts("\\(")) return Bracketed(1);
    if (!kinds.dollar_words || text_[at_] != '$') return 0;
    if (language_ == "shell" && Starts("$(")) return Bracketed(1);
    size_t end = at_ + 1;
    while (end < text_.size() && IsWord(text_[end])) ++end;
    return end > at_ + 1 && !std::isdigit(static_cast<unsigned char>(text_[at_ + 1])) ? end - at_
           : language_ == "shell" && end > at_ + 1                                    ? end - at_
                                                                                      : 0;
  }

  // From at_ to the bracket that closes the one at at_ + offset, at most to the line's end.
  size_t Bracketed(size_t offset) const {
    const char open = text_[at_ + offset];
    const char close = open == '{' ? '}' : ')';
    int depth = 0;
    for (size_t i = at_ + offset; i < text_.size() && text_[i] != '\n'; ++i) {
      if (text_[i] == open) ++depth;
      if (text_[i] == close && --depth == 0) return i + 1 - at_;
    }
    return 0;
  }

  std::string_view text_;
  std::string_view language_;
  Syntax syntax_;
  std::string out_;
  size_t at_ = 0;
};

}  // namespace

std::string BlankLiterals(std::string_view text, std::string_view language) {
  return Lexer(text, language).Run();
}

}  // namespace fathom
