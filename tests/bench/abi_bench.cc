// What the plugin border costs: a training step with a learnt table through the ABI against the same arithmetic compiled in,
// taken in turns within one run (counter `ratio`), and nanoseconds of one operation call beside LibTorch's own.

#include <benchmark/benchmark.h>

#include <chrono>

#include "host/plugin/descriptor/library.h"
#include "host/plugin/descriptor/options.h"
#include "host/plugin/operations/operations.h"
#include "host/plugin/operations/plugin_encoding.h"
#include "tests/bench/beauty.h"

namespace pebench {
namespace {

/// The arithmetic of the plugin `learnt`.
class CompiledLearnt : public model::Encoding {
 public:
  CompiledLearnt(const model::ModelConfig& config, model::ParameterSet& parameters)
      : table_(parameters.declare("encoding.table", {config.max_len + 1, config.width}, model::Initial::normal(0.0, 0.02),
                                  "encoding/learnt/table")) {}
  Tensor input(const model::Sequence& sequence, const Tensor& x) override {
    return x + at::embedding(table_.value, sequence.position);
  }

 private:
  model::Parameter& table_;
};

/// Keeps what the plugin's instance points to.
class LoadedLearnt : public model::Encoding {
 public:
  LoadedLearnt(const model::ModelConfig& config, model::ParameterSet& parameters)
      : library_(plugin::Library::load(LEARNT, plugin::host())),
        values_(library_.encoder("learnt"),
                plugin::with_defaults(library_.encoder("learnt"), nlohmann::json::object())),
        encoding_(library_.table("learnt"), values_.values(), config, parameters) {}
  void begin(model::Randomness& randomness) override { encoding_.begin(randomness); }
  Tensor input(const model::Sequence& sequence, const Tensor& x) override { return encoding_.input(sequence, x); }
  void rotate(const model::Site& site, Tensor& q, Tensor& k) override { encoding_.rotate(site, q, k); }
  Tensor bias(const model::Site& site) override { return encoding_.bias(site); }
  Tensor value(const model::Site& site) override { return encoding_.value(site); }
  Tensor output(const model::Site& site, const Tensor& y) override { return encoding_.output(site, y); }

 private:
  plugin::Library library_;
  plugin::OptionValues values_;
  plugin::PluginEncoding encoding_;
};

template <class Encoding>
std::unique_ptr<model::Encoding> make(const model::ModelConfig& config, model::ParameterSet& parameters) {
  return std::make_unique<Encoding>(config, parameters);
}

double seconds_of_step(Bench& bench) {
  const auto start = std::chrono::steady_clock::now();
  bench.train();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void step_through_abi_and_compiled(benchmark::State& state) {
  Bench plugin(true, make<LoadedLearnt>), compiled(true, make<CompiledLearnt>);
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
  const std::vector<model::Parameter*> none;
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
