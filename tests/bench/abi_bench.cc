// What the plugin border costs: a training step with a learnt table through the ABI against the same
// arithmetic compiled in, taken in turns within one run (counter `ratio`), and nanoseconds of one operation
// call beside LibTorch's own.

#include <benchmark/benchmark.h>

#include "host/worker/plugin/operations.h"
#include "tests/bench/beauty.h"
#include "tests/bench/loaded.h"

namespace pebench {
namespace {

/// The arithmetic of the plugin `learnt`.
class CompiledLearnt : public backbone::Encoding {
 public:
  CompiledLearnt(const carca::Config& config, tensor::ParameterSet& parameters)
      : table_(parameters.declare("encoding.table", {config.max_len + 1, config.width},
                                  tensor::Initial::normal(0.0, 0.02), "encoding/learnt/table")) {}
  Tensor input(const backbone::Sequence& sequence, const Tensor& x) override {
    return x + at::embedding(table_.value, sequence.position);
  }

 private:
  tensor::Parameter& table_;
};

void step_through_abi_and_compiled(benchmark::State& state) {
  Bench plugin(true, [](auto& config, auto& parameters) {
    return std::make_unique<Loaded>("learnt", config, parameters);
  });
  Bench compiled(true, [](auto& config, auto& parameters) {
    return std::make_unique<CompiledLearnt>(config, parameters);
  });
  double through_abi = 0, without = 0;
  for (auto _ : state) {
    through_abi += seconds_of_step(plugin);
    without += seconds_of_step(compiled);
  }
  for (const auto& parameter : compiled.parameters.all())
    if (!parameter.value.equal(plugin.parameters.at(parameter.name).value))
      state.SkipWithError(("not the same arithmetic: " + parameter.name + " differs").c_str());
  state.counters["ratio"] = through_abi / without;
}
BENCHMARK(step_through_abi_and_compiled)->Unit(benchmark::kMillisecond)->MinTime(20);

void operation_call(benchmark::State& state) {
  const std::vector<tensor::Parameter*> none;
  peb_scope scope("bench", &none, at::TensorOptions(at::kFloat));
  const Tensor one = at::ones({1});
  const auto& operations = plugin::operations();
  scope.begin(nullptr);
  auto operand = scope.put(one);
  int calls = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(operations.binary(&scope, PEB_ADD, operand, operand));
    if (++calls % 1000 == 0) {  // a pass of a thousand operations is a long one
      scope.begin(nullptr);
      operand = scope.put(one);
    }
  }
}
BENCHMARK(operation_call);

void libtorch_call(benchmark::State& state) {
  const Tensor one = at::ones({1});
  for (auto _ : state) benchmark::DoNotOptimize(at::add(one, one));
}
BENCHMARK(libtorch_call);

}  // namespace
}  // namespace pebench

BENCHMARK_MAIN();
