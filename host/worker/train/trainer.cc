#include "host/worker/train/trainer.h"

#include <algorithm>
#include <chrono>
#include <cmath>

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

/// "valid.uniform:100.ndcg@10" -> "uniform:100"
std::string candidate_set_of(const std::string& metric) {
  auto first = metric.find('.'), last = metric.rfind('.');
  return metric.substr(first + 1, last - first - 1);
}

/// The model's windows. softmax_twice acts on encodings with a value hook alone; for the others padding stays
/// trimmed, and the switch changes nothing.
WindowMaker windows_of(const backbone::Carca& model, at::TensorOptions options) {
  const backbone::Encoding* encoding = model.encoding();
  auto config = model.config();
  config.published.softmax_twice =
      config.published.softmax_twice && encoding != nullptr && encoding->has_value();
  return WindowMaker(config, options, encoding != nullptr && encoding->needs_time());
}

/// Share of a trial's time that its last evaluation is taken to need, for the progress display only.
constexpr double last_evaluation_share = 0.1;

}  // namespace

Trainer::Trainer(const contract::TrialSpec& spec, const data::Dataset& data, const data::Split& split,
                 backbone::Carca& model, backbone::ParameterSet& parameters,
                 std::optional<Checkpoint> checkpoint)
    : spec_(spec),
      data_(data),
      split_(split),
      model_(model),
      parameters_(parameters),
      rows_(data, split, spec.settings),
      windows_(windows_of(model, parameters.options())),
      adam_(parameters, spec.settings.train.l2_item),
      checkpoint_(std::move(checkpoint)),
      order_(spec.seed_for("order"), "order"),
      dropout_(spec.seed_for("dropout"), "dropout"),
      negatives_(spec.seed_for("negatives"), "negatives"),
      select_on_test_(spec.settings.protocol.selection == "max_test") {
  const auto& settings = spec.settings;
  selection_ =
      select_on_test_
          ? std::make_unique<Evaluation>("test", test_events(split), data, split, rows_, windows_, settings,
                                         settings.protocol.candidates)
          : std::make_unique<Evaluation>(
                "valid", validation_sample(data, split, settings.eval.validation_users), data, split, rows_,
                windows_, settings, std::vector<std::string>{candidate_set_of(settings.train.select)});
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

std::vector<data::User> Trainer::users_of_epoch() const {
  base::Stream stream = order_.at(static_cast<std::uint64_t>(state_.epoch));
  auto users = rows_.trainable();
  if (spec_.settings.protocol.epoch == "draws") {
    for (auto& user : users) user = rows_.trainable()[stream.below(rows_.trainable().size())];
  } else {
    base::shuffle(users, stream);
  }
  return users;
}

base::Stream Trainer::pools(const std::string& part) const {
  if (spec_.settings.protocol.evaluation_set == "redrawn")
    return {spec_.seed, "candidates", part + "/" + std::to_string(state_.epoch)};
  return {0, "candidates", part + "/" + data_.hash()};
}

double Trainer::train_step(const std::vector<TrainingRow>& rows, double& gradient_norm, std::int64_t& slots) {
  TrainingBatch batch = windows_.training(rows);
  adam_.zero_gradients();
  model_.items().limit_norms(batch.distinct);
  auto pass = model_.begin(batch.distinct,
                           backbone::Randomness(dropout_.at(static_cast<std::uint64_t>(state_.step)), true));
  Tensor loss;
  for (const auto& bucket : batch.buckets) {
    auto profile = model_.profile(pass, bucket.profile);
    auto logits = model_.train(pass, profile, bucket.targets, bucket.negatives);
    Tensor part = model_.loss_sum(logits, bucket.targets.mask);
    loss = loss.defined() ? loss + part : part;
  }
  loss = loss / static_cast<double>(2 * batch.slots);
  const double value = loss.item<double>();
  if (!std::isfinite(value))
    throw NotFinite("the loss is not finite in epoch " + std::to_string(state_.epoch + 1) + ", step " +
                    std::to_string(state_.step + 1));
  loss.backward();
  gradient_norm += adam_.step(learning_rate());
  ++state_.step;
  slots += batch.slots;
  return value * static_cast<double>(batch.slots);
}

EpochReport Trainer::train_epoch() {
  Stopwatch watch;
  const auto users = users_of_epoch();
  const auto batch = static_cast<std::size_t>(spec_.settings.train.batch);
  EpochReport report;
  report.epoch = state_.epoch + 1;
  std::int64_t slots = 0, steps = 0;
  double previous_loss = 0.0;
  for (std::size_t first = 0; first < users.size(); first += batch, ++steps) {
    std::vector<TrainingRow> rows;
    for (std::size_t i = first; i < std::min(users.size(), first + batch); ++i)
      rows.push_back(rows_.training(users[i], negatives_, state_.epoch));
    const std::int64_t slots_before = slots;
    const double sum = train_step(rows, report.gradient_norm, slots);
    const double loss = sum / static_cast<double>(slots - slots_before);
    if (steps > 0) report.oscillation += std::abs(loss - previous_loss);
    previous_loss = loss;
    report.loss += sum;
  }
  if (steps > 1) report.oscillation /= static_cast<double>(steps - 1);
  report.loss /= static_cast<double>(slots);
  report.gradient_norm /= static_cast<double>(steps);
  report.seconds_train = watch.seconds();
  return report;
}

void Trainer::keep_best() {
  state_.best_values.clear();
  for (const auto& parameter : parameters_.all())
    state_.best_values.push_back(parameter.value.detach().clone());
}

void Trainer::evaluate_epoch(EpochReport& report) {
  Stopwatch watch;
  ModelScorer scorer(model_);
  auto result = selection_->run(scorer, pools(select_on_test_ ? "test" : "valid"));
  report.evaluation = result.metrics;
  report.seconds_evaluate = watch.seconds();
  state_.chance = result.chance;
  if (select_on_test_) {
    // The published rule: every metric takes its own maximum over all evaluations, apart from the others.
    for (const auto& [name, value] : result.metrics) {
      auto [entry, is_new] = state_.best_metrics.emplace(name, value);
      if (!is_new && value > entry->second) {
        entry->second = value;
        state_.best_epoch = report.epoch;
      } else if (is_new) {
        state_.best_epoch = report.epoch;
      }
    }
    state_.best = state_.best_metrics.begin()->second;
    return;
  }
  const double value = result.metrics.at(spec_.settings.train.select);
  if (state_.best_epoch == 0 || value > state_.best) {
    state_.best = value;
    state_.best_epoch = report.epoch;
    state_.best_metrics = result.metrics;
    state_.stale = 0;
    keep_best();
  } else {
    ++state_.stale;
  }
}

TrainingResult Trainer::run(const Listener& listener) {
  const auto& train = spec_.settings.train;
  TrainingResult result;
  if (checkpoint_) checkpoint_->load(parameters_, adam_, state_);
  if (train.epochs == 0) {
    EpochReport untrained;
    evaluate_epoch(untrained);
    result.seconds_evaluate += untrained.seconds_evaluate;
  }
  while (state_.epoch < train.epochs && (select_on_test_ || state_.stale < train.patience)) {
    EpochReport report = train_epoch();
    evaluate_epoch(report);
    ++state_.epoch;
    state_.reports.push_back(report);
    if (checkpoint_) checkpoint_->save(parameters_, adam_, state_);
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

  Stopwatch watch;
  Evaluation test("test", test_events(split_), data_, split_, rows_, windows_, spec_.settings,
                  spec_.settings.protocol.candidates);
  if (!select_on_test_) {
    at::NoGradGuard no_grad;
    for (std::size_t i = 0; i < state_.best_values.size(); ++i)
      parameters_.all()[i].value.copy_(state_.best_values[i]);
    ModelScorer scorer(model_);
    auto last = test.run(scorer, pools("test"), [&](double share) {
      if (listener.evaluate) listener.evaluate(1.0 - last_evaluation_share * (1.0 - share));
    });
    result.metrics.insert(last.metrics.begin(), last.metrics.end());
    result.chance.insert(last.chance.begin(), last.chance.end());
  }
  auto counts = data::training_counts(data_, split_);
  PopularityScorer popularity(at::tensor(counts, at::kLong).to(parameters_.options().dtype(at::kDouble)));
  result.popularity = test.run(popularity, pools("test")).metrics;
  result.seconds_evaluate += watch.seconds();
  return result;
}

}  // namespace pebench::train
