#include "host/worker/train/trainer.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "host/contract/metric.h"
#include "host/counts/recommender.h"
#include "host/worker/train/counts_scorer.h"

namespace pebench::train {
namespace {

class Stopwatch {
 public:
  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// Share of a trial's time that its last evaluation is taken to need, for the progress display only.
constexpr double last_evaluation_share = 0.1;

}  // namespace

Trainer::Trainer(const contract::TrialSpec& spec, const data::Dataset& data, const data::Split& split,
                 backbone::Backbone& model, std::optional<Checkpoint> checkpoint)
    : spec_(spec),
      data_(data),
      split_(split),
      model_(model),
      protocol_(make_protocol(spec, data)),
      rows_(data, split, spec.settings),
      windows_(model),
      adam_(model.parameters(), spec.settings.train),
      checkpoint_(std::move(checkpoint)),
      order_(spec.seed_for("order"), "order"),
      dropout_(spec.seed_for("dropout"), "dropout"),
      shared_negatives_(spec.seed_for("negatives"), "negatives of batches"),
      rows_from_{{spec.seed_for("negatives"), "negatives"},
                 {spec.seed_for("order"), "prefixes"},
                 {spec.seed_for("order"), "masks"},
                 {spec.seed_for("order"), "shuffles"}} {
  probabilities_ =
      at::tensor(rows_.negatives().probabilities(), at::kDouble).to(model.parameters().options());
  evaluation_ = std::make_unique<Evaluation>(sample(protocol_.selection->part()), data, split, rows_,
                                             windows_, spec.settings, protocol_.ties);
}

Sample Trainer::sample(const std::string& part) const {
  const auto& settings = spec_.settings;
  if (part == "test")
    return {part, test_events(split_), settings.protocol.candidates, recommended_sample(data_, split_)};
  return {part,
          validation_sample(data_, split_, settings.eval.validation_users),
          {contract::Metric::parse(settings.train.select).candidates}};
}

Evaluation::Draw Trainer::draw(const std::string& part, const Evaluation& evaluation) const {
  return {protocol_.candidates(part, state_.epoch),
          protocol_.times(evaluation.users().size(), part, state_.epoch)};
}

std::int64_t Trainer::steps_per_epoch() const {
  const auto users = static_cast<std::int64_t>(rows_.trainable().size());
  return (users + spec_.settings.train.batch - 1) / spec_.settings.train.batch;
}

double Trainer::learning_rate() const {
  const auto& train = spec_.settings.train;
  if (train.schedule == "constant") return train.lr;
  // Linear warm-up, then linear decay to 0 at the last step of the last epoch.
  const auto step = static_cast<double>(state_.step + 1), warmup = static_cast<double>(train.warmup_steps);
  if (step <= warmup) return train.lr * step / warmup;
  const auto last = static_cast<double>(std::max(train.epochs * steps_per_epoch(), train.warmup_steps + 1));
  return train.lr * (last - step + 1.0) / (last - warmup);
}

double Trainer::train_step(const std::vector<TrainingRow>& rows, EpochReport& report, std::int64_t& slots) {
  const auto& negatives = rows_.negatives();
  auto batch = windows_.training(
      rows, negatives.draw_shared(shared_negatives_.at(static_cast<std::uint64_t>(state_.step))));
  if (spec_.settings.train.objective == "sampled_softmax") batch.probabilities = probabilities_;
  adam_.zero_gradients();
  const base::Stream dropout = dropout_.at(static_cast<std::uint64_t>(state_.step));
  Tensor loss = model_.loss(batch, tensor::Randomness(dropout, /*training=*/true));
  const double value = loss.item<double>();
  if (!std::isfinite(value))
    throw NotFinite("the loss is not finite in epoch " + std::to_string(state_.epoch + 1) + ", step " +
                    std::to_string(state_.step + 1));
  loss.backward();
  const Adam::Norms norms = adam_.step(learning_rate());
  report.gradient_norm += norms.all;
  report.encoding_gradient += norms.encoding;
  ++state_.step;
  slots += batch.slots;
  return value * static_cast<double>(batch.slots);
}

EpochReport Trainer::train_epoch() {
  Stopwatch watch;
  const auto users = protocol_.users(rows_.trainable(), order_.at(static_cast<std::uint64_t>(state_.epoch)));
  const auto batch = static_cast<std::size_t>(spec_.settings.train.batch);
  EpochReport report;
  report.epoch = state_.epoch + 1;
  std::int64_t slots = 0, steps = 0;
  double previous_loss = 0.0;
  for (std::size_t first = 0; first < users.size(); first += batch, ++steps) {
    std::vector<TrainingRow> rows;
    for (std::size_t i = first; i < std::min(users.size(), first + batch); ++i)
      rows.push_back(rows_.training(users[i], rows_from_, state_.epoch));
    const std::int64_t slots_before = slots;
    const double sum = train_step(rows, report, slots);
    const double loss = sum / static_cast<double>(slots - slots_before);
    if (steps > 0) report.oscillation += std::abs(loss - previous_loss);
    previous_loss = loss;
    report.loss += sum;
  }
  if (steps > 1) report.oscillation /= static_cast<double>(steps - 1);
  report.loss /= static_cast<double>(slots);
  report.gradient_norm /= static_cast<double>(steps);
  report.encoding_gradient /= static_cast<double>(steps);
  report.seconds_train = watch.seconds();
  return report;
}

void Trainer::evaluate_epoch(EpochReport& report) {
  Stopwatch watch;
  const auto scorer = model_.scorer();
  auto result = evaluation_->run(*scorer, draw(protocol_.selection->part(), *evaluation_));
  report.evaluation = result.metrics;
  report.seconds_evaluate = watch.seconds();
  state_.chance = result.chance;
  protocol_.selection->take(report, result.ranks, model_.parameters(), state_);
}

void Trainer::go_on_from_checkpoint(const Listener& listener) {
  if (!checkpoint_) return;
  const auto loaded = checkpoint_->load(model_.parameters(), adam_, state_);
  if (!loaded.why_not.empty() && listener.warning)
    listener.warning("the checkpoint of an earlier attempt is left aside and training begins again: " +
                     loaded.why_not);
}

void Trainer::test(const Listener& listener, TrainingResult& result) {
  Stopwatch watch;
  contract::Settings seen = spec_.settings;
  backbone::Sizes sizes = model_.sizes();
  seen.model.max_len = sizes.max_len = std::max(sizes.max_len, seen.eval.window);
  const RowMaker rows(data_, split_, seen);
  const WindowMaker windows(model_, sizes);
  const Evaluation test(sample("test"), data_, split_, rows, windows, spec_.settings, protocol_.ties);
  contract::Ranks ranks{spec_.id(), spec_.settings.protocol.ties, test.users(), state_.best_ranks};
  result.users["test"] = static_cast<std::int64_t>(test.users().size());
  if (protocol_.selection->restore(state_, model_.parameters())) {
    const auto scorer = model_.scorer();
    auto last = test.run(*scorer, draw("test", test), [&](double share) {
      if (listener.evaluate) listener.evaluate(1.0 - last_evaluation_share * (1.0 - share));
    });
    result.metrics.insert(last.metrics.begin(), last.metrics.end());
    result.chance.insert(last.chance.begin(), last.chance.end());
    ranks.sets = std::move(last.ranks);
    for (auto& set : ranks.sets) set.epoch = state_.best_epoch;
    if (last.recommendations) {
      last.recommendations->trial = ranks.trial;
      last.recommendations->epoch = state_.best_epoch;
      result.recommendations = std::move(last.recommendations);
    }
  }
  result.ranks = std::move(ranks);
  rank_recommenders_that_count(test, seen, windows, result);
  result.seconds_evaluate += watch.seconds();
}

void Trainer::rank_recommenders_that_count(const Evaluation& test, contract::Settings seen,
                                           const WindowMaker& windows, TrainingResult& result) {
  // They see histories in order, so that they are the same beside a model that does not.
  seen.protocol.shuffle_history = "none";
  const RowMaker rows(data_, split_, seen);
  std::optional<Evaluation> in_order;
  if (spec_.settings.protocol.shuffle_history != "none")
    in_order.emplace(sample("test"), data_, split_, rows, windows, spec_.settings, protocol_.ties);
  const Evaluation& ranked = in_order ? *in_order : test;
  for (const auto& [name, recommender] : counts::recommenders(data_, split_)) {
    CountsScorer scorer(*recommender, data_.items());
    result.baselines[name] = ranked.run(scorer, draw("test", ranked)).metrics;
  }
}

TrainingResult Trainer::run(const Listener& listener) {
  const auto& train = spec_.settings.train;
  TrainingResult result;
  go_on_from_checkpoint(listener);
  if (train.epochs == 0) {
    EpochReport untrained;
    evaluate_epoch(untrained);
    result.seconds_evaluate += untrained.seconds_evaluate;
  }
  while (state_.epoch < train.epochs && !protocol_.selection->stops(state_)) {
    EpochReport report = train_epoch();
    evaluate_epoch(report);
    ++state_.epoch;
    state_.reports.push_back(report);
    if (checkpoint_) checkpoint_->save(model_.parameters(), adam_, state_);
    const double fraction =
        (1.0 - last_evaluation_share) * static_cast<double>(state_.epoch) / static_cast<double>(train.epochs);
    if (listener.epoch) listener.epoch(report, state_.best, fraction);
  }
  result.epochs = state_.reports;
  for (const auto& report : state_.reports) {
    result.seconds_train += report.seconds_train;
    result.seconds_evaluate += report.seconds_evaluate;
  }
  result.chosen_epoch = state_.best_epoch;
  result.metrics = state_.best_metrics;
  result.chance = state_.chance;
  result.users = {{protocol_.selection->part(), static_cast<std::int64_t>(evaluation_->users().size())}};
  if (spec_.settings.eval.test == "ranked") test(listener, result);
  return result;
}

}  // namespace pebench::train
