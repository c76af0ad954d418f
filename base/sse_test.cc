// SPDX-License-Identifier: Apache-2.0
#include "base/sse.h"

#include <gtest/gtest.h>

#include <vector>

namespace fathom {
namespace {

std::vector<std::string> Read(const std::vector<std::string>& pieces, size_t bytes_max = 1'000) {
  SseReader reader(bytes_max);
  std::vector<std::string> events;
  for (const std::string& piece : pieces) {
    const Status fed = reader.Feed(piece, [&](const SseEvent& event) {
      events.push_back(event.type + "|" + event.data);
      return OkStatus();
    });
    if (!fed) events.push_back("error " + fed.error().message);
  }
  return events;
}

using Events = std::vector<std::string>;

TEST(SseReader, ReadsTheStandardsOwnExamples) {
  EXPECT_EQ(Read({"data: YHOO\ndata: +2\ndata: 10\n\n"}), Events({"|YHOO\n+2\n10"}));
  EXPECT_EQ(Read({": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\n"
                  "data:  third event\n\n"}),
            Events({"|first event", "|second event", "| third event"}));
  // The last one is cut off by the end of the stream.
  EXPECT_EQ(Read({"data\n\ndata\ndata\n\ndata:"}), Events({"|", "|\n"}));
  EXPECT_EQ(Read({"event: add\ndata: 7\n\nevent: none\n\ndata: 8\n\n"}), Events({"add|7", "|8"}));
}

TEST(SseReader, AnyPiecesAndAnyLineEndsGiveTheSame) {
  for (const std::string end : {"\n", "\r\n", "\r"}) {
    const std::string text =
        "\xEF\xBB\xBF"
        "data: \xE2\x82\xAC" +
        end + "event: x" + end + end + ":" + end + "data: b" + end + end + "data: c";
    const Events want = {"x|\xE2\x82\xAC", "|b"};
    for (size_t size = 1; size <= text.size(); ++size) {
      Events pieces;
      for (size_t at = 0; at < text.size(); at += size) pieces.push_back(text.substr(at, size));
      EXPECT_EQ(Read(pieces), want) << size;
    }
  }
}

TEST(SseReader, EventsHaveALimitWhateverTheyAreMadeOf) {
  const std::string long_line(200, 'x');
  EXPECT_EQ(Read({"data: " + long_line}, 100).back(),
            "error the stream holds an event of more than 100 bytes");
  std::string many;
  for (int i = 0; i < 40; ++i) many += "data: xxxxx\n";
  EXPECT_EQ(Read({many}, 100).back(), "error the stream holds an event of more than 100 bytes");
  EXPECT_EQ(Read({":" + long_line}, 100).size(), 1u);
}

TEST(SseReader, TheSinksErrorEndsTheReading) {
  SseReader reader(100);
  int calls = 0;
  const Status fed = reader.Feed("data: a\n\ndata: b\n\n", [&](const SseEvent&) -> Status {
    ++calls;
    return Invalid("enough");
  });
  EXPECT_FALSE(fed.ok());
  EXPECT_EQ(calls, 1);
}

}  // namespace
}  // namespace fathom
