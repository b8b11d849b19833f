// What each built-in encoding adds to a training step: with it against without any, taken in turns within one
// run (counter `ratio`). Default options; hooks act in self-attention alone, as in both presets.

#include <benchmark/benchmark.h>

#include <sstream>

#include "tests/bench/beauty.h"
#include "tests/bench/loaded.h"

namespace pebench {
namespace {

void step_with(benchmark::State& state, const std::string& id) {
  Bench with(
      true, [&](auto& config, auto& parameters) { return std::make_unique<Loaded>(id, config, parameters); });
  Bench without(true);
  double encoded = 0, plain = 0;
  for (auto _ : state) {
    encoded += seconds_of_step(with);
    plain += seconds_of_step(without);
  }
  state.counters["ratio"] = encoded / plain;
}

}  // namespace
}  // namespace pebench

int main(int argc, char** argv) {
  std::istringstream plugins(PEBENCH_PLUGINS);
  for (std::string id; plugins >> id;)
    benchmark::RegisterBenchmark(id.c_str(), pebench::step_with, id)
        ->Unit(benchmark::kMillisecond)
        ->MinTime(5);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
