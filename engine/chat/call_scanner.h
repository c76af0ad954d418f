// SPDX-License-Identifier: Apache-2.0
// One tool call as the model writes it, {"name": ..., "arguments": {...}}, byte by byte: name and
// arguments become known while the object is still growing. The order of the keys is free, other
// keys are skipped, and the arguments may also be a JSON string that holds the object.
//
// Not a call: a missing or repeated name or arguments, a name that is no string or empty, arguments
// that are no object.
#pragma once

#include <string>

#include "engine/chat/json_scanner.h"

namespace fathom {

// The text of a JSON object, checked and given on as it grows: byte for byte as written, except
// that blanks around it are dropped and \uXXXX of what needs no escape is written as the character.
class ArgumentText {
 public:
  bool Feed(char c);  // false: no JSON object
  bool started() const { return started_; }
  bool done() const { return done_; }
  std::string& text() { return text_; }

 private:
  JsonScanner json_;
  StringUnescaper relax_{StringUnescaper::Mode::kRelax};
  std::string text_;
  bool started_ = false, done_ = false;
};

class CallScanner {
 public:
  using Step = JsonScanner::Step;

  // From the opening brace on. kFailed: no JSON. kDone: the object ends here; ask IsCall().
  Step Feed(char c);

  bool IsCall() const { return !rejected_ && has_name_ && arguments_.done(); }
  // The name is known and the arguments have begun: a listener may be told.
  bool IsUnderWay() const { return !rejected_ && has_name_ && arguments_.started(); }
  bool in_string() const { return json_.in_string(); }
  const std::string& name() const { return name_; }
  // What has been added to the arguments since the last call.
  std::string TakeArguments();

 private:
  enum class Field { kOther, kName, kArguments };

  void BeginField(char c);
  void FeedValue(char c, bool was_in_string);
  void FeedArguments(char c) { rejected_ |= !arguments_.Feed(c); }

  JsonScanner json_;
  std::string key_;
  StringUnescaper decode_{StringUnescaper::Mode::kDecode};
  Field field_ = Field::kOther;
  bool has_name_ = false, saw_name_ = false, saw_arguments_ = false, rejected_ = false;
  bool arguments_in_string_ = false;
  std::string name_, decoded_;
  ArgumentText arguments_;
};

}  // namespace fathom
