// SPDX-License-Identifier: Apache-2.0
// After an edit files stand where they stood: only a shelf that holds a change differs, and only
// from the change on. With the shipped tokenizer.
#include "rag/layout.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "rag/pack.h"

namespace fathom {
namespace {

const Tokenizer& Nano() {
  static const auto* const kTokenizer = [] {
    auto loaded = Tokenizer::Load(std::string(FATHOM_SOURCE_DIR) + "/models/nano/tokenizer.json");
    CHECK_MESSAGE(loaded.ok(), loaded ? "" : loaded.error().Text());
    return loaded->release();
  }();
  return *kTokenizer;
}

const PackOptions kOptions{.window_tokens = 1'024, .reserve_tokens = 64, .system_text = "Read."};

CorpusFile File(const std::string& path, const std::string& bytes) {
  CorpusFile file{.path = path, .language = "text", .bytes = bytes};
  file.lines = SplitLines(file.bytes);
  return file;
}

std::string Text(int seed, int lines) {
  std::string text;
  for (int i = 0; i < lines; ++i)
    text += "value_" + std::to_string(seed) + " = read(" + std::to_string(i) + ")\n";
  return text;
}

// Files f0, f1, ... in the order of their history.
Corpus Some(int count) {
  Corpus corpus;
  for (int i = 0; i < count; ++i)
    corpus.files.push_back(File("f" + std::to_string(i), Text(i, 8 + i % 7 * 3)));
  return corpus;
}

Pack Packed(const Corpus& corpus, const Layout* kept = nullptr) {
  auto pack = PackCorpus(corpus, Nano(), kOptions, kept);
  CHECK_MESSAGE(pack.ok(), pack ? "" : pack.error().Text());
  return std::move(*pack);
}

size_t Shared(const Window& a, const Window& b) {
  const auto [left, right] =
      std::mismatch(a.tokens.begin(), a.tokens.end(), b.tokens.begin(), b.tokens.end());
  return static_cast<size_t>(left - a.tokens.begin());
}

std::vector<std::string> Paths(const Corpus& corpus, const Shelf& shelf) {
  std::vector<std::string> paths;
  for (const uint32_t file : shelf.files) paths.push_back(corpus.files[file].path);
  return paths;
}

// Every line once, in order within its file, and every window within its limit.
void ExpectWhole(const Corpus& corpus, const Pack& pack) {
  std::vector<size_t> next(corpus.files.size(), 0);
  for (const Window& window : pack.windows) {
    EXPECT_LE(window.tokens.size(), kOptions.window_tokens - kOptions.reserve_tokens);
    for (const PackedLine& line : window.lines) EXPECT_EQ(line.line, next[line.file]++);
  }
  for (size_t i = 0; i < next.size(); ++i) {
    EXPECT_EQ(next[i], corpus.files[i].lines.size()) << corpus.files[i].path;
    const FileTokens& file = pack.files[i];
    EXPECT_EQ(file.file, i);
    const auto& lines = pack.windows[file.window].lines;
    EXPECT_TRUE(std::ranges::any_of(lines, [&](const auto& line) { return line.file == i; }));
  }
}

TEST(Layout, NothingChangedIsPackedAsItWas) {
  const Corpus corpus = Some(40);
  const Pack before = Packed(corpus);
  ASSERT_GT(before.windows.size(), 4u);
  Corpus reversed = corpus;  // another history
  std::ranges::reverse(reversed.files);
  const Layout layout = LayoutOf(corpus, before);
  const Pack after = Packed(reversed, &layout);
  ExpectWhole(reversed, after);
  ASSERT_EQ(after.windows.size(), before.windows.size());
  for (size_t i = 0; i < before.windows.size(); ++i)
    EXPECT_EQ(after.windows[i].tokens, before.windows[i].tokens);
}

TEST(Layout, AnEditChangesOneShelfFromTheChangeOn) {
  Corpus corpus = Some(40);
  const Pack before = Packed(corpus);
  const Layout layout = LayoutOf(corpus, before);
  const uint32_t edited = before.shelves[2].files[1];
  corpus.files[edited].bytes += "one_more = 1\n";
  corpus.files[edited].lines = SplitLines(corpus.files[edited].bytes);
  const Pack after = Packed(corpus, &layout);
  ExpectWhole(corpus, after);
  ASSERT_GE(after.shelves.size(), before.shelves.size());
  size_t touched = 0;
  for (size_t s = 0; s < before.shelves.size(); ++s) {
    const Window &a = before.windows[before.shelves[s].window],
                 &b = after.windows[after.shelves[s].window];
    EXPECT_EQ(after.shelves[s].kept, s);
    if (s == 2) {
      EXPECT_GE(Shared(a, b), before.windows[before.shelves[2].window]
                                  .lines[corpus.files[before.shelves[2].files[0]].lines.size() - 1]
                                  .token_end);
    } else if (a.tokens != b.tokens) {
      ++touched;  // what found no room on its shelf stands at the end of another
      EXPECT_GE(Shared(a, b) + 2, a.tokens.size());
    }
  }
  EXPECT_LE(touched, 1u);
}

// What is read again anyway stands in the order of history; what stands before it keeps its place.
TEST(Layout, BehindTheChangeHistoryDecidesAndWhatChangedIsLast) {
  Corpus corpus;
  for (const char* name : {"a", "b", "c", "d", "e"}) corpus.files.push_back(File(name, Text(1, 5)));
  const Layout layout = LayoutOf(corpus, Packed(corpus));
  // b is changed; by now c is what changes most, and a has changed more often than d.
  corpus.files[1].bytes += "x\n";
  corpus.files[1].lines = SplitLines(corpus.files[1].bytes);
  Corpus today;
  for (const size_t i : {4, 3, 0, 1, 2})
    today.files.push_back(corpus.files[static_cast<size_t>(i)]);
  const Pack after = Packed(today, &layout);
  ExpectWhole(today, after);
  ASSERT_EQ(after.shelves.size(), 1u);
  EXPECT_EQ(Paths(today, after.shelves[0]), (std::vector<std::string>{"a", "e", "d", "c", "b"}));
}

TEST(Layout, ANewFileGoesToTheEndOfAShelf) {
  Corpus corpus = Some(12);
  const Pack before = Packed(corpus);
  const Layout layout = LayoutOf(corpus, before);
  corpus.files.insert(corpus.files.begin(), File("new", "x = 1\n"));
  const Pack after = Packed(corpus, &layout);
  ExpectWhole(corpus, after);
  ASSERT_EQ(after.windows.size(), before.windows.size());
  size_t changed = 0;
  for (size_t i = 0; i < before.windows.size(); ++i) {
    if (after.windows[i].tokens == before.windows[i].tokens) continue;
    ++changed;
    EXPECT_GE(Shared(before.windows[i], after.windows[i]) + 2, before.windows[i].tokens.size());
  }
  EXPECT_EQ(changed, 1u);
}

// Files that are gone leave holes; too many, and all is packed anew.
TEST(Layout, HolesAreClosedWhenTheyCostAQuarter) {
  const Corpus corpus = Some(60);
  const Pack before = Packed(corpus);
  const Layout layout = LayoutOf(corpus, before);
  Corpus half;
  for (size_t i = 0; i < corpus.files.size(); i += 2) half.files.push_back(corpus.files[i]);
  const Pack after = Packed(half, &layout), anew = Packed(half);
  ExpectWhole(half, after);
  EXPECT_EQ(after.windows.size(), anew.windows.size());
  Corpus most = corpus;
  most.files.erase(most.files.begin() + 3);
  const Pack kept = Packed(most, &layout);
  ExpectWhole(most, kept);
  EXPECT_TRUE(kept.shelves[1].kept);
}

// Random edits, one after another, with files longer than a window: nothing is lost or doubled, and
// the layout read back from its text is the one written.
TEST(Layout, ManyEditsLoseNothing) {
  std::mt19937 random(11);
  Corpus corpus = Some(30);
  corpus.files.push_back(File("long", Text(3, 150)));
  Layout layout = LayoutOf(corpus, Packed(corpus));
  for (int round = 0; round < 40; ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    for (int edits = 1 + static_cast<int>(random() % 4); edits > 0; --edits) {
      const size_t at = random() % corpus.files.size();
      switch (random() % 4) {
        case 0:
          corpus.files.insert(corpus.files.begin() + static_cast<std::ptrdiff_t>(at),
                              File("n" + std::to_string(round) + "_" + std::to_string(edits),
                                   Text(round, 1 + static_cast<int>(random() % 60))));
          break;
        case 1:
          if (corpus.files.size() > 5)
            corpus.files.erase(corpus.files.begin() + static_cast<std::ptrdiff_t>(at));
          break;
        case 2:
          std::swap(corpus.files[at], corpus.files[random() % corpus.files.size()]);
          break;
        default:
          corpus.files[at] =
              File(corpus.files[at].path, Text(round, 1 + static_cast<int>(random() % 90)));
      }
    }
    const Pack pack = Packed(corpus, &layout);
    ExpectWhole(corpus, pack);
    layout = LayoutOf(corpus, pack);
    for (LaidShelf& shelf : layout.shelves)
      for (std::string& key : shelf.keys) key = "key" + std::to_string(random() % 9);
    auto read = ParseLayout(LayoutText(layout));
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(LayoutText(*read), LayoutText(layout));
  }
}

TEST(Layout, WhatIsNoLayoutIsRefused) {
  for (const char* text :
       {"", "{}", "[1]", R"([{"files": []}])", R"([{"files": [["a"]], "keys": []}])",
        R"([{"files": [["a", 1]], "keys": []}])", R"([{"files": [], "keys": [0]}])"}) {
    EXPECT_FALSE(ParseLayout(text).ok()) << text;
  }
  EXPECT_TRUE(ParseLayout("[]").ok());
}

}  // namespace
}  // namespace fathom
