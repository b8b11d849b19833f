#include "host/controller/cli/checked_price.h"

#include <fmt/format.h>

#include <algorithm>

#include "host/base/file.h"
#include "host/base/scratch.h"
#include "host/contract/speed_record.h"
#include "host/contract/speed_request.h"
#include "host/contract/trial_spec.h"
#include "host/controller/data/catalogue.h"
#include "host/controller/report/price.h"
#include "host/controller/stats/summary.h"
#include "host/data/dataset.h"
#include "host/process/run_child.h"

namespace pebench::cli {
namespace {

constexpr std::int64_t batch = 32, length = 50, repetitions = 10;
constexpr std::chrono::minutes longest{5};
constexpr const char *with = "with", *without = "without";

contract::TrialSpec trial_without(const std::string& backbone) {
  data::SyntheticSettings synthetic;
  synthetic.users = 500;
  contract::TrialSpec trial;
  trial.data_folder = data::generated(synthetic);
  trial.data_hash = data::Dataset::open(trial.data_folder, {}).hash();
  trial.settings.model.backbone = backbone;
  trial.dataset = "generated";
  trial.encoding = without;
  trial.options = trial.option_files = trial.sweep = nlohmann::json::object();
  return trial;
}

contract::TrialSpec trial_with(const check::EncoderReport& encoder, const check::Report& report,
                               contract::TrialSpec trial) {
  trial.encoding = with;
  trial.library = report.library;
  trial.library_hash = report.hash;
  trial.encoder_id = encoder.encoder;
  trial.encoder_version = encoder.version;
  trial.options = encoder.options;
  trial.option_files = encoder.files;
  return trial;
}

/// Nothing where it could not be measured, about which pebench-trial has said why.
std::vector<contract::Timing> timings_of(const std::vector<contract::TrialSpec>& trials,
                                         const std::filesystem::path& program) {
  const base::ScratchFolder scratch("price");
  contract::SpeedRequest request{{}, {batch}, {length}, repetitions, scratch.path() / "measurement.json"};
  for (const contract::TrialSpec& trial : trials) {
    request.trials.push_back(scratch.path() / (trial.encoding + ".json"));
    contract::write_trial(request.trials.back(), trial);
  }
  const auto file = scratch.path() / "request.json";
  contract::write_speed_request(file, request);
  process::run_child({program.string(), "--speed", file.string()}, longest);
  if (!base::exists(request.measurement)) return {};
  return contract::read_speed_record(request.measurement).timings(request.measurement.string());
}

std::vector<double> seconds_of(const char* encoding, const std::string& operation,
                               const std::vector<contract::Timing>& timings) {
  const auto found = std::find_if(timings.begin(), timings.end(), [&](const contract::Timing& timing) {
    return timing.encoding == encoding && timing.operation == operation;
  });
  return found == timings.end() ? std::vector<double>() : found->seconds;
}

void add(const std::string& operation, const std::vector<contract::Timing>& timings, CheckedPrice& price) {
  const auto seconds = seconds_of(with, operation, timings);
  const report::PaceRatio pace = report::pace_of(seconds, seconds_of(without, operation, timings));
  const double milliseconds = 1000 * stats::quantile(seconds, 0.5);
  price.json[operation] = {{"milliseconds", milliseconds},
                           {"ratio", pace.ratio},
                           {"interval", {pace.interval.low, pace.interval.high}},
                           {"pace", report::name_of(pace.pace)}};
  price.sentence += fmt::format("; {} {:.3g} ms, {:.2f} times that without an encoding [{:.2f}, {:.2f}] ({})",
                                operation, milliseconds, pace.ratio, pace.interval.low, pace.interval.high,
                                report::name_of(pace.pace));
}

CheckedPrice price_of(const check::EncoderReport& encoder, const check::Report& report,
                      const std::string& backbone, const std::filesystem::path& program) {
  CheckedPrice price{encoder.encoder, backbone, {{"encoder", encoder.encoder}, {"backbone", backbone}}, {}};
  const contract::TrialSpec bare = trial_without(backbone);
  const auto timings = timings_of({bare, trial_with(encoder, report, bare)}, program);
  price.sentence = fmt::format("price of {} in {}: ", encoder.encoder, backbone);
  if (timings.empty()) {
    price.sentence += "not measured";
    return price;
  }
  price.sentence += fmt::format("{} users, windows of {}", batch, length);
  for (const char* operation : {"step", "ranking"}) add(operation, timings, price);
  return price;
}

}  // namespace

std::vector<CheckedPrice> checked_prices(const check::Report& report, const std::filesystem::path& program) {
  std::vector<CheckedPrice> prices;
  for (const check::EncoderReport& encoder : report.encoders)
    for (const char* backbone : {"carca", "sasrec"})
      prices.push_back(price_of(encoder, report, backbone, program));
  return prices;
}

}  // namespace pebench::cli
