// SPDX-License-Identifier: Apache-2.0
#include "engine/rewind.h"

#include <numeric>

#include "engine/session_impl.h"

namespace fathom {
namespace {

using Mark = Session::Impl::Mark;

// Without softmax layers there are no keys to weigh against.
constexpr size_t kLightningOnlyTokens = 8'192;

// Where going back would cost least without it: the one nearest behind another. The newest stays.
void DropOne(std::vector<Mark>& checkpoints) {
  size_t nearest = 0, gap = checkpoints[0].position;
  for (size_t i = 1; i + 1 < checkpoints.size(); ++i) {
    const size_t distance = checkpoints[i].position - checkpoints[i - 1].position;
    if (distance < gap) nearest = i, gap = distance;
  }
  checkpoints.erase(checkpoints.begin() + static_cast<std::ptrdiff_t>(nearest));
}

}  // namespace

Status MarkCheckpoint(Session& session, size_t checkpoints_max) {
  CHECK(checkpoints_max > 0);
  Session::Impl& impl = Session::Impl::Of(session);
  std::vector<Mark>& kept = impl.checkpoints;
  if (impl.log->empty() || (!kept.empty() && kept.back().position == impl.log->size()))
    return OkStatus();
  auto copied = impl.CopyState(impl.state);
  if (!copied) return copied.error();
  if (kept.size() >= checkpoints_max) DropOne(kept);
  kept.push_back({impl.log->size(), std::move(*copied), impl.hidden});
  return OkStatus();
}

std::vector<size_t> CheckpointsOf(const Session& session) {
  std::vector<size_t> positions;
  for (const Mark& one : Session::Impl::Of(session).checkpoints) positions.push_back(one.position);
  return positions;
}

void ForgetCheckpoints(Session& session) {
  Session::Impl::Of(session).checkpoints.clear();
}

size_t CheckpointSpacing(const Session& session) {
  const Session::Impl& impl = Session::Impl::Of(session);
  const StateShape& shape = impl.state.shape();
  const size_t chunk = impl.options.chunk_tokens;
  const size_t checkpoint_bytes = shape.lightning_floats() * sizeof(float),
               token_bytes = shape.softmax_layers * KvPageBytes(shape.kv) / shape.kv.page_tokens;
  const size_t tokens = token_bytes == 0 ? kLightningOnlyTokens : checkpoint_bytes / token_bytes;
  const size_t unit = std::lcm(chunk, shape.kv.page_tokens);
  return std::max<size_t>(1, (tokens + unit - 1) / unit) * unit;
}

Result<size_t> SaveWithCheckpoints(const Session& session, const std::string& path) {
  return Session::Impl::Of(session).SaveTo(path, true);
}

Status Rewind(Session& session, size_t position, const CallControl& control) {
  Session::Impl& impl = Session::Impl::Of(session);
  if (position > impl.log->size()) {
    return Invalid("cannot rewind to " + std::to_string(position) + ", the session holds " +
                   std::to_string(impl.log->size()) + " tokens");
  }
  if (position == impl.log->size()) return OkStatus();
  std::vector<Mark>& kept = impl.checkpoints;
  while (!kept.empty() && kept.back().position > position) kept.pop_back();
  const size_t from = kept.empty() ? 0 : kept.back().position;
  auto state = kept.empty() ? impl.EmptyState() : impl.CopyState(kept.back().state);
  if (!state) return state.error();
  const std::vector<Token> rest(impl.log->begin() + static_cast<std::ptrdiff_t>(from),
                                impl.log->begin() + static_cast<std::ptrdiff_t>(position));
  impl.StandAt(from, std::move(*state), kept.empty() ? std::vector<float>() : kept.back().hidden);
  return impl.Run(rest, {}, {}, control);
}

}  // namespace fathom
