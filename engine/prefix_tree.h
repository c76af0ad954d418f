// SPDX-License-Identifier: Apache-2.0
// PrefixTree: states kept by the tokens they have read, so that nothing is read twice.
//
// A tree over blocks of kPrefixBlockTokens tokens for each principal; nothing is ever found across
// principals. A block is found by its hash, then its tokens are compared: equal hashes alone give
// nothing away. States stand at turn ends (Keep), at junctions, where two kept texts part, and on
// the way at distances that make a checkpoint weigh no more than the keys between (Read). Turn ends
// far behind the newest are thinned to that distance. What is handed out is a fork; continuing it
// is bit-equal to a run that read the same tokens in one go.
//
// Kept states are what the engine's budget (EngineOptions::state_bytes_max) lets go first, by last
// use over all trees of the engine: to a file where a folder was given, from which Find reads them
// back, then away. A state that is being forked or saved stays.
//
// Safe from several threads. The engine must outlive the tree.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "engine/state_memory.h"

namespace fathom {

inline constexpr size_t kPrefixBlockTokens = 256;  // whole pages, and parts of a whole chunk

// The newest states of a text are all kept: two a turn, so that 16 turns back nothing is read
// again.
inline constexpr size_t kPrefixStatesUnthinned = 32;

struct PrefixTreeOptions {
  // Evicted states go here; empty: they go away. It is this tree's own: what an earlier process
  // left there is removed.
  std::string folder;
  size_t folder_bytes_max = size_t{16} << 30;
  uint64_t hash_mask = UINT64_MAX;  // tests make blocks collide
};

class PrefixTree final : public Evictable {
 public:
  explicit PrefixTree(Engine& engine, PrefixTreeOptions options = {});
  ~PrefixTree() override;
  PrefixTree(const PrefixTree&) = delete;
  PrefixTree& operator=(const PrefixTree&) = delete;

  struct Name {
    std::string principal;
    std::string label;  // of the source, for reports
  };

  // Where the tokens asked for leave the source that agrees longest, if that goes further.
  struct Miss {
    size_t position = 0;
    std::string label;
    std::vector<Token> expected;  // a few tokens of the source from there
  };
  struct Found {
    std::optional<Session> session;  // a fork of the longest state that the tokens begin with
    size_t agreed = 0;               // so many tokens agree with something kept
    std::optional<Miss> miss;
  };
  Result<Found> Find(const std::string& principal, std::span<const Token> tokens);

  // The state of a turn's end. An earlier one of the same tokens stays.
  void Keep(const Name& name, Session session);

  // Reads on to the end of `tokens`, which begin with those of `session`, and keeps forks on the
  // way: before the junction at `agreed` and at CheckpointSpacing, where a session stands bit for
  // bit as one that reads on.
  Status Read(const Name& name, std::span<const Token> tokens, size_t agreed, Session& session,
              const CallControl& control);

  // Takes out the state used last among those that go on from `tokens` and that `wanted` approves.
  std::optional<Session> Take(const std::string& principal, std::span<const Token> tokens,
                              const std::function<bool(const Session&)>& wanted);

  // `to` has what `from` has in memory, as far as there is room, and nothing else.
  Status Fork(const std::string& from, const std::string& to);
  void Forget(const std::string& principal);

  struct Counts {
    size_t in_memory = 0, on_disk = 0;  // states; a state in both counts in both
    size_t disk_bytes = 0, blocks = 0;
  };
  Counts counts() const;

  uint64_t OldestUse() const override;
  bool EvictOldest() override;

 private:
  struct Node;
  struct Entry;
  struct Root;
  using Lock = std::unique_lock<std::mutex>;

  Node* ChildOf(const Root& root, const Node& node, std::span<const Token> block) const;
  uint64_t HashOf(const Root& root, std::span<const Token> block) const;
  Node& Place(Root& root, std::span<const Token> tokens, const std::string& label);
  std::vector<Entry*> PrefixesOf(const Entry& entry) const;  // the longest first
  void ThinBehind(const Entry& newest, size_t spacing);
  void Remove(Entry& entry);   // with its file
  void Release(Entry& entry);  // a pin
  Entry* Oldest(const std::function<bool(const Entry&)>& of) const;
  void TrimFolder();
  void DropFile(Entry& entry);
  // With `entry` pinned and the lock let go meanwhile.
  Result<Session> ForkOf(Entry& entry, Lock& lock);
  Result<Session> Load(Entry& entry, Lock& lock);
  void Describe(const Node& node, std::span<const Token> rest, size_t before, Found& found) const;

  Engine& engine_;
  StateMemory& memory_;
  const PrefixTreeOptions options_;
  mutable std::mutex mutex_;
  std::map<std::string, std::unique_ptr<Root>> roots_;
  std::vector<std::unique_ptr<Entry>> entries_;
  size_t disk_bytes_ = 0, blocks_ = 0;
  uint64_t files_ = 0;  // ever written: their names
};

}  // namespace fathom
