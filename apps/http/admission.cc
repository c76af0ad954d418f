// SPDX-License-Identifier: Apache-2.0
#include "apps/http/admission.h"

#include <algorithm>

namespace fathom::http {

Admission::Admission(const Options& options) : options_(options) {
  for (size_t i = 0; i < options_.running_max; ++i) workers_.emplace_back([this] { Work(); });
}

Admission::~Admission() {
  Stop();
}

void Admission::Stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  for (std::thread& worker : workers_) worker.join();
  workers_.clear();
}

std::optional<uint64_t> Admission::Submit(Job job) {
  uint64_t ticket = 0;
  {
    std::lock_guard lock(mutex_);
    if (queued_ >= options_.queued_max) return std::nullopt;
    ticket = ++tickets_;
    ++queued_;
    Client& client = clients_[job.client];
    if (client.jobs.empty() && client.running == 0) client.last_turn = turns_;
    client.jobs.push_back({ticket, std::move(job)});
  }
  wake_.notify_one();
  return ticket;
}

bool Admission::Withdraw(uint64_t ticket) {
  std::lock_guard lock(mutex_);
  for (auto client = clients_.begin(); client != clients_.end(); ++client) {
    auto& jobs = client->second.jobs;
    const auto found = std::find_if(jobs.begin(), jobs.end(),
                                    [&](const Queued& queued) { return queued.ticket == ticket; });
    if (found == jobs.end()) continue;
    jobs.erase(found);
    --queued_;
    if (jobs.empty() && client->second.running == 0) clients_.erase(client);
    return true;
  }
  return false;
}

Admission::Load Admission::load() const {
  std::lock_guard lock(mutex_);
  return {running_, queued_};
}

std::map<std::string, Admission::Client>::iterator Admission::Next() {
  auto best = clients_.end();
  for (auto it = clients_.begin(); it != clients_.end(); ++it) {
    const Client& client = it->second;
    if (client.jobs.empty()) continue;
    const size_t tokens = client.jobs.front().job.tokens;
    if (running_ > 0 && tokens_ + tokens > options_.tokens_max) continue;
    if (best == clients_.end() || client.running < best->second.running ||
        (client.running == best->second.running && client.last_turn < best->second.last_turn)) {
      best = it;
    }
  }
  return best;
}

void Admission::Work() {
  std::unique_lock lock(mutex_);
  while (true) {
    auto next = clients_.end();
    wake_.wait(lock, [&] {
      next = Next();
      return next != clients_.end() || (stopping_ && queued_ == 0);
    });
    if (next == clients_.end()) return;
    Queued queued = std::move(next->second.jobs.front());
    next->second.jobs.pop_front();
    next->second.last_turn = ++turns_;
    ++next->second.running;
    --queued_;
    ++running_;
    tokens_ += queued.job.tokens;
    lock.unlock();
    queued.job.run();
    queued.job.run = nullptr;  // what it holds is let go before its turn ends
    lock.lock();
    --running_;
    tokens_ -= queued.job.tokens;
    const auto client = clients_.find(queued.job.client);
    if (--client->second.running == 0 && client->second.jobs.empty()) clients_.erase(client);
    wake_.notify_all();
  }
}

}  // namespace fathom::http
