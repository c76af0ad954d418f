// SPDX-License-Identifier: Apache-2.0
// McpStdio: a server as a process of ours that speaks one JSON message a line.
//
// Promises
//  * Nothing the server writes makes us crash, hang or grow: a line has a limit, a wait a deadline,
//    and what is no JSON object ends the connection with words that say so.
//  * It gets PATH, HOME, LANG, USER and what its entry names of the environment; no descriptor but
//    its three. Its stderr goes to the log. It is ended with us, and its process group when this
//    goes away (asked by the end of its input first). Must be used by the thread that started it,
//    or by one that ends earlier: the kernel ends the server with the thread that started it.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>

#include "base/file_descriptor.h"
#include "base/json.h"
#include "base/result.h"
#include "tools/mcp/servers_file.h"
#include "tools/mcp/transport.h"

namespace fathom {

class McpStdio final : public McpTransport {
 public:
  static Result<std::unique_ptr<McpStdio>> Start(const McpServer& server);
  ~McpStdio() override;
  McpStdio(const McpStdio&) = delete;
  McpStdio& operator=(const McpStdio&) = delete;

  // While it writes, it reads too, so that two full pipes never wait for each other.
  Status Send(const Json& message, const McpWait& wait) override;
  Result<Json> Receive(const McpWait& wait) override;

 private:
  explicit McpStdio(std::string name) : name_(std::move(name)) {}
  Status Poll(bool may_write, const McpWait& wait);
  void ReadErrors();
  Status ReadOutput();

  std::string name_;
  pid_t process_ = 0;
  FileDescriptor input_, output_, errors_;
  std::string to_write_, received_, error_line_;
  size_t searched_ = 0;  // of received_, known to hold no line end
};

}  // namespace fathom
