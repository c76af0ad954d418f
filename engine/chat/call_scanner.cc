// SPDX-License-Identifier: Apache-2.0
#include "engine/chat/call_scanner.h"

#include <utility>

namespace fathom {
namespace {

using Place = JsonScanner::Place;

bool IsBlank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

}  // namespace

bool ArgumentText::Feed(char c) {
  if (done_ || !started_) {
    if (IsBlank(c)) return true;
    if (done_ || c != '{') return false;
    started_ = true;
  }
  const bool was_in_string = json_.in_string();
  const JsonScanner::Step step = json_.Feed(c);
  if (step == JsonScanner::Step::kFailed) return false;
  done_ = step == JsonScanner::Step::kDone;
  if (was_in_string && json_.in_string()) {
    relax_.Feed(c, &text_);
    return true;
  }
  relax_.Flush(&text_);
  text_.push_back(c);
  return true;
}

CallScanner::Step CallScanner::Feed(char c) {
  const Place before = json_.place();
  const size_t depth_before = json_.depth();
  const bool was_in_string = json_.in_string();
  const Step step = json_.Feed(c);
  if (step == Step::kFailed) return step;
  if (depth_before == 1 && json_.place() == Place::kKeyString && before != Place::kKeyString) {
    key_.clear();
  } else if (depth_before == 1 && before == Place::kKeyString) {
    if (json_.in_string()) {
      decode_.Feed(c, &key_);
    } else {
      decode_.Flush(&key_);
    }
  } else if (depth_before == 1 && before == Place::kValue && !IsBlank(c)) {
    BeginField(c);
  } else if (depth_before > 1 || (depth_before == 1 && before == Place::kValueString)) {
    FeedValue(c, was_in_string);
  }
  return step;
}

// The first byte of a value of the call's own object.
void CallScanner::BeginField(char c) {
  field_ = key_ == "name" ? Field::kName : key_ == "arguments" ? Field::kArguments : Field::kOther;
  if (field_ == Field::kName) {
    rejected_ |= saw_name_ || c != '"';
    saw_name_ = true;
  } else if (field_ == Field::kArguments) {
    rejected_ |= saw_arguments_;
    saw_arguments_ = true;
    arguments_in_string_ = c == '"';
    if (!arguments_in_string_ && !rejected_) FeedArguments(c);
  }
}

// A later byte of a value: of a string of the call's own object, or inside a nested container.
void CallScanner::FeedValue(char c, bool was_in_string) {
  if (rejected_ || field_ == Field::kOther) return;
  if (field_ == Field::kArguments && !arguments_in_string_) {
    FeedArguments(c);
    return;
  }
  const bool closes = was_in_string && !json_.in_string();
  decoded_.clear();
  if (closes) {
    decode_.Flush(&decoded_);
  } else {
    decode_.Feed(c, &decoded_);
  }
  if (field_ == Field::kName) {
    name_ += decoded_;
    if (closes) {
      has_name_ = true;
      rejected_ |= name_.empty();
    }
    return;
  }
  for (const char byte : decoded_) FeedArguments(byte);
  if (closes) rejected_ |= !arguments_.done();
}

std::string CallScanner::TakeArguments() {
  return std::exchange(arguments_.text(), {});
}

}  // namespace fathom
