#pragma once

#include <map>
#include <string>
#include <vector>

namespace pebench::report {

/// The numbers of a table user by user (or query by query, fold by fold), of which the records hold the
/// means.
struct UserScores {
  std::vector<std::string> users;  ///< their names, sorted
  /// [metric][encoding][seed][user], encodings and seeds as in the table; NaN where there is none.
  std::map<std::string, std::vector<std::vector<std::vector<double>>>> values;
};

}  // namespace pebench::report
