// SPDX-License-Identifier: Apache-2.0
// Runs every case inside the sandbox, where it must be held back, and outside, where it must
// succeed: a case that cannot succeed anywhere proves nothing.
//
//   sandbox_escape_test PROGRAM caller|ordinary [CASE]    ordinary: as user 65534, when started by
//   root
//
// Exit status 0 all as it must be, 1 not, 77 the sandbox is not available here (nothing tested).
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <thread>

#include "base/file_descriptor.h"
#include "tests/sandbox_escape/cases.h"
#include "tools/sandbox/sandbox.h"

namespace fathom::escape {
namespace {

namespace fs = std::filesystem;
constexpr int kOrdinaryUser = 65534;
constexpr int kInheritedFd = 900;
constexpr int kSkipped = 77;

void Put(const std::string& path, const std::string& text, mode_t mode = 0644) {
  fs::create_directories(fs::path(path).parent_path());
  std::ofstream(path) << text;
  chmod(path.c_str(), mode);
}

// Answers "!" to whatever comes in by TCP, UDP or a named socket of this machine.
class Answerer {
 public:
  Answerer() {
    for (const int family : {AF_INET, AF_INET6}) Open(family, SOCK_STREAM);
    Open(AF_INET, SOCK_DGRAM);
    abstract_ = "fathom-escape-" + std::to_string(getpid());
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    memcpy(address.sun_path + 1, abstract_.data(), abstract_.size());
    ListenUnix(address, sizeof(sa_family_t) + 1 + abstract_.size());
    thread_ = std::thread([this] { Serve(); });
  }
  ~Answerer() {
    done_ = true;
    thread_.join();
  }
  const std::string& port() const { return port_; }
  const std::string& abstract() const { return abstract_; }
  void ListenPath(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    strncpy(address.sun_path, path.c_str(), sizeof(address.sun_path) - 1);
    ListenUnix(address, sizeof(address));
    chmod(path.c_str(), 0777);
  }

 private:
  void Open(int family, int type) {
    // sockaddr_in and sockaddr_in6: family, port (network order), then flow or address.
    unsigned char address[28] = {};
    address[0] = static_cast<unsigned char>(family);
    if (family == AF_INET)
      address[4] = 127, address[7] = 1;
    else
      address[23] = 1;
    memcpy(address + 2, port_bytes_, 2);
    socklen_t size = family == AF_INET ? 16 : 28;
    FileDescriptor fd(socket(family, type | SOCK_CLOEXEC, 0));
    if (!fd.valid() || bind(fd.get(), reinterpret_cast<sockaddr*>(address), size) != 0) return;
    if (type == SOCK_STREAM && listen(fd.get(), 8) != 0) return;
    getsockname(fd.get(), reinterpret_cast<sockaddr*>(address), &size);
    memcpy(port_bytes_, address + 2, 2);
    port_ = std::to_string(address[2] << 8 | address[3]);
    Add(std::move(fd), type == SOCK_STREAM);
  }
  void ListenUnix(const sockaddr_un& address, size_t size) {
    FileDescriptor fd(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), static_cast<socklen_t>(size)) ==
            0 &&
        listen(fd.get(), 8) == 0)
      Add(std::move(fd), true);
  }
  void Add(FileDescriptor fd, bool is_stream) {
    const size_t at = count_.load();
    if (at == std::size(sockets_)) return;
    sockets_[at] = std::move(fd);
    is_stream_[at] = is_stream;
    count_ = at + 1;
  }
  void Serve() {
    while (!done_) {
      pollfd waiting[512];
      const size_t count = count_;
      for (size_t i = 0; i < count; ++i) waiting[i] = {sockets_[i].get(), POLLIN, 0};
      if (poll(waiting, count, 50) <= 0) continue;
      for (size_t i = 0; i < count; ++i)
        if (waiting[i].revents & POLLIN) Answer(sockets_[i].get(), is_stream_[i]);
    }
  }
  static void Answer(int fd, bool is_stream) {
    char bytes[64];
    if (is_stream) {
      const FileDescriptor peer(accept4(fd, nullptr, nullptr, SOCK_CLOEXEC));
      if (peer.valid() && read(peer.get(), bytes, sizeof(bytes)) > 0)
        send(peer.get(), "!", 1, MSG_NOSIGNAL);
      return;
    }
    sockaddr_storage from;
    socklen_t size = sizeof(from);
    auto* address = reinterpret_cast<sockaddr*>(&from);
    if (recvfrom(fd, bytes, sizeof(bytes), 0, address, &size) > 0)
      sendto(fd, "!", 1, 0, address, size);
  }

  FileDescriptor sockets_[512];
  bool is_stream_[512] = {};
  std::atomic<size_t> count_{0};
  std::atomic<bool> done_{false};
  unsigned char port_bytes_[2] = {};
  std::string port_, abstract_;
  std::thread thread_;
};

