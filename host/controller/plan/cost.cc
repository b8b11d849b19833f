#include "host/controller/plan/cost.h"

#include <algorithm>

#include "host/backbone/cost.h"
#include "host/contract/candidate_set.h"
#include "host/contract/metric.h"

namespace pebench::plan {
namespace {

constexpr double start_up = 1.0;    // seconds: LibTorch, opening data, writing the record
constexpr double rate = 1.8e10;     // multiplications a second that such small matrices reach
constexpr double backward = 2.0;    // of the forward pass
constexpr double optimizer = 12.0;  // per parameter and step

double mean_length(const contract::TrialSpec& trial, const PlannedDataset& data) {
  return std::min<double>(trial.settings.model.max_len,
                          static_cast<double>(data.events) / static_cast<double>(data.users));
}

backbone::Cost cost_of(const contract::TrialSpec& trial, const PlannedDataset& data) {
  return backbone::cost(trial.settings, data.items, mean_length(trial, data));
}

double candidates_of(const std::string& set, const contract::TrialSpec& trial, const PlannedDataset& data) {
  const auto parsed = contract::CandidateSet::parse(set, trial.settings.model.max_len);
  constexpr double usually_given = 101;
  if (parsed.kind == contract::CandidateSet::Kind::given) return usually_given;
  return parsed.count > 0 ? static_cast<double>(parsed.count + 1) : static_cast<double>(data.items);
}

}  // namespace

double guessed_seconds(const contract::TrialSpec& trial, const PlannedDataset& data) {
  const auto& [model, protocol, train, eval] = trial.settings;
  const auto users = static_cast<double>(data.users);
  const double length = mean_length(trial, data);
  const backbone::Cost cost = cost_of(trial, data);

  const bool one_target = protocol.attention == "prefix";  // behind a profile of half the length on average
  const double slots = one_target ? length / 2 : length;
  const double share = protocol.attention == "masked" ? train.mask_share : 1.0;
  const double targets = one_target ? 1.0 : std::max(1.0, share * length);
  const double pass = users * (slots * cost.profile_slot + targets * cost.training_target);
  const double steps = users / static_cast<double>(train.batch);
  const double epoch = (1 + backward) * pass + steps * optimizer * cost.parameters;

  const auto ranking = [&](double events, const std::string& set) {
    return events * (length * cost.profile_slot + candidates_of(set, trial, data) * cost.ranked_candidate);
  };
  const double validation = ranking(std::min<double>(users, static_cast<double>(eval.validation_users)),
                                    contract::Metric::parse(train.select).candidates);
  double test = 0;
  for (const std::string& set : protocol.candidates) test += ranking(users, set);
  const double tests = protocol.selection == "max_test" ? static_cast<double>(train.epochs) : 1.0;
  return start_up + (static_cast<double>(train.epochs) * (epoch + validation) + tests * test) / rate;
}

double checkpoint_bytes(const contract::TrialSpec& trial, const PlannedDataset& data) {
  if (trial.settings.train.epochs == 0) return 0;
  constexpr double copies = 4;  // the values, two moments, the best values
  return 2 * copies * sizeof(float) * cost_of(trial, data).parameters;
}

double kept_bytes(const contract::TrialSpec& trial, const PlannedDataset& data) {
  constexpr double documents = 32 * 1024;
  constexpr double per_rank = 2.5;  // of a user in a set of some ten thousand candidates, compressed
  const auto sets = static_cast<double>(trial.settings.protocol.candidates.size());
  const double models =
      trial.settings.protocol.selection == "max_test"
          ? 2.0 * static_cast<double>(trial.settings.eval.k.size()) + 1.0  // one a maximum, at most
          : 1.0;
  return documents + per_rank * models * sets * static_cast<double>(data.users);
}

}  // namespace pebench::plan
