#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace pebench::contract {

/// How long a repetition takes at least: an operation that is quicker is repeated within it.
constexpr double seconds_of_repetition = 0.05;

/// What `pebench-trial --speed` is asked: trials on one data set that differ in their encodings, each to be
/// measured for every size of batch and every length of window.
struct SpeedRequest {
  std::vector<std::filesystem::path> trials;  ///< their trial.json
  std::vector<std::int64_t> batches;          ///< users at a time
  std::vector<std::int64_t> lengths;          ///< events of each user's window, all of them real
  std::int64_t repetitions = 0;               ///< of every measurement, those of all encodings mixed
  std::filesystem::path measurement;          ///< where the SpeedRecord goes
};

/// Throws InputError if it cannot be written.
void write_speed_request(const std::filesystem::path& file, const SpeedRequest& request);
/// Throws InputError for a file that is no request.
SpeedRequest read_speed_request(const std::filesystem::path& file);

}  // namespace pebench::contract
