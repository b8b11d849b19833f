#include "host/worker/speed/speed.h"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <chrono>
#include <ctime>
#include <deque>
#include <fstream>
#include <memory>
#include <regex>
#include <string>
#include <vector>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/base/machine.h"
#include "host/contract/fields.h"
#include "host/contract/speed_record.h"
#include "host/contract/speed_request.h"
#include "host/worker/speed/full_windows.h"
#include "host/worker/train/adam.h"
#include "host/worker/trial/assembly.h"
#include "host/worker/trial/environment.h"

namespace pebench::speed {
namespace {

/// Time of the processor, so that what else runs on the machine counts little; by the wall where that is not
/// all that an operation takes.
class Clock {
 public:
  explicit Clock(const contract::TrainSettings& train)
      : of_processor_(train.threads == 1 && at::Device(train.device).is_cpu()) {}

  const char* name() const { return of_processor_ ? "processor" : "wall"; }

  template <class Work>
  double seconds_of(const Work& work) const {
    const double start = now();
    work();
    return now() - start;
  }

 private:
  double now() const {
    timespec time{};
    ::clock_gettime(of_processor_ ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
  }

  bool of_processor_;
};

/// Waits for the device to have made the tensor.
void settle(const Tensor& tensor) {
  if (!tensor.is_cpu()) tensor.reshape({-1})[0].item();
}

contract::TrialSpec with_window(contract::TrialSpec spec, std::int64_t length) {
  spec.settings.model.max_len = length;
  spec.settings.eval.window = 0;
  return spec;
}

/// A trial's model for windows of one length, and its batches.
class Subject {
 public:
  Subject(const contract::TrialSpec& spec, std::int64_t length, const data::Dataset& data,
          const data::Split& split)
      : spec_(with_window(spec, length)),
        rows_(data, split, spec_.settings),
        full_(rows_, split, length),
        assembly_(spec_, data),
        windows_(assembly_.model()),
        adam_(assembly_.parameters(), spec_.settings.train),
        dropout_(spec_.seed_for("dropout"), "dropout"),
        clock_(spec_.settings.train) {}

  const Clock& clock() const { return clock_; }

  backbone::TrainingBatch training(std::int64_t batch) {
    const base::Stream shared(spec_.seed_for("negatives"), "negatives of batches");
    const auto& negatives = rows_.negatives();
    auto made =
        windows_.training(full_.training(batch, spec_.seed_for("order")), negatives.draw_shared(shared));
    if (spec_.settings.train.objective == "sampled_softmax")
      made.probabilities =
          at::tensor(negatives.probabilities(), at::kDouble).to(assembly_.parameters().options());
    return made;
  }
  backbone::Users evaluation(std::int64_t batch) { return windows_.evaluation(full_.evaluation(batch)); }

  double forward(const backbone::TrainingBatch& batch) {
    Tensor loss;
    return clock_.seconds_of([&] { settle(loss = loss_of(batch)); });
  }
  double backward(const backbone::TrainingBatch& batch) {
    adam_.zero_gradients();
    const Tensor loss = loss_of(batch);
    settle(loss);
    return clock_.seconds_of([&] {
      loss.backward();
      settle(assembly_.parameters().all().front().value);
    });
  }
  double step(const backbone::TrainingBatch& batch) {
    return clock_.seconds_of([&] {
      adam_.zero_gradients();
      loss_of(batch).backward();
      adam_.step(spec_.settings.train.lr);
      settle(assembly_.parameters().all().front().value);
    });
  }
  std::unique_ptr<backbone::Scorer> scorer() { return assembly_.model().scorer(); }
  double ranking(backbone::Scorer& scorer, const backbone::Users& users) const {
    return clock_.seconds_of([&] { settle(scorer.all(users)); });
  }

 private:
  Tensor loss_of(const backbone::TrainingBatch& batch) {
    return assembly_.model().loss(batch, tensor::Randomness(dropout_.at(passes_++), /*training=*/true));
  }

  const contract::TrialSpec spec_;
  train::RowMaker rows_;
  FullWindows full_;
  trial::Assembly assembly_;
  train::WindowMaker windows_;
  train::Adam adam_;
  base::Stream dropout_;
  Clock clock_;
  std::uint64_t passes_ = 0;
};

/// Prints nothing: what is measured is written to a file.
class Silent : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>&) override {}
};

/// Carries out an operation and gives its seconds.
using Operation = std::function<double()>;

struct Measured {
  contract::Timing what;
  std::function<Operation()> prepare;  ///< called for every repetition, and not counted
};

/// All that is registered with Google Benchmark, each time it is called telling how far it is.
class Session {
 public:
  Session(std::int64_t repetitions, std::function<void(double)> progress)
      : repetitions_(repetitions), progress_(std::move(progress)) {}

