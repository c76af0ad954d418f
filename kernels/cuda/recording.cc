// SPDX-License-Identifier: Apache-2.0
#include "kernels/recording.h"

#include <utility>

#include "kernels/cuda/device.h"

namespace fathom {

Result<Recording> Recording::Make(const Backend& backend, const std::function<Status()>& work) {
  if (!backend.on_device()) return Error{Code::kUnavailable, "only a device records", ""};
  auto graph = backend.cuda().Enter().Record(work);
  if (!graph) return graph.error();
  return Recording(*graph);
}

Recording::Recording(Recording&& other) noexcept : graph_(std::exchange(other.graph_, nullptr)) {}

Recording& Recording::operator=(Recording&& other) noexcept {
  std::swap(graph_, other.graph_);
  return *this;
}

Recording::~Recording() {
  if (graph_ != nullptr) cudaGraphExecDestroy(static_cast<cudaGraphExec_t>(graph_));
}

Status Recording::Repeat(const Backend& backend, int32_t token, size_t position) const {
  return backend.cuda().Enter().Repeat(static_cast<cudaGraphExec_t>(graph_), {position, token});
}

}  // namespace fathom
