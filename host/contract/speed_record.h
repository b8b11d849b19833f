#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "host/contract/record.h"

namespace pebench::contract {

/// What of an encoding is timed: the loss of a batch, its gradients, a whole step of training (both, and the
/// optimiser), and scores of all items for the users of a batch.
constexpr const char* speed_operations[] = {"forward", "backward", "step", "ranking"};

/// Less tell nothing: an interval takes so many.
constexpr std::size_t fewest_repetitions = 5;

/// The seconds of one operation of one encoding, a number for each repetition.
struct Timing {
  std::string encoding;
  std::string operation;
  std::int64_t batch = 0, length = 0;
  std::vector<double> seconds;
};

/// One measurement of what encodings cost: a file in the suite's folder speed/. Its times are comparable with
/// each other, and with nobody else's.
struct SpeedRecord {
  std::map<std::string, std::string> trials;  ///< encoding -> id of the trial whose model it was
  std::string clock;                          ///< "processor" or "wall": what a second is one of
  Run run;                   ///< of it dataset, sweep, suite, finished, threads and the machine
  nlohmann::json benchmark;  ///< as Google Benchmark wrote it

  /// In the order of the file, some of every encoding. Throws Damaged, naming `file`, for anything else.
  std::vector<Timing> timings(const std::string& file) const;
};

/// The name under which Google Benchmark knows a measurement: "learnt/step/256/50".
std::string timing_name(const Timing& timing);

/// Throws Damaged for a file that is not as it was written, InputError for one that cannot be read or is of
/// another version.
SpeedRecord read_speed_record(const std::filesystem::path& path);
/// In one step, with its digest. Throws InputError if that fails.
void write_speed_record(const std::filesystem::path& path, const SpeedRecord& record);

}  // namespace pebench::contract