  void add(const Measured& measured) {
    ++measured_;
    benchmark::RegisterBenchmark(contract::timing_name(measured.what).c_str(),
                                 [this, prepare = measured.prepare](benchmark::State& state) {
                                   const Operation seconds = prepare();
                                   for (auto _ : state) state.SetIterationTime(seconds());
                                   tell();
                                 })
        ->UseManualTime()
        ->Unit(benchmark::kMillisecond)
        ->MinTime(contract::seconds_of_repetition)
        ->Repetitions(static_cast<int>(repetitions_));
  }

  /// The library's own JSON, which it writes into `folder` first. In turns drawn anew for every repetition,
  /// so that what happens to the machine happens to all.
  nlohmann::json run(const std::filesystem::path& folder) {
    const auto file = folder / "benchmark.json";
    std::string program = "pebench-trial", mixed = "--benchmark_enable_random_interleaving=true",
                out = "--benchmark_out=" + file.string();
    char* arguments[] = {program.data(), mixed.data(), out.data(), nullptr};
    int count = 3;
    benchmark::Initialize(&count, arguments);
    Silent silent;
    benchmark::RunSpecifiedBenchmarks(&silent);
    benchmark::Shutdown();
    // A spread of nothing is NaN there, which JSON has not.
    static const std::regex not_finite(": -?(nan|inf)", std::regex::icase);
    return contract::parse_json(std::regex_replace(base::read_file(file), not_finite, ": null"),
                                file.string());
  }

 private:
  void tell() {
    // The library calls each once more to find how often it fits into a repetition.
    const auto expected = static_cast<double>(measured_ * (repetitions_ + 1));
    progress_(std::min(0.99, static_cast<double>(++calls_) / expected));
  }

  std::int64_t repetitions_, measured_ = 0, calls_ = 0;
  std::function<void(double)> progress_;
};

/// All of an encoding that is measured for one batch and window, each carried out once for nothing: what is
/// made at the first call is no cost of the others.
void add_all(Subject& subject, const std::string& encoding, std::int64_t batch, std::int64_t length,
             std::vector<Measured>& all) {
  const auto training = std::make_shared<backbone::TrainingBatch>(subject.training(batch));
  const auto users = std::make_shared<backbone::Users>(subject.evaluation(batch));
  const auto add = [&](const char* operation, std::function<Operation()> prepare) {
    prepare()();
    all.push_back({{encoding, operation, batch, length, {}}, std::move(prepare)});
  };
  add("forward",
      [&subject, training] { return [&subject, training] { return subject.forward(*training); }; });
  add("backward",
      [&subject, training] { return [&subject, training] { return subject.backward(*training); }; });
  add("step", [&subject, training] { return [&subject, training] { return subject.step(*training); }; });
  // What an evaluation prepares once for all its users is not counted.
  add("ranking", [&subject, users] {
    return [&subject, users, scorer = std::shared_ptr(subject.scorer())] {
      return subject.ranking(*scorer, *users);
    };
  });
}

}  // namespace

void run_request(const std::filesystem::path& file, const Listener& listener) {
  const auto request = contract::read_speed_request(file);
  std::vector<contract::TrialSpec> specs;
  for (const auto& trial : request.trials) specs.push_back(contract::read_trial(trial));
  if (specs.empty()) throw base::InputError(fmt::format("{} names no trial", file.string()));
  const contract::TrialSpec& first = specs.front();
  at::set_num_threads(static_cast<int>(first.settings.train.threads));
  at::globalContext().setFlushDenormal(true);
  const auto data = data::Dataset::open(first.data_folder, first.attributes, first.context);
  const auto split = data::make_split(data, first.settings.eval.split);

  contract::SpeedRecord record;
  Session session(request.repetitions, listener.progress);
  std::deque<Subject> subjects;  // which the session measures
  for (const auto& spec : specs) {
    std::vector<Measured> all;
    try {
      for (const std::int64_t length : request.lengths) {
        Subject& subject = subjects.emplace_back(spec, length, data, split);
        for (const std::int64_t batch : request.batches) add_all(subject, spec.encoding, batch, length, all);
        record.clock = subject.clock().name();
      }
    } catch (const backbone::EncodingError& error) {
      listener.warning(fmt::format("{} is left out: {}", spec.encoding, error.what()));
      continue;
    }
    for (const Measured& measured : all) session.add(measured);
    record.trials[spec.encoding] = spec.id();
  }
  if (record.trials.empty()) throw base::InputError("no encoding could be measured");
  record.benchmark = session.run(file.parent_path());
  record.run.suite = first.suite;
  record.run.dataset = first.dataset;
  record.run.sweep = first.sweep;
  record.run.threads = first.settings.train.threads;
  record.run.finished = base::utc(std::chrono::system_clock::now());
  trial::describe_environment(record.run);
  contract::write_speed_record(request.measurement, record);
}

}  // namespace pebench::speed
