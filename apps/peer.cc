// SPDX-License-Identifier: Apache-2.0
#include "apps/peer.h"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "base/file_descriptor.h"
#include "base/files.h"
#include "base/limits.h"

extern char** environ;

namespace fathom {
namespace {

std::string Joined(const std::vector<size_t>& values) {
  std::string text;
  for (const size_t value : values) text += (text.empty() ? "" : ",") + std::to_string(value);
  return text;
}

// All of a pipe, at most bytes_max.
Result<std::string> ReadPipe(int fd, size_t bytes_max, const std::string& place) {
  std::string bytes;
  char block[4'096];
  for (;;) {
    const ssize_t got = read(fd, block, sizeof(block));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Error{Code::kUnavailable, "its output cannot be read", place};
    if (got == 0) return bytes;
    bytes.append(block, static_cast<size_t>(got));
    if (bytes.size() > bytes_max) return Error{Code::kLimit, "prints too much", place};
  }
}

// One JSON object of llama.mjs, called with these arguments.
Result<Json> RunScript(const std::string& mode, const std::string& checkpoint,
                       std::vector<std::string> options) {
  auto root = InstallRoot();
  if (!root) return root.error();
  const std::string script = *root + "/tests/peers/llama/llama.mjs";
  if (std::error_code error; !std::filesystem::exists(script, error)) {
    return Error{Code::kUnavailable,
                 "the peer's script is part of the source tree; run this from there", script};
  }
  if (!checkpoint.ends_with(".gguf")) {
    return Error{Code::kUnavailable,
                 "llama.cpp reads one GGUF file; make one with `fathom model convert`", checkpoint};
  }
  std::vector<std::string> argv = {"node", script, mode, checkpoint};
  argv.insert(argv.end(), options.begin(), options.end());
  auto child = RunChild(std::move(argv));
  if (!child) return child.error();
  if (child->exit_status != 0) {
    return Error{Code::kUnavailable,
                 "the peer failed; install it with `npm install --prefix tests/peers/llama` or "
                 "name a folder that has "
                 "node-llama-cpp in its node_modules with FATHOM_PEERS"};
  }
  auto json = Json::Parse(child->text);
  if (!json) return Error{Code::kUnavailable, "the peer printed no JSON: " + json.error().Text()};
  return json;
}

}  // namespace

Result<ChildOutput> RunChild(std::vector<std::string> arguments) {
  int ends[2];
  if (pipe(ends) != 0) return IoError("no pipe");
  FileDescriptor read_end(ends[0]), write_end(ends[1]);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, write_end.get(), STDOUT_FILENO);
  posix_spawn_file_actions_addclose(&actions, read_end.get());
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  pid_t child = 0;
  const int failed = posix_spawnp(&child, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0)
    return Error{Code::kUnavailable, arguments[0] + " cannot be started; is it installed?"};
  write_end = FileDescriptor();
  auto output = ReadPipe(read_end.get(), 16_MiB, arguments[0]);
  read_end = FileDescriptor();  // a child that still writes ends
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!output) return output.error();
  return ChildOutput{std::move(*output), WIFEXITED(status) ? WEXITSTATUS(status) : -1,
                     WIFSIGNALED(status) ? WTERMSIG(status) : 0};
}

Result<Json> RunLlamaPeer(const PeerRun& run) {
  const auto threads_max = static_cast<size_t>(run.threads_max);
  std::vector<size_t> threads = run.threads;
  for (size_t i = 1; run.threads.empty() && i < threads_max; i *= 2) threads.push_back(i);
  if (run.threads.empty()) threads.push_back(threads_max);
  std::vector<std::string> options = {
      "--contexts",   Joined(run.contexts),          "--threads", Joined(threads),
      "--decode",     std::to_string(run.decode),    "--repeats", std::to_string(run.repeats),
      "--vocabulary", std::to_string(run.vocabulary)};
  if (!run.batches.empty()) options.insert(options.end(), {"--batch", Joined(run.batches)});
  return RunScript("bench", run.checkpoint, std::move(options));
}

Result<Json> RunLlamaState(const PeerStateRun& run) {
  return RunScript(
      "state", run.checkpoint,
      {"--contexts", std::to_string(run.tokens), "--threads", std::to_string(run.threads),
       "--vocabulary", std::to_string(run.vocabulary), "--state", run.path});
}

}  // namespace fathom
