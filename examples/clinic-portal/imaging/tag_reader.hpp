#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <istream>
#include <optional>
#include <string>

namespace imaging {

/// A data element of an image file: group, element, value.
struct Tag {
  std::uint16_t group = 0;
  std::uint16_t element = 0;
  std::string value;
};

/// What the viewer shows in the corner of an image. Fixed sizes, as it is sent to the displays.
struct Overlay {
  char patient[48] = {};
  char study[32] = {};
  std::array<std::uint8_t, 64> palette{};
};

/// Reads elements one after the other.
class TagReader {
 public:
  explicit TagReader(std::istream& in) : in_(in) {}

  std::optional<Tag> Next();

 private:
  template <typename Number>
  bool Read(Number& number);

  std::istream& in_;
};

/// Fills the overlay from an element; elements that it does not show are left out.
void Apply(const Tag& tag, Overlay& overlay);

/// A line for the viewer's status bar, by the template that the user has set.
std::string StatusLine(const std::string& layout, const Overlay& overlay, int frame);

}  // namespace imaging
