// What it takes to read the results of a suite: a record, its rank file, a metric user by user; and all of a
// suite of 2,000 trials of 20,000 users, one after the other.

#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <cstdlib>
#include <filesystem>

#include "host/base/file.h"
#include "host/base/gzip.h"
#include "host/base/hash.h"
#include "host/base/random.h"
#include "host/contract/rank_file.h"
#include "host/contract/whole_record.h"
#include "host/controller/report/reporter.h"
#include "host/examiner/user_values.h"

namespace pebench {
namespace {

constexpr std::uint32_t users = 20'000;
constexpr int trials = 2'000, encodings = 20, seeds = 20, epochs = 60;  // on five data sets

contract::RankedSet random_set(const std::string& candidates, std::uint32_t pool, bool histories,
                               base::Stream& random) {
  contract::RankedSet set{candidates,
                          31,
                          {"hr@10", "hr@20", "hr@5", "mrr", "ndcg@10", "ndcg@20", "ndcg@5", "tie_rate"},
                          {},
                          {},
                          {},
                          std::string(64, '0')};
  for (std::uint32_t user = 0; user < users; ++user) {
    set.pool.push_back(histories ? pool - 2 - static_cast<std::uint32_t>(random.below(9)) : pool);
    const double where = random.uniform() * random.uniform();  // low ranks are the rule
    set.better.push_back(static_cast<std::uint32_t>((set.pool.back() - 1) * where));
    set.tied.push_back(0);
  }
  return set;
}

/// The results of a trial, in a folder of their own that goes with this.
class Results {
 public:
  Results() {
    std::string name = (std::filesystem::temp_directory_path() / "pebench-bench-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
    lock_.suite = "bench";
    lock_.baseline = "encoding 0";
    lock_.primary = "test.full.ndcg@10";
    for (int trial = 0; trial < trials; ++trial) add(trial);
    results::write_lock(suite().lock(), lock_);
  }
  ~Results() { std::filesystem::remove_all(path_); }

  contract::SuiteFolder suite() const { return contract::SuiteFolder(path_); }
  const std::vector<std::string>& ids() const { return ids_; }

 private:
  void add(int trial) {
    base::Stream random(static_cast<std::uint64_t>(trial), "statistics", "bench");
    contract::Record record;
    record.identity = {{"seed", trial}};
    record.id = base::sha256(record.identity.dump());
    lock_.trials.push_back({record.id, "data set " + std::to_string(trial / (encodings * seeds)),
                            "encoding " + std::to_string(trial / seeds % encodings), nlohmann::json::object(),
                            static_cast<std::uint64_t>(trial % seeds)});
    contract::Ranks ranks{record.id, "expected", {}, {}};
    for (std::uint32_t user = 0; user < users; ++user) ranks.users.push_back(user);
    ranks.sets = {random_set("full", 12'101, true, random), random_set("uniform:100", 101, false, random),
                  random_set("popular:100", 101, false, random)};
    record.result.ranks = contract::kept(ranks, {{"test", users}, {"valid", 2000}});
    for (const auto& set : ranks.sets)
      for (const auto& measure : set.measures) {
        const auto name = contract::metric_name("test", set.candidates, measure);
        record.result.metrics[name] = record.result.chance[name] = random.uniform();
      }
    contract::Metrics validation;
    for (const auto& measure : ranks.sets.front().measures)
      validation[contract::metric_name("valid", "uniform:100", measure)] = random.uniform();
    for (int epoch = 1; epoch <= epochs; ++epoch)
      record.result.epochs.push_back(
          {epoch, random.uniform(), random.uniform(), random.uniform(), validation});
    const auto folder = suite().trial(record.id);
    contract::write_ranks(folder / contract::ranks_file, ranks);
    contract::write_record(folder / contract::record_file, record);
    ids_.push_back(record.id);
  }

  std::filesystem::path path_;
  results::SuiteLock lock_;
  std::vector<std::string> ids_;
};

const Results& results() {
  static const Results all;
  return all;
}

void read_a_record(benchmark::State& state) {
  const auto path = results().suite().record(results().ids().front());
  for (auto _ : state) benchmark::DoNotOptimize(contract::read_record(path));
}
BENCHMARK(read_a_record)->Unit(benchmark::kMillisecond);

void check_a_rank_file(benchmark::State& state) {
  const auto& id = results().ids().front();
  const auto record = contract::read_record(results().suite().record(id));
  for (auto _ : state) contract::check_files_beside(results().suite().record(id), record);
  state.counters["kB"] =
      static_cast<double>(std::filesystem::file_size(results().suite().trial(id) / contract::ranks_file)) /
      1000;
}
BENCHMARK(check_a_rank_file)->Unit(benchmark::kMillisecond);

void read_a_rank_file(benchmark::State& state) {
  const auto& id = results().ids().front();
  const auto record = contract::read_record(results().suite().record(id));
  for (auto _ : state) benchmark::DoNotOptimize(contract::read_ranks(results().suite().trial(id), record));
}
BENCHMARK(read_a_rank_file)->Unit(benchmark::kMillisecond);

void a_metric_user_by_user(benchmark::State& state) {
  const auto& id = results().ids().front();
  const auto ranks =
      contract::read_ranks(results().suite().trial(id), contract::read_record(results().suite().record(id)));
  const auto metric = contract::Metric::parse("test.full.ndcg@10");
  for (auto _ : state) benchmark::DoNotOptimize(examiner::user_values(*ranks, metric));
}
BENCHMARK(a_metric_user_by_user)->Unit(benchmark::kMillisecond);

/// As a report does it: records first, all of which stay, then the ranks, one trial at a time.
void a_suite_of_2000_trials(benchmark::State& state) {
  const auto metric = contract::Metric::parse("test.full.ndcg@10");
  for (auto _ : state) {
    std::vector<contract::Record> records;
    for (const auto& id : results().ids())
      records.push_back(contract::read_whole_record(results().suite(), id));
    double sum = 0;
    for (const auto& record : records)
      for (const double value :
           examiner::user_values(*contract::read_ranks(results().suite().trial(record.id), record), metric))
        sum += value;
    benchmark::DoNotOptimize(sum);
  }
}
BENCHMARK(a_suite_of_2000_trials)->Unit(benchmark::kSecond)->Iterations(1);

/// `pebench report` of it, verdicts on seeds and users included; peak_MB is that of the whole program.
void a_report_of_2000_trials(benchmark::State& state) {
  const auto suite = results().suite();
  for (auto _ : state) benchmark::DoNotOptimize(report::text_reporter(false)({report::make_report(suite)}));
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  state.counters["peak_MB"] = static_cast<double>(usage.ru_maxrss) * 1024 / 1e6;
}
BENCHMARK(a_report_of_2000_trials)->Unit(benchmark::kSecond)->Iterations(1);

}  // namespace
}  // namespace pebench

BENCHMARK_MAIN();
