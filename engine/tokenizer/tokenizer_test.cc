// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizer/tokenizer.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <random>
#include <sstream>

#include "base/json.h"
#include "engine/tokenizer/pretokenizer.h"
#include "engine/tokenizer/tokenize_command.h"
#include "engine/tokenizer/tokenizer_parts.h"

namespace fathom {
namespace {

// The control tokens of nano, and names M1's family uses.
const std::vector<std::string> kControlTexts = {"<begin_of_document>",
                                                "<end_of_document>",
                                                "<beginning_of_sentence>",
                                                "<end_of_sentence>",
                                                "<ok>",
                                                "<r01>",
                                                "<r12>",
                                                "<none>",
                                                "<s00>",
                                                "<s13>",
                                                "<fim_prefix>",
                                                "<reponame>",
                                                "<|im_end|>",
                                                "]~b]",
                                                "[e~["};

// The first bytes are every byte; then `merges` random merges over the texts' own pairs, then
// control tokens.
TokenizerParts RandomParts(Pretokenizer pretokenizer, int merges, uint32_t seed) {
  TokenizerParts parts{.pretokenizer = pretokenizer};
  std::mt19937 random(seed);
  for (int byte = 0; byte < 256; ++byte) parts.pieces.emplace_back(1, static_cast<char>(byte));
  std::map<std::string, Token> known;
  for (Token id = 0; id < 256; ++id) known[parts.pieces[id]] = id;
  const std::string letters = "abcd <>_end";
  while (static_cast<int>(parts.merges.size()) < merges) {
    const auto pick = [&]() -> Token {
      if (parts.merges.empty() || random() % 3 == 0) {
        return static_cast<unsigned char>(letters[random() % letters.size()]);
      }
      return 256 + static_cast<Token>(random() % parts.merges.size());
    };
    const Token left = pick(), right = pick();
    const std::string joined = parts.pieces[left] + parts.pieces[right];
    if (joined.size() > 12 || known.count(joined)) continue;
    known[joined] = static_cast<Token>(parts.pieces.size());
    parts.pieces.push_back(joined);
    parts.merges.emplace_back(left, right);
  }
  return parts;
}

void AddControls(TokenizerParts* parts) {
  for (const std::string& text : kControlTexts) {
    parts->control.push_back(static_cast<Token>(parts->pieces.size()));
    parts->pieces.push_back(text);
  }
  parts->eos = parts->control[3];
}

std::unique_ptr<Tokenizer> Make(TokenizerParts parts) {
  auto made = Tokenizer::FromParts(std::move(parts));
  CHECK_MESSAGE(made.ok(), made.ok() ? "" : made.error().Text());
  return std::move(*made);
}

// Merges whole pieces by the definition: again and again the lowest-ranked pair, the leftmost of
// equals.
std::vector<Token> NaiveEncode(const TokenizerParts& parts, std::string_view text) {
  std::map<std::pair<Token, Token>, std::pair<size_t, Token>> merges;
  std::map<std::string, Token> id_of;
  for (size_t id = 0; id < parts.pieces.size(); ++id) {
    id_of.emplace(parts.pieces[id], static_cast<Token>(id));
  }
  for (size_t rank = 0; rank < parts.merges.size(); ++rank) {
    const auto [left, right] = parts.merges[rank];
    merges[{left, right}] = {rank, id_of[parts.pieces[left] + parts.pieces[right]]};
  }
  std::vector<Token> out;
  for (size_t at = 0; at < text.size();) {
    const size_t end = PieceEnd(parts.pretokenizer, text, at);
    std::vector<Token> tokens;
    for (; at < end; ++at) tokens.push_back(static_cast<unsigned char>(text[at]));
    for (;;) {
      size_t best_rank = SIZE_MAX, best = 0;
      for (size_t i = 0; i + 1 < tokens.size(); ++i) {
        const auto found = merges.find({tokens[i], tokens[i + 1]});
        if (found != merges.end() && found->second.first < best_rank) {
          best_rank = found->second.first;
          best = i;
        }
      }
      if (best_rank == SIZE_MAX) break;
      tokens[best] = merges[{tokens[best], tokens[best + 1]}].second;
      tokens.erase(tokens.begin() + static_cast<ptrdiff_t>(best) + 1);
    }
    out.insert(out.end(), tokens.begin(), tokens.end());
  }
  return out;
}

TEST(Tokenizer, MergingEqualsItsDefinitionForShortAndLongPieces) {
  std::mt19937 random(3);
  for (uint32_t seed = 0; seed < 12; ++seed) {
    const TokenizerParts parts =
        RandomParts(seed % 2 ? Pretokenizer::kNano : Pretokenizer::kM1, 20 + 30 * seed, seed);
    const auto tokenizer = Make(parts);
    for (int round = 0; round < 25; ++round) {
      std::string text;
      const size_t size = round < 15 ? random() % 60 : random() % 900;
      while (text.size() < size) {
        // Long runs of letters give pieces past the length at which a heap takes over.
        text += random() % 60 == 0 ? ' ' : "abcden<>_"[random() % (round % 2 ? 6 : 9)];
      }
      ASSERT_EQ(tokenizer->Encode(text), NaiveEncode(parts, text)) << seed << " " << text;
    }
  }
}

TEST(Tokenizer, AnyBytesDecodeToThemselves) {
  std::mt19937 random(9);
  for (const Pretokenizer pretokenizer : {Pretokenizer::kM1, Pretokenizer::kNano}) {
    TokenizerParts parts = RandomParts(pretokenizer, 200, 1);
    AddControls(&parts);
    const auto tokenizer = Make(std::move(parts));
    for (int round = 0; round < 300; ++round) {
      std::string text(random() % 3000, '\0');
      for (char& c : text) c = static_cast<char>(round % 2 ? random() : "ab d<"[random() % 5]);
      ASSERT_EQ(tokenizer->Decode(tokenizer->Encode(text)), text);
    }
  }
}

// Variants of one special string: letter case, something put in or left out at every place, every
// neighbour.
std::vector<std::string> Variants(const std::string& text) {
  std::vector<std::string> out = {text, text + text};
  std::string upper = text, title = text;
  for (char& c : upper) c = static_cast<char>(std::toupper(c));
  out.push_back(upper);
  for (size_t i = 0; i < text.size(); ++i) {
    std::string flipped = text;
    flipped[i] = static_cast<char>(flipped[i] ^ 0x20);
    out.push_back(flipped);
    out.push_back(text.substr(0, i) + text.substr(i + 1));
    out.push_back(text.substr(0, i) + text + text.substr(i));
    for (const char* put :
         {" ", "\n", "\t", "\\", "\xE2\x80\x8B", "\xCC\x81", "\xC2\xAD", "\xFF"}) {
      out.push_back(text.substr(0, i) + put + text.substr(i));
    }
  }
  for (int byte = 0; byte < 256; ++byte) {
    const std::string neighbour(1, static_cast<char>(byte));
    out.push_back(neighbour + text);
    out.push_back(text + neighbour);
    out.push_back(neighbour + text + neighbour);
  }
  for (const std::string& other : kControlTexts) {
    out.push_back(other + text);
    out.push_back(other + "\n" + text + "x" + other);
  }
  return out;
}

void ExpectContentNeverYieldsControl(const Tokenizer& tokenizer) {
  size_t checked = 0;
  for (const Token control : tokenizer.parts().control) {
    const std::string text(tokenizer.Piece(control));
    for (const std::string& variant : Variants(text)) {
      const std::vector<Token> tokens = tokenizer.Encode(variant);
      for (const Token token : tokens) ASSERT_FALSE(tokenizer.IsControl(token)) << variant;
      ASSERT_EQ(tokenizer.Decode(tokens), variant);
      ++checked;
    }
    // The test can fail: the trusted path does give the control token.
    ASSERT_EQ(tokenizer.EncodeTrusted(text), std::vector<Token>{control}) << text;
  }
  std::cout << checked << " variants of " << tokenizer.parts().control.size()
            << " special strings\n";
}

TEST(Tokenizer, ContentNeverYieldsAControlToken) {
  for (const Pretokenizer pretokenizer : {Pretokenizer::kM1, Pretokenizer::kNano}) {
    TokenizerParts parts = RandomParts(pretokenizer, 400, 77);
    // An ordinary token may spell a control token's text: content gives the ordinary one.
    parts.pieces.push_back("<e");
    parts.merges.emplace_back('<', 'e');
    AddControls(&parts);
    ExpectContentNeverYieldsControl(*Make(std::move(parts)));
  }
  const std::string nano = std::string(FATHOM_SOURCE_DIR) + "/models/nano/tokenizer.json";
  if (std::filesystem::exists(nano)) {
    const auto tokenizer = Tokenizer::Load(nano);
    ASSERT_TRUE(tokenizer.ok()) << tokenizer.error().Text();
    EXPECT_EQ((*tokenizer)->vocabulary(), 4096u);
    EXPECT_EQ((*tokenizer)->Control("<end_of_sentence>"), 4067);
    ExpectContentNeverYieldsControl(**tokenizer);
  }
}

TEST(Tokenizer, TrustedTextTakesTheLeftmostAndLongestSpecialString) {
  TokenizerParts parts = RandomParts(Pretokenizer::kNano, 0, 1);
  parts.pieces.insert(parts.pieces.end(), {"<a>", "<a>b", "a>b"});
  parts.control = {256, 257, 258};
  const auto tokenizer = Make(std::move(parts));
  EXPECT_EQ(tokenizer->EncodeTrusted("<a>bx<a>ca>b"),
            (std::vector<Token>{257, 'x', 256, 'c', 258}));
  EXPECT_EQ(tokenizer->Decode(std::vector<Token>{257, 'x', 256}), "x");
  EXPECT_EQ(tokenizer->Decode(std::vector<Token>{257, 'x', 256}, true), "<a>bx<a>");
}

TEST(Tokenizer, FingerprintChangesWithEveryPart) {
  const TokenizerParts base = [] {
    TokenizerParts parts = RandomParts(Pretokenizer::kM1, 20, 4);
    AddControls(&parts);
    return parts;
  }();
  std::map<std::string, int> seen;
  const auto add = [&](const TokenizerParts& parts) { ++seen[Make(parts)->fingerprint()]; };
  add(base);
  add(base);
  TokenizerParts other = base;
  other.pretokenizer = Pretokenizer::kNano;
  add(other);
  other = base;
  other.eos.reset();
  add(other);
  other = base;
  std::swap(other.merges[0], other.merges[1]);
  add(other);
  other = base;
  other.control.pop_back();
  add(other);
  other = base;
  other.pieces.back() += "x";
  add(other);
  EXPECT_EQ(seen.size(), 6u);
  EXPECT_EQ(seen.begin()->first.size(), 64u);
}

TEST(Tokenizer, BadPartsAreRefusedByName) {
  const auto refusal = [](auto change) {
    TokenizerParts parts = RandomParts(Pretokenizer::kM1, 10, 2);
    AddControls(&parts);
    change(parts);
    const auto made = Tokenizer::FromParts(std::move(parts));
    return made.ok() ? std::string("accepted") : made.error().Text();
  };
  const auto expect = [&](const char* part, auto change) {
    EXPECT_NE(refusal(change).find(part), std::string::npos) << part << " / " << refusal(change);
  };
  expect("no token for the byte \"A\"", [](auto& p) { p.pieces['A'] = "AA"; });
  expect("two tokens for the byte", [](auto& p) { p.pieces.push_back("A"); });
  expect("are both", [](auto& p) { p.pieces.push_back(p.pieces[256]); });
  expect("merge 10: token 99999", [](auto& p) { p.merges.emplace_back(1, 99999); });
  expect("merge 10: token -1", [](auto& p) { p.merges.emplace_back(-1, 1); });
  expect("is no token", [](auto& p) { p.merges.emplace_back(200, 201); });
  expect("listed twice", [](auto& p) { p.merges.push_back(p.merges[0]); });
  expect("cannot be merged", [](auto& p) { p.merges.emplace_back(p.control[0], 1); });
  expect("control token 99999", [](auto& p) { p.control.push_back(99999); });
  expect("control token -5", [](auto& p) { p.control.push_back(-5); });
  expect("two control tokens", [](auto& p) { p.control.push_back(p.control[0]); });
  expect("has no text", [](auto& p) {
    p.control.push_back(static_cast<Token>(p.pieces.size()));
    p.pieces.push_back("");
  });
  expect("eos token 5000", [](auto& p) { p.eos = 5000; });
  expect("over the limit", [](auto& p) { p.pieces.resize(1'000'001); });
}

Json SmallTokenizerJson() {
  Json vocabulary = Json::EmptyObject();
  for (int byte = 0; byte < 256; ++byte) {
    vocabulary.as_object().emplace_back(SymbolsOfBytes(std::string(1, static_cast<char>(byte))),
                                        byte);
  }
  vocabulary.Set("ab", 256);
  vocabulary.Set(
      "\xC4\xA0"
      "ab",
      257);  // " ab"
  auto json = Json::Parse(R"({
    "normalizer": null, "post_processor": null, "decoder": {"type": "ByteLevel"},
    "added_tokens": [{"id": 300, "content": "<end_of_sentence>", "special": true, "lstrip": false}],
    "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
      {"type": "Split", "pattern": {"Regex": ""}, "behavior": "Isolated", "invert": false},
      {"type": "ByteLevel", "add_prefix_space": false, "use_regex": false}]},
    "model": {"type": "BPE", "dropout": null, "byte_fallback": false,
              "merges": ["a b", ["\u0120", "ab"]]}})");
  CHECK(json.ok());
  Json& steps = json->Set("pre_tokenizer", *json->Find("pre_tokenizer"));
  steps.as_object()[1]
      .second.as_array()[0]
      .Set("pattern", Json::EmptyObject())
      .Set("Regex", PatternText(Pretokenizer::kM1));
  Json model = *json->Find("model");
  model.Set("vocab", vocabulary);
  json->Set("model", model);
  return *json;
}

