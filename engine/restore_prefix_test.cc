// SPDX-License-Identifier: Apache-2.0
// What was read before an edit goes on where the texts part: a state that is restored at a
// checkpoint and reads the rest is, bit for bit, that of reading the new text from its start.
#include "engine/rewind.h"
#include "engine/same_state.h"
#include "engine/test_support.h"

namespace fathom::test {
namespace {

constexpr SessionOptions kOptions{.chunk_tokens = 64};
constexpr size_t kStep = 64;  // chunk and page

class RestorePrefix : public testing::Test {
 protected:
  // Reads `text` on from where the session stands, with a checkpoint at every step.
  static void ReadOn(Session& session, std::span<const Token> text) {
    while (session.position() < text.size()) {
      const size_t at = session.position(), next = std::min((at / kStep + 1) * kStep, text.size());
      Must(session.Append(text.subspan(at, next - at)));
      if (next % kStep == 0) Must(MarkCheckpoint(session, kSavedCheckpointsMax));
    }
  }
  Session Fresh(std::span<const Token> text) {
    Session session = Must(engine_->NewSession(kOptions));
    Must(session.Append(text));
    return session;
  }
  std::vector<Token> ChangedAt(size_t position) const {
    std::vector<Token> text = golden_.ids;
    for (size_t i = position; i < text.size(); ++i)
      text[i] = static_cast<Token>((static_cast<size_t>(text[i]) + 7 + i) % golden_.vocabulary());
    text.push_back(5);
    return text;
  }

  const Golden golden_ = LoadGolden("nano");
  TempFolder folder_;
  const std::unique_ptr<Engine> engine_ = OpenGolden(golden_, folder_);
  const std::string path_ = folder_ / "kept.state";
};

TEST_F(RestorePrefix, TheRestReadFromACheckpointGivesTheStateOfAFreshReading) {
  Session session = Must(engine_->NewSession(kOptions));
  ReadOn(session, golden_.ids);
  const size_t end = golden_.ids.size();
  ASSERT_GT(end, 3 * kStep);
  const size_t bytes = Must(SaveWithCheckpoints(session, path_));
  size_t on_disk = std::filesystem::file_size(path_);
  for (const auto& block : std::filesystem::directory_iterator(folder_ / "blocks"))
    on_disk += block.file_size();
  EXPECT_EQ(bytes, on_disk);
  for (const size_t changed :
       {size_t{0}, size_t{1}, kStep - 1, kStep, kStep + 1, 2 * kStep + 9, 3 * kStep, end - 1}) {
    SCOPED_TRACE("changed at " + std::to_string(changed));
    const std::vector<Token> text = ChangedAt(changed);
    Session restored = Must(engine_->RestorePrefix(path_, text, kOptions));
    EXPECT_EQ(restored.position(), changed / kStep * kStep);
    EXPECT_EQ(restored.usage().restored, restored.position());
    ReadOn(restored, text);
    EXPECT_EQ(restored.usage().prefilled, text.size() - changed / kStep * kStep);
    Must(ExpectSameState(restored, Fresh(text)));
  }
  // A text that only goes on begins at the end, whatever the checkpoints.
  std::vector<Token> longer = golden_.ids;
  longer.push_back(9);
  Session whole = Must(engine_->RestorePrefix(path_, longer, kOptions));
  EXPECT_EQ(whole.position(), end);
  Must(ExpectSameState(whole, session));
}

// An edit, then one before it, then one behind both: each is saved from what the last one restored.
TEST_F(RestorePrefix, CheckpointsSurviveRestoringAndSavingAgain) {
  Session first = Must(engine_->NewSession(kOptions));
  ReadOn(first, golden_.ids);
  Must(SaveWithCheckpoints(first, path_));
  std::vector<Token> text = golden_.ids;
  const std::pair<size_t, size_t> edits[] = {{150, 2}, {70, 1}, {190, 2}};  // position, steps kept
  for (const auto& [position, steps] : edits) {
    text[position] = text[position] == 3 ? 4 : 3;
    Session next = Must(engine_->RestorePrefix(path_, text, kOptions));
    EXPECT_EQ(next.position(), steps * kStep);
    EXPECT_EQ(CheckpointsOf(next).size(), steps);
    ReadOn(next, text);
    Must(ExpectSameState(next, Fresh(text)));
    Must(SaveWithCheckpoints(next, path_));
    Must(Rewind(next, kStep));
    EXPECT_EQ(next.position(), kStep);
    Must(ExpectSameState(next, Fresh(std::span<const Token>(text).first(kStep))));
  }
}

// The whole state does not depend on checkpoints that nobody asked for; damaged ones are refused.
TEST_F(RestorePrefix, DamagedCheckpointsAreRefused) {
  Session session = Must(engine_->NewSession(kOptions));
  ReadOn(session, golden_.ids);
  Must(SaveWithCheckpoints(session, path_));
  size_t damaged = 0;
  for (const auto& block : std::filesystem::directory_iterator(folder_ / "blocks")) {
    const std::string whole = ReadText(block.path());
    std::string bytes = whole;
    bytes[bytes.size() / 2] ^= 4;
    WriteText(block.path(), bytes);
    EXPECT_EQ(engine_->RestorePrefix(path_, golden_.ids, kOptions).error().code, Code::kCorrupt);
    Must(ExpectSameState(Must(engine_->Restore(path_, kOptions)), session));
    WriteText(block.path(), whole);
    ++damaged;
  }
  EXPECT_EQ(damaged, CheckpointsOf(session).size());
  const std::string bytes = ReadText(path_);
  WriteText(path_, bytes.substr(0, bytes.size() - 1));
  EXPECT_EQ(engine_->Restore(path_, kOptions).error().code, Code::kCorrupt);
  EXPECT_EQ(engine_->RestorePrefix(path_, golden_.ids, kOptions).error().code, Code::kCorrupt);
}

TEST_F(RestorePrefix, CheckpointsWeighNoMoreThanTheKeysBetweenThem) {
  const Session session = Must(engine_->NewSession(kOptions));
  const size_t spacing = CheckpointSpacing(session);
  EXPECT_EQ(spacing % kStep, 0u);
  Session reads =
      Must(engine_->NewSession({.context_tokens_max = 4 * spacing + kStep, .chunk_tokens = kStep}));
  std::vector<Token> text(spacing);
  for (size_t i = 0; i < text.size(); ++i) text[i] = static_cast<Token>(i % golden_.vocabulary());
  const size_t empty = reads.state_bytes();  // the lightning states
  Must(reads.Append(text));
  EXPECT_LE(empty, reads.state_bytes() - empty);
  if (spacing == kStep) return;
  Session less = Must(engine_->NewSession(kOptions));
  Must(less.Append(std::span<const Token>(text).first(spacing - kStep)));
  EXPECT_GT(empty, less.state_bytes() - empty);
}

}  // namespace
}  // namespace fathom::test
