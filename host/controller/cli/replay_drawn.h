#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "host/contract/folder.h"

namespace pebench::cli {

/// Trials drawn among results and run again.
struct Replays {
  std::uint64_t seed = 0;  ///< of the draw
  std::size_t drawn = 0;
  nlohmann::json trials = nlohmann::json::array();  ///< what came of each that was run
  std::size_t different = 0;
  std::size_t not_told = 0;  ///< those that cannot be run here, or on arithmetic that does not tell
  int signal = 0;            ///< that ended them early, 0 if none did

  bool all_the_same() const { return different == 0 && not_told == 0 && trials.size() == drawn; }
  /// 0 all the same, 1 one different, 2 one of which it cannot be told, 128 + signal.
  int exit_code() const;
  nlohmann::json to_json() const;
};

/// Draws `count` of the trials that went well, each as likely as the others, with that seed or one of the
/// machine's, runs them again, and with `tells` prints a line for each and one of all. Throws InputError
/// where no trial went well.
Replays replay_drawn(const std::vector<contract::SuiteFolder>& suites, std::int64_t count,
                     std::optional<std::uint64_t> seed, bool tells);

}  // namespace pebench::cli
