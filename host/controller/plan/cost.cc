#include "host/controller/plan/cost.h"

#include <algorithm>

#include "host/contract/metric.h"
#include "host/examiner/candidates.h"

namespace pebench::plan {
namespace {

constexpr double start_up = 1.0;  // seconds: LibTorch, opening data, writing the record
constexpr double rate = 1.8e10;   // multiplications a second that such small matrices reach
constexpr double elementwise =
    60.0;                         // what norms, dropout and activations of one value cost, in multiplications
constexpr double backward = 2.0;  // of the forward pass
constexpr double optimizer = 12.0;          // per parameter and step
constexpr double entries_per_target = 2.0;  // the target and one negative

double candidates_of(const std::string& set, const contract::TrialSpec& trial, const PlannedDataset& data) {
  const auto parsed = contract::CandidateSet::parse(set, trial.settings.model.max_len);
  return parsed.count > 0 ? static_cast<double>(parsed.count + 1) : static_cast<double>(data.items);
}

}  // namespace

double guessed_seconds(const contract::TrialSpec& trial, const PlannedDataset& data) {
  const auto& [model, protocol, train, eval] = trial.settings;
  const auto users = static_cast<double>(data.users);
  const auto width = static_cast<double>(model.width);
  const double length = std::min<double>(model.max_len, static_cast<double>(data.events) / users);
  const double attended = 2 * length * width;  // logits and weighted values of one query
  const double pointwise = elementwise * width;

  const double profile_token = 4 * width * width + model.blocks * (6 * width * width + attended + pointwise);
  const double decoder_entry = 4 * width * width + attended + pointwise;
  const double pass = users * length * (profile_token + entries_per_target * decoder_entry);
  const double steps = users / static_cast<double>(train.batch);
  const double epoch = (1 + backward) * pass + steps * optimizer * width * static_cast<double>(data.items);

  const double candidate =
      attended + elementwise / 4 * width;  // the item's part is computed once for all users
  const auto ranking = [&](double events, const std::string& set) {
    return events * (length * profile_token + candidates_of(set, trial, data) * candidate);
  };
  const double validation = ranking(std::min<double>(users, static_cast<double>(eval.validation_users)),
                                    contract::Metric::parse(train.select).candidates);
  double test = 0;
  for (const std::string& set : protocol.candidates) test += ranking(users, set);
  const double tests = protocol.selection == "max_test" ? static_cast<double>(train.epochs) : 1.0;
  return start_up + (static_cast<double>(train.epochs) * (epoch + validation) + tests * test) / rate;
}

double checkpoint_bytes(const contract::TrialSpec& trial, const PlannedDataset& data) {
  const auto& [model, protocol, train, eval] = trial.settings;
  if (train.epochs == 0) return 0;
  constexpr double context = 6, copies = 4, float32 = 4;  // the values, two moments, the best values
  const auto width = static_cast<double>(model.width);
  const double features = 5 * width * (context + 1) + 6 * width * width + width;
  const double block = 5 * (width * width + width) + 4 * width;
  const double decoder = 3 * (width * width + width) + width + 1;
  const double parameters =
      (static_cast<double>(data.items) + 1) * width + features + model.blocks * block + decoder;
  return 2 * copies * float32 * parameters;
}

}  // namespace pebench::plan
