// What each built-in encoding adds to a training step and to ranking all items: with it against without any,
// taken in turns within one run (counter `ratio`). Default options; hooks act in the decoder too, as in the
// preset clean.

#include <benchmark/benchmark.h>

#include <sstream>

#include "tests/bench/beauty.h"
#include "tests/bench/loaded.h"

namespace pebench {
namespace {

void with(benchmark::State& state, const std::string& id, double (*seconds)(Bench&)) {
  Bench encoding(
      true, [&](auto& config, auto& parameters) { return std::make_unique<Loaded>(id, config, parameters); });
  Bench without(true);
  double encoded = 0, plain = 0;
  for (auto _ : state) {
    encoded += seconds(encoding);
    plain += seconds(without);
  }
  state.counters["ratio"] = encoded / plain;
}

}  // namespace
}  // namespace pebench

int main(int argc, char** argv) {
  std::istringstream plugins(PEBENCH_PLUGINS);
  for (std::string id; plugins >> id;) {
    const auto add = [&](const char* what, double (*seconds)(pebench::Bench&)) {
      benchmark::RegisterBenchmark((id + "/" + what).c_str(), pebench::with, id, seconds)
          ->Unit(benchmark::kMillisecond)
          ->MinTime(5);
    };
    add("step", pebench::seconds_of_step);
    add("ranking", pebench::seconds_of_ranking);
  }
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