TEST(TokenizerJson, LoadsWithItsConfigFromAFolder) {
  const auto folder = std::filesystem::temp_directory_path() /
                      ("fathom_tokenizer_test_" + std::to_string(getpid()));
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "tokenizer.json") << SmallTokenizerJson().Dump();
  std::ofstream(folder / "tokenizer_config.json")
      << R"({"eos_token": {"content": "<end_of_sentence>"}, "bos_token": null})";
  const auto tokenizer = Tokenizer::Load(folder.string());
  const auto by_file = Tokenizer::Load((folder / "tokenizer.json").string());
  std::filesystem::remove_all(folder);
  ASSERT_TRUE(tokenizer.ok()) << tokenizer.error().Text();
  ASSERT_TRUE(by_file.ok());
  EXPECT_EQ((*tokenizer)->fingerprint(), (*by_file)->fingerprint());
  EXPECT_EQ((*tokenizer)->vocabulary(), 301u);
  EXPECT_EQ((*tokenizer)->eos(), 300);
  EXPECT_EQ((*tokenizer)->bos(), std::nullopt);
  EXPECT_EQ((*tokenizer)->Encode("ab ab<end_of_sentence>").front(), 256);
  EXPECT_EQ((*tokenizer)->Encode("ab ab")[1], 257);
  EXPECT_EQ((*tokenizer)->Decode(std::vector<Token>{299, 257}), " ab");

  std::istringstream in("\"ab ab\"\n\n\"ab<end_of_sentence>\"\n");
  std::ostringstream out, err;
  EXPECT_EQ(RunTokenizeCommand(**tokenizer, {.trusted = true}, in, out, err), 0) << err.str();
  EXPECT_EQ(out.str(), "[256, 257]\n[256, 300]\n");
  std::istringstream bad("\"a\"\n{}\n");
  EXPECT_EQ(RunTokenizeCommand(**tokenizer, {}, bad, out, err), 2);
  EXPECT_EQ(err.str(), "line 2: expected a JSON string\n");
}

