#pragma once

#include <boost/iostreams/filtering_stream.hpp>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

namespace pebench::data {

/// The lines of a text file, gzip-compressed or not (told by its first bytes), with their numbers for
/// messages.
class Lines {
 public:
  /// Throws InputError if the file cannot be read.
  explicit Lines(std::filesystem::path path);

  /// The next line without its end, of either kind; false at the end of the file. Throws InputError for
  /// damaged gzip.
  bool next(std::string& line);

  /// "file:line", of the last line.
  std::string place() const;

 private:
  std::filesystem::path path_;
  std::ifstream file_;
  boost::iostreams::filtering_istream in_;
  std::int64_t number_ = 0;
};

}  // namespace pebench::data
