#include "host/worker/trial/trial.h"

#include <chrono>

#include "host/worker/train/trainer.h"
#include "host/worker/trial/assembly.h"
#include "host/worker/trial/environment.h"

namespace pebench::trial {
namespace {

contract::EpochEvent epoch_event(const train::EpochReport& report, const contract::TrialSpec& spec,
                                 double best, double fraction) {
  const auto& train = spec.settings.train;
  const auto selected = report.evaluation.find(train.select);
  contract::EpochEvent event;
  event.epoch = report.epoch;
  event.epochs = train.epochs;
  event.loss = report.loss;
  event.gradient_norm = report.gradient_norm;
  event.select = selected != report.evaluation.end() ? selected->second : best;
  event.best = best;
  event.fraction = fraction;
  event.seconds = report.seconds_train + report.seconds_evaluate;
  return event;
}

contract::Result result_of(const train::TrainingResult& outcome, const tensor::ParameterSet& parameters) {
  contract::Result result;
  result.status = contract::Status::ok;
  result.chosen_epoch = outcome.chosen_epoch;
  for (const auto& report : outcome.epochs)
    result.epochs.push_back({report.epoch, report.loss, report.gradient_norm, report.oscillation,
                             report.evaluation, report.encoding_gradient});
  result.metrics = outcome.metrics;
  result.chance = outcome.chance;
  result.baselines = outcome.baselines;
  result.parameters = {parameters.count(), parameters.count("encoding.")};
  if (outcome.ranks) result.ranks = contract::kept(*outcome.ranks, outcome.users);
  if (outcome.recommendations) result.recommendations = contract::kept(*outcome.recommendations);
  return result;
}

train::Checkpoint::Origin origin_of(const contract::TrialSpec& spec) {
  contract::Run here;
  describe_environment(here);
  return {{"trial", spec.id()},
          {"build", here.commit + ", " + here.compiler + ", " + here.flags},
          {"LibTorch", here.libtorch},
          {"BLAS", here.blas},
          {"processor", here.cpu}};
}

}  // namespace

Outcome run(const contract::TrialSpec& spec, const std::filesystem::path& checkpoint,
            const Listener& listener) {
  const auto start = std::chrono::steady_clock::now();
  at::set_num_threads(static_cast<int>(spec.settings.train.threads));
  at::globalContext().setFlushDenormal(true);

  const auto data = data::Dataset::open(spec.data_folder, spec.attributes, spec.context);
  const auto split = data::make_split(data, spec.settings.eval.split);

  Assembly assembly(spec, data);

  listener(contract::StartEvent{spec.settings.train.epochs});
  train::Trainer trainer(spec, data, split, assembly.model(), train::Checkpoint(checkpoint, origin_of(spec)));
  auto outcome = trainer.run({[&](const train::EpochReport& report, double best, double fraction) {
                                listener(epoch_event(report, spec, best, fraction));
                              },
                              [&](double fraction) { listener(contract::EvaluateEvent{fraction}); },
                              [&](const std::string& text) { listener(contract::WarningEvent{text}); }});

  contract::Record record;
  record.id = spec.id();
  record.identity = spec.identity();
  record.result = result_of(outcome, assembly.parameters());
  record.run.seconds.total = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  record.run.seconds.train = outcome.seconds_train;
  record.run.seconds.evaluate = outcome.seconds_evaluate;
  if (!outcome.epochs.empty())
    record.run.seconds.per_epoch = outcome.seconds_train / static_cast<double>(outcome.epochs.size());
  return {std::move(record), std::move(outcome.ranks), std::move(outcome.recommendations)};
}

}  // namespace pebench::trial