TEST(TokenizerJson, WhatIsNotUnderstoodIsRefusedByName) {
  const std::string good = SmallTokenizerJson().Dump();
  ASSERT_TRUE(PartsFromTokenizerJson(good, "").ok());
  const std::vector<std::array<std::string, 3>> lies = {
      {"\"normalizer\":null", "\"normalizer\":{\"type\":\"NFC\"}", "normalizer"},
      {"\"type\":\"BPE\"", "\"type\":\"Unigram\"", "model.type"},
      {"\"dropout\":null", "\"dropout\":0.1", "model.dropout"},
      {"\"byte_fallback\":false", "\"byte_fallback\":true", "model.byte_fallback"},
      {"\"behavior\":\"Isolated\"", "\"behavior\":\"Removed\"", "pre_tokenizer"},
      {"\"use_regex\":false", "\"use_regex\":true", "pre_tokenizer"},
      {"\\\\p{N}{1,3}", "\\\\p{N}", "pattern of M1 or nano"},
      {"\"post_processor\":null", "\"post_processor\":{\"type\":\"TemplateProcessing\"}",
       "post_processor"},
      {"\"lstrip\":false", "\"lstrip\":true", "lstrip"},
      {"\"id\":300", "\"id\":-1", "id of"},
      {"\"id\":300", "\"id\":1e3", "id of"},
      {"\"id\":300", "\"id\":65", "belongs to"},
      {"\"id\":300", "\"id\":4000000000", "id of"},
      {"\"a b\"", "\"ab\"", "merge 0"},
      {"\"a b\"", "\"a b c\"", "merge 0"},
      {"\"a b\"", "\"a zz\"", "\"zz\" is no token"},
      {"\"ab\":256", "\"a b\":256", "token 256"},
      {"\"ab\":256", "\"ab\":97", "belongs to"},
      {"\"vocab\":{", "\"vocab\":{\"\":301,", "without text"},
  };
  for (const auto& [from, to, named] : lies) {
    std::string text = good;
    const size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
    const auto parts = PartsFromTokenizerJson(text, "");
    ASSERT_FALSE(parts.ok()) << to;
    EXPECT_NE(parts.error().Text().find(named), std::string::npos) << parts.error().Text();
  }
  EXPECT_FALSE(PartsFromTokenizerJson("[]", "").ok());
  EXPECT_FALSE(PartsFromTokenizerJson(good, R"({"eos_token": "<nowhere>"})").ok());
  EXPECT_FALSE(PartsFromTokenizerJson(good, "{").ok());
}

