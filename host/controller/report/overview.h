#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "host/contract/record.h"
#include "host/controller/report/study.h"
#include "host/controller/results/suite_lock.h"

namespace pebench::report {

/// A metric over the seeds of one encoding.
struct Spread {
  int seeds = 0;  ///< at least 1
  double mean = 0;
  std::optional<double> deviation;  ///< sample standard deviation; nothing for one seed
};

/// One encoding on one data set under one point of the sweep.
struct EncodingRow {
  std::string encoding;
  int ok = 0;                             ///< seeds
  int failed = 0;                         ///< without a result
  int at_chance = 0;                      ///< of the ok ones, those that count as failed all the same
  int missing = 0;                        ///< planned, without a record
  std::map<std::string, Spread> metrics;  ///< of the seeds that did not fail; a key that none has is absent
  std::optional<std::int64_t> parameters;
  std::optional<double> seconds;  ///< per trial, mean
};

/// What needs no encoding to be known: popularity, chance.
struct ReferenceRow {
  std::string name;
  contract::Metrics metrics;  ///< mean over the seeds
};

/// A table: a data set under one point of the sweep.
struct Group {
  std::string dataset;
  nlohmann::json sweep;
  std::vector<EncodingRow> encodings;  ///< in the suite's order
  std::vector<ReferenceRow> references;
};

struct FailedTrial {
  results::LockedTrial trial;
  contract::Status status = contract::Status::failed;
  std::string reason;
};

/// What the records of a suite say.
struct Overview {
  std::string suite;
  std::string baseline;
  std::string primary;
  std::vector<Group> groups;
  std::vector<FailedTrial> failures;  ///< in the plan's order
};

Overview overview_of(const Study& study);

}  // namespace pebench::report
