// SPDX-License-Identifier: Apache-2.0
#include "rag/pack.h"

#include <algorithm>
#include <map>

#include "engine/chat/chat.h"

namespace fathom {
namespace {

// By how much the suffix of a line may differ from one place to another.
constexpr size_t kNumberTokens = 4;

// A quarter more windows than are needed, and one, which a split that falls badly may cost.
bool HasHoles(size_t windows, size_t needed) {
  return windows > needed + needed / 4 + 1;
}

// A file as it would stand in the open window.
struct Encoded {
  std::vector<Token> header;
  std::vector<std::vector<Token>> lines;
  size_t total = 0;
};

// A shelf's last window is open: it has no end yet.
struct OpenShelf {
  std::vector<Window> windows;
  std::vector<uint32_t> files;
  std::optional<size_t> kept;
  bool changed = false;  // what stands on it has to be read, at least its end
};

// Puts files on shelves; a new window is begun when the next piece is too long.
class Packer {
 public:
  Packer(const Corpus& corpus, const Tokenizer& tokenizer, const PackOptions& options)
      : corpus_(corpus), tokenizer_(tokenizer), options_(options) {
    PromptBuilder opening(tokenizer);
    opening.BeginDocument().OpenSystemTurn(options.system_text).Text("\n");
    opening_ = opening.Take();
    PromptBuilder closing(tokenizer);
    closing.CloseTurn();
    closing_ = closing.Take();
  }

  Window Passages(const std::vector<Passage>& passages) {
    OpenOne({});
    for (const Passage& passage : passages) {
      const CorpusFile& file = corpus_.files[passage.file];
      std::vector<Token> header = Header(file);
      for (uint32_t line = passage.begin; line < passage.end; ++line) {
        const std::vector<Token> tokens = EncodeLine(file, line, NextNumber());
        if (header.size() + tokens.size() > Room()) return Finish(window());
        Append(header);
        header.clear();
        Place(passage.file, line, tokens);
      }
    }
    return Finish(window());
  }

  // As if nothing had been packed before.
  Result<Pack> Anew() {
    Begin();
    OpenOne({});
    for (uint32_t file = 0; file < corpus_.files.size(); ++file) {
      Encoded encoded = Encode(file);
      if (encoded.total > Room() && !window().lines.empty()) {
        OpenOne({});
        encoded = Encode(file);
      }
      if (auto status = Add(file, encoded); !status) return status.error();
    }
    return Close();
  }

  Result<Pack> After(const Layout& kept) {
    Begin();
    for (uint32_t file = 0; file < corpus_.files.size(); ++file)
      by_path_.emplace(corpus_.files[file].path, file);
    for (size_t i = 0; i < kept.shelves.size(); ++i) {
      if (auto status = FillAgain(kept.shelves[i], i); !status) return status.error();
    }
    for (const auto& [path, file] : by_path_) left_.push_back(file);
    std::sort(left_.begin(), left_.end());
    for (const uint32_t file : left_) {
      if (auto status = FindPlace(file); !status) return status.error();
    }
    if (shelves_.empty()) OpenOne({});
    return Close();
  }

 private:
  OpenShelf& shelf() { return shelves_[at_]; }
  Window& window() { return shelves_[at_].windows.back(); }
  const Window& window() const { return shelves_[at_].windows.back(); }
  size_t NextNumber() const { return window().lines.size() + 1; }

  size_t Room() const {
    const size_t used = window().tokens.size() + closing_.size() + options_.reserve_tokens;
    return used >= options_.window_tokens ? 0 : options_.window_tokens - used;
  }

  void Begin() {
    pack_.files.resize(corpus_.files.size());
    for (const CorpusFile& file : corpus_.files) pack_.digests.push_back(FileDigest(file.bytes));
  }

  void OpenOne(std::optional<size_t> kept) {
    at_ = shelves_.size();
    shelves_.push_back({.windows = {}, .files = {}, .kept = kept});
    OpenWindow();
  }

