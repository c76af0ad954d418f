// SPDX-License-Identifier: Apache-2.0
#include "rag/detect.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "base/limits.h"

namespace fathom {
namespace {

using Entry = std::pair<std::string_view, std::string_view>;

constexpr auto kByExtension = std::to_array<Entry>({
    {"c", "c"},
    {"h", "c"},
    {"cc", "cpp"},
    {"cpp", "cpp"},
    {"cxx", "cpp"},
    {"hpp", "cpp"},
    {"hh", "cpp"},
    {"cu", "cpp"},
    {"py", "python"},
    {"pyi", "python"},
    {"js", "javascript"},
    {"mjs", "javascript"},
    {"cjs", "javascript"},
    {"jsx", "javascript"},
    {"ts", "typescript"},
    {"tsx", "typescript"},
    {"vue", "html"},
    {"go", "go"},
    {"rs", "rust"},
    {"java", "java"},
    {"kt", "kotlin"},
    {"scala", "scala"},
    {"cs", "csharp"},
    {"php", "php"},
    {"rb", "ruby"},
    {"pl", "perl"},
    {"pm", "perl"},
    {"sh", "shell"},
    {"bash", "shell"},
    {"sql", "sql"},
    {"yaml", "yaml"},
    {"yml", "yaml"},
    {"toml", "toml"},
    {"ini", "ini"},
    {"cfg", "ini"},
    {"conf", "ini"},
    {"env", "ini"},
    {"properties", "ini"},
    {"json", "json"},
    {"xml", "xml"},
    {"html", "html"},
    {"htm", "html"},
    {"css", "css"},
    {"md", "markdown"},
    {"markdown", "markdown"},
    {"rst", "markdown"},
    {"tex", "text"},
    {"swift", "swift"},
    {"lua", "lua"},
    {"r", "r"},
    {"m", "objc"},
    {"proto", "proto"},
    {"cmake", "cmake"},
    {"mk", "make"},
    {"tf", "terraform"},
});

constexpr auto kByName = std::to_array<Entry>({
    {"Makefile", "make"},
    {"Dockerfile", "dockerfile"},
    {"CMakeLists.txt", "cmake"},
    {"Gemfile", "ruby"},
    {"Rakefile", "ruby"},
    {".env", "ini"},
});

constexpr auto kByInterpreter = std::to_array<Entry>({
    {"python", "python"},
    {"node", "javascript"},
    {"bash", "shell"},
    {"/sh", "shell"},
    {"perl", "perl"},
    {"ruby", "ruby"},
    {"php", "php"},
});

constexpr auto kVendoredFolders = std::to_array<std::string_view>({
    "node_modules",
    "third_party",
    "vendor",
    "bower_components",
    ".venv",
    "site-packages",
    "__pycache__",
});

constexpr auto kGeneratedNames = std::to_array<std::string_view>({
    "package-lock.json",
    "yarn.lock",
    "pnpm-lock.yaml",
    "Cargo.lock",
    "poetry.lock",
    "composer.lock",
    "Gemfile.lock",
    "go.sum",
});

std::string_view BaseName(std::string_view path) {
  const size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

template <size_t N>
std::string_view LookUp(const std::array<Entry, N>& table, std::string_view key) {
  const auto it =
      std::find_if(table.begin(), table.end(), [&](const Entry& e) { return e.first == key; });
  return it == table.end() ? std::string_view() : it->second;
}

// The first `count` lines of the file, as one view.
std::string_view Head(std::string_view bytes, int count) {
  size_t end = 0;
  while (count-- > 0 && end < bytes.size()) {
    const size_t newline = bytes.find('\n', end);
    end = newline == std::string_view::npos ? bytes.size() : newline + 1;
  }
  return bytes.substr(0, end);
}

}  // namespace

std::string LanguageOf(std::string_view path, std::string_view bytes) {
  const std::string_view name = BaseName(path);
  if (const auto language = LookUp(kByName, name); !language.empty()) return std::string(language);
  if (const size_t dot = name.rfind('.'); dot != std::string_view::npos) {
    std::string extension(name.substr(dot + 1));
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](unsigned char c) { return std::tolower(c); });
    if (const auto language = LookUp(kByExtension, extension); !language.empty())
      return std::string(language);
  }
  if (bytes.starts_with("#!")) {
    const std::string_view line = Head(bytes, 1);
    for (const auto& [interpreter, language] : kByInterpreter) {
      if (line.find(interpreter) != std::string_view::npos) return std::string(language);
    }
  }
  return "text";
}

std::optional<std::string> NotText(std::string_view bytes) {
  if (bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff")) return "UTF-16";
  const std::string_view head = bytes.substr(0, 8_KiB);
  if (head.find('\0') != std::string_view::npos) return "binary";
  const auto control = std::count_if(head.begin(), head.end(), [](unsigned char c) {
    return (c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1b) || c == 0x7f;
  });
  if (static_cast<size_t>(control) * 20 > head.size()) return "binary";
  for (size_t begin = 0; begin < bytes.size();) {
    size_t end = bytes.find('\n', begin);
    if (end == std::string_view::npos) end = bytes.size();
    if (end - begin > kCorpusLineBytesMax) return "line longer than 64 KiB";
    begin = end + 1;
  }
  return std::nullopt;
}

bool IsVendored(std::string_view path) {
  while (true) {
    const size_t slash = path.find('/');
    if (slash == std::string_view::npos) return false;
    const std::string_view folder = path.substr(0, slash);
    if (std::find(kVendoredFolders.begin(), kVendoredFolders.end(), folder) !=
        kVendoredFolders.end())
      return true;
    path.remove_prefix(slash + 1);
  }
}

bool IsGenerated(std::string_view path, std::string_view bytes) {
  const std::string_view name = BaseName(path);
  if (std::find(kGeneratedNames.begin(), kGeneratedNames.end(), name) != kGeneratedNames.end())
    return true;
  if (name.find(".min.") != std::string_view::npos) return true;
  const std::string_view head = Head(bytes, 12);
  return head.find("@generated") != std::string_view::npos ||
         head.find("Code generated by") != std::string_view::npos ||
         head.find("DO NOT EDIT") != std::string_view::npos;
}

}  // namespace fathom
