// SPDX-License-Identifier: Apache-2.0
// What OpenAI's routes share: sampling fields, the model's name, usage, log-probabilities.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "apps/http/context.h"
#include "apps/http/fields.h"

namespace fathom::http {

struct SamplingFields {
  SamplingOptions sampling;
  std::vector<std::string> stop;
  std::optional<size_t> output_tokens_max;
};

// temperature, top_p, top_k, min_p, seed, stop. Without a seed a sampled answer is another one each
// time.
SamplingFields ReadSampling(Fields& fields, const Profile& profile);

struct StreamFields {
  bool stream = false, include_usage = false;
};
StreamFields ReadStream(Fields& fields);

// 'model' is the one that runs here; else 404.
void CheckModelName(Fields& fields, const Profile& profile, std::optional<HttpError>* error);

// 'n' and the fields of OpenAI's that mean nothing here: absent or at their default, else an error.
void RefuseUnsupported(Fields& fields);

// Whose turn a request takes: its address and, where it names one, its user.
std::string ClientOf(const Request& request, Fields& fields);

int64_t UnixNow();

// The same counts in the words of each of OpenAI's routes: prompt_tokens and completion_tokens for
// completions, input_tokens and output_tokens for responses, both with their details.
Json UsageJson(const Usage& usage);
Json ResponseUsageJson(const Usage& usage);
Json EmbeddingUsageJson(size_t tokens);

// {"token", "logprob", "bytes"}
Json LogprobJson(std::string_view token, double logprob);

// A prompt of so many tokens leaves room for an answer; else 400.
std::optional<HttpError> CheckPromptFits(const Context& context, size_t prompt_tokens);

}  // namespace fathom::http
