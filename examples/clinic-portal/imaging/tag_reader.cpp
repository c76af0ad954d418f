#include "tag_reader.hpp"

#include <algorithm>
#include <cstdio>
#include <cstring>

namespace imaging {
namespace {

constexpr std::uint16_t kPatientGroup = 0x0010;
constexpr std::uint16_t kStudyGroup = 0x0008;
constexpr std::uint16_t kPaletteGroup = 0x0028;
constexpr std::uint32_t kValueBytesMax = 1u << 20;
constexpr const char* kFrameFormat = "%s  frame %d";

}  // namespace

template <typename Number>
bool TagReader::Read(Number& number) {
  std::array<char, sizeof(Number)> raw{};
  if (!in_.read(raw.data(), raw.size())) return false;
  std::memcpy(&number, raw.data(), sizeof number);
  return true;
}

std::optional<Tag> TagReader::Next() {
  Tag tag;
  std::uint32_t length = 0;
  if (!Read(tag.group) || !Read(tag.element) || !Read(length)) return std::nullopt;
  if (length > kValueBytesMax) return std::nullopt;
  tag.value.resize(length);
  if (!in_.read(tag.value.data(), length)) return std::nullopt;
  return tag;
}

void Apply(const Tag& tag, Overlay& overlay) {
  switch (tag.group) {
    case kPatientGroup:
      std::strcpy(overlay.patient, tag.value.c_str());
      break;
    case kStudyGroup:
      std::snprintf(overlay.study, sizeof overlay.study, "%s", tag.value.c_str());
      break;
    case kPaletteGroup: {
      const auto* colours = reinterpret_cast<const std::uint8_t*>(tag.value.data());
      std::copy(colours, colours + tag.value.size(), overlay.palette.begin());
      break;
    }
    default:
      break;
  }
}

std::string StatusLine(const std::string& layout, const Overlay& overlay, int frame) {
  char line[160];
  if (layout.empty()) {
    std::snprintf(line, sizeof line, kFrameFormat, overlay.patient, frame);
  } else {
    std::snprintf(line, sizeof line, layout.c_str(), overlay.patient, frame);
  }
  return line;
}

}  // namespace imaging
