#include "host/controller/report/price.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "host/controller/stats/shift.h"
#include "host/controller/stats/summary.h"

namespace pebench::report {
namespace {

OperationPrice price_of(const contract::Timing& timing, const contract::Timing* baseline) {
  OperationPrice price;
  price.operation = timing.operation;
  price.batch = timing.batch;
  price.length = timing.length;
  price.repetitions = timing.seconds.size();
  price.median = stats::quantile(timing.seconds, 0.5);
  price.quartiles = {stats::quantile(timing.seconds, 0.25), stats::quantile(timing.seconds, 0.75)};
  price.p95 = stats::quantile(timing.seconds, 0.95);
  if (baseline != nullptr && baseline != &timing) price.ratio = pace_of(timing.seconds, baseline->seconds);
  return price;
}

const contract::Timing* same_of(const std::string& encoding, const contract::Timing& timing,
                                const std::vector<contract::Timing>& timings) {
  const auto found = std::find_if(timings.begin(), timings.end(), [&](const contract::Timing& other) {
    return other.encoding == encoding && other.operation == timing.operation && other.batch == timing.batch &&
           other.length == timing.length;
  });
  return found == timings.end() ? nullptr : &*found;
}

/// What the trials themselves took and found.
void add_trials(EncodingPrice& price, const TrialTable& table, const DatasetAnalysis& analysis) {
  for (const EncodingTrials& trials : table.encodings) {
    if (trials.encoding != price.encoding) continue;
    double memory = 0;
    int good = 0;
    for (const auto& record : trials.records) {
      if (!record || record->result.status != contract::Status::ok) continue;
      memory += static_cast<double>(record->run.memory_peak_bytes);
      price.parameters = record->result.parameters.total;
      ++good;
    }
    if (good > 0) price.memory = memory / good;
  }
  for (const EncodingAnalysis& encoding : analysis.encodings) {
    if (encoding.encoding != price.encoding) continue;
    price.mean = encoding.mean;
    price.mean_interval = encoding.mean_interval;
    price.deviation = encoding.deviation.sd;
    price.deviation_interval = encoding.deviation_interval;
  }
}

Price price_of(const SpeedMeasurement& measurement, const TrialTable& table, const DatasetAnalysis& analysis,
               const std::string& baseline) {
  Price price{table.dataset, table.sweep, measurement.run, measurement.clock, {}, {}};
  std::set<std::pair<std::int64_t, std::int64_t>> sizes;
  for (const EncodingTrials& trials : table.encodings) {
    EncodingPrice encoding;
    encoding.encoding = trials.encoding;
    for (const contract::Timing& timing : measurement.timings) {
      if (timing.encoding != trials.encoding) continue;
      sizes.emplace(timing.batch, timing.length);
      encoding.operations.push_back(price_of(timing, same_of(baseline, timing, measurement.timings)));
    }
    if (encoding.operations.empty()) continue;
    add_trials(encoding, table, analysis);
    price.encodings.push_back(std::move(encoding));
  }
  price.sizes.assign(sizes.begin(), sizes.end());
  return price;
}

const DatasetAnalysis* analysis_of(const TrialTable& table, const std::vector<Analysis>& analyses) {
  for (const Analysis& analysis : analyses)
    for (const DatasetAnalysis& dataset : analysis.datasets)
      if (analysis.sweep == table.sweep && dataset.dataset == table.dataset) return &dataset;
  return nullptr;
}

}  // namespace

PaceRatio pace_of(const std::vector<double>& seconds, const std::vector<double>& baseline) {
  const auto logarithms = [](std::vector<double> values) {
    for (double& value : values) value = std::log(value);
    return values;
  };
  const stats::Shift shift = stats::shift(logarithms(seconds), logarithms(baseline), confidence);
  PaceRatio ratio;
  ratio.ratio = std::exp(shift.estimate);
  ratio.interval = {std::exp(shift.interval.low), std::exp(shift.interval.high)};
  if (ratio.interval.low > 1 + noise) ratio.pace = Pace::slower;
  if (ratio.interval.high < 1 - noise) ratio.pace = Pace::faster;
  return ratio;
}

std::string name_of(Pace pace) {
  return pace == Pace::slower ? "slower" : pace == Pace::faster ? "faster" : "within noise";
}

const OperationPrice* EncodingPrice::find(const std::string& operation, std::int64_t batch,
                                          std::int64_t length) const {
  const auto found = std::find_if(operations.begin(), operations.end(), [&](const OperationPrice& price) {
    return price.operation == operation && price.batch == batch && price.length == length;
  });
  return found == operations.end() ? nullptr : &*found;
}

std::vector<Price> prices(const Study& study, const std::vector<Analysis>& analyses) {
  std::vector<Price> prices;
  for (const TrialTable& table : study.tables) {
    const DatasetAnalysis* analysis = analysis_of(table, analyses);
    if (analysis == nullptr) continue;
    for (const SpeedMeasurement& measurement : study.speeds)
      if (measurement.run.dataset == table.dataset && measurement.run.sweep == table.sweep)
        prices.push_back(price_of(measurement, table, *analysis, study.lock.baseline));
  }
  return prices;
}

}  // namespace pebench::report
