// Seconds of one training step and of ranking. Read the ratios between lines of one run: fast against plain
// engine, lists against all items.

#include <benchmark/benchmark.h>

#include "tests/bench/beauty.h"

namespace pebench {
namespace {

void training_step(benchmark::State& state) {
  Bench bench(state.range(0) != 0);
  for (auto _ : state) bench.train();
  state.SetItemsProcessed(state.iterations() * users);
}
BENCHMARK(training_step)->ArgName("fast")->Arg(1)->Arg(0)->Unit(benchmark::kMillisecond);

void rank_all(benchmark::State& state) {
  Bench bench(true);
  carca::Ranker ranker(bench.model);
  std::vector<train::EvaluationRow> rows(bench.evaluation.begin(), bench.evaluation.begin() + 64);
  for (auto _ : state) benchmark::DoNotOptimize(ranker.all(bench.windows.evaluation(rows)));
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(rows.size()));
}
BENCHMARK(rank_all)->Unit(benchmark::kMillisecond);

void rank_lists_of_101(benchmark::State& state) {
  Bench bench(true);
  carca::Ranker ranker(bench.model);
  const Tensor candidates = at::randint(1, items + 1, {users, 101}, at::kLong);
  for (auto _ : state)
    benchmark::DoNotOptimize(ranker.lists(bench.windows.evaluation(bench.evaluation), candidates));
  state.SetItemsProcessed(state.iterations() * users);
}
BENCHMARK(rank_lists_of_101)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace pebench

BENCHMARK_MAIN();
