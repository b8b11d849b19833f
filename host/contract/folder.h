#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <vector>

namespace pebench::contract {

/// Names of what lies in a trial's folder.
constexpr const char* trial_file = "trial.json";
constexpr const char* record_file = "record.json";
constexpr const char* ranks_file = "ranks.bin.gz";
constexpr const char* recommendations_file = "recommendations.bin.gz";
/// Those that belong to a record, where it tells of them.
constexpr std::array<const char*, 2> kept_files{ranks_file, recommendations_file};
constexpr const char* checkpoint_file = "checkpoint.cbor";
constexpr const char* attempts_folder = "attempts";

/// Names of what lies in an attempt's folder.
constexpr const char* log_file = "log.txt";
constexpr const char* events_file = "epochs.jsonl";
constexpr const char* exit_file = "exit.json";
constexpr const char* rejected_record_file = "rejected_record.json";

/// results/<suite>: where everything of a suite lies.
class SuiteFolder {
 public:
  explicit SuiteFolder(std::filesystem::path path) : path_(std::move(path)) {}

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path lock() const { return path_ / "suite.lock.json"; }
  /// trials/<ab>/<id>, <ab> being the id's first two digits.
  std::filesystem::path trial(const std::string& id) const { return path_ / "trials" / id.substr(0, 2) / id; }
  std::filesystem::path record(const std::string& id) const { return trial(id) / record_file; }
  /// What encodings cost, a file for each measurement (speed_record.h).
  std::filesystem::path speed() const { return path_ / "speed"; }
  /// What is asked of a model for each test user, a file for each data set and split (user_traits.h).
  std::filesystem::path users() const { return path_ / "users"; }

 private:
  std::filesystem::path path_;
};

/// The folder of a suite among results. Throws InputError if the working folder is gone, or if the path is so
/// long that some of what a run writes there would have none.
SuiteFolder suite_folder(const std::filesystem::path& results, const std::string& suite);

/// The suites at `path`: that folder itself if it holds a suite.lock.json, else those of its folders that do,
/// by name. Throws InputError if there is none.
std::vector<SuiteFolder> find_suites(const std::filesystem::path& path);

/// The ids of the trials that have a folder there, sorted.
std::vector<std::string> trial_ids(const SuiteFolder& suite);

/// The files of measured speed there, and those of users' traits, by name.
std::vector<std::filesystem::path> speed_files(const SuiteFolder& suite);
std::vector<std::filesystem::path> traits_files(const SuiteFolder& suite);

/// Makes <trial folder>/attempts/<utc>-<host>-<pid>[-n], a folder that nobody else has, and returns its path.
/// Throws InputError if it cannot.
std::filesystem::path make_attempt_folder(const std::filesystem::path& trial_folder);

/// Renames a file of results that is damaged to <name>.damaged, or <name>.damaged-2 and so on where there is
/// one, and returns the new path. Throws InputError if it cannot.
std::filesystem::path put_aside(const std::filesystem::path& file);

/// Attempts made so far, the running one included.
int count_attempts(const std::filesystem::path& trial_folder);

}  // namespace pebench::contract
