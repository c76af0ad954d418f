// SPDX-License-Identifier: Apache-2.0
// AuditStore: audits that have ended, with their reports, in audits.db.
//
// Promises
//  * Put() and Update() have committed (base/db.h) when they return.
//  * Several processes may use one store; they take turns for the milliseconds of a commit.
//  * kAuditsMax audits are kept; the oldest go first.
// Safe from any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "agent/audit.h"
#include "base/result.h"

namespace fathom {

inline constexpr size_t kAuditsMax = 200;

struct AuditInfo {
  std::string id;
  std::string root;
  std::string model;
  std::string created;  // UTC, ISO 8601
  bool partial = false;
  size_t shown = 0, rejected = 0, suppressed = 0, baseline = 0;
};

class AuditStore {
 public:
  // audits.db in `data_folder`.
  static Result<std::unique_ptr<AuditStore>> Open(const std::string& data_folder);

  Status Put(const std::string& id, const AuditReport& report) const;
  // In place of the report of an audit that is there; kNotFound otherwise.
  Status Update(const std::string& id, const AuditReport& report) const;
  Result<std::vector<AuditInfo>> List() const;  // newest first
  Result<AuditInfo> Find(const std::string& id) const;
  Result<AuditReport> Report(const std::string& id) const;
  Status Remove(const std::string& id) const;

 private:
  explicit AuditStore(std::string path) : path_(std::move(path)) {}

  std::string path_;
};

}  // namespace fathom
