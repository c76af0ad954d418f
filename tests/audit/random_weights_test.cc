// SPDX-License-Identifier: Apache-2.0
// The audit's other way, with an engine: a model without verdict tokens is asked on forks of the
// corpus state. Random weights answer nonsense; the report must be well formed and claim nothing.
#include "agent/audit.h"
#include "agent/audit_test_data.h"
#include "base/json.h"
#include "engine/test_support.h"
#include "rag/pack.h"

namespace fathom {
namespace {

TEST(Audit, RandomWeightsGiveAWellFormedReportWithoutFindings) {
  const test::TempFolder folder;
  Json config = test::Must(
      Json::Parse(test::ReadText(std::string(FATHOM_SOURCE_DIR) + "/models/nano/config.json")));
  config.Set("hidden_size", 64);
  config.Set("intermediate_size", 64);
  config.Set("num_hidden_layers", 2);
  config.Set("attn_type_list", Json(Json::Array{Json(0), Json(1)}));
  config.Set("num_attention_heads", 2);
  config.Set("num_key_value_heads", 1);
  config.Set("head_dim", 32);
  config.Set("num_local_experts", 2);
  test::Must(WriteSyntheticCheckpoint(folder.path(), config));
  test::WriteText(folder / "tokenizer.json",
                  test::ReadText(std::string(FATHOM_SOURCE_DIR) + "/models/nano/tokenizer.json"));
  const auto engine = test::Must(Engine::Open({.checkpoint = folder.path(), .threads = 1}));
  Reading reading;
  reading.corpus.files.push_back(
      MakeFile({"a.py", "python", "import os\ndef run(name):\n    os.system('ping ' + name)\n"}));
  reading.pack =
      test::Must(PackCorpus(reading.corpus, *engine->tokenizer(), {.system_text = "Read."}));
  reading.windows.push_back({.key = "k", .done = true});
  reading.session = test::Must(engine->NewSession());
  test::Must(reading.session->Append(reading.pack.windows[0].tokens));
  const size_t position = reading.session->position();
  Profile model{.name = "random", .output_tokens_max = 40};
  const AuditProfile profile = AuditProfileOf(model);
  ASSERT_EQ(profile.verdicts.size(), 12u);
  const auto ask =
      AskOnForks({.reading = reading, .tokenizer = *engine->tokenizer(), .profile = model});
  const auto report = RunAudit({.reading = reading, .profile = profile, .ask = ask});
  ASSERT_TRUE(report) << report.error().Text();
  EXPECT_EQ(report->Count(FindingState::kShown), 0u);
  EXPECT_EQ(reading.session->position(), position);  // asked on forks
  EXPECT_TRUE(Json::Parse(RenderJson(*report, {})));
  EXPECT_TRUE(Json::Parse(RenderSarif(*report, {})));
}

}  // namespace
}  // namespace fathom