  void OpenWindow() {
    shelf().windows.emplace_back();
    window().tokens = opening_;
  }

  Window Finish(Window& window) const {
    window.tokens.insert(window.tokens.end(), closing_.begin(), closing_.end());
    return std::move(window);
  }

  Result<Pack> Close() {
    for (OpenShelf& one : shelves_) {
      Shelf shelf{.files = std::move(one.files),
                  .window = pack_.windows.size(),
                  .windows = one.windows.size(),
                  .kept = one.kept};
      for (const uint32_t file : shelf.files) pack_.files[file].window += shelf.window;
      for (Window& window : one.windows) {
        pack_.windows.push_back(Finish(window));
        pack_.tokens += pack_.windows.back().tokens.size();
      }
      pack_.shelves.push_back(std::move(shelf));
    }
    return std::move(pack_);
  }

  // The files up to the first change as they stood, then the others by history, those that changed
  // now last: whoever edits a file often edits it again.
  Status FillAgain(const LaidShelf& kept, size_t index) {
    OpenOne(index);
    size_t i = 0;
    for (; i < kept.files.size(); ++i) {
      const auto found = by_path_.find(kept.files[i].path);
      if (found == by_path_.end() || pack_.digests[found->second] != kept.files[i].digest) break;
      const Encoded encoded = Encode(found->second);
      if (encoded.total > Room() && !window().lines.empty()) break;
      if (auto status = Add(found->second, encoded); !status) return status;
      by_path_.erase(found);
    }
    shelf().changed = i < kept.files.size();
    std::vector<std::pair<bool, uint32_t>> rest;  // changed, file: the corpus lists by history
    for (; i < kept.files.size(); ++i) {
      const auto found = by_path_.find(kept.files[i].path);
      if (found == by_path_.end()) continue;
      rest.emplace_back(pack_.digests[found->second] != kept.files[i].digest, found->second);
      by_path_.erase(found);
    }
    std::sort(rest.begin(), rest.end());
    for (const auto& [changed, file] : rest) {
      const Encoded encoded = Encode(file);
      if (encoded.total > Room() && !window().lines.empty()) {
        left_.push_back(file);
      } else if (auto status = Add(file, encoded); !status) {
        return status;
      }
    }
    if (shelf().files.empty()) shelves_.pop_back();
    return OkStatus();
  }

  // At the end of a shelf that is read again anyway, else of any, else on one of its own.
  Status FindPlace(uint32_t file) {
    const size_t lines = corpus_.files[file].lines.size();
    size_t least = 0;  // what it needs wherever it stands: line numbers differ in length
    for (const bool changed : {true, false}) {
      for (at_ = shelves_.size(); at_-- > 0;) {
        if (shelf().changed != changed || least > Room()) continue;
        const Encoded encoded = Encode(file);
        least = encoded.total - std::min(encoded.total, lines * kNumberTokens);
        if (encoded.total > Room()) continue;
        shelf().changed = true;
        return Add(file, encoded);
      }
    }
    OpenOne({});
    return Add(file, Encode(file));
  }

  std::vector<Token> Header(const CorpusFile& file) const {
    return tokenizer_.Encode("== " + file.path + "\n");
  }

  // The suffix depends on the position in the window, so a line is encoded where it is placed.
  std::vector<Token> EncodeLine(const CorpusFile& file, size_t line, size_t number) const {
    std::string text(file.Line(line));
    text += " #" + std::to_string(number) + "\n";
    return tokenizer_.Encode(text);
  }

  Encoded Encode(uint32_t index) const {
    const CorpusFile& file = corpus_.files[index];
    Encoded encoded{.header = Header(file), .lines = {}};
    encoded.total = encoded.header.size();
    for (size_t line = 0; line < file.lines.size(); ++line) {
      encoded.lines.push_back(EncodeLine(file, line, NextNumber() + line));
      encoded.total += encoded.lines.back().size();
    }
    return encoded;
  }

