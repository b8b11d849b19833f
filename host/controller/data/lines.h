#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "host/controller/data/text_file.h"

namespace pebench::data {

/// The lines of a text file with their numbers for messages. Empty lines at the end are none.
class Lines {
 public:
  explicit Lines(TextFile& file) : file_(file) {}

  /// The next line without its end, of either kind, until the next call; false at the end of the file.
  /// Throws InputError for damaged gzip.
  bool next(std::string_view& line);

  /// "file:line", of the last line.
  std::string place() const;
  std::int64_t number() const { return number_; }

 private:
  bool take(std::string_view& line);
  void fill();

  TextFile& file_;
  std::string buffer_;
  std::size_t from_ = 0;   ///< where the next line begins in it
  std::size_t empty_ = 0;  ///< lines without text that were read ahead and are still to be given
  bool ended_ = false;
  std::string_view ahead_;
  bool has_ahead_ = false;
  std::int64_t number_ = 0;
};

}  // namespace pebench::data
