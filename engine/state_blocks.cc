// SPDX-License-Identifier: Apache-2.0
#include "engine/state_blocks.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "base/atomic_file.h"
#include "base/check.h"
#include "base/crash_point.h"
#include "base/file_descriptor.h"
#include "base/files.h"
#include "engine/state_manifest.h"

namespace fathom {
namespace {

constexpr const char* kFolder = "blocks";

std::string FolderBeside(const std::string& state_path) {
  const size_t slash = state_path.rfind('/');
  return (slash == std::string::npos ? "" : state_path.substr(0, slash + 1)) + kFolder;
}

}  // namespace

bool IsBlockName(std::string_view text) {
  return text.size() == kStateHashDigits && std::ranges::all_of(text, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

StateBlocks::StateBlocks(const std::string& state_path)
    : state_path_(state_path), folder_(FolderBeside(state_path)) {}

bool StateBlocks::Holds(const std::string& name, std::span<const ByteSpan> parts) const {
  size_t bytes = 0, at = 0;
  for (const ByteSpan part : parts) bytes += part.size();
  const auto file = FileBytes::Load(PathOf(name), bytes);
  if (!file || file->bytes().size() != bytes) return false;
  for (const ByteSpan part : parts) {
    if (!std::ranges::equal(part, file->bytes().subspan(at, part.size()))) return false;
    at += part.size();
  }
  return true;
}

Status StateBlocks::MakeFolder() const {
  return EnsurePrivateDir(folder_);
}

Status StateBlocks::Write(const std::string& name, std::span<const ByteSpan> parts) const {
  auto file = AtomicFile::Create(PathOf(name), "state_block");
  if (!file) return file.error();
  for (const ByteSpan part : parts) {
    if (auto status = file->Write(part); !status) return status;
  }
  return file->Commit();
}

Status StateBlocks::Sync() const {
  const FileDescriptor folder(::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  // Some file systems have no sync of folders (EINVAL).
  if (folder.valid() && (::fsync(folder.get()) == 0 || errno == EINVAL)) return OkStatus();
  return IoError(std::string("cannot sync: ") + std::strerror(errno), folder_);
}

Result<FileBytes> StateBlocks::Load(const std::string& name, std::span<uint8_t> memory) const {
  CHECK(IsBlockName(name));
  const auto corrupt = [&](const std::string& what) {
    return Error{Code::kCorrupt, "is a block of " + state_path_ + " and " + what, PathOf(name)};
  };
  auto file = FileBytes::LoadInto(PathOf(name), memory);
  if (!file && file.error().code == Code::kNotFound) return corrupt("is missing");
  if (!file && file.error().code == Code::kInvalid) return corrupt(file.error().message);
  if (!file) return file.error();
  if (file->bytes().size() != memory.size()) {
    return corrupt("has " + std::to_string(file->bytes().size()) + " bytes, expected " +
                   std::to_string(memory.size()));
  }
  const ByteSpan whole = file->bytes();
  if (ContentHash({&whole, 1}) != name) return corrupt("does not match its name: it is damaged");
  return file;
}

Result<std::set<std::string>> BlocksOf(const std::string& state_path) {
  const auto head = ReadStateHead(state_path);
  if (!head && head.error().code == Code::kNotFound) return std::set<std::string>();
  if (!head) return head.error();
  const auto opened =
      OpenState({reinterpret_cast<const uint8_t*>(head->data()), head->size()}, state_path);
  if (!opened) return std::set<std::string>();
  const auto manifest = ReadManifest(opened->json, state_path);
  if (!manifest) return std::set<std::string>();
  std::set<std::string> names(manifest->page_blocks.begin(), manifest->page_blocks.end());
  names.insert(manifest->checkpoint_blocks.begin(), manifest->checkpoint_blocks.end());
  return names;
}

size_t BlockBytes(const std::string& state_path, const std::string& name) {
  std::error_code error;
  const auto bytes = std::filesystem::file_size(StateBlocks(state_path).PathOf(name), error);
  return error ? 0 : static_cast<size_t>(bytes);
}

size_t RemoveBlocksBut(const std::set<std::string>& named, const std::string& states_folder) {
  size_t freed = 0;
  std::error_code error;
  for (const auto& entry :
       std::filesystem::directory_iterator(states_folder + "/" + kFolder, error)) {
    if (named.contains(entry.path().filename().string())) continue;
    std::error_code gone;
    const auto bytes = entry.file_size(gone);
    if (!std::filesystem::remove(entry.path(), gone)) continue;
    freed += bytes;
    CrashPoint("state_block.removed");
  }
  return freed;
}

}  // namespace fathom
