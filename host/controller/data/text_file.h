#pragma once

#include <boost/iostreams/filtering_stream.hpp>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace pebench::data {

/// A text file as a stream of its text: decompressed where its first bytes say gzip, without a UTF-8 byte
/// order mark. It is read once from front to back, so that a pipe is a file like any other.
class TextFile {
 public:
  /// Throws InputError if the file cannot be read, or is compressed in another way.
  explicit TextFile(std::filesystem::path path);
  ~TextFile();

  const std::filesystem::path& path() const { return path_; }
  /// Calls `on_read` after every reading with how many more bytes of the file were read, compressed as they
  /// are; what it throws comes out of that reading.
  void watch(std::function<void(std::int64_t bytes)> on_read) { on_read_ = std::move(on_read); }
  /// The text's first bytes, at most `size`, which stay to be read.
  std::string_view begin(std::size_t size);
  /// Up to `size` bytes of text; fewer at the end alone. Throws InputError for damaged gzip.
  std::size_t read(char* buffer, std::size_t size);
  /// SHA-256 of the file's bytes, once all of them are read.
  std::string sha256();

 private:
  class Bytes;
  std::filesystem::path path_;
  std::shared_ptr<Bytes> bytes_;
  boost::iostreams::filtering_istream text_;
  std::function<void(std::int64_t)> on_read_;
  std::int64_t told_ = 0;  ///< bytes that on_read_ knows of
  std::string begin_;      ///< of the text, already taken off the stream
};

}  // namespace pebench::data
