#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pebench::contract {

/// Which items compete with the target: all of them, or `count` drawn ones.
struct CandidateSet {
  enum class Kind { full, uniform, popular };
  Kind kind = Kind::full;
  std::int64_t count = 0;  ///< negatives beside the target; 0 for full
  std::string name;        ///< as written: "full", "uniform:100", "popular:100", "uniform:L-1"

  /// Reads a suite's word; "L" and "L-1" mean the model's max_len. Throws InputError naming the three forms.
  static CandidateSet parse(std::string_view text, std::int64_t max_len);
};

}  // namespace pebench::contract
