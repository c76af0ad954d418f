// SPDX-License-Identifier: Apache-2.0
// Admission: a fixed number of workers, and a bounded queue before them.
//
// The next job is one of the client that has the fewest running; among equals the one that waited
// longest for its turn. So a client with a thousand requests delays one with a single request by
// one job. A job starts only where its tokens fit beside those that run (or alone): memory is
// bounded by tokens, not by requests.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace fathom::http {

class Admission {
 public:
  struct Options {
    size_t running_max = 8;
    size_t queued_max = 128;
    size_t tokens_max = size_t{1} << 20;  // of all running jobs together
  };
  explicit Admission(const Options& options);
  ~Admission();
  // Lets every job run to its end, also the queued ones; cancel them before.
  void Stop();

  struct Job {
    std::string client;
    size_t tokens = 0;
    std::function<void()> run;
  };
  // A ticket; nothing when the queue is full.
  std::optional<uint64_t> Submit(Job job);
  // True: it was still waiting and will not run.
  bool Withdraw(uint64_t ticket);

  struct Load {
    size_t running = 0, queued = 0;
  };
  Load load() const;
  const Options& options() const { return options_; }

 private:
  struct Queued {
    uint64_t ticket = 0;
    Job job;
  };
  struct Client {
    std::deque<Queued> jobs;
    size_t running = 0;
    uint64_t last_turn = 0;
  };
  void Work();
  // The client whose turn it is, of those whose first job fits.
  std::map<std::string, Client>::iterator Next();

  const Options options_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::map<std::string, Client> clients_;  // with something queued or running
  size_t running_ = 0, queued_ = 0, tokens_ = 0;
  uint64_t tickets_ = 0, turns_ = 0;
  bool stopping_ = false;
  std::vector<std::thread> workers_;
};

}  // namespace fathom::http
