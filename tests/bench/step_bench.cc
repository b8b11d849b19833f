// Seconds of one training step and of ranking, on random data of Amazon Beauty's size (audit.md, Speed). Read the ratios
// between lines of one run: fast against plain engine, lists against all items.

#include <benchmark/benchmark.h>

#include "host/model/ranker.h"
#include "host/train/adam.h"
#include "host/train/windows.h"

namespace pebench {
namespace {

constexpr std::int64_t items = 12101, attributes = 643, users = 256;

model::ModelConfig beauty(bool fast) {
  model::ModelConfig config;
  config.items = items;
  config.width = 90;
  config.heads = 1;
  config.blocks = 3;
  config.max_len = 75;
  config.dropout = 0.5;
  config.item_max_norm = 1e-4;
  config.fast = fast;
  return config;
}

model::ItemAttributes four_attributes_each() {
  model::ItemAttributes made;
  made.sparse_width = attributes;
  made.offsets = {0, 0};
  base::Stream stream(1, "bench", "attributes");
  for (std::int64_t v = 1; v <= items; ++v) {
    for (int i = 0; i < 4; ++i) made.ids.push_back(static_cast<std::int64_t>(stream.below(attributes)));
    made.offsets.push_back(static_cast<std::int64_t>(made.ids.size()));
  }
  return made;
}

train::Events random_events(base::Stream& stream, std::int64_t count) {
  train::Events events;
  for (std::int64_t i = 0; i < count; ++i) {
    events.items.push_back(static_cast<std::int64_t>(1 + stream.below(items)));
    events.times.push_back(0);
    for (int k = 0; k < 6; ++k) events.context.push_back(stream.uniform());
  }
  return events;
}

/// Lengths like Beauty's: at least 2, median about 4, a long tail cut at 75.
std::int64_t random_length(base::Stream& stream) {
  std::int64_t length = 2;
  while (length < 75 && stream.uniform() < 0.8) ++length;
  return length;
}

struct Bench {
  explicit Bench(bool fast)
      : config(beauty(fast)),
        parameters(1, at::TensorOptions(at::kFloat)),
        model(config, parameters, four_attributes_each()),
        windows(config, parameters.options(), false),
        adam(parameters, 0.0) {
    at::set_num_threads(1);
    base::Stream stream(2, "bench", "rows");
    for (std::int64_t u = 0; u < users; ++u) {
      const auto length = random_length(stream);
      auto profile = random_events(stream, length), target = random_events(stream, length);
      evaluation.push_back({profile, std::vector<double>(6, 0.5), 0});
      training.push_back({profile, target, random_events(stream, length).items});
    }
  }
  model::ModelConfig config;
  model::ParameterSet parameters;
  model::Carca model;
  train::WindowMaker windows;
  train::Adam adam;
  std::vector<train::TrainingRow> training;
  std::vector<train::EvaluationRow> evaluation;
};

void training_step(benchmark::State& state) {
  Bench bench(state.range(0) != 0);
  std::uint64_t step = 0;
  for (auto _ : state) {
    auto batch = bench.windows.training(bench.training);
    bench.adam.zero_gradients();
    bench.model.items().limit_norms(batch.distinct);
    auto pass = bench.model.begin(batch.distinct, model::Randomness(base::Stream(1, "dropout").at(step++), true));
    Tensor loss = at::zeros({});
    for (const auto& bucket : batch.buckets) {
      auto profile = bench.model.profile(pass, bucket.profile);
      loss = loss + bench.model.loss_sum(bench.model.train(pass, profile, bucket.targets, bucket.negatives),
                                         bucket.targets.mask);
    }
    (loss / static_cast<double>(2 * batch.slots)).backward();
    bench.adam.step(1e-4);
  }
  state.SetItemsProcessed(state.iterations() * users);
}
BENCHMARK(training_step)->ArgName("fast")->Arg(1)->Arg(0)->Unit(benchmark::kMillisecond);

void rank_all(benchmark::State& state) {
  Bench bench(true);
  model::Ranker ranker(bench.model);
  std::vector<train::EvaluationRow> rows(bench.evaluation.begin(), bench.evaluation.begin() + 64);
  for (auto _ : state) benchmark::DoNotOptimize(ranker.all(bench.windows.evaluation(rows)));
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(rows.size()));
}
BENCHMARK(rank_all)->Unit(benchmark::kMillisecond);

void rank_lists_of_101(benchmark::State& state) {
  Bench bench(true);
  model::Ranker ranker(bench.model);
  const Tensor candidates = at::randint(1, items + 1, {users, 101}, at::kLong);
  for (auto _ : state) benchmark::DoNotOptimize(ranker.lists(bench.windows.evaluation(bench.evaluation), candidates));
  state.SetItemsProcessed(state.iterations() * users);
}
BENCHMARK(rank_lists_of_101)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace pebench

BENCHMARK_MAIN();
