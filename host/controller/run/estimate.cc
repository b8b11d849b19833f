#include "host/controller/run/estimate.h"

#include <algorithm>

namespace pebench::run {
namespace {

constexpr double smallest_fraction = 0.01;  // below it a projection is mostly the start-up

std::string kind(const contract::TrialSpec& trial) {
  return trial.dataset + '\n' + trial.encoding + '\n' + trial.sweep.dump();
}

}  // namespace

void Estimate::add(const contract::TrialSpec& trial, double seconds) {
  for (Mean* mean : {&by_kind_[kind(trial)], &by_dataset_[trial.dataset], &all_}) {
    mean->sum += seconds;
    ++mean->count;
  }
}

std::optional<double> Estimate::expected(const contract::TrialSpec& trial) const {
  if (auto found = by_kind_.find(kind(trial)); found != by_kind_.end()) return found->second.value();
  if (auto found = by_dataset_.find(trial.dataset); found != by_dataset_.end()) return found->second.value();
  if (all_.count > 0) return all_.value();
  return std::nullopt;
}

std::optional<double> Estimate::seconds_left(const std::vector<const contract::TrialSpec*>& waiting,
                                             const std::vector<Running>& running, int workers) const {
  auto projection = [](const Running& one) -> std::optional<double> {
    if (one.fraction < smallest_fraction) return std::nullopt;
    return one.seconds_at_fraction / one.fraction;
  };
  Estimate projected = *this;
  for (const Running& one : running)
    if (auto seconds = projection(one)) projected.add(*one.trial, *seconds);

  double sum = 0;
  double longest = 0;
  for (const Running& one : running) {
    auto expected = projection(one);
    if (!expected) expected = projected.expected(*one.trial);
    if (!expected) return std::nullopt;
    double left = std::max(0.0, *expected - one.seconds);
    sum += left;
    longest = std::max(longest, left);
  }
  for (const contract::TrialSpec* trial : waiting) {
    auto expected = projected.expected(*trial);
    if (!expected) return std::nullopt;
    sum += *expected;
    longest = std::max(longest, *expected);
  }
  return std::max(sum / workers, longest);
}

}  // namespace pebench::run
