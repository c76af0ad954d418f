// SPDX-License-Identifier: Apache-2.0
#include "tools/mcp/stdio.h"

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>

#include "base/limits.h"
#include "base/log.h"
#include "base/terminal_text.h"
#include "tools/process/spawn.h"

namespace fathom {
namespace {

constexpr int kLookMs = 50;
constexpr int kEndGraceMs = 500;
constexpr size_t kErrorLineBytesMax = 2'000;
constexpr const char* kSetpriv = "/usr/bin/setpriv";

std::vector<std::string> CleanEnvironment(const McpServer& server) {
  std::map<std::string, std::string> variables;
  for (const char* name : {"PATH", "HOME", "LANG", "USER"}) {
    if (const char* value = std::getenv(name)) variables[name] = value;
  }
  for (const auto& [name, value] : server.env) variables[name] = value;
  std::vector<std::string> environment;
  for (const auto& [name, value] : variables) environment.push_back(name + "=" + value);
  return environment;
}

std::string Shown(std::string_view text) {
  return ForTerminal(text.substr(0, 200)) + (text.size() > 200 ? "..." : "");
}

}  // namespace

Result<std::unique_ptr<McpStdio>> McpStdio::Start(const McpServer& server) {
  auto input = MakePipe(OurEnd::kWrite);
  auto output = MakePipe(OurEnd::kRead);
  auto errors = MakePipe(OurEnd::kRead);
  for (const auto* pipe : {&input, &output, &errors}) {
    if (!*pipe) return pipe->error();
  }
  SpawnRequest request{
      .environment = CleanEnvironment(server),
      .descriptors = {input->read_end.get(), output->write_end.get(), errors->write_end.get()},
      .folder = server.cwd};
  if (access(kSetpriv, X_OK) == 0) request.argv = {kSetpriv, "--pdeathsig", "KILL", "--"};
  request.argv.push_back(server.command);
  request.argv.insert(request.argv.end(), server.args.begin(), server.args.end());
  auto process = Spawn(request);
  if (!process)
    return Error{process.error().code, process.error().Text(), "MCP server " + server.name};
  std::unique_ptr<McpStdio> stdio(new McpStdio(server.name));
  stdio->process_ = *process;
  stdio->input_ = std::move(input->write_end);
  stdio->output_ = std::move(output->read_end);
  stdio->errors_ = std::move(errors->read_end);
  return stdio;
}

McpStdio::~McpStdio() {
  if (process_ <= 0) return;
  input_ = FileDescriptor();
  int status = 0;
  pid_t ended = 0;
  for (int waited = 0; waited < kEndGraceMs; waited += 10) {
    ended = waitpid(process_, &status, WNOHANG);
    if (ended != 0) break;
    usleep(10'000);
  }
  // Also what it left in its group.
  kill(-process_, SIGKILL);
  while (ended == 0 && waitpid(process_, &status, 0) < 0 && errno == EINTR) {
  }
}

void McpStdio::ReadErrors() {
  char block[4'096];
  const ssize_t got = read(errors_.get(), block, sizeof(block));
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (got <= 0) {
    errors_ = FileDescriptor();
    return;
  }
  for (ssize_t i = 0; i < got; ++i) {
    if (block[i] != '\n' && error_line_.size() < kErrorLineBytesMax) {
      error_line_ += block[i];
    } else if (block[i] == '\n') {
      LogInfo("MCP server " + name_ + ": " + error_line_);
      error_line_.clear();
    }
  }
}

Status McpStdio::ReadOutput() {
  char block[64 << 10];
  const ssize_t got = read(output_.get(), block, sizeof(block));
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return {};
  if (got <= 0) {
    output_ = FileDescriptor();
    return {};
  }
  received_.append(block, static_cast<size_t>(got));
  if (received_.size() <= kMcpMessageBytesMax ||
      received_.find('\n', searched_) < kMcpMessageBytesMax)
    return {};
  return Error{Code::kLimit, "sends a message of more than 8 MiB", "MCP server " + name_};
}

// Waits once, for at most a look's time, and moves what can be moved.
Status McpStdio::Poll(bool may_write, const McpWait& wait) {
  if (wait.cancelled && wait.cancelled->load())
    return Error{Code::kCancelled, "cancelled", "MCP server " + name_};
  if (std::chrono::steady_clock::now() >= wait.deadline)
    return Error{Code::kLimit, "did not answer in time", "MCP server " + name_};
  pollfd waiting[3];
  nfds_t count = 0;
  const auto add = [&](const FileDescriptor& fd, short events) {
    if (fd.valid()) waiting[count++] = {fd.get(), events, 0};
  };
  add(output_, POLLIN);
  add(errors_, POLLIN);
  if (may_write) add(input_, POLLOUT);
  poll(waiting, count, kLookMs);
  for (nfds_t i = 0; i < count; ++i) {
    if (waiting[i].revents == 0) continue;
    if (errors_.valid() && waiting[i].fd == errors_.get()) {
      ReadErrors();
    } else if (output_.valid() && waiting[i].fd == output_.get()) {
      if (auto status = ReadOutput(); !status) return status;
    } else {
      const ssize_t put =
          write(input_.get(), to_write_.data(), std::min<size_t>(to_write_.size(), 64_KiB));
      if (put > 0) to_write_.erase(0, static_cast<size_t>(put));
      if (put < 0 && errno != EAGAIN && errno != EINTR) input_ = FileDescriptor();
    }
  }
  return {};
}

Status McpStdio::Send(const Json& message, const McpWait& wait) {
  const NoSigpipe no_sigpipe;
  to_write_ += message.Dump() + "\n";
  while (!to_write_.empty()) {
    if (!input_.valid())
      return Error{Code::kUnavailable, "has ended or reads no more", "MCP server " + name_};
    if (auto status = Poll(true, wait); !status) return status;
  }
  return {};
}

Result<Json> McpStdio::Receive(const McpWait& wait) {
  for (;;) {
    const size_t end = received_.find('\n', searched_);
    if (end != std::string::npos) {
      std::string line = received_.substr(0, end);
      received_.erase(0, end + 1);
      searched_ = 0;
      if (line.ends_with('\r')) line.pop_back();
      if (line.empty()) continue;
      auto message = Json::Parse(line, {.bytes_max = kMcpMessageBytesMax});
      if (!message || !message->is_object()) {
        return Invalid("sends a line that is no JSON object: " + Shown(line) +
                           (message ? "" : " (" + message.error().Text() + ")"),
                       "MCP server " + name_);
      }
      return message;
    }
    searched_ = received_.size();
    if (!output_.valid()) return Error{Code::kUnavailable, "has ended", "MCP server " + name_};
    if (auto status = Poll(false, wait); !status) return status.error();
  }
}

}  // namespace fathom
