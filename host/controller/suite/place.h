#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pebench::suite {

/// Where something stands in a suite.
struct Place {
  std::string file;         ///< as the user wrote it
  std::int64_t line = 1;    ///< from 1; 0 for what stands in no file, as on a command line
  std::int64_t column = 1;  ///< from 1

  /// "suite.toml:12:9"; "--configuration" of one without a line
  std::string text() const;
};

/// Throws base::InputError "<place>: <sentence>".
[[noreturn]] void refuse(const Place& place, std::string_view sentence);

}  // namespace pebench::suite
