// SPDX-License-Identifier: Apache-2.0
#include "tools/sandbox/sandbox.h"

#include <linux/landlock.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <filesystem>

#include "base/file_descriptor.h"
#include "base/terminal_text.h"
#include "tools/process/spawn.h"
#include "tools/sandbox/init_image.h"
#include "tools/sandbox/output.h"
#include "tools/sandbox/plan.h"

namespace fathom {
namespace {

using Clock = std::chrono::steady_clock;
constexpr size_t kStatusBytesMax = 4_KiB;

// Streams of the process: what is ours of them, and its descriptors in their order.
struct Streams {
  FileDescriptor stdin_end;
  Capture captures[3];  // out, err, status
  pid_t process = 0;
};

Result<Streams> Start(const SandboxPlan& plan, const SandboxLimits& limits) {
  auto input = MakePipe(OurEnd::kWrite);
  auto output = MakePipe(OurEnd::kRead);
  auto errors = MakePipe(OurEnd::kRead);
  auto status = MakePipe(OurEnd::kRead);
  for (const auto* pipe : {&input, &output, &errors, &status}) {
    if (!*pipe) return pipe->error();
  }
  auto image = MemoryFile("fathom-init", SandboxInitImage());
  if (!image) return image.error();
  auto process =
      Spawn({.argv = plan.argv,
             .descriptors = {input->read_end.get(), output->write_end.get(),
                             errors->write_end.get(), status->write_end.get(), image->get()},
             .folder = "/"});
  if (!process) return process.error();
  Streams streams;
  streams.stdin_end = std::move(input->write_end);
  streams.captures[0] = {std::move(output->read_end), limits.output_bytes};
  streams.captures[1] = {std::move(errors->read_end), limits.output_bytes};
  streams.captures[2] = {std::move(status->read_end), kStatusBytesMax};
  streams.process = *process;
  return streams;
}

void Reap(pid_t process) {
  int status = 0;
  while (waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
}

bool TakeNumber(std::string_view line, std::string_view word, int& number) {
  if (!line.starts_with(word)) return false;
  line.remove_prefix(word.size());
  return std::from_chars(line.data(), line.data() + line.size(), number).ec == std::errc();
}

// What the init said, into the result. `said_by_bubblewrap` is stderr, which is bubblewrap's own
// as long as the init has not said "ready".
Status ReadStatus(std::string_view status, const std::string& said_by_bubblewrap,
                  SandboxResult& result) {
  bool ready = false;
  while (!status.empty()) {
    const size_t end = std::min(status.find('\n'), status.size());
    const std::string_view line = status.substr(0, end);
    status.remove_prefix(std::min(end + 1, status.size()));
    if (line == "ready") ready = true;
    if (line.starts_with("failed command: "))
      return Invalid("cannot be started: " + std::string(line.substr(16)));
    if (line.starts_with("failed "))
      return Error{Code::kUnavailable, "the sandbox does not hold: " + std::string(line.substr(7))};
    if (line.starts_with("stopped ") && result.stopped.empty()) result.stopped = line.substr(8);
    TakeNumber(line, "exit ", result.exit_code);
    TakeNumber(line, "signal ", result.signal);
  }
  if (ready || !result.stopped.empty()) return {};
  std::string said = ForTerminal(said_by_bubblewrap.substr(0, 500), {.keep_newlines = true});
  while (said.ends_with('\n')) said.pop_back();
  return Error{Code::kUnavailable, "the sandbox does not hold: namespaces: " +
                                       (said.empty() ? "bubblewrap ended without a word" : said)};
}

}  // namespace

Result<SandboxResult> RunUnprobed(const SandboxRequest& request,
                                  const std::atomic<bool>* cancelled) {
  const auto started = Clock::now();
  auto plan = MakeSandboxPlan(request);
  if (!plan) return plan.error();
  auto streams = Start(*plan, request.limits);
  if (!streams) return streams.error();
  const pid_t process = streams->process;
  const PumpEnd end = Pump({.stdin_fd = std::move(streams->stdin_end),
                            .stdin_text = request.stdin_text,
                            .captures = streams->captures,
                            .capture_count = 3,
                            .deadline = started + std::chrono::milliseconds(request.limits.wall_ms),
                            .cancelled = cancelled,
                            .kill = [process] { kill(-process, SIGKILL); }});
  kill(-process, SIGKILL);
  Reap(process);
  SandboxResult result;
  if (end == PumpEnd::kDeadline) result.stopped = "time";
  if (end == PumpEnd::kCancelled) result.stopped = "cancelled";
  result.timed_out = end == PumpEnd::kDeadline;
  result.out = std::move(streams->captures[0].bytes);
  result.err = std::move(streams->captures[1].bytes);
  result.truncated = streams->captures[0].truncated || streams->captures[1].truncated;
  if (auto status = ReadStatus(streams->captures[2].bytes, result.err, result); !status) {
    Error error = status.error();
    error.place = ForTerminal(request.argv[0]);
    return error;
  }
  result.seconds = std::chrono::duration<double>(Clock::now() - started).count();
  return result;
}

Result<SandboxResult> RunSandboxed(const SandboxRequest& request,
                                   const std::atomic<bool>* cancelled) {
  if (auto usable = Sandbox::Probe().Usable(); !usable) return usable.error();
  return RunUnprobed(request, cancelled);
}

namespace {

// An empty folder to try in, removed at the end.
class ProbeFolder {
 public:
  ProbeFolder() {
    std::error_code error;
    std::string name = (std::filesystem::temp_directory_path(error) / "fathom-probe.XXXXXX");
    if (mkdtemp(name.data())) path_ = std::filesystem::canonical(name, error);
  }
  ProbeFolder(const ProbeFolder&) = delete;
  ProbeFolder& operator=(const ProbeFolder&) = delete;
  ~ProbeFolder() {
    if (!path_.empty()) rmdir(path_.c_str());
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// What a layer that holds stands on.
std::string Version(std::string_view layer) {
  if (layer == "namespaces")
    return "holds (bubblewrap: users, processes, files, network, names, IPC)";
  if (layer == "rlimits") return "holds (CPU, memory, files, processes, descriptors)";
  if (layer == "seccomp") return "holds (allow-list)";
  const long abi =
      syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  return "holds (ABI " + std::to_string(abi) + ")";
}

std::string AdviceFor(std::string_view layer) {
  if (layer == "namespaces")
    return "; allow unprivileged user namespaces (sysctl kernel.unprivileged_userns_clone=1, "
           "user.max_user_namespaces, an AppArmor profile for bwrap; in a container: "
           "--security-opt seccomp=unconfined or a runtime that permits them)";
  if (layer == "landlock")
    return "; use a kernel of 5.13 or newer with landlock in the list of its lsm= argument";
  if (layer == "seccomp") return "; use a kernel built with CONFIG_SECCOMP_FILTER";
  return "; raise the hard limit of this login (ulimit -H)";
}

}  // namespace

const Sandbox& Sandbox::Probe() {
  static const Sandbox probed;
  return probed;
}

// The layers are entered in this order, so the first that fails is known and the ones before it
// hold; what comes after it was not tried.
Sandbox::Sandbox() {
  const ProbeFolder folder;
  auto tried = RunUnprobed({.argv = {"/bin/true"}, .workspace = folder.path()}, nullptr);
  std::string why;
  if (!tried)
    why = tried.error().message;
  else if (tried->exit_code != 0)
    why = "namespaces: a command that must succeed failed";
  const std::string failed_prefix = "the sandbox does not hold: ";
  if (why.starts_with(failed_prefix)) why.erase(0, failed_prefix.size());
  std::string failing = "namespaces";
  for (const char* name : {"limits", "landlock", "seccomp"}) {
    if (why.starts_with(std::string(name) + ":")) failing = name;
  }
  if (failing == "limits") failing = "rlimits";
  bool reached = true;
  for (const std::string name : {"namespaces", "rlimits", "landlock", "seccomp"}) {
    const bool fails = !why.empty() && name == failing;
    if (fails) {
      layers_.push_back({name, false, why + AdviceFor(name)});
      reached = false;
    } else {
      layers_.push_back(
          {name, reached, reached ? Version(name) : "not tried: a layer before it fails"});
    }
  }
}

Status Sandbox::Usable() const {
  std::string missing;
  for (const SandboxLayer& layer : layers_) {
    if (!layer.holds) missing += (missing.empty() ? "" : "; ") + layer.name + ": " + layer.detail;
  }
  if (missing.empty()) return {};
  return Error{Code::kUnavailable, "commands are off, because the sandbox does not hold: " +
                                       missing + " (see `fathom doctor`)"};
}

}  // namespace fathom
