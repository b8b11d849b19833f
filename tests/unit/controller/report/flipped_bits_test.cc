// A bit may flip on any disk. Whatever file of a suite's results it hits: the report stays the same to the
// byte, or it says what is damaged, or it is refused; no number changes silently.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <numeric>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/base/random.h"
#include "host/contract/rank_file.h"
#include "host/contract/trial_spec.h"
#include "host/controller/results/verify.h"
#include "host/examiner/user_values.h"
#include "tests/unit/controller/report/results_folder.h"

namespace pebench::report {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

constexpr int flips = 1000;

class FlippedBits : public Report {
 protected:
  /// A trial with all the files that a run leaves of it.
  void add_trial(const std::string& encoding, std::uint64_t seed, double value) {
    contract::TrialSpec trial;
    trial.options = trial.sweep = trial.option_files = nlohmann::json::object();
    trial.suite = "example";
    trial.dataset = "beauty";
    trial.encoding = trial.encoder_id = encoding;
    trial.seed = seed;
    lock_.trials.push_back({trial.id(), trial.dataset, encoding, trial.sweep, seed});
    const fs::path folder = folder_.trial(trial.id());
    contract::write_trial(folder / contract::trial_file, trial);

    base::Stream random(seed, "statistics", encoding);
    contract::Ranks ranks{trial.id(), "expected", {}, {{"full", 2, {"ndcg@10"}, {}, {}, {}, "lists"}}};
    for (std::uint32_t user = 0; user < 100; ++user) {
      ranks.users.push_back(user);
      ranks.sets[0].better.push_back(static_cast<std::uint32_t>(random.below(300)));
      ranks.sets[0].tied.push_back(static_cast<std::uint32_t>(random.below(2)));
      ranks.sets[0].pool.push_back(301);
    }
    contract::write_ranks(folder / contract::ranks_file, ranks);

    contract::Record record;
    record.id = trial.id();
    record.identity = trial.identity();
    record.result.chosen_epoch = 2;
    record.result.epochs = {{1, 0.69, 0.5, 0.1, {}}, {2, 0.5 + value, 0.25, 0.05, {}}};
    const auto gains = examiner::user_values(ranks, contract::Metric::parse("test.full.ndcg@10"));
    const double ndcg = std::accumulate(gains.begin(), gains.end(), 0.0) / static_cast<double>(gains.size());
    record.result.metrics = {{"test.full.ndcg@10", ndcg}, {"valid.uniform:100.ndcg@10", 2 * value}};
    record.result.chance = {{"test.full.ndcg@10", 0.01}, {"valid.uniform:100.ndcg@10", 0.02}};
    record.result.baselines["popularity"] = {{"test.full.ndcg@10", 0.02}};
    record.result.parameters = {1000, 90};
    record.result.ranks = contract::kept(ranks, {{"test", 100}});
    record.run.cpu = "Some Processor avx2";
    record.run.seconds.total = 10 + value;
    contract::write_record(folder / contract::record_file, record);

    const fs::path attempt = contract::make_attempt_folder(folder);
    base::write_atomically(attempt / contract::exit_file, "{\"status\": \"ok\"}");
    base::write_atomically(attempt / contract::events_file, "{\"event\":\"start\",\"epochs\":2}\n");
    base::write_atomically(attempt / contract::log_file, "nothing to tell\n");
  }

  std::vector<fs::path> files() const {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder_.path()))
      if (entry.is_regular_file()) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
  }

  std::string shown() const {
    const std::vector<SuiteReport> reports = {make_report(folder_)};
    return text_reporter(false)(reports) + json_reporter()(reports) + csv_reporter()(reports);
  }
};

TEST_F(FlippedBits, NeverChangeANumberSilently) {
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    add_trial("none", seed, 0.04 + 0.001 * static_cast<double>(seed));
    add_trial("rope", seed, 0.06 - 0.002 * static_cast<double>(seed));
  }
  results::write_lock(folder_.lock(), lock_);
  const std::string before = shown();
  ASSERT_TRUE(results::verify(folder_).faults.empty());

  const auto all = files();
  ASSERT_EQ(all.size(), 1u + 6 * 6);
  base::Stream random(1, "statistics", "flips");
  int same = 0, marked = 0, refused = 0;
  for (int flip = 0; flip < flips; ++flip) {
    const fs::path& file = all[random.below(all.size())];
    const std::string whole = base::read_file(file);
    const auto byte = random.below(whole.size());
    const auto bit = random.below(8);
    std::string flipped = whole;
    flipped[byte] = static_cast<char>(flipped[byte] ^ (1 << bit));
    base::write_atomically(file, flipped);
    const std::string place =
        file.string() + ", byte " + std::to_string(byte) + ", bit " + std::to_string(bit);

    try {
      const std::string now = shown();
      if (now == before) {
        ++same;
      } else {
        ++marked;
        EXPECT_THAT(now, HasSubstr("damaged: beauty, ")) << place;
        EXPECT_THAT(now, HasSubstr(file.string())) << place;
        EXPECT_FALSE(results::verify(folder_).faults.empty()) << place;
      }
    } catch (const base::InputError& error) {
      ++refused;
      EXPECT_THAT(error.what(), HasSubstr(file.string())) << place;
      EXPECT_FALSE(results::verify(folder_).faults.empty()) << place;
    }
    base::write_atomically(file, whole);
  }
  EXPECT_EQ(shown(), before);
  EXPECT_EQ(same + marked + refused, flips);
  EXPECT_GT(marked, flips / 5) << "records and ranks are a third of the files";
  EXPECT_GT(refused, 0) << "the lock is one";
  std::printf("%d flips: the same report %d times, marked %d, refused %d\n", flips, same, marked, refused);
}

}  // namespace
}  // namespace pebench::report
