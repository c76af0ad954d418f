// SPDX-License-Identifier: Apache-2.0
// The host's memory, forwarded to: tests override what they watch.
#pragma once

#include "kernels/backend.h"

namespace fathom::test {

class HostBackedMemory : public Memory {
 public:
  bool on_device() const override { return false; }
  Result<std::byte*> Allocate(size_t bytes) override { return HostMemory().Allocate(bytes); }
  void Free(std::byte* bytes) override { HostMemory().Free(bytes); }
  Status Zero(void* to, size_t bytes) override { return HostMemory().Zero(to, bytes); }
  Status CopyIn(void* to, const void* host, size_t bytes) override {
    return HostMemory().CopyIn(to, host, bytes);
  }
  Status CopyOut(void* host, const void* from, size_t bytes) override {
    return HostMemory().CopyOut(host, from, bytes);
  }
  Status Copy(void* to, const void* from, size_t bytes) override {
    return HostMemory().Copy(to, from, bytes);
  }
};

}  // namespace fathom::test
