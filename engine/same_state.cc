// SPDX-License-Identifier: Apache-2.0
#include "engine/same_state.h"

#include <algorithm>
#include <cstring>

#include "engine/session_impl.h"

namespace fathom {
namespace {

Error Differs(const std::string& what) {
  return Error{Code::kCorrupt, "differs from a new reading in " + what};
}

// Both in the host's memory, of one length.
Status CompareStates(const SequenceState& kept, const SequenceState& fresh) {
  const auto a = kept.lightning(), b = fresh.lightning();
  if (a.size() != b.size()) return Differs("the size of its lightning states");
  const StateShape& shape = kept.shape();
  const size_t floats = shape.lightning_floats() / std::max<size_t>(shape.lightning_layers, 1);
  for (size_t layer = 0; layer < shape.lightning_layers; ++layer) {
    if (std::memcmp(&a[layer * floats], &b[layer * floats], floats * sizeof(float)) != 0)
      return Differs("the state of lightning layer " + std::to_string(layer));
  }
  for (size_t layer = 0; layer < shape.softmax_layers; ++layer) {
    for (size_t i = 0; i < kept.page_count(); ++i) {
      if (std::memcmp(kept.Page(layer, i), fresh.Page(layer, i), KvPageBytes(shape.kv)) == 0)
        continue;
      return Differs("keys or values of softmax layer " + std::to_string(layer) +
                     " from position " + std::to_string(i * shape.kv.page_tokens));
    }
  }
  return OkStatus();
}

}  // namespace

Status ExpectSameState(const Session& kept, const Session& fresh) {
  const Session::Impl &a = Session::Impl::Of(kept), &b = Session::Impl::Of(fresh);
  const auto [left, right] =
      std::mismatch(a.log->begin(), a.log->end(), b.log->begin(), b.log->end());
  if (left != a.log->end() || right != b.log->end())
    return Differs("token " + std::to_string(left - a.log->begin()));
  if (a.hidden.size() != b.hidden.size() ||
      !std::equal(a.hidden.begin(), a.hidden.end(), b.hidden.begin())) {
    return Differs("what follows its last token");
  }
  if (!a.core.model->backend().on_device()) return CompareStates(a.state, b.state);
  const auto on_host = a.state.In(HostMemory()), other = b.state.In(HostMemory());
  if (!on_host) return on_host.error();
  if (!other) return other.error();
  return CompareStates(*on_host, *other);
}

}  // namespace fathom
