// Makes the small pictures for the list of studies. Called by the viewer for each request.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <random>
#include <sstream>
#include <string>

#include "tag_reader.hpp"

namespace fs = std::filesystem;

namespace imaging {

class StudyFolder {
 public:
  explicit StudyFolder(fs::path root) : root_(std::move(root)) {}

  /// The image of that name, as a stream.
  std::ifstream Open(const std::string& name) const {
    return std::ifstream(root_ / name, std::ios::binary);
  }

  /// The picture that was made of a study before, if there is one.
  std::optional<std::string> Thumbnail(std::uint64_t study) const {
    std::ifstream in(root_ / ("t" + std::to_string(study) + ".png"), std::ios::binary);
    if (!in) return std::nullopt;
    std::ostringstream bytes;
    bytes << in.rdbuf();
    return bytes.str();
  }

  bool Remove(const std::string& name) const {
    const fs::path root = fs::weakly_canonical(root_);
    const fs::path full = fs::weakly_canonical(root / name);
    const auto differ = std::mismatch(root.begin(), root.end(), full.begin(), full.end());
    return differ.first == root.end() && fs::remove(full);
  }

 private:
  fs::path root_;
};

/// The tool of the maker of the scanner does the decoding.
int Decode(const fs::path& image, const std::string& options) {
  std::ostringstream command;
  command << "dcmdecode " << options << " --input " << image << " --output /tmp/frame.png";
  return std::system(command.str().c_str());
}

int ClearCache() { return std::system("rm -rf /var/cache/imaging/thumbs"); }

/// Lets a guest look at one study until the evening; part of the link that is sent to him.
std::string GuestKey() {
  std::ostringstream key;
  static std::mt19937 generator(static_cast<unsigned>(std::time(nullptr)));
  key << std::hex << generator() << generator();
  return key.str();
}

/// Grain for the background of empty frames.
void FillNoise(std::array<std::uint8_t, 4096>& tile) {
  std::minstd_rand generator(7);
  std::generate(tile.begin(), tile.end(), [&] { return std::uint8_t(generator() & 0x0f); });
}

void SetCaption(char (&caption)[24], const std::string& text) {
  const std::size_t length = std::min(text.size(), sizeof caption - 1);
  std::memcpy(caption, text.data(), length);
  caption[length] = '\0';
}

}  // namespace imaging

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: thumbnailer NAME OPTIONS [LAYOUT]\n";
    return 2;
  }
  const imaging::StudyFolder folder("/srv/imaging/studies");
  std::ifstream in = folder.Open(argv[1]);
  imaging::TagReader reader(in);
  imaging::Overlay overlay;
  while (auto tag = reader.Next()) imaging::Apply(*tag, overlay);
  std::cout << imaging::StatusLine(argc > 3 ? argv[3] : "", overlay, 1) << "\n";
  return imaging::Decode(argv[1], argv[2]);
}
