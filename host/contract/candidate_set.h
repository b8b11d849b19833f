#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pebench::contract {

/// Which items compete with the target: all of them, `count` drawn ones, or those that the data give for it.
struct CandidateSet {
  enum class Kind { full, uniform, popular, given };
  Kind kind = Kind::full;
  std::int64_t count = 0;  ///< negatives that are drawn beside the target; 0 for full and given
  std::string name;        ///< as written: "full", "uniform:100", "popular:100", "uniform:L-1", "given"

  /// Reads a suite's word; "L" and "L-1" mean the model's max_len. Throws InputError naming the forms.
  static CandidateSet parse(std::string_view text, std::int64_t max_len);
};

}  // namespace pebench::contract