  // `encoded` for the open window.
  Status Add(uint32_t index, const Encoded& encoded) {
    shelf().files.push_back(index);
    pack_.files[index] = {
        .file = index, .tokens = encoded.total, .window = shelf().windows.size() - 1};
    if (encoded.total > Room()) return Split(index, encoded.header);
    Append(encoded.header);
    for (uint32_t line = 0; line < encoded.lines.size(); ++line)
      Place(index, line, encoded.lines[line]);
    return OkStatus();
  }

  Status Split(uint32_t index, const std::vector<Token>& header) {
    const CorpusFile& file = corpus_.files[index];
    Append(header);
    for (uint32_t line = 0; line < file.lines.size(); ++line) {
      std::vector<Token> tokens = EncodeLine(file, line, NextNumber());
      if (tokens.size() > Room()) {
        OpenWindow();
        Append(header);
        tokens = EncodeLine(file, line, NextNumber());
        if (tokens.size() > Room()) {
          tokens = tokenizer_.Encode(" #" + std::to_string(NextNumber()) + "\n");
          pack_.omitted.push_back({.file = index, .line = line});
          if (tokens.size() > Room()) {
            return Error{Code::kLimit, "a window of " + std::to_string(options_.window_tokens) +
                                           " tokens has no room behind its system text"};
          }
        }
      }
      Place(index, line, tokens);
    }
    return OkStatus();
  }

  void Place(uint32_t file, uint32_t line, const std::vector<Token>& tokens) {
    const auto begin = static_cast<uint32_t>(window().tokens.size());
    Append(tokens);
    window().lines.push_back({.file = file,
                              .line = line,
                              .token_begin = begin,
                              .token_end = static_cast<uint32_t>(window().tokens.size())});
  }

  void Append(const std::vector<Token>& tokens) {
    window().tokens.insert(window().tokens.end(), tokens.begin(), tokens.end());
  }

  const Corpus& corpus_;
  const Tokenizer& tokenizer_;
  const PackOptions& options_;
  std::vector<Token> opening_, closing_;
  std::vector<OpenShelf> shelves_;
  size_t at_ = 0;                                 // the shelf that is being filled
  std::map<std::string_view, uint32_t> by_path_;  // files without a place
  std::vector<uint32_t> left_;                    // files that lost theirs
  Pack pack_;
};

}  // namespace

std::vector<uint32_t> Pack::Overflow() const {
  std::vector<uint32_t> overflow;
  for (const FileTokens& file : files) {
    if (file.window > 0) overflow.push_back(file.file);
  }
  return overflow;
}

Window PackPassages(const Corpus& corpus, const Tokenizer& tokenizer,
                    const std::vector<Passage>& passages, const PackOptions& options) {
  return Packer(corpus, tokenizer, options).Passages(passages);
}

Result<Pack> PackCorpus(const Corpus& corpus, const Tokenizer& tokenizer,
                        const PackOptions& options, const Layout* kept) {
  if (kept == nullptr || kept->shelves.empty()) return Packer(corpus, tokenizer, options).Anew();
  auto pack = Packer(corpus, tokenizer, options).After(*kept);
  if (!pack) return pack;
  const size_t room = std::max<size_t>(1, options.window_tokens - options.reserve_tokens);
  if (!HasHoles(pack->windows.size(), pack->tokens / room + 1)) return pack;
  auto anew = Packer(corpus, tokenizer, options).Anew();
  if (!anew || HasHoles(pack->windows.size(), anew->windows.size())) return anew;
  return pack;
}

Layout LayoutOf(const Corpus& corpus, const Pack& pack) {
  Layout layout;
  for (const Shelf& shelf : pack.shelves) {
    LaidShelf& laid = layout.shelves.emplace_back();
    laid.keys.resize(shelf.windows);
    for (const uint32_t file : shelf.files)
      laid.files.push_back({corpus.files[file].path, pack.digests[file]});
  }
  return layout;
}

}  // namespace fathom
