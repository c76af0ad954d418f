// SPDX-License-Identifier: Apache-2.0
// Channel: from the worker that makes an answer to the connection that sends it.
//
// Bounded: a worker that is ahead of its reader by kHttpStreamBufferBytesMax waits, and a reader
// that does not catch up within kReaderPatience is given up. Cancelling stops both sides. One
// worker, one connection; the connection outlives the worker.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>

#include "apps/http/message.h"
#include "apps/http/socket.h"
#include "engine/engine.h"

namespace fathom::http {

class Channel {
 public:
  explicit Channel(Deadline deadline) : deadline_(deadline) {}

  // The worker's side.
  bool Send(std::string_view bytes);  // part of a stream; false: nobody reads any more
  bool SendEvent(const Json& data);   // "data: ...\n\n"
  bool SendEvent(std::string_view name, const Json& data);
  void Respond(Response response);  // the whole answer
  void Fail(HttpError error);
  void Finish();  // always the last call
  const std::atomic<bool>* cancelled() const { return &cancelled_; }
  Deadline deadline() const { return deadline_; }
  // For the engine's calls: it stops when nobody reads any more, and when the time is over.
  CallControl control() const { return {.cancel = &cancelled_, .deadline = deadline_}; }

  // The connection's side.
  int wake() const { return bell_.descriptor(); }
  void Cancel();
  struct State {
    std::string bytes;  // taken out
    bool finished = false;
    std::optional<Response> response;
    std::optional<HttpError> error;
  };
  State Take();

 private:
  const Bell bell_;
  const Deadline deadline_;
  std::mutex mutex_;
  std::condition_variable room_;
  std::atomic<bool> cancelled_{false};
  State state_;
};

}  // namespace fathom::http
