#include "host/controller/export/mlflow.h"

#include <gmock/gmock.h>

#include "host/base/file.h"
#include "tests/unit/controller/export/example.h"
#include "tests/unit/support/refusal.h"

namespace pebench::exporting {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;

std::vector<fs::path> folders_in(const fs::path& folder) {
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.is_directory()) folders.push_back(entry.path());
  return folders;
}

class Store : public Example {
 protected:
  Store() {
    export_to(out_, Format::mlflow);
    experiment_ = folders_in(out_).at(0);
    for (const fs::path& run : folders_in(experiment_))
      (base::read_file(run / "tags" / "pebench.status") == "ok" ? good_ : crashed_) = run;
  }

  const fs::path out_ = temporary_.path() / "ml runs";
  fs::path experiment_, good_, crashed_;
};

TEST_F(Store, IsAnExperimentOfARunForEveryRecord) {
  EXPECT_EQ(folders_in(out_).size(), 1u);
  EXPECT_EQ(folders_in(experiment_).size(), 2u);
  EXPECT_THAT(experiment_.filename().string(), MatchesRegex("[0-9]{18}"));
  EXPECT_THAT(good_.filename().string(), MatchesRegex("[0-9a-f]{32}"));
  const std::string experiment = base::read_file(experiment_ / "meta.yaml");
  EXPECT_THAT(experiment, HasSubstr("name: \"example\"\n"));
  EXPECT_THAT(experiment, HasSubstr("experiment_id: \"" + experiment_.filename().string() + "\"\n"));
  EXPECT_THAT(experiment, HasSubstr("/ml%20runs/" + experiment_.filename().string() + "\"\n"));
}

TEST_F(Store, SaysWhatBecameOfARun) {
  const std::string good = base::read_file(good_ / "meta.yaml"),
                    crashed = base::read_file(crashed_ / "meta.yaml");
  EXPECT_THAT(good, HasSubstr("status: 3\n"));
  EXPECT_THAT(good, HasSubstr("start_time: 1778753730000\n"));  // date -d 2026-05-14T10:15:30Z +%s
  EXPECT_THAT(good, HasSubstr("end_time: 1778753743000\n"));
  EXPECT_THAT(good, HasSubstr("run_id: \"" + good_.filename().string() + "\"\n"));
  EXPECT_THAT(crashed, HasSubstr("status: 4\n"));
  EXPECT_THAT(crashed, HasSubstr("start_time: null\n"));
  EXPECT_EQ(base::read_file(crashed_ / "tags" / "pebench.reason"), "it ended by SIGSEGV:\n\"see log.txt\"");
  EXPECT_EQ(base::read_file(good_ / "tags" / "pebench.trial"), lock_.trials[0].id);
}

TEST_F(Store, HasParametersAndMetricsUnderNamesThatItTakes) {
  EXPECT_EQ(base::read_file(good_ / "params" / "model.blocks"), "2");
  EXPECT_EQ(base::read_file(good_ / "params" / "variant"), "clean");
  EXPECT_EQ(base::read_file(crashed_ / "params" / "encoding"), "rope, \"turned\"");
  EXPECT_EQ(base::read_file(good_ / "metrics" / "test.full.mrr"), "1778753743000 0.75 1\n");
  EXPECT_EQ(base::read_file(good_ / "metrics" / "chance.test.full.mrr"), "1778753743000 0.01 1\n");
  EXPECT_EQ(base::read_file(good_ / "metrics" / "markov.test.full.mrr"), "1778753743000 0.25 1\n");
  EXPECT_EQ(base::read_file(good_ / "metrics" / "epoch.loss"), "1778753743000 3.5 1\n1778753743000 3.25 2\n");

  contract::Record record = good();
  record.identity["seed"] = 4;
  record.id = base::sha256(record.identity.dump());
  record.result.ranks.reset();
  record.result.recommendations.reset();
  record.result.metrics = {{"test.uniform:100.ndcg@10", 0.5}};
  lock_.trials = {{record.id, "beauty", "none", nlohmann::json::object(), 4}};
  write(record);
  results::write_lock(folder_.lock(), lock_);
  export_to(temporary_.path() / "other", Format::mlflow);
  const fs::path run = folders_in(folders_in(temporary_.path() / "other").at(0)).at(0);
  EXPECT_EQ(base::read_file(run / "metrics" / "test.uniform_100.ndcg_at_10"), "1778753743000 0.5 1\n");
}

TEST_F(Store, HasNoPlaceForRanks) {
  EXPECT_THAT(refusal([&] { export_to(temporary_.path() / "other", Format::mlflow, true); }),
              HasSubstr("take --format sqlite or csv"));
}

}  // namespace
}  // namespace pebench::exporting
