#include "host/controller/results/merge.h"

#include <fmt/format.h>
#include <stdlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iterator>
#include <map>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/base/refusal.h"
#include "host/contract/whole_record.h"
#include "host/controller/results/agreement.h"
#include "host/controller/results/suite_lock.h"

namespace pebench::results {
namespace fs = std::filesystem;
namespace {

[[noreturn]] void refuse_conflict(const Duplicate& first, const Duplicate& second,
                                  const Difference& difference) {
  throw base::InputError(
      fmt::format("{} and {} are of one trial and one numeric fingerprint ({}), and yet {}: `pebench replay "
                  "{:.12}` tells "
                  "which is right; leave the other out",
                  first.path.string(), second.path.string(), fingerprint_of(first.record.run).text(),
                  difference.text(), first.record.id));
}

std::string remark_on(const Duplicate& first, const Duplicate& second, const Agreement& agreement) {
  return fmt::format("trial {:.12}: {} ({}) and {} ({}) differ by {:.2g}, {} the tolerance of {:g}: {}",
                     first.record.id, first.path.string(), fingerprint_of(first.record.run).text(),
                     second.path.string(), fingerprint_of(second.record.run).text(),
                     agreement.difference->relative, agreement.agrees() ? "within" : "beyond", tolerance,
                     agreement.difference->text());
}

/// The lock that all sources share.
SuiteLock common_lock(const std::vector<contract::SuiteFolder>& sources) {
  SuiteLock lock = read_lock(sources.front().lock());
  for (const contract::SuiteFolder& source : sources) {
    SuiteLock other = read_lock(source.lock());
    std::string both = fmt::format("{} and {}", sources.front().path().string(), source.path().string());
    if (other.suite != lock.suite)
      throw base::InputError(fmt::format("{} are of the suites \"{}\" and \"{}\": merge one suite at a time",
                                         both, lock.suite, other.suite));
    if (other.text != lock.text)
      throw base::InputError(
          fmt::format("{} were run with different texts of the suite \"{}\": run both with one file, which "
                      "repeats no trial that stays the same, and merge then",
                      both, lock.suite));
    for (std::size_t i = 0; i < std::min(lock.trials.size(), other.trials.size()); ++i)
      if (other.trials[i].id != lock.trials[i].id)
        throw base::InputError(
            fmt::format("{} plan different trials for {}, {}, seed {}, so their plugins or data differ: run "
                        "both with the same ones",
                        both, lock.trials[i].dataset, lock.trials[i].encoding, lock.trials[i].seed));
    std::vector<std::uint64_t> later;
    std::set_union(lock.later_seeds.begin(), lock.later_seeds.end(), other.later_seeds.begin(),
                   other.later_seeds.end(), std::back_inserter(later));
    lock.later_seeds = later;
  }
  return lock;
}

Duplicate read_duplicate(const contract::SuiteFolder& source, const std::string& id) {
  return {source.record(id), contract::read_whole_record(source, id)};
}

/// A trial's folders in the sources, and the record that is kept, if there is one.
struct MergedTrial {
  std::vector<fs::path> folders;
  fs::path record;
  std::vector<fs::path> kept_files;  ///< that belong to it
};

/// A folder beside `destination` that is renamed to it, or else removed.
class Staging {
 public:
  explicit Staging(const fs::path& destination) : destination_(destination) {
    fs::create_directories(destination.parent_path());
    std::string name = (destination.parent_path() / ".merging-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
      throw base::InputError(
          fmt::format("cannot write to {}: {}", destination.parent_path().string(), std::strerror(errno)));
    path_ = name;
    fs::permissions(path_, fs::perms(0755));
  }
  ~Staging() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  Staging(const Staging&) = delete;
  Staging& operator=(const Staging&) = delete;

  const fs::path& path() const { return path_; }
  void commit() {
    fs::rename(path_, destination_);
    path_.clear();
  }

 private:
  fs::path destination_;
  fs::path path_;
};

void copy_trial(const MergedTrial& trial, const fs::path& folder) {
  fs::create_directories(folder);
  for (const fs::path& source : trial.folders) {
    fs::copy(source / contract::trial_file, folder / contract::trial_file, fs::copy_options::skip_existing);
    if (base::exists(source / contract::attempts_folder))
      fs::copy(source / contract::attempts_folder, folder / contract::attempts_folder,
               fs::copy_options::recursive | fs::copy_options::skip_existing);
  }
  if (trial.record.empty()) return;
  for (const fs::path& file : trial.kept_files) fs::copy(file, folder / file.filename());
  fs::copy(trial.record, folder / contract::record_file);
}

/// But for those that are there.
void copy_files(const std::vector<fs::path>& files, const fs::path& folder) {
  for (const fs::path& file : files) {
    fs::create_directories(folder);
    fs::copy(file, folder / file.filename(), fs::copy_options::skip_existing);
  }
}

}  // namespace

Resolution resolve(const std::vector<Duplicate>& duplicates) {
  Resolution resolution;
  std::vector<std::size_t> good;
  for (std::size_t i = 0; i < duplicates.size(); ++i)
    if (duplicates[i].record.result.status == contract::Status::ok) good.push_back(i);
  if (good.empty()) return resolution;
  // Records of older versions kept less of the same result.
  const auto kept_files = [&](std::size_t i) {
    return contract::files_beside(duplicates[i].path, duplicates[i].record).size();
  };
  resolution.kept = *std::max_element(
      good.begin(), good.end(), [&](std::size_t a, std::size_t b) { return kept_files(a) < kept_files(b); });
  for (std::size_t i = 0; i < good.size(); ++i)
    for (std::size_t j = i + 1; j < good.size(); ++j) {
      const Duplicate &first = duplicates[good[i]], &second = duplicates[good[j]];
      Agreement agreement = agreement_of(first.record, second.record);
      if (!agreement.difference) continue;
      if (agreement.same_fingerprint) refuse_conflict(first, second, *agreement.difference);
      resolution.remarks.push_back(remark_on(first, second, agreement));
    }
  return resolution;
}

Merged merge(const std::vector<contract::SuiteFolder>& sources, const contract::SuiteFolder& destination) {
  if (base::exists(destination.path()))
    throw base::InputError(
        fmt::format("{} exists already: merge into a new folder", destination.path().string()));
  SuiteLock lock = common_lock(sources);
  Merged merged;
  merged.planned = static_cast<int>(lock.trials.size());

  std::map<std::string, MergedTrial> trials;
  for (const contract::SuiteFolder& source : sources)
    for (const std::string& id : contract::trial_ids(source)) trials[id].folders.push_back(source.trial(id));
  for (auto& [id, trial] : trials) {
    std::vector<Duplicate> duplicates;
    for (const contract::SuiteFolder& source : sources)
      if (base::exists(source.record(id))) duplicates.push_back(read_duplicate(source, id));
    if (duplicates.empty()) continue;
    Resolution resolution = resolve(duplicates);
    const Duplicate& kept = duplicates[resolution.kept];
    trial.record = kept.path;
    trial.kept_files = contract::files_beside(kept.path, kept.record);
    ++(kept.record.result.status == contract::Status::ok ? merged.ok : merged.failed);
    merged.remarks.insert(merged.remarks.end(), resolution.remarks.begin(), resolution.remarks.end());
  }

  try {
    Staging staging(destination.path());
    contract::SuiteFolder folder(staging.path());
    for (const auto& [id, trial] : trials) copy_trial(trial, folder.trial(id));
    for (const contract::SuiteFolder& source : sources) {
      copy_files(contract::speed_files(source), folder.speed());
      copy_files(contract::traits_files(source), folder.users());
    }
    write_lock(folder.lock(), lock);
    staging.commit();
  } catch (const fs::filesystem_error& error) {
    throw base::InputError(fmt::format("cannot merge into {}: {}", destination.path().string(),
                                       base::cannot("use", error.path1(), error.code())));
  }
  return merged;
}

}  // namespace pebench::results
