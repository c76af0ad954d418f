// SPDX-License-Identifier: Apache-2.0
#include "rag/name_lines.h"

#include <gtest/gtest.h>

#include "rag/test_support.h"

namespace fathom {
namespace {

using test::MadeFile;

int Likeness(std::string_view line, std::string_view name, std::string_view language = "c") {
  return LikenessToDefinition(line, line.find(name), name.size(), language);
}

struct Pair {
  const char *name, *language, *defines, *mentions;
};

// The left one comes first.
TEST(LinesNaming, WhatDefinesComesBeforeWhatMentions) {
  const Pair pairs[] = {
      {"parse", "c", "CJSON_PUBLIC(cJSON *) parse(const char *value)", "    item = parse(value);"},
      {"parse", "c", "static int parse(const char *value) {",
       "static int parse(const char *value);"},
      {"parse", "c", "parse (value)", "  parse (value);"},
      {"parse", "c", "int Reader::parse(const char* value) const {", "  return parse(value);"},
      {"parse", "c", "static int parse(struct reader *reader,", "    use(parse(reader),"},
      {"LIMIT", "c", "#define LIMIT 8", "#if LIMIT > 4"},
      {"LIMIT", "c", "# define LIMIT 8", "/* LIMIT = 8 */"},
      {"LIMIT", "c", "    LIMIT,", "    return LIMIT;"},
      {"node", "c", "struct node {", "struct node *next;"},
      {"node_t", "c", "} node_t;", "static void walk(node_t *node);"},
      {"table", "c", "static const int table[] = {1, 2};", "  x = table[i];"},
      {"load", "python", "def load(path):", "    data = load(path)"},
      {"load", "python", "    async def load(self, path):", "    if load(path):"},
      {"Loader", "python", "class Loader(Base):", "from loaders import Loader"},
      {"TIMEOUT", "python", "TIMEOUT = 30", "    wait(TIMEOUT)"},
      {"Listen", "go", "func (s *Server) Listen(at string) error {", "\tgo s.Listen(at)"},
      {"Serve", "go", "type Serve struct {", "\tvar s Serve"},
      {"send", "javascript", "res.send = function send(body) {", "  return res.send(body);"},
      {"send", "javascript", "  send(body) {", "  send(body);"},
      {"send", "javascript", "const send = (body) => {", "// send = anything"},
      {"open", "java", "  public static Reader open(Path path) {", "    Reader r = open(path);"},
      {"spawn", "rust", "pub fn spawn<F>(f: F) -> Handle {", "    let h = spawn(f);"},
      {"Close", "go", "\tClose(ctx Context) error", "\tClose(ctx)"},
      {"fetch", "typescript", "  fetch(url: string): Promise<void>;",
       "    fetch(url) ? use(url) : skip"},
      {"fetch", "typescript", "  fetch(url: string): Promise<void>;", "    fetch(url);"},
      {"total", "go", "\ttotal int64", "\treport(total(order))"},
      {"port", "yaml", "port: 8080", "# port: the one to listen at"},
      {"parse", "c", "parse(value)", "  log(\"parse(value)\");"},
  };
  for (const Pair& pair : pairs) {
    EXPECT_GT(Likeness(pair.defines, pair.name, pair.language),
              Likeness(pair.mentions, pair.name, pair.language))
        << pair.defines << " / " << pair.mentions;
  }
}

TEST(LinesNaming, OnlyWholeNamesAndTheLikeliestFirst) {
  Corpus corpus;
  corpus.files.push_back(MadeFile("README.md", "markdown", "`load` reads a file.\n"));
  corpus.files.push_back(MadeFile("test/load.py", "python", "def load(path):\n    pass\n"));
  corpus.files.push_back(
      MadeFile("a.py", "python", "reload(x)\nload_all()\nx = load(y)\ndef load(path):\n"));
  const auto lines = LinesNaming(corpus, "load");
  ASSERT_EQ(lines.size(), 4u);
  EXPECT_EQ(corpus.files[lines[0].file].path, "a.py");
  EXPECT_EQ(lines[0].line, 3u);
  EXPECT_EQ(corpus.files[lines[1].file].path, "test/load.py");
  EXPECT_EQ(corpus.files[lines[3].file].path, "README.md");
  EXPECT_TRUE(LinesNaming(corpus, "oad").empty());
  EXPECT_TRUE(LinesNaming(corpus, "").empty());
  EXPECT_TRUE(LinesNaming(Corpus(), "load").empty());
}

TEST(LinesNaming, WhatIsOnlyCalledIsToldFromWhatStandsInOtherWays) {
  const auto only_called = [](const char* language, const char* text) {
    Corpus corpus;
    corpus.files.push_back(MadeFile("a", language, text));
    return OnlyCalled(LinesNaming(corpus, "fill"));
  };
  EXPECT_TRUE(only_called("c", "void f(void) {\n  fill(p, 0);\n}\n"));
  EXPECT_TRUE(only_called("c", "// fill is from the library\n  return fill(p, 0);\n"));
  EXPECT_FALSE(only_called("c", "void fill(char *p);\n  fill(p);\n"));
  EXPECT_FALSE(only_called("sql", "  fill INTEGER NOT NULL,\n"));
  EXPECT_FALSE(only_called("c", "// fill it\n"));
  EXPECT_FALSE(only_called("c", "int other;\n"));
}

TEST(LinesNaming, AnyBytesAreALine) {
  Corpus corpus;
  corpus.files.push_back(MadeFile("a", "c", std::string("x\0\xff[x x\n", 8)));
  EXPECT_EQ(LinesNaming(corpus, "x").size(), 1u);
  EXPECT_EQ(LinesNaming(corpus, "\xff").size(), 1u);
}

}  // namespace
}  // namespace fathom
