// SPDX-License-Identifier: Apache-2.0
#include "rag/pack.h"

#include "engine/chat/chat.h"

namespace fathom {
namespace {

// Builds one window after another; a window is opened with the system turn and closed when the next
// piece is too long.
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
    Open();
    for (const Passage& passage : passages) {
      const CorpusFile& file = corpus_.files[passage.file];
      std::vector<Token> header = tokenizer_.Encode("== " + file.path + "\n");
      for (uint32_t line = passage.begin; line < passage.end; ++line) {
        const std::vector<Token> tokens = EncodeLine(file, line);
        if (header.size() + tokens.size() > Room()) return Finish();
        Append(header);
        header.clear();
        Place(passage.file, line, tokens);
      }
    }
    return Finish();
  }

  Result<Pack> Run() {
    Open();
    for (uint32_t file = 0; file < corpus_.files.size(); ++file) {
      if (auto status = AddFile(file); !status) return status.error();
    }
    Close();
    return std::move(pack_);
  }

 private:
  size_t Room() const {
    const size_t used = window_.tokens.size() + closing_.size() + options_.reserve_tokens;
    return used >= options_.window_tokens ? 0 : options_.window_tokens - used;
  }

  void Open() {
    window_ = {};
    window_.tokens = opening_;
  }

  Window Finish() {
    Append(closing_);
    return std::move(window_);
  }

  void Close() {
    pack_.windows.push_back(Finish());
    pack_.tokens += pack_.windows.back().tokens.size();
  }

  // The suffix depends on the position in the window, so a line is encoded where it is placed.
  std::vector<Token> EncodeLine(const CorpusFile& file, size_t line) const {
    std::string text(file.Line(line));
    text += " #" + std::to_string(window_.lines.size() + 1) + "\n";
    return tokenizer_.Encode(text);
  }

  // Tokens of the whole file as it would stand in the current window.
  size_t Measure(const CorpusFile& file, const std::vector<Token>& header) {
    size_t total = header.size();
    const size_t lines_before = window_.lines.size();
    for (size_t line = 0; line < file.lines.size(); ++line) {
      total += EncodeLine(file, line).size();
      window_.lines.push_back({});
    }
    window_.lines.resize(lines_before);
    return total;
  }

  Status AddFile(uint32_t index) {
    const CorpusFile& file = corpus_.files[index];
    const std::vector<Token> header = tokenizer_.Encode("== " + file.path + "\n");
    const size_t need = Measure(file, header);
    if (need > Room() && !window_.lines.empty()) {
      Close();
      Open();
    }
    pack_.files.push_back({.file = index, .tokens = need, .window = pack_.windows.size()});
    Append(header);
    for (uint32_t line = 0; line < file.lines.size(); ++line) {
      std::vector<Token> tokens = EncodeLine(file, line);
      if (tokens.size() > Room()) {
        Close();
        Open();
        Append(header);
        tokens = EncodeLine(file, line);
        if (tokens.size() > Room()) {
          tokens = tokenizer_.Encode(" #" + std::to_string(window_.lines.size() + 1) + "\n");
          pack_.omitted.push_back({.file = index, .line = line});
          if (tokens.size() > Room()) {
            return Error{Code::kLimit, "a window of " + std::to_string(options_.window_tokens) +
                                           " tokens has no room behind its system text"};
          }
        }
      }
      Place(index, line, tokens);
    }
    return {};
  }

  void Place(uint32_t file, uint32_t line, const std::vector<Token>& tokens) {
    const auto begin = static_cast<uint32_t>(window_.tokens.size());
    Append(tokens);
    window_.lines.push_back({.file = file,
                             .line = line,
                             .token_begin = begin,
                             .token_end = static_cast<uint32_t>(window_.tokens.size())});
  }

  void Append(const std::vector<Token>& tokens) {
    window_.tokens.insert(window_.tokens.end(), tokens.begin(), tokens.end());
  }

  const Corpus& corpus_;
  const Tokenizer& tokenizer_;
  const PackOptions& options_;
  std::vector<Token> opening_, closing_;
  Window window_;
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
                        const PackOptions& options) {
  return Packer(corpus, tokenizer, options).Run();
}

}  // namespace fathom
