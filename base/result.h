// SPDX-License-Identifier: Apache-2.0
// Result<T>: a value, or an error that says what went wrong and where.
//
// Three kinds of wrong have three answers: our own bugs abort (CHECK), a bad world (files,
// requests, disks) and a request to stop are Results. No exception crosses a file boundary.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "base/check.h"

namespace fathom {

enum class Code {
  kInvalid,       // input is malformed or not supported: the message names what and where
  kNotFound,      // a named thing does not exist
  kIo,            // the system refused a read, write, rename, sync
  kLimit,         // a named limit was passed
  kCancelled,     // the caller asked to stop
  kDeadline,      // the time that the caller gave it is over
  kPolicyDenied,  // a rule forbids it
  kUnavailable,   // a part this needs is missing on this machine
  kCorrupt,       // data of our own fails its checksum
  kBusy,          // somebody else has it right now; later it may be had
};

std::string_view CodeName(Code code);

struct Error {
  Code code = Code::kInvalid;
  std::string message;  // one sentence, names field, expected, found
  std::string place;    // file, tensor, line:column; empty if the message says it

  std::string Text() const { return place.empty() ? message : place + ": " + message; }
};

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value)
      : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT: implicit by design
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  const Error& error() const {
    CHECK(!ok());
    return std::get<1>(state_);
  }
  T& value() {
    CHECK_MESSAGE(ok(), error_text());
    return std::get<0>(state_);
  }
  const T& value() const {
    CHECK_MESSAGE(ok(), error_text());
    return std::get<0>(state_);
  }
  T& operator*() { return value(); }
  const T& operator*() const { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

 private:
  std::string error_text() const { return ok() ? "" : std::get<1>(state_).Text(); }
  std::variant<T, Error> state_;
};

// Success without a value, or an Error.
class [[nodiscard]] Status {
 public:
  Status() = default;
  Status(Error error) : error_(std::move(error)) {}  // NOLINT
  bool ok() const { return !error_.has_value(); }
  explicit operator bool() const { return ok(); }
  const Error& error() const {
    CHECK(error_.has_value());
    return *error_;
  }

 private:
  std::optional<Error> error_;
};

inline Status OkStatus() {
  return {};
}

inline Error Invalid(std::string message, std::string place = "") {
  return {Code::kInvalid, std::move(message), std::move(place)};
}
inline Error IoError(std::string message, std::string place = "") {
  return {Code::kIo, std::move(message), std::move(place)};
}

}  // namespace fathom
