// SPDX-License-Identifier: Apache-2.0
#include "apps/http/message.h"

#include <gtest/gtest.h>

#include "apps/http/openai_chat.h"
#include "engine/state_memory.h"

namespace fathom::http {
namespace {

TEST(Message, ATextBeyondTheWindowIsTheClientsToShorten) {
  const Error window{.code = Code::kLimit, .message = "9000 tokens; the window holds 8192"};
  EXPECT_EQ(FromError(window).status, 400);
  EXPECT_EQ(FromError(window).code, "limit_exceeded");
  EXPECT_EQ(ChatError(window).status, 400);
  EXPECT_EQ(ChatError(window).code, "context_length_exceeded");
}

TEST(Message, AFullMemoryIsComeBackToLater) {
  const Error memory{.code = Code::kLimit,
                     .message = "the states hold 900 of the 1000 bytes they may",
                     .place = std::string(kStateMemoryPlace)};
  for (const HttpError& error : {FromError(memory), ChatError(memory)}) {
    EXPECT_EQ(error.status, 503);
    EXPECT_EQ(error.code, "overloaded");
    EXPECT_GT(error.retry_after_s, 0);
    EXPECT_EQ(error.message.find("1000"), std::string::npos) << error.message;
  }
}

TEST(Message, ADeadlineThatPassedIsATimeoutThatSaysHowFarItCame) {
  const Error late{.code = Code::kDeadline,
                   .message = "the deadline passed when 7 of 9 tokens were read"};
  for (const HttpError& error : {FromError(late), ChatError(late)}) {
    EXPECT_EQ(error.status, 504);
    EXPECT_EQ(error.code, "deadline_exceeded");
    EXPECT_NE(error.message.find("7 of 9"), std::string::npos) << error.message;
  }
}

}  // namespace
}  // namespace fathom::http
