// SPDX-License-Identifier: Apache-2.0
// Where the audit meets the engine: verdict columns as tokens, and questions on forks of the corpus
// state.
#include "agent/audit.h"
#include "engine/chat/chat.h"

namespace fathom {

Result<std::vector<Token>> VerdictTokens(const Profile& profile, const Tokenizer& tokenizer) {
  std::vector<Token> tokens;
  if (!profile.verdicts) return tokens;
  std::vector<std::string> names = {profile.verdicts->ok_token};
  for (const VerdictFamily& family : profile.verdicts->families) names.push_back(family.token);
  for (const std::string& name : names) {
    const auto token = tokenizer.Control(name);
    if (!token)
      return Invalid("verdict token '" + name + "' is no control token of the model's tokenizer",
                     profile.source);
    tokens.push_back(*token);
  }
  return tokens;
}

FamilyAsker AskOnForks(const ForkAsking& asking) {
  return [asking](const FamilyAsking& family) -> Result<std::string> {
    if (!asking.reading.session)
      return Error{Code::kCancelled, "the corpus was not read to its end", ""};
    auto fork = asking.reading.session->Fork();
    if (!fork) return fork.error();
    PromptBuilder prompt(asking.tokenizer);
    prompt.UserTurn(family.question).GenerationPrompt();
    if (Status appended = fork->Append(prompt.tokens(), {.cancel = asking.cancel}); !appended)
      return appended.error();
    const Profile& profile = asking.profile;
    GenerateOptions options{.output_tokens_max = profile.output_tokens_max,
                            .thinking_tokens_max = profile.thinking.tokens_default,
                            .expects_thinking = profile.thinking.supported};
    const auto generated = fork->Generate(options, {}, {.cancel = asking.cancel});
    if (!generated) return generated.error();
    if (generated->finish == FinishReason::kCancelled)
      return Error{Code::kCancelled, "cancelled while answering", ""};
    return generated->text;
  };
}

Result<AuditReport> AuditReading(const AuditOf& what, AuditOptions options) {
  const AuditProfile profile = AuditProfileOf(what.profile);
  FamilyAsker ask;
  if (!profile.has_scores && what.reading.session) {
    ask = AskOnForks({.reading = what.reading,
                      .tokenizer = what.tokenizer,
                      .profile = what.profile,
                      .cancel = options.cancel});
  }
  return RunAudit({.reading = what.reading,
                   .profile = profile,
                   .options = std::move(options),
                   .tokenizer = &what.tokenizer,
                   .ask = ask});
}

}  // namespace fathom
