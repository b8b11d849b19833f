#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "host/contract/folder.h"
#include "host/contract/recommendation_file.h"
#include "host/contract/record.h"
#include "host/contract/speed_record.h"
#include "host/contract/user_traits.h"
#include "host/controller/report/user_scores.h"
#include "host/controller/results/suite_lock.h"

namespace pebench::report {

/// The trials of one encoding, one per seed of its table; nothing where a trial has no record.
struct EncodingTrials {
  std::string encoding;
  std::vector<std::optional<contract::Record>> records;
  std::size_t planned = 0;  ///< trials; with the other seeds of the table it was never to run

  /// Planned trials without a record.
  std::size_t missing() const;
  /// Whether a trial has no value because of the encoding.
  bool has_failed() const;
};

/// The trials on one data set under one point of the sweep. Encodings share the seeds, so that seed by seed
/// they can be compared.
struct TrialTable {
  std::string dataset;
  nlohmann::json sweep;
  std::vector<std::uint64_t> seeds;       ///< in the plan's order
  std::vector<EncodingTrials> encodings;  ///< in the suite's order
  std::optional<UserScores> users;        ///< where they are known user by user
};

/// Where the numbers of a study come from that no trial here gave.
struct Origin {
  struct File {
    std::string name;
    std::string sha256;
  };
  std::vector<File> files;
  std::vector<std::string> metrics;  ///< in the order of the files
  std::vector<std::string> notes;    ///< what was made of them, a sentence each, without a full stop
};

/// A trial whose record, or the ranks beside it, are not as they were written.
struct DamagedTrial {
  results::LockedTrial trial;
  std::string what;  ///< a sentence that names the file
};

/// What encodings cost, as one measurement has it.
struct SpeedMeasurement {
  contract::Run run;  ///< of it dataset, sweep, and the machine
  std::string clock;
  std::vector<contract::Timing> timings;
};

/// What every ranked user got in a trial.
struct UserValues {
  std::vector<std::uint32_t> users;  ///< numbers in the data set
  std::vector<float> values;         ///< in their order
};

/// A suite's lock with the records it names.
struct Study {
  results::SuiteLock lock;
  std::vector<TrialTable> tables;     ///< in the plan's order
  std::vector<DamagedTrial> damaged;  ///< likewise; they count as missing
  /// Of each data set, point of the sweep and machine the newest whose trials are those of the lock.
  std::vector<SpeedMeasurement> speeds;
  std::vector<std::string> damaged_speeds;  ///< a sentence that names the file
  std::optional<Origin> origin;             ///< nothing where the trials were run here
  /// Reads a metric of a good trial user by user from where it keeps its ranks; nothing where it kept none.
  /// May be called from several threads. Empty where nobody kept any.
  std::function<std::optional<UserValues>(const contract::Record&, const std::string& metric)> ranked_users;
  /// Reads what a good trial recommends; nothing where it kept none. May be called from several threads.
  /// Empty
  /// where nobody kept any.
  std::function<std::optional<contract::Recommendations>(const contract::Record&)> recommendations;
  /// Reads what is asked of the model for the test users of a trial; nothing where it is not known. May be
  /// called from several threads. Empty where nobody kept it.
  std::function<std::optional<contract::UserTraits>(const contract::Record&)> traits;
  /// Reads how many items competed for each of such users, in their order; empty where the trial kept no
  /// ranks.
  std::function<std::vector<std::uint32_t>(const contract::Record&, const contract::Column& users)> pools;
};

/// Holds every record and its rank file against their digests. Throws InputError for a damaged lock, and for
/// a record that cannot be read or is of another version.
Study read_study(const contract::SuiteFolder& folder);

/// The records by their ids; they point into the study.
std::map<std::string, const contract::Record*> records_of(const Study& study);

/// What a trial counts as that has no value because of its encoding.
enum class Failed { at_chance, left_out };

/// A metric seed by seed; NaN for trials that have no value. Copies of a trial (copies_among) have that of
/// the first alone. Failed ones count at `chance`, where that is known, or are left out.
std::vector<double> series(const EncodingTrials& trials, const std::string& metric,
                           std::optional<double> chance, Failed failed);

/// Mean over the trials of what random ranking gives for `metric`; nothing where no trial tells.
std::optional<double> chance_of(const TrialTable& table, const std::string& metric);

/// "beauty, model.item_max_norm = 0.1"
std::string title_of(const std::string& dataset, const nlohmann::json& sweep);

}  // namespace pebench::report
