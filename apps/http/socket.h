// SPDX-License-Identifier: Apache-2.0
// Sockets with deadlines. Nothing here blocks longer than it was told to, and a broken connection
// is an Error, never a signal.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_descriptor.h"
#include "base/result.h"

namespace fathom::http {

using Clock = std::chrono::steady_clock;

struct ListenAddress {
  std::string address;  // numeric, "127.0.0.1" or "::1"
  int port = 0;         // 0: any free one
};
// The port that was bound is written to *port.
Result<FileDescriptor> Listen(const ListenAddress& at, int* port);

struct Accepted {
  FileDescriptor socket;
  std::string address;
  bool loopback = false;
};
// Nothing waits: an invalid socket.
Accepted Accept(const FileDescriptor& listener);

// Adds what has arrived to *out. False: the deadline passed; kIo when the other side closed (empty
// message) or the connection broke.
Result<bool> ReadSome(int socket, Clock::time_point deadline, std::string* out);

// How many bytes the kernel took now, perhaps none; kIo when the connection is gone.
Result<size_t> WriteSome(int socket, std::string_view bytes);

// Waits until all is written. kIo when nothing could be written for `stall`.
Status WriteAll(int socket, std::string_view bytes, std::chrono::milliseconds stall);

// No more will be written; the other side sees the end.
void ShutdownWrite(int socket);
// Both directions, also for a thread that waits on it.
void ShutdownBoth(int socket);

// A bell that WaitForSocket hears. Safe from any thread.
class Bell {
 public:
  Bell();
  void Ring() const;
  void Silence() const;
  int descriptor() const { return event_.get(); }

 private:
  FileDescriptor event_;
};

// Waits for room to write (when `wants_write`) or for `wake` to become readable. False: the other
// side has closed its half.
struct WaitFor {
  int socket = -1;
  int wake = -1;  // an eventfd, or none
  bool wants_write = false;
  std::chrono::milliseconds most{100};
};
bool WaitForSocket(const WaitFor& what);

}  // namespace fathom::http
