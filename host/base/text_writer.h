#pragma once

#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>

namespace pebench::base {

/// A file that is written from front to back. Without finish() what was written may be incomplete.
class TextWriter {
 public:
  /// Makes the file anew. Throws InputError where it cannot be written.
  explicit TextWriter(std::filesystem::path path);
  ~TextWriter();
  TextWriter(const TextWriter&) = delete;
  TextWriter& operator=(const TextWriter&) = delete;

  void add(std::string_view text) { std::fwrite(text.data(), 1, text.size(), file_); }
  /// Throws InputError unless all of it lies on the disk.
  void finish();

 private:
  std::filesystem::path path_;
  std::FILE* file_ = nullptr;
};

}  // namespace pebench::base
