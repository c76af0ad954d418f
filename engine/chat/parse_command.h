// SPDX-License-Identifier: Apache-2.0
// `fathom model parse [--events]`: a model's output in, its parts out.
//
// In, a JSON object a line: {"id": any, "chunks_hex": [hex of bytes, ...], "finish": "stop" or
// "length", "tools": [OpenAI tool objects]}; finish ("stop") and tools may be missing.
// Out, one a line: {"id", "content", "reasoning", "calls": [{"id", "name", "arguments": JSON
// text}]}; content and reasoning are null when there is none. With --events also "steps": one
// object a chunk and one for the end, with what it added, if anything:
// {"content": text, "reasoning": text, "calls": [{"index", "id", "name", "arguments": text}]}. id
// and name come with the first piece of a call; {"index", "dropped": true} takes a call back, and
// "content_was_reasoning": true says that all content before this step was reasoning.
#pragma once

#include <iosfwd>

namespace fathom {

struct ParseCommandOptions {
  bool events = false;
};

// A line that is not of this form ends the command with a message on `err` and status 2; else 0.
int RunParseCommand(const ParseCommandOptions& options, std::istream& in, std::ostream& out,
                    std::ostream& err);

}  // namespace fathom
