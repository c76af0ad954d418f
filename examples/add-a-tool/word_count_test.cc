// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>

#include "tools/test_support.h"

namespace fathom {

Tool WordCountTool();

namespace {

// The oracle is wc(1).
TEST(WordCount, CountsAsWcDoes) {
  TestWorkspace folder;
  TestSession session(folder);
  ASSERT_TRUE(session.registry.Add(WordCountTool()).ok());
  for (const char* text : {"", "one", "one two\n", "  a\tb\n\nc d e \n", "a\r\nb"}) {
    folder.Write("a.txt", text);
    const std::string command =
        "wc -lwc < " + folder.At("a.txt") +
        " | awk '{printf \"%d lines, %d words, %d bytes\", $1, $2, $3}' > " + folder.At("expected");
    ASSERT_EQ(std::system(command.c_str()), 0);
    EXPECT_EQ(session.Call("word_count", R"({"path": "a.txt"})").result.text,
              folder.Read("expected"));
  }
  EXPECT_FALSE(session.taint.any());
  EXPECT_TRUE(session.Call("word_count", R"({"path": "absent"})").result.is_error);
  EXPECT_EQ(session.Call("word_count", R"({"path": "../a.txt"})").end, CallEnd::kDenied);
  EXPECT_EQ(session.Call("word_count", "{}").end, CallEnd::kBadArguments);
}

}  // namespace
}  // namespace fathom
