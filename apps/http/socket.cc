// SPDX-License-Identifier: Apache-2.0
#include "apps/http/socket.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "base/limits.h"

namespace fathom::http {
namespace {

constexpr size_t kReadBytes = 16 << 10;

union Address {
  sockaddr any;
  sockaddr_in v4;
  sockaddr_in6 v6;
};

socklen_t SizeOf(const Address& address) {
  return address.any.sa_family == AF_INET6 ? sizeof(address.v6) : sizeof(address.v4);
}

bool ParseAddress(const ListenAddress& at, Address* out) {
  std::memset(out, 0, sizeof(*out));
  if (inet_pton(AF_INET, at.address.c_str(), &out->v4.sin_addr) == 1) {
    out->v4.sin_family = AF_INET;
    out->v4.sin_port = htons(static_cast<uint16_t>(at.port));
    return true;
  }
  if (inet_pton(AF_INET6, at.address.c_str(), &out->v6.sin6_addr) == 1) {
    out->v6.sin6_family = AF_INET6;
    out->v6.sin6_port = htons(static_cast<uint16_t>(at.port));
    return true;
  }
  return false;
}

Error Failed(const std::string& what, const std::string& place = "") {
  return IoError(what + ": " + std::strerror(errno), place);
}

bool IsLoopback(const Address& address) {
  if (address.any.sa_family == AF_INET) return (ntohl(address.v4.sin_addr.s_addr) >> 24) == 127;
  return IN6_IS_ADDR_LOOPBACK(&address.v6.sin6_addr) != 0;
}

int Milliseconds(Clock::time_point deadline) {
  const auto left =
      std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
  return static_cast<int>(std::clamp<int64_t>(left + 1, 0, 3'600'000));
}

}  // namespace

Result<FileDescriptor> Listen(const ListenAddress& at, int* port) {
  const std::string place = at.address + " port " + std::to_string(at.port);
  Address address;
  if (!ParseAddress(at, &address)) return Invalid("is no IPv4 or IPv6 address", at.address);
  FileDescriptor listener(
      socket(address.any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!listener.valid()) return Failed("no socket", place);
  const int on = 1;
  setsockopt(listener.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  // Of each connection accepted: else the system lets the buffer of one grow to megabytes.
  setsockopt(listener.get(), SOL_SOCKET, SO_SNDBUF, &kHttpSocketBufferBytes,
             sizeof(kHttpSocketBufferBytes));
  if (address.any.sa_family == AF_INET6)
    setsockopt(listener.get(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof(on));
  if (bind(listener.get(), &address.any, SizeOf(address)) != 0)
    return Failed("cannot listen (is another server running? --port chooses another)", place);
  if (listen(listener.get(), 128) != 0) return Failed("cannot listen", place);
  socklen_t size = sizeof(address);
  if (getsockname(listener.get(), &address.any, &size) != 0) return Failed("has no name", place);
  *port = ntohs(address.any.sa_family == AF_INET6 ? address.v6.sin6_port : address.v4.sin_port);
  return listener;
}

Accepted Accept(const FileDescriptor& listener) {
  Address address;
  socklen_t size = sizeof(address);
  Accepted accepted{.socket = FileDescriptor(accept4(listener.get(), &address.any, &size,
                                                     SOCK_NONBLOCK | SOCK_CLOEXEC))};
  if (!accepted.socket.valid()) return accepted;
  const int on = 1;
  setsockopt(accepted.socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  std::array<char, INET6_ADDRSTRLEN> text{};
  const void* bytes = address.any.sa_family == AF_INET6
                          ? static_cast<const void*>(&address.v6.sin6_addr)
                          : static_cast<const void*>(&address.v4.sin_addr);
  inet_ntop(address.any.sa_family, bytes, text.data(), text.size());
  accepted.address = text.data();
  accepted.loopback = IsLoopback(address);
  return accepted;
}

Result<bool> ReadSome(int socket, Clock::time_point deadline, std::string* out) {
  while (true) {
    std::array<char, kReadBytes> bytes;
    const ssize_t count = recv(socket, bytes.data(), bytes.size(), 0);
    if (count > 0) {
      out->append(bytes.data(), static_cast<size_t>(count));
      return true;
    }
    if (count == 0) return IoError("");
    if (errno == EINTR) continue;
    if (errno != EAGAIN && errno != EWOULDBLOCK) return Failed("the connection broke");
    if (Clock::now() >= deadline) return false;
    pollfd wait{.fd = socket, .events = POLLIN};
    poll(&wait, 1, Milliseconds(deadline));
  }
}

Result<size_t> WriteSome(int socket, std::string_view bytes) {
  while (true) {
    const ssize_t count = send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count >= 0) return static_cast<size_t>(count);
    if (errno == EINTR) continue;
    if (errno == EAGAIN || errno == EWOULDBLOCK) return size_t{0};
    return Failed("the connection broke");
  }
}

Status WriteAll(int socket, std::string_view bytes, std::chrono::milliseconds stall) {
  auto deadline = Clock::now() + stall;
  while (!bytes.empty()) {
    auto written = WriteSome(socket, bytes);
    if (!written) return written.error();
    bytes.remove_prefix(*written);
    if (*written > 0) {
      deadline = Clock::now() + stall;
      continue;
    }
    if (Clock::now() >= deadline) return IoError("the other side reads too slowly");
    pollfd wait{.fd = socket, .events = POLLOUT};
    poll(&wait, 1, Milliseconds(deadline));
  }
  return OkStatus();
}

void ShutdownWrite(int socket) {
  shutdown(socket, SHUT_WR);
}

void ShutdownBoth(int socket) {
  shutdown(socket, SHUT_RDWR);
}

Bell::Bell() : event_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
  CHECK(event_.valid());
}

void Bell::Ring() const {
  const uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = write(event_.get(), &one, sizeof(one));
}

void Bell::Silence() const {
  uint64_t count = 0;
  [[maybe_unused]] const ssize_t got = read(event_.get(), &count, sizeof(count));
}

bool WaitForSocket(const WaitFor& what) {
  std::array<pollfd, 2> waits{};
  waits[0] = {.fd = what.socket,
              .events = static_cast<short>(POLLRDHUP | (what.wants_write ? POLLOUT : 0))};
  waits[1] = {.fd = what.wake, .events = POLLIN};
  poll(waits.data(), what.wake >= 0 ? 2 : 1, static_cast<int>(what.most.count()));
  return (waits[0].revents & (POLLRDHUP | POLLERR | POLLHUP | POLLNVAL)) == 0;
}

}  // namespace fathom::http
