// SPDX-License-Identifier: Apache-2.0
// Claims: names of which each is held by one at a time. Safe from any thread.
#pragma once

#include <mutex>
#include <set>
#include <string>

namespace fathom::http {

class Claims {
 public:
  // Held until it goes; holds() is false where another has it.
  class Claim {
   public:
    Claim(Claims& all, std::string name) : all_(all), name_(std::move(name)) {
      std::lock_guard lock(all_.mutex_);
      holds_ = all_.held_.insert(name_).second;
    }
    ~Claim() {
      if (!holds_) return;
      std::lock_guard lock(all_.mutex_);
      all_.held_.erase(name_);
    }
    Claim(const Claim&) = delete;
    bool holds() const { return holds_; }

   private:
    Claims& all_;
    const std::string name_;
    bool holds_ = false;
  };

 private:
  std::mutex mutex_;
  std::set<std::string> held_;
};

}  // namespace fathom::http