// A folder with what a case may want to reach; fresh for each run of each case.
class Stage {
 public:
  Stage(const std::string& program, Answerer& answerer) {
    std::string name = fs::temp_directory_path() / "fathom-escape.XXXXXX";
    if (!mkdtemp(name.data())) std::abort();
    root_ = fs::canonical(name);
    scene = {root_ + "/outside", root_ + "/work", std::to_string(getpid()), answerer.port(),
             answerer.abstract()};
    for (const char* path : {"/secret", "/home/.ssh/id", "/state/token", "/other/file"})
      Put(scene.outside + path, "secret of the driver");
    Put(scene.workspace + "/hidden/sessions.db", "secret of the driver");
    Put(scene.workspace + "/.git/config", "old");
    fs::create_directories(scene.workspace + "/.git/hooks");
    fs::create_directories(scene.workspace + "/sub/.git/hooks");
    Put(scene.workspace + "/.fathom.yaml", "old");
    Put(scene.workspace + "/policy.yaml", "old");
    Put(scene.workspace + "/read-only/file", "old");
    Put(scene.workspace + "/program", program, 0755);
    answerer.ListenPath(scene.workspace + "/s");
    const FileDescriptor folder(open(scene.outside.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    dup2(folder.get(), kInheritedFd);  // open for whoever is started, as a leak would be
  }
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;
  ~Stage() {
    close(kInheritedFd);
    std::error_code error;
    fs::remove_all(root_, error);
  }
  std::vector<std::string> Command(const Case& escape) const {
    return {scene.workspace + "/program",
            escape.name,
            scene.outside,
            scene.workspace,
            scene.driver,
            scene.port,
            scene.abstract};
  }
  uintmax_t Heartbeat() const {
    std::error_code error;
    const auto size = fs::file_size(scene.workspace + "/heartbeat", error);
    return error ? 0 : size;
  }
  // What a case left, judged by looking; `exit_code` for those that say it.
  bool Escaped(const Case& escape, int exit_code) const {
    if (escape.kind == Kind::kLeaves) {
      const std::string trace = escape.trace + scene.driver;
      const bool there = fs::exists(trace);
      fs::remove(trace);
      return there;
    }
    if (escape.kind == Kind::kLives) {
      const uintmax_t before = Heartbeat();
      std::this_thread::sleep_for(std::chrono::milliseconds(400));
      return Heartbeat() > before;
    }
    return exit_code == kEscaped;
  }

  Scene scene;

 private:
  std::string root_;
};

std::string Contained(const Case& escape, const std::string& program, Answerer& answerer,
                      double* seconds) {
  const Stage stage(program, answerer);
  SandboxRequest request{.argv = stage.Command(escape),
                         .workspace = stage.scene.workspace,
                         .writable = {""},
                         .protected_paths = {"policy.yaml", "read-only"},
                         .hidden = {stage.scene.workspace + "/hidden"}};
  request.limits.wall_ms = escape.kind == Kind::kHangs ? 500 : 30'000;
  request.limits.cpu_seconds = strcmp(escape.name, "burn_cpu") == 0 ? 1 : 30;
  if (strcmp(escape.name, "memory_of_many") == 0) request.limits.memory_bytes = 256_MiB;
  auto result = RunSandboxed(request);
  if (!result) return "could not run: " + result.error().Text();
  *seconds = result->seconds;
  if (escape.kind == Kind::kHangs) {
    if (!result->timed_out || result->seconds > 10) return "was not stopped by the clock";
    if (result->out.size() > kSandboxOutputBytes) return "its output was not cut";
    return "";
  }
  if (result->timed_out) return "did not end: the case did not do what it says";
  if (result->exit_code == 2 || result->exit_code > kEscaped)
    return "the program failed: exit " + std::to_string(result->exit_code) + " " + result->err;
  return stage.Escaped(escape, result->exit_code) ? "ESCAPED" : "";
}

// The same program, started as anyone would.
std::string Control(const Case& escape, const std::string& program, Answerer& answerer) {
  const Stage stage(program, answerer);
  const std::vector<std::string> command = stage.Command(escape);
  int output[2];
  if (pipe2(output, O_CLOEXEC) != 0) return "no pipe";
  const pid_t child = fork();
  if (child == 0) {
    std::vector<char*> argv;
    for (const std::string& word : command) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    dup2(output[1], STDOUT_FILENO);
    if (chdir(stage.scene.workspace.c_str()) != 0) _exit(3);
    execv(argv[0], argv.data());
    _exit(3);
  }
  close(output[1]);
  const FileDescriptor out(output[0]);
  int status = 0;
  if (escape.kind == Kind::kHangs) {
    // More than the sandbox would keep, where the case writes.
    std::string bytes(1 << 16, '\0');
    size_t got = 0;
    while (strcmp(escape.name, "endless_output") == 0 && got <= 2 * kSandboxOutputBytes) {
      const ssize_t more = read(out.get(), bytes.data(), bytes.size());
      if (more <= 0) break;
      got += static_cast<size_t>(more);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    kill(child, SIGTERM);
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    const bool wrote = strcmp(escape.name, "endless_output") != 0 || got > kSandboxOutputBytes;
    const bool lives = wrote && (strcmp(escape.name, "endless_output") == 0 ||
                                 waitpid(child, &status, WNOHANG) == 0);
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    return lives ? "" : "it ended outside, too";
  }
  waitpid(child, &status, 0);
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  const bool escaped = stage.Escaped(escape, code);
  if (escape.kind == Kind::kLives) sleep(3);  // its daemon ends before its folder goes
  return escaped ? "" : "held back outside, too (exit " + std::to_string(code) + ")";
}

std::string FirstLine(const char* path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

// Where this machine, not the sandbox, forbids it to everyone or to ordinary users.
bool ForbiddenHere(const Case& escape) {
  const std::string name = escape.name;
  const bool root = geteuid() == 0;
  if (escape.root_only && !root) return true;
  const std::string uring = FirstLine("/proc/sys/kernel/io_uring_disabled");
  if (name == "io_uring") return uring == "2" || (uring == "1" && !root);
  if (name == "tcp_v6") return !fs::exists("/proc/net/if_inet6");
  if (name == "ptrace") return FirstLine("/proc/sys/kernel/yama/ptrace_scope") >= "2";
  if (name == "core_pattern") return access("/proc/sys/kernel/core_pattern", W_OK) != 0;
  if (name == "sysrq_trigger") return access("/proc/sysrq-trigger", W_OK) != 0;
  return false;
}

void PrintStartCost(const std::string& workspace) {
  std::vector<double> milliseconds;
  for (int i = 0; i < 9; ++i) {
    auto result = RunSandboxed({.argv = {"/bin/true"}, .workspace = workspace});
    if (result) milliseconds.push_back(result->seconds * 1000);
  }
  std::sort(milliseconds.begin(), milliseconds.end());
  if (!milliseconds.empty())
    std::printf("start cost: median %.1f ms, least %.1f ms (/bin/true, 9 runs)\n",
                milliseconds[milliseconds.size() / 2], milliseconds[0]);
}

int RunAll(const std::string& program, const std::string& only) {
  setenv("HOME", "/nonexistent", 1);
  if (auto usable = Sandbox::Probe().Usable(); !usable) {
    std::printf("SKIPPED, nothing was tested: %s\n", usable.error().Text().c_str());
    return kSkipped;
  }
  setenv("FATHOM_CANARY", "in the driver's environment", 1);
  Answerer answerer;
  int contained = 0, controls = 0, controls_possible = 0, count = 0;
  for (const Case& escape : AllCases()) {
    if (!only.empty() && only != escape.name) continue;
    double seconds = 0;
    ++count;
    const std::string inside = Contained(escape, program, answerer, &seconds);
    contained += inside.empty();
    std::string outside = "not possible here";
    if (!ForbiddenHere(escape)) {
      outside = Control(escape, program, answerer);
      ++controls_possible;
      controls += outside.empty();
    }
    std::printf("%-28s %-10s control: %s\n", escape.name,
                inside.empty() ? "contained" : inside.c_str(),
                outside.empty() ? "succeeds" : outside.c_str());
    std::fflush(stdout);
  }
  const Stage stage(program, answerer);
  PrintStartCost(stage.scene.workspace);
  std::printf("user %d: contained %d/%d, control %d/%d\n", static_cast<int>(geteuid()), contained,
              count, controls, controls_possible);
  return contained == count && controls == controls_possible &&
                 (!only.empty() || controls_possible >= 40)
             ? 0
             : 1;
}

int Main(int argc, char** argv) {
  if (argc != 3 && argc != 4) return 2;
  std::ifstream file(argv[1], std::ios::binary);
  const std::string program{std::istreambuf_iterator<char>(file), {}};
  if (program.empty()) return 2;
  if (strcmp(argv[2], "ordinary") == 0 && geteuid() == 0) {
    if (syscall(SYS_setgroups, 0, nullptr) != 0 ||
        setresgid(kOrdinaryUser, kOrdinaryUser, kOrdinaryUser) != 0 ||
        setresuid(kOrdinaryUser, kOrdinaryUser, kOrdinaryUser) != 0) {
      std::printf("SKIPPED, nothing was tested: no change to an ordinary user here\n");
      return kSkipped;
    }
    prctl(PR_SET_DUMPABLE, 1);  // as a program started by that user is
  }
  return RunAll(program, argc == 4 ? argv[3] : "");
}

}  // namespace
}  // namespace fathom::escape

int main(int argc, char** argv) {
  return fathom::escape::Main(argc, argv);
}
