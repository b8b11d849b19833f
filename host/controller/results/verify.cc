#include "host/controller/results/verify.h"

#include <fmt/format.h>

#include <cmath>
#include <numeric>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/base/hash.h"
#include "host/contract/damaged.h"
#include "host/contract/document.h"
#include "host/contract/metric.h"
#include "host/contract/rank_file.h"
#include "host/contract/speed_record.h"
#include "host/contract/user_traits.h"
#include "host/contract/whole_record.h"
#include "host/controller/results/suite_lock.h"
#include "host/examiner/user_values.h"

namespace pebench::results {
namespace {

class Verifier {
 public:
  explicit Verifier(const contract::SuiteFolder& folder) : folder_(folder) {}

  Verification run() {
    trying(nullptr, [&] { look_at_lock(); });
    for (const std::string& id : contract::trial_ids(folder_)) {
      const bool has_record = base::exists(folder_.record(id));
      if (has_record) trying(&id, [&] { look_at_record(id); });
      if (has_record || base::exists(trial_file(id))) trying(&id, [&] { look_at_trial(id); });
    }
    for (const auto& file : contract::speed_files(folder_))
      trying(nullptr, [&] {
        contract::read_speed_record(file).timings(file.string());
        ++found_.speeds;
      });
    for (const auto& file : contract::traits_files(folder_))
      trying(nullptr, [&] { contract::read_user_traits(file); });
    return found_;
  }

 private:
  /// `trial`: null for the suite itself.
  template <class Look>
  void trying(const std::string* trial, const Look& look) {
    try {
      look();
    } catch (const base::InputError& error) {
      found_.faults.push_back({{}, error.what()});
      if (trial != nullptr) found_.faults.back().trial = *trial;
    }
  }

  void look_at_lock() {
    const SuiteLock lock = read_lock(folder_.lock());
    note_digest(folder_.lock());
    for (const LockedTrial& trial : lock.trials)
      if (!base::exists(folder_.record(trial.id))) ++found_.planned_missing;
  }

  void look_at_record(const std::string& id) {
    const contract::Record record = contract::read_whole_record(folder_, id);
    note_digest(folder_.record(id));
    ++found_.records;
    if (!record.result.ranks) return;
    ++found_.ranks;
    if (record.result.recommendations) ++found_.recommendations;
    hold_against_ranks(record);
  }

  /// A digest tells what was changed later, not what was wrong from the start: metrics are computed again.
  void hold_against_ranks(const contract::Record& record) const {
    static const nlohmann::json::json_pointer users("/settings/protocol/evaluation_users");
    if (record.identity.value(users, "all") != "all") return;  // users count as often as they were drawn
    const auto ranks = contract::read_ranks(folder_.trial(record.id), record);
    for (const auto& [name, value] : record.result.metrics) {
      const auto metric = contract::Metric::find(name);
      if (!metric || metric->sample != "test") continue;
      const std::vector<double> values = examiner::user_values(*ranks, *metric);
      const double mean =
          std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
      if (std::abs(mean - value) <= 1e-9) continue;
      throw contract::Damaged(fmt::format(
          "{} says {} = {}, and the ranks beside it give {}: delete the record, and run the suite again",
          folder_.record(record.id).string(), name, value, mean));
    }
  }

  /// Of any version: only what a change would show in.
  void look_at_trial(const std::string& id) {
    const auto path = trial_file(id);
    if (!base::exists(path))
      throw contract::Damaged(fmt::format(
          "{} is missing, without which the trial cannot be replayed: restore it, or run the suite "
          "again with the record deleted",
          path.string()));
    const auto document = contract::read_document(path);
    const auto identity = document.json.value("identity", nlohmann::json());
    if (document.json.value("id", nlohmann::json()) != id || base::sha256(identity.dump()) != id)
      throw contract::Damaged(
          fmt::format("{} describes another trial than its folder is named after: restore it, or delete it "
                      "to have the run write it anew",
                      path.string()));
    note_digest(path);
  }

  void note_digest(const std::filesystem::path& path) {
    if (!contract::read_document(path).sealed) ++found_.without_digest;
  }

  std::filesystem::path trial_file(const std::string& id) const {
    return folder_.trial(id) / contract::trial_file;
  }

  const contract::SuiteFolder& folder_;
  Verification found_;
};

}  // namespace

Verification verify(const contract::SuiteFolder& folder) { return Verifier(folder).run(); }

}  // namespace pebench::results
