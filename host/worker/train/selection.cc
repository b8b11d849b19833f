#include "host/worker/train/selection.h"

#include <algorithm>

#include "host/contract/metric.h"
#include "host/worker/published/published.h"

namespace pebench::train {
namespace {

/// The epoch with the best validation; the test events are looked at once, at the end.
class BestValidation : public Selection {
 public:
  explicit BestValidation(const contract::TrainSettings& train)
      : metric_(train.select), patience_(train.patience) {}

  std::string part() const override { return "valid"; }

  void take(const EpochReport& report, const std::vector<contract::RankedSet>&,
            const tensor::ParameterSet& parameters, TrainingState& state) const override {
    const double value = report.evaluation.at(metric_);
    if (state.best_epoch != 0 && !(value > state.best)) {
      ++state.stale;
      return;
    }
    state.best = value;
    state.best_epoch = report.epoch;
    state.best_metrics = report.evaluation;
    state.stale = 0;
    state.best_values.clear();
    for (const auto& parameter : parameters.all())
      state.best_values.push_back(parameter.value.detach().clone());
  }

  bool stops(const TrainingState& state) const override { return state.stale >= patience_; }

  bool restore(const TrainingState& state, tensor::ParameterSet& parameters) const override {
    at::NoGradGuard no_grad;
    for (std::size_t i = 0; i < state.best_values.size(); ++i)
      parameters.all()[i].value.copy_(state.best_values[i]);
    return true;
  }

 private:
  std::string metric_;
  std::int64_t patience_;
};

/// The published rule: training never stops early, and what it reports has seen the test events after every
/// epoch.
class MaximumOfTest : public Selection {
 public:
  std::string part() const override { return "test"; }

  void take(const EpochReport& report, const std::vector<contract::RankedSet>& ranks,
            const tensor::ParameterSet&, TrainingState& state) const override {
    const examiner::Metrics before = state.best_metrics;
    if (published::take_maxima(state.best_metrics, report.evaluation)) state.best_epoch = report.epoch;
    state.best = state.best_metrics.begin()->second;
    for (const contract::RankedSet& set : ranks) keep(improved(set, before, state), report.epoch, state);
  }

  bool stops(const TrainingState&) const override { return false; }
  bool restore(const TrainingState&, tensor::ParameterSet&) const override { return false; }

 private:
  /// The set with those of its measures alone that have a new maximum.
  static contract::RankedSet improved(contract::RankedSet set, const examiner::Metrics& before,
                                      const TrainingState& state) {
    std::vector<std::string> measures;
    for (const std::string& measure : set.measures) {
      const auto name = contract::metric_name("test", set.candidates, measure);
      const auto known = before.find(name);
      if (known == before.end() || state.best_metrics.at(name) > known->second) measures.push_back(measure);
    }
    set.measures = std::move(measures);
    return set;
  }

  /// Its measures leave the sets of earlier epochs; what lies behind no measure is forgotten.
  static void keep(contract::RankedSet set, std::int64_t epoch, TrainingState& state) {
    if (set.measures.empty()) return;
    set.epoch = epoch;
    auto& kept = state.best_ranks;
    for (contract::RankedSet& earlier : kept) {
      if (earlier.candidates != set.candidates) continue;
      auto& measures = earlier.measures;
      const auto moved = [&](const std::string& measure) {
        return std::find(set.measures.begin(), set.measures.end(), measure) != set.measures.end();
      };
      measures.erase(std::remove_if(measures.begin(), measures.end(), moved), measures.end());
    }
    kept.erase(std::remove_if(kept.begin(), kept.end(), [](const auto& one) { return one.measures.empty(); }),
               kept.end());
    kept.push_back(std::move(set));
  }
};

}  // namespace

std::unique_ptr<Selection> make_selection(const contract::Settings& settings) {
  if (settings.protocol.selection == "max_test") return std::make_unique<MaximumOfTest>();
  return std::make_unique<BestValidation>(settings.train);
}

}  // namespace pebench::train
