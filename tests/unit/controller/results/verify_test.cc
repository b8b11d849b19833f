#include "host/controller/results/verify.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "host/base/file.h"
#include "host/contract/document.h"
#include "host/contract/rank_file.h"
#include "host/contract/trial_spec.h"
#include "host/controller/results/suite_lock.h"
#include "tests/unit/support/temporary_folder.h"

namespace pebench::results {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Verifying : public ::testing::Test {
 protected:
  Verifying() {
    lock_.suite = "example";
    for (std::uint64_t seed = 1; seed <= 3; ++seed)
      lock_.trials.push_back({trial(seed).id(), "beauty", "rope", nlohmann::json::object(), seed});
    write_lock(folder_.lock(), lock_);
    add(1);
    add(2);
  }

  static contract::TrialSpec trial(std::uint64_t seed) {
    contract::TrialSpec trial;
    trial.options = trial.sweep = trial.option_files = nlohmann::json::object();
    trial.seed = seed;
    return trial;
  }
  static std::string id(std::uint64_t seed) { return trial(seed).id(); }
  fs::path ranks_file(std::uint64_t seed) const { return folder_.trial(id(seed)) / contract::ranks_file; }
  fs::path trial_file(std::uint64_t seed) const { return folder_.trial(id(seed)) / contract::trial_file; }

  /// Its one user has rank 1.
  void add(std::uint64_t seed, double mrr = 1.0) {
    contract::write_trial(trial_file(seed), trial(seed));
    const contract::Ranks ranks{id(seed), "expected", {0}, {{"full", 1, {"mrr"}, {0}, {0}, {9}, {}}}};
    contract::write_ranks(ranks_file(seed), ranks);
    contract::Record record;
    record.id = id(seed);
    record.identity = trial(seed).identity();
    record.result.ranks = contract::kept(ranks, {{"test", 1}});
    record.result.metrics = {{"test.full.mrr", mrr}, {"valid.full.mrr", 0.3}};
    contract::write_record(folder_.record(record.id), record);
  }

  /// What each fault says, and of which trial it is.
  std::vector<std::string> faults() const {
    std::vector<std::string> said;
    for (const Fault& fault : verify(folder_).faults)
      said.push_back(fault.trial.value_or("lock") + ": " + fault.what);
    return said;
  }
  static void append_to(const fs::path& file) { std::ofstream(file, std::ios::app) << "x"; }

  TemporaryFolder temporary_;
  contract::SuiteFolder folder_{temporary_.path() / "example"};
  SuiteLock lock_;
};

TEST_F(Verifying, CountsWhatIsWhole) {
  const Verification found = verify(folder_);
  EXPECT_EQ(found.records, 2);
  EXPECT_EQ(found.ranks, 2);
  EXPECT_EQ(found.without_digest, 0);
  EXPECT_EQ(found.planned_missing, 1);
  EXPECT_TRUE(found.faults.empty());
}

TEST_F(Verifying, NamesEveryDamagedFile) {
  append_to(folder_.lock());
  append_to(trial_file(1));
  append_to(ranks_file(2));
  const auto said = faults();
  EXPECT_THAT(said, ::testing::UnorderedElementsAre(HasSubstr("lock: " + folder_.lock().string()),
                                                    HasSubstr(id(1) + ": " + trial_file(1).string()),
                                                    HasSubstr(id(2) + ": " + ranks_file(2).string())));
  append_to(folder_.record(id(1)));
  EXPECT_EQ(faults().size(), 4u);
}

TEST_F(Verifying, NamesAMetricThatTheRanksDoNotGive) {
  add(3, 0.5);
  EXPECT_THAT(faults(),
              ElementsAre(AllOf(HasSubstr(id(3)), HasSubstr("test.full.mrr = 0.5"), HasSubstr("give 1"))));
}

TEST_F(Verifying, NamesWhatIsMissing) {
  fs::remove(ranks_file(1));
  EXPECT_THAT(faults(), ElementsAre(HasSubstr("is missing")));
  contract::write_ranks(ranks_file(1), {id(1), "expected", {0}, {{"full", 1, {"mrr"}, {0}, {0}, {9}, {}}}});
  fs::remove(trial_file(1));
  EXPECT_THAT(faults(), ElementsAre(HasSubstr("cannot be replayed")));
}

TEST_F(Verifying, NamesWhatIsAnothers) {
  fs::copy(trial_file(2), trial_file(1), fs::copy_options::overwrite_existing);
  fs::copy(folder_.record(id(2)), folder_.record(id(1)), fs::copy_options::overwrite_existing);
  EXPECT_THAT(faults(),
              ElementsAre(HasSubstr("the record of another trial"), HasSubstr("describes another trial")));
}

TEST_F(Verifying, LooksAtTrialsThatAreNoLongerPlanned) {
  lock_.trials.clear();
  write_lock(folder_.lock(), lock_);
  append_to(folder_.record(id(1)));
  EXPECT_EQ(faults().size(), 1u);
}

TEST_F(Verifying, CountsWhatCarriesNoDigest) {
  auto record = contract::read_document(folder_.record(id(1))).json;
  record["schema"] = 2;
  record["result"].erase("ranks");
  auto trial = contract::read_document(trial_file(1)).json;
  trial["schema"] = 1;
  std::ofstream(folder_.record(id(1))) << record;
  std::ofstream(trial_file(1)) << trial;
  std::ofstream(folder_.lock()) << lock_.to_json();
  const Verification found = verify(folder_);
  EXPECT_EQ(found.without_digest, 3);
  EXPECT_EQ(found.records, 2);
  EXPECT_EQ(found.ranks, 1);
  EXPECT_TRUE(found.faults.empty());
}

}  // namespace
}  // namespace pebench::results