class M1Vocabulary : public testing::Test {
 protected:
  void SetUp() override {
    const char* data = std::getenv("FATHOM_DATA");
    merges_ = std::string(data ? data : "") + "/m1-tokenizer/merges.txt";
    if (data == nullptr || !std::filesystem::exists(merges_)) {
      GTEST_SKIP() << "set FATHOM_DATA to a folder that holds m1-tokenizer";
    }
  }
  std::string merges_;
};

TEST_F(M1Vocabulary, RebuiltHas200000TokensAndHoldsTheLaws) {
  auto parts = RebuildM1Vocabulary(merges_);
  ASSERT_TRUE(parts.ok()) << parts.error().Text();
  ASSERT_EQ(parts->pieces.size(), 200'000u);
  EXPECT_EQ(parts->pieces[256], "  ");
  EXPECT_EQ(parts->pieces[257], " t");
  AddControls(&*parts);
  const auto start = std::chrono::steady_clock::now();
  const auto tokenizer = Make(std::move(*parts));
  const double load_s =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  ExpectContentNeverYieldsControl(*tokenizer);

  std::string code;
  for (const char* folder : {"base", "engine/tokenizer", "engine", "kernels/support"}) {
    const auto path = std::filesystem::path(FATHOM_SOURCE_DIR) / folder;
    if (!std::filesystem::is_directory(path)) continue;
    for (const auto& entry : std::filesystem::directory_iterator(path)) {
      if (!entry.is_regular_file() || entry.path().extension() == ".inc") continue;
      std::ifstream file(entry.path(), std::ios::binary);
      code.append(std::istreambuf_iterator<char>(file), {});
    }
  }
  const auto encode_start = std::chrono::steady_clock::now();
  const std::vector<Token> tokens = tokenizer->Encode(code);
  const double encode_s =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - encode_start).count();
  EXPECT_EQ(tokenizer->Decode(tokens), code);
  std::cout << "index " << load_s << " s; " << code.size() << " bytes of code, "
            << static_cast<double>(code.size()) / static_cast<double>(tokens.size())
            << " bytes a token, " << static_cast<double>(code.size()) / encode_s / 1e6 << " MB/s\n";
}

TEST(Symbols, SpellEveryByteOnceAndReadBack) {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all.push_back(static_cast<char>(byte));
  EXPECT_EQ(BytesOfSymbols(SymbolsOfBytes(all)), all);
  EXPECT_EQ(SymbolsOfBytes(" \n"), "\xC4\xA0\xC4\x8A");  // as GPT-2 spells them
  EXPECT_EQ(BytesOfSymbols(" "), std::nullopt);
  EXPECT_EQ(BytesOfSymbols("\xE4\xB8\xAD"), std::nullopt);
  EXPECT_EQ(BytesOfSymbols("\xFF"), std::nullopt);
}

}  // namespace
}  // namespace fathom
