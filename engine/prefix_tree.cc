// SPDX-License-Identifier: Apache-2.0
#include "engine/prefix_tree.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <filesystem>
#include <numeric>
#include <set>

#include "base/files.h"
#include "engine/rewind.h"
#include "engine/session_impl.h"

namespace fathom {
namespace {

constexpr size_t kBlock = kPrefixBlockTokens;
constexpr size_t kTokensShown = 8;
constexpr std::string_view kFileEnd = ".prefix.state";

size_t Common(std::span<const Token> a, std::span<const Token> b) {
  const auto [left, right] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  return static_cast<size_t>(left - a.begin());
}

std::vector<Token> Copied(std::span<const Token> tokens) {
  return {tokens.begin(), tokens.end()};
}

}  // namespace

struct PrefixTree::Node {
  Node* parent = nullptr;
  uint64_t hash = 0;  // of `block`, salted by the principal
  std::vector<Token> block;
  std::vector<std::unique_ptr<Node>> children;
  std::vector<Entry*> entries;  // their tokens end less than a block after this node
  std::string label;            // of the newest source that came by
};

struct PrefixTree::Root {
  uint64_t salt = 0;
  Node node;
};

struct PrefixTree::Entry {
  std::string principal, label;
  Node* node = nullptr;
  std::vector<Token> tail;  // after the node's blocks
  size_t position = 0;
  uint64_t used = 0;
  size_t pins = 0;         // while it is forked, saved or read back: it stays
  bool forgotten = false;  // goes with its last pin
  SessionOptions options;
  std::optional<Session> session;
  std::string file;  // the same state, if not empty
  size_t file_bytes = 0;
};

PrefixTree::PrefixTree(Engine& engine, PrefixTreeOptions options)
    : engine_(engine), memory_(*engine.core().states), options_(std::move(options)) {
  if (!options_.folder.empty() && EnsurePrivateDir(options_.folder)) {
    std::error_code ignored;
    for (const auto& file : std::filesystem::directory_iterator(options_.folder, ignored)) {
      if (file.path().string().ends_with(kFileEnd)) std::filesystem::remove(file.path(), ignored);
    }
  }
  memory_.Register(*this);
}

PrefixTree::~PrefixTree() {
  memory_.Unregister(*this);
  while (!entries_.empty()) Remove(*entries_.back());
}

PrefixTree::Node* PrefixTree::ChildOf(const Root& root, const Node& node,
                                      std::span<const Token> block) const {
  const uint64_t hash = HashOf(root, block);
  for (const auto& child : node.children) {
    if (child->hash == hash && std::ranges::equal(child->block, block)) return child.get();
  }
  return nullptr;
}

uint64_t PrefixTree::HashOf(const Root& root, std::span<const Token> block) const {
  return XXH3_64bits_withSeed(block.data(), block.size_bytes(), root.salt) & options_.hash_mask;
}

PrefixTree::Node& PrefixTree::Place(Root& root, std::span<const Token> tokens,
                                    const std::string& label) {
  Node* node = &root.node;
  node->label = label;
  for (; tokens.size() >= kBlock; tokens = tokens.subspan(kBlock)) {
    const auto block = tokens.first(kBlock);
    Node* child = ChildOf(root, *node, block);
    if (child == nullptr) {
      child = node->children.emplace_back(std::make_unique<Node>()).get();
      child->parent = node;
      child->hash = HashOf(root, block);
      child->block = Copied(block);
      ++blocks_;
    }
    node = child;
    node->label = label;
  }
  return *node;
}

Result<PrefixTree::Found> PrefixTree::Find(const std::string& principal,
                                           std::span<const Token> tokens) {
  Lock lock(mutex_);
  Found found;
  while (true) {
    const auto at = roots_.find(principal);
    if (at == roots_.end()) return found;
    const Root& root = *at->second;
    Entry* longest = nullptr;
    const Node* node = &root.node;
    size_t before = 0;
    while (true) {
      const auto rest = tokens.subspan(before);
      for (Entry* entry : node->entries) {
        const bool holds = !entry->forgotten && Common(entry->tail, rest) == entry->tail.size();
        if (holds && (longest == nullptr || entry->position > longest->position)) longest = entry;
      }
      const Node* child = rest.size() < kBlock ? nullptr : ChildOf(root, *node, rest.first(kBlock));
      if (child == nullptr) break;
      node = child;
      before += kBlock;
    }
    Describe(*node, tokens.subspan(before), before, found);
    if (longest == nullptr) return found;
    longest->used = memory_.Tick();
    const bool from_file = !longest->session;
    auto fork = ForkOf(*longest, lock);
    if (fork) {
      found.session = std::move(*fork);
      return found;
    }
    // A file that cannot be read is as if it had not been kept; the next longest may do.
    if (!from_file || fork.error().code == Code::kLimit) return fork.error();
  }
}

void PrefixTree::Describe(const Node& node, std::span<const Token> rest, size_t before,
                          Found& found) const {
  std::span<const Token> source;
  const std::string* label = nullptr;
  size_t most = 0;
  const auto consider = [&](std::span<const Token> tokens, const std::string& from) {
    const size_t common = Common(tokens, rest);
    const bool further = tokens.size() > common;
    if (common < most || (common == most && label != nullptr) || (!further && common == most))
      return;
    most = common;
    source = tokens;
    label = further ? &from : nullptr;
  };
  for (const auto& child : node.children) consider(child->block, child->label);
  for (const Entry* entry : node.entries) consider(entry->tail, entry->label);
  found.agreed = before + most;
  found.miss.reset();
  if (label == nullptr) return;
  const auto expected = source.subspan(most, std::min(kTokensShown, source.size() - most));
  found.miss = {found.agreed, *label, Copied(expected)};
}

Result<Session> PrefixTree::ForkOf(Entry& entry, Lock& lock) {
  ++entry.pins;
  if (!entry.session) {
    auto loaded = Load(entry, lock);
    Release(entry);
    return loaded;
  }
  const Session& session = *entry.session;
  lock.unlock();
  auto fork = session.Fork();
  lock.lock();
  if (!fork && fork.error().code == Code::kLimit && entry.pins == 1) {
    // No room for two: the kept one itself.
    fork = std::move(*entry.session);
    Session::Impl::Of(*fork).usage = {};
    entry.session.reset();
    entry.forgotten = true;
  }
  Release(entry);
  return fork;
}

void PrefixTree::Release(Entry& entry) {
  if (--entry.pins == 0 && entry.forgotten) Remove(entry);
}

Result<Session> PrefixTree::Load(Entry& entry, Lock& lock) {
  const std::string file = entry.file;
  const SessionOptions options = entry.options;
  lock.unlock();
  auto restored = engine_.Restore(file, options);
  auto fork = restored ? restored->Fork() : Result<Session>(restored.error());
  lock.lock();
  if (!restored) {
    entry.forgotten = restored.error().code != Code::kLimit;  // else there may be room later
    return restored;
  }
  if (!fork) return restored;
  if (!entry.session) entry.session = std::move(*restored);
  return fork;
}

void PrefixTree::Keep(const Name& name, Session session) {
  if (session.position() == 0) return;
  const Lock lock(mutex_);
  auto& root = roots_[name.principal];
  if (root == nullptr) {
    root = std::make_unique<Root>();
    root->salt = XXH3_64bits(name.principal.data(), name.principal.size());
  }
  const auto tokens = session.tokens();
  Node& node = Place(*root, tokens, name.label);
  const auto tail = tokens.subspan(tokens.size() / kBlock * kBlock);
  for (Entry* entry : node.entries) {
    if (entry->forgotten || !std::ranges::equal(entry->tail, tail)) continue;
    entry->used = memory_.Tick();
    entry->label = name.label;
    if (!entry->session) entry->session = std::move(session);
    return;
  }
  Entry& entry = *entries_.emplace_back(std::make_unique<Entry>());
  entry.principal = name.principal;
  entry.label = name.label;
  entry.node = &node;
  entry.tail = Copied(tail);
  entry.position = tokens.size();
  entry.used = memory_.Tick();
  entry.options = Session::Impl::Of(session).options;
  const size_t spacing = CheckpointSpacing(session);
  entry.session = std::move(session);
  node.entries.push_back(&entry);
  ThinBehind(entry, spacing);
}

std::vector<PrefixTree::Entry*> PrefixTree::PrefixesOf(const Entry& entry) const {
  std::vector<Entry*> prefixes;
  std::span<const Token> next = entry.tail;  // what follows the node's blocks
  for (const Node* node = entry.node; node != nullptr; node = node->parent) {
    for (Entry* one : node->entries) {
      if (one != &entry && Common(one->tail, next) == one->tail.size()) prefixes.push_back(one);
    }
    next = node->block;
  }
  std::ranges::sort(prefixes, std::greater(), &Entry::position);
  return prefixes;
}

void PrefixTree::ThinBehind(const Entry& newest, size_t spacing) {
  const std::vector<Entry*> prefixes = PrefixesOf(newest);
  size_t kept = 0;  // position of the last one that stays, from the shortest on
  for (size_t i = prefixes.size(); i-- > kPrefixStatesUnthinned;) {
    Entry& entry = *prefixes[i];
    const bool junction = entry.tail.empty() && entry.node->children.size() > 1;
    if (junction || entry.pins > 0 || entry.position >= kept + spacing)
      kept = entry.position;
    else
      Remove(entry);
  }
}

Status PrefixTree::Read(const Name& name, std::span<const Token> tokens, size_t agreed,
                        Session& session, const CallControl& control) {
  const size_t begin = session.position(), spacing = CheckpointSpacing(session);
  const size_t unit = std::lcm(Session::Impl::Of(session).options.chunk_tokens, kBlock);
  std::set<size_t> stops{tokens.size()};
  for (size_t at = begin / spacing * spacing + spacing; at < tokens.size(); at += spacing)
    stops.insert(at);
  if (agreed < tokens.size()) stops.insert(agreed / unit * unit);
  for (const size_t stop : stops) {
    const size_t at = session.position();
    if (stop <= at) continue;
    CallControl piece = control;
    if (control.progress) {
      piece.progress = [&](const Progress& progress) {
        control.progress({at - begin + progress.tokens_done, tokens.size() - begin});
      };
    }
    if (auto status = session.Append(tokens.subspan(at, stop - at), piece); !status) return status;
    if (stop == tokens.size()) break;
    // Kept only in case: where there is no room, reading goes on without it.
    if (auto fork = session.Fork()) Keep(name, std::move(*fork));
  }
  return OkStatus();
}

std::optional<Session> PrefixTree::Take(const std::string& principal, std::span<const Token> tokens,
                                        const std::function<bool(const Session&)>& wanted) {
  const Lock lock(mutex_);
  Entry* newest = nullptr;
  for (const auto& entry : entries_) {
    if (entry->principal != principal || !entry->session || entry->pins > 0) continue;
    if (newest != nullptr && entry->used < newest->used) continue;
    const bool goes_on = Common(entry->session->tokens(), tokens) == tokens.size();
    if (goes_on && wanted(*entry->session)) newest = entry.get();
  }
  if (newest == nullptr) return std::nullopt;
  std::optional<Session> taken = std::move(newest->session);
  newest->session.reset();
  Remove(*newest);
  return taken;
}

Status PrefixTree::Fork(const std::string& from, const std::string& to) {
  if (from == to) return OkStatus();
  {
    const Lock lock(mutex_);
    if (!roots_.contains(from)) return OkStatus();
  }
  Forget(to);
  Lock lock(mutex_);
  std::vector<Entry*> sources;
  for (const auto& entry : entries_) {
    if (entry->principal == from && !entry->forgotten) sources.push_back(entry.get());
  }
  for (Entry* source : sources) ++source->pins;
  std::sort(sources.begin(), sources.end(),
            [](const Entry* a, const Entry* b) { return a->used < b->used; });
  Status status;
  for (Entry* source : sources) {
    if (status.ok() && source->session) {
      auto fork = ForkOf(*source, lock);
      const Name name{to, source->label};
      lock.unlock();
      if (fork)
        Keep(name, std::move(*fork));
      else if (fork.error().code != Code::kLimit)  // what is not there is read again
        status = fork.error();
      lock.lock();
    }
    Release(*source);
  }
  return status;
}

void PrefixTree::Forget(const std::string& principal) {
  const Lock lock(mutex_);
  for (size_t i = entries_.size(); i-- > 0;) {
    Entry& entry = *entries_[i];
    if (entry.principal != principal) continue;
    entry.forgotten = true;
    if (entry.pins == 0) Remove(entry);
  }
}

PrefixTree::Counts PrefixTree::counts() const {
  const Lock lock(mutex_);
  Counts counts{.disk_bytes = disk_bytes_, .blocks = blocks_};
  for (const auto& entry : entries_) {
    counts.in_memory += entry->session.has_value();
    counts.on_disk += !entry->file.empty();
  }
  return counts;
}

PrefixTree::Entry* PrefixTree::Oldest(const std::function<bool(const Entry&)>& of) const {
  Entry* oldest = nullptr;
  for (const auto& entry : entries_) {
    if (entry->pins > 0 || !of(*entry)) continue;
    if (oldest == nullptr || entry->used < oldest->used) oldest = entry.get();
  }
  return oldest;
}

uint64_t PrefixTree::OldestUse() const {
  const Lock lock(mutex_);
  const Entry* oldest = Oldest([](const Entry& entry) { return entry.session.has_value(); });
  return oldest == nullptr ? kNothing : oldest->used;
}

bool PrefixTree::EvictOldest() {
  Lock lock(mutex_);
  Entry* oldest = Oldest([](const Entry& entry) { return entry.session.has_value(); });
  if (oldest == nullptr) return false;
  const uint64_t used = oldest->used;
  if (oldest->file.empty() && !options_.folder.empty()) {
    ++oldest->pins;
    const std::string file =
        options_.folder + "/" + std::to_string(++files_) + std::string(kFileEnd);
    const Session& session = *oldest->session;
    lock.unlock();
    const auto bytes = session.Save(file);
    lock.lock();
    if (bytes) {
      oldest->file = file;
      oldest->file_bytes = *bytes;
      disk_bytes_ += *bytes;
    }
    const bool goes = oldest->forgotten && oldest->pins == 1;
    Release(*oldest);
    if (goes) return true;
  }
  if (oldest->pins > 0 || oldest->used != used) return true;  // someone came for it meanwhile
  const Session gone = std::move(*oldest->session);
  oldest->session.reset();
  if (oldest->file.empty()) Remove(*oldest);
  TrimFolder();
  lock.unlock();  // wiping it takes a moment
  return true;
}

void PrefixTree::TrimFolder() {
  while (disk_bytes_ > options_.folder_bytes_max) {
    Entry* oldest = Oldest([](const Entry& entry) { return !entry.file.empty(); });
    if (oldest == nullptr) return;
    DropFile(*oldest);
    if (!oldest->session) Remove(*oldest);
  }
}

void PrefixTree::DropFile(Entry& entry) {
  if (entry.file.empty()) return;
  std::error_code ignored;
  std::filesystem::remove(entry.file, ignored);
  disk_bytes_ -= entry.file_bytes;
  entry.file.clear();
  entry.file_bytes = 0;
}

void PrefixTree::Remove(Entry& entry) {
  DropFile(entry);
  Node* node = entry.node;
  std::erase(node->entries, &entry);
  while (node->parent != nullptr && node->entries.empty() && node->children.empty()) {
    Node* parent = node->parent;
    std::erase_if(parent->children, [&](const auto& child) { return child.get() == node; });
    --blocks_;
    node = parent;
  }
  if (node->parent == nullptr && node->entries.empty() && node->children.empty())
    roots_.erase(entry.principal);
  std::erase_if(entries_, [&](const auto& one) { return one.get() == &entry; });
}

}  // namespace fathom
