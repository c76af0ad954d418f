// SPDX-License-Identifier: Apache-2.0
// Exchange: one request and its one answer, as a handler sees them. Everything here runs on the
// connection's thread; work on the model runs on a worker of Admission and speaks through a
// Channel.
//
// While a worker runs, the connection watches its client: when it goes away, the work is cancelled
// (the engine stops within 500 ms) and Run returns. A stream whose first event is long in coming is
// kept alive by comments. Beyond Setup::seconds_max the work ends by its channel's deadline; before
// its turn has come it is withdrawn.
#pragma once

#include <functional>
#include <string>

#include "apps/http/admission.h"
#include "apps/http/channel.h"
#include "apps/http/message.h"
#include "apps/http/socket.h"

namespace fathom::http {

class Exchange {
 public:
  struct Setup {
    int socket = -1;
    bool keep_alive = true;
    Admission* admission = nullptr;
    const std::atomic<bool>* stopping = nullptr;  // the grace of a stop is over
    std::chrono::seconds seconds_max{0};          // what Run may take, its turn awaited; 0: no end
  };
  Exchange(const Request& request, const Setup& setup) : request_(request), setup_(setup) {}

  const Request& request() const { return request_; }

  void Send(Response response);
  void Fail(const HttpError& error);

  struct Work {
    std::string client;  // whose turn it takes
    size_t tokens = 0;   // what it may hold, at most
    bool stream = false;
    std::function<void(Channel&)> run;  // need not call Finish
  };
  void Run(Work work);

  // A stream fed by others: `next` adds what is new and returns false at the end; `wake` becomes
  // readable when there is something.
  void Follow(int wake, const std::function<bool(std::string* out)>& next);

  // After the handler: may another request follow on this connection?
  bool reusable() const { return setup_.keep_alive && !broken_; }
  int status() const { return status_; }
  bool answered() const { return status_ != 0; }

 private:
  void Begin();                        // the head of a stream
  void Write(std::string_view bytes);  // plain
  void WriteStream(std::string_view bytes);
  void Pump(Channel& channel, uint64_t ticket, bool stream);
  void Conclude(Channel::State last, bool stream);

  const Request& request_;
  Setup setup_;
  int status_ = 0;
  bool streaming_ = false, broken_ = false;
  Clock::time_point last_write_{};
};

}  // namespace fathom::http
