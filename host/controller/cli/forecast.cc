#include "host/controller/cli/forecast.h"

#include <algorithm>
#include <functional>
#include <map>
#include <numeric>
#include <optional>
#include <string>

#include "host/base/file.h"
#include "host/contract/damaged.h"
#include "host/contract/whole_record.h"
#include "host/controller/plan/cost.h"

namespace pebench::cli {
namespace {

struct Mean {
  double sum = 0;
  int count = 0;
};

std::string kind(const contract::TrialSpec& trial) {
  return trial.dataset + '\n' + trial.encoding + '\n' + trial.sweep.dump();
}

const plan::PlannedDataset& data_of(const contract::TrialSpec& trial,
                                    const std::vector<plan::PlannedDataset>& datasets) {
  return *std::find_if(datasets.begin(), datasets.end(),
                       [&](const plan::PlannedDataset& one) { return one.name == trial.dataset; });
}

/// The trial's record; nothing where there is none or, so that the trial will run again, a damaged one.
std::optional<contract::Record> record_of(const contract::TrialSpec& trial,
                                          const contract::SuiteFolder& results) {
  if (!base::exists(results.record(trial.id()))) return std::nullopt;
  try {
    return contract::read_whole_record(results, trial.id());
  } catch (const contract::Damaged&) {
    return std::nullopt;
  }
}

/// Of the trials that lie on the disk at once, the largest.
double bytes_needed(const std::vector<const contract::TrialSpec*>& waiting,
                    const std::vector<plan::PlannedDataset>& datasets, int workers) {
  std::vector<double> checkpoints;
  double kept = 0;
  for (const contract::TrialSpec* trial : waiting) {
    checkpoints.push_back(plan::checkpoint_bytes(*trial, data_of(*trial, datasets)));
    kept += plan::kept_bytes(*trial, data_of(*trial, datasets));
  }
  std::sort(checkpoints.begin(), checkpoints.end(), std::greater<>());
  checkpoints.resize(std::min(checkpoints.size(), static_cast<std::size_t>(workers)));
  return std::accumulate(checkpoints.begin(), checkpoints.end(), kept);
}

}  // namespace

Forecast forecast(const std::vector<contract::TrialSpec>& trials,
                  const std::vector<plan::PlannedDataset>& datasets, const contract::SuiteFolder& results,
                  int workers) {
  std::map<std::string, Mean> measured;
  double seconds_measured = 0, seconds_guessed = 0;
  std::vector<const contract::TrialSpec*> waiting;
  for (const contract::TrialSpec& trial : trials) {
    const auto record = record_of(trial, results);
    if (!record || record->result.status != contract::Status::ok) {
      waiting.push_back(&trial);
      continue;
    }
    const double seconds = record->run.seconds.total;
    Mean& mean = measured[kind(trial)];
    mean.sum += seconds;
    ++mean.count;
    seconds_measured += seconds;
    seconds_guessed += plan::guessed_seconds(trial, data_of(trial, datasets));
  }
  const double correction = seconds_guessed > 0 ? seconds_measured / seconds_guessed : 1.0;
  double sum = 0, longest = 0;
  for (const contract::TrialSpec* trial : waiting) {
    const auto known = measured.find(kind(*trial));
    const double seconds = known != measured.end()
                               ? known->second.sum / known->second.count
                               : correction * plan::guessed_seconds(*trial, data_of(*trial, datasets));
    sum += seconds;
    longest = std::max(longest, seconds);
  }
  return {trials.size() - waiting.size(), waiting.size(), std::max(sum / workers, longest),
          bytes_needed(waiting, datasets, workers)};
}

}  // namespace pebench::cli
