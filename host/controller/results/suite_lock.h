#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "host/contract/folder.h"

namespace pebench::results {

struct LockedTrial {
  std::string id;  ///< 64 hexadecimal digits
  std::string dataset;
  std::string encoding;
  nlohmann::json sweep = nlohmann::json::object();
  std::uint64_t seed = 0;
};

/// A claim of the suite, to be judged by the report.
struct LockedClaim {
  std::string text;
  std::string test;                    ///< in the language of host/claims
  std::string metric;                  ///< that it is about
  std::optional<std::string> dataset;  ///< nothing: all
  nlohmann::json sweep =
      nlohmann::json::object();  ///< points of the sweep that it is about: those with these values
};

/// What the best recommender gets on a generated data set that knows so much of it.
struct LockedReachable {
  std::string dataset;
  nlohmann::json sweep = nlohmann::json::object();
  std::string knows;                      ///< "order and times", "order", "times", "neither", "chance"
  bool exact = true;                      ///< else from samples, a little less than the best, if anything
  std::map<std::string, double> metrics;  ///< "test.full.ndcg@10"
};

/// How a report judges.
struct Judgement {
  double alpha = 0.05;
  /// Share of the baseline's mean within which means count as equivalent; nothing: no verdict on that.
  std::optional<double> equivalence_share;
  std::set<std::string> lower_is_better;  ///< the metrics that are better when lower
};

/// suite.lock.json: the suite as it was run, and its trials in the plan's order, so that a report needs
/// records alone.
struct SuiteLock {
  std::string suite;     ///< name
  std::string text;      ///< of the suite's file
  std::string baseline;  ///< encoding that the others are compared with
  std::string primary;   ///< metric that verdicts are about, "test.full.ndcg@10"
  std::vector<LockedTrial> trials;
  Judgement judgement;
  std::vector<LockedClaim> claims;
  /// Seeds that the suite got when there were records already, so perhaps because of what these said. Sorted.
  std::vector<std::uint64_t> later_seeds;
  std::vector<std::string> warnings;       ///< of the plan (plan::warnings), for whoever reads the report
  std::vector<LockedReachable> reachable;  ///< of the generated data sets

  /// With the text's SHA-256.
  nlohmann::json to_json() const;
  /// Strict, like contract::Record::from_json; the text must fit its hash.
  static SuiteLock from_json(const nlohmann::json& json, const std::string& file);
};

/// Sets `now`'s later_seeds by the lock and the records that are in the folder already, if any. Throws
/// InputError for a damaged lock.
void note_later_seeds(SuiteLock& now, const contract::SuiteFolder& folder);

/// Throws InputError if the file cannot be read or is not a lock.
SuiteLock read_lock(const std::filesystem::path& path);

/// Writes in one step. Throws InputError if that fails.
void write_lock(const std::filesystem::path& path, const SuiteLock& lock);

}  // namespace pebench::results
