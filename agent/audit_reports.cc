// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <utility>

#include "agent/audit.h"
#include "base/files.h"

namespace fathom {
namespace {

constexpr auto kFormats = std::to_array<std::pair<std::string_view, ReportFormat>>({
    {"text", ReportFormat::kText},
    {"json", ReportFormat::kJson},
    {"sarif", ReportFormat::kSarif},
    {"html", ReportFormat::kHtml},
    {"github", ReportFormat::kGithub},
});

}  // namespace

std::optional<ReportFormat> ReportFormatOf(std::string_view name) {
  for (const auto& [known, format] : kFormats) {
    if (known == name) return format;
  }
  return std::nullopt;
}

std::string Render(const AuditReport& report, ReportFormat format, const RenderOptions& options) {
  switch (format) {
    case ReportFormat::kText:
      return RenderText(report, options);
    case ReportFormat::kJson:
      return RenderJson(report, options);
    case ReportFormat::kSarif:
      return RenderSarif(report, options);
    case ReportFormat::kHtml:
      return RenderHtml(report, options);
    case ReportFormat::kGithub:
      return RenderGithub(report, options);
  }
  return "";
}

Result<std::vector<std::string>> WriteReports(const AuditReport& report,
                                              const WriteOptions& options) {
  std::vector<std::string> paths;
  RenderOptions render = options.render;
  render.colour = false;
  for (const ReportFormat format : options.formats) {
    std::string_view extension;
    for (const auto& [name, known] : kFormats) {
      if (known == format) extension = known == ReportFormat::kText ? "txt" : name;
    }
    const std::string path = options.folder + "/" + options.stem + "." + std::string(extension);
    if (Status written = AtomicWriteFile(path, Render(report, format, render), 0644); !written)
      return written.error();
    paths.push_back(path);
  }
  return paths;
}

}  // namespace fathom
