#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pebench::contract {

/// How a trial ended. Only `ok` is final; the others may be run again.
enum class Status {
  ok,
  invalid,        ///< a loss or a score was NaN or infinite
  failed,         ///< the trial itself said that it cannot go on
  crashed,        ///< a signal nobody here sent, or an unknown exit code
  timeout,        ///< stopped at limits.timeout
  out_of_memory,  ///< stopped at limits.memory, or the machine had no more
  bad_input,      ///< a file that it needs is missing, damaged or not what was planned with
};

std::string_view name_of(Status status);
std::optional<Status> status_named(std::string_view name);

/// <sample>.<candidate pool>.<measure>, as in "test.full.ndcg@10", -> value.
using Metrics = std::map<std::string, double>;

struct Epoch {
  std::int64_t epoch = 0;    ///< from 1
  double loss = 0;           ///< mean over the epoch's slots
  double gradient_norm = 0;  ///< mean over its steps
  double oscillation = 0;    ///< mean |change of the loss| from one step of the epoch to the next
  Metrics validation;        ///< empty where the epoch was not validated
  /// Mean over its steps of the norm of the encoding's own parameters; records of earlier versions lack it.
  std::optional<double> encoding_gradient = std::nullopt;
};

struct Parameters {
  std::int64_t total = 0;
  std::int64_t encoding = 0;  ///< of these, the encoding's own
};

/// The rank file that a trial left beside its record.
struct KeptRanks {
  std::string digest;                         ///< of its content, digest_of(Ranks)
  std::map<std::string, std::int64_t> users;  ///< "test", "valid" -> how many were ranked
  std::map<std::string, std::string> lists;   ///< candidate set -> RankedSet::lists, where that is one digest
};

/// The file of recommendations that a trial left beside its record.
struct KeptRecommendations {
  std::string digest;       ///< SHA-256 of its content
  std::int64_t users = 0;   ///< how many
  std::int64_t places = 0;  ///< items of each
};

/// What replay and merge compare.
struct Result {
  Status status = Status::ok;
  std::string reason;         ///< one sentence; empty when ok
  std::optional<int> signal;  ///< that ended the process
  std::optional<std::int64_t> chosen_epoch;
  std::vector<Epoch> epochs;
  Metrics metrics;                           ///< of the chosen epoch
  Metrics chance;                            ///< the same keys
  std::map<std::string, Metrics> baselines;  ///< by name, the same keys; older records lack some
  Parameters parameters;
  std::optional<KeptRanks> ranks;  ///< nothing in schema 2, of failed trials, and without a test
  /// Nothing in older records, of failed trials, where not all items compete in the test, and of an epoch
  /// that the test chose.
  std::optional<KeptRecommendations> recommendations;
};

struct Seconds {
  double total = 0;
  double train = 0;
  double per_epoch = 0;
  double evaluate = 0;
};

/// Under which circumstances; never compared. What a trial could not tell before it failed is empty or 0.
struct Run {
  std::string suite;
  std::string dataset;
  std::string encoding;
  nlohmann::json sweep = nlohmann::json::object();
  Seconds seconds;
  std::int64_t memory_peak_bytes = 0;
  std::string host;
  std::string started;        ///< UTC, "2026-05-14T10:15:30Z"
  std::string finished;       ///< likewise
  std::int64_t attempts = 0;  ///< this one included
  std::string commit;         ///< with "+<hash of the changes>" when the tree was not clean
  std::string compiler;
  std::string flags;
  std::string libtorch;
  std::string blas;
  std::string cpu;  ///< model and instruction set
  std::int64_t threads = 0;
};

class Fields;
nlohmann::json json_of(const Run& run);
/// Strict, like Record::from_json.
Run read_run(Fields fields);

/// One trial's record.json.
struct Record {
  std::string id;           ///< SHA-256 of `identity`, 64 hexadecimal digits
  nlohmann::json identity;  ///< TrialSpec::identity()
  Result result;
  Run run;

  nlohmann::json to_json() const;
  /// Strict: throws InputError with `file`, the place and the value for another schema (2, which knows no
  /// ranks, is read too), an unknown or missing key, a value of another type, and an id that is not the hash
  /// of the identity.
  static Record from_json(const nlohmann::json& json, const std::string& file);
};

/// Throws Damaged for a file that is not as a record was written, InputError for one that cannot be read or
/// is of another version.
Record read_record(const std::filesystem::path& path);

/// Writes in one step: readers see the old record or the new. Throws InputError if that fails, or if the
/// record there is ok: such a record is never replaced. A rank file is written before.
void write_record(const std::filesystem::path& path, const Record& record);

}  // namespace pebench::contract
