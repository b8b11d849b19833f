#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "host/contract/record.h"
#include "host/controller/report/outcome.h"
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
  /// Trials, by their Outcome; missing are those that the plan has.
  int measured = 0, failed = 0, stopped = 0, missing = 0;
  std::map<std::string, Spread>
      metrics;  ///< of series(), failed trials at chance; a key without a value is absent
  std::optional<std::int64_t> parameters;  ///< nothing where no trial tells
  std::optional<double> seconds;           ///< per trial, mean; likewise
};

/// What needs no encoding to be known: popularity, item-to-item, markov, chance; those that records tell of.
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

/// A trial that failed or was stopped.
struct FailedTrial {
  results::LockedTrial trial;
  Outcome outcome = Outcome::failed;
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
