// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>
#include <filesystem>

#include "tools/registry.h"

namespace fathom {
namespace {

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

// Where `inner` lies in `outer`, both plain paths: "" for the same place.
std::optional<std::string> PathWithin(const std::string& outer, const std::string& inner) {
  if (inner == outer) return "";
  const std::string folder = outer == "/" ? outer : outer + "/";
  if (!inner.starts_with(folder)) return std::nullopt;
  return inner.substr(folder.size());
}

// As written and as resolved: a link to settings is as good as the settings.
std::vector<std::string> FormsOf(const std::string& path) {
  std::error_code error;
  std::vector<std::string> forms;
  const std::filesystem::path absolute = std::filesystem::absolute(path, error);
  for (std::string form : {absolute.lexically_normal().string(),
                           std::filesystem::weakly_canonical(absolute, error).string()}) {
    if (form.size() > 1 && form.ends_with('/')) form.pop_back();
    if (!form.empty()) forms.push_back(std::move(form));
  }
  return forms;
}

}  // namespace

Result<Workspace> Workspace::Open(const std::string& path,
                                  const std::vector<std::string>& settings) {
  std::error_code failure;
  const std::string resolved = std::filesystem::canonical(path, failure).string();
  if (failure) return Error{Code::kNotFound, failure.message(), path};
  auto files = RootedDir::Open(resolved, RootedDir::Symlinks::kRefuse);
  if (!files) return files.error();
  Workspace workspace{.path = resolved, .files = std::move(*files), .protected_paths = {}};
  for (const std::string& setting : settings) {
    for (const std::string& form : FormsOf(setting)) {
      if (const auto inside = PathWithin(resolved, form)) {
        workspace.protected_paths.push_back(*inside);
      } else if (PathWithin(form, resolved)) {
        workspace.protected_paths.push_back("");
      }
    }
  }
  return workspace;
}

bool IsProtectedPath(std::string_view path, const std::vector<std::string>& places) {
  const std::string lower = Lower(path);
  for (const std::string& place : places) {
    if (place.empty() || PathWithin(Lower(place), lower)) return true;
  }
  size_t start = 0;
  while (start <= lower.size()) {
    const size_t end = std::min(lower.find('/', start), lower.size());
    const std::string_view component = std::string_view(lower).substr(start, end - start);
    if (component == ".git" || component.starts_with(".fathom")) return true;
    start = end + 1;
  }
  return false;
}

}  // namespace fathom
