#include "host/contract/folder.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <regex>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/controller/results/suite_lock.h"
#include "tests/unit/support/temporary_folder.h"

namespace pebench::results {
namespace {

namespace fs = std::filesystem;

class Folder : public ::testing::Test {
 protected:
  TemporaryFolder temporary_;
  fs::path folder_ = temporary_.path();
};

SuiteLock example() {
  return {
      "example",
      "schema = 1\n",
      "none",
      "test.full.ndcg@10",
      {{"ab12", "beauty", "rope", {{"train.lr", 0.1}}, 1ull << 63}},
      {0.01, 0.02, {"loss"}},
      {{"A sinusoid deviates more", "sd(abs) > sd(none)", "test.full.hr@10", "beauty", {{"train.lr", 0.1}}}},
      {1ull << 63},
      {"nothing varies"},
      {{"beauty", nlohmann::json::object(), "order", false, {{"test.full.hr@10", 0.5}}}}};
}

TEST(SuiteFolder, SpreadsTrialsByTheirFirstTwoDigits) {
  EXPECT_EQ(contract::SuiteFolder("results/example").record("ab12"),
            "results/example/trials/ab/ab12/record.json");
}

TEST_F(Folder, FindsASuiteItselfOrThoseInside) {
  EXPECT_THROW(contract::find_suites(folder_), base::InputError);
  EXPECT_THROW(contract::find_suites(folder_ / "absent"), base::InputError);
  for (const char* name : {"second", "first"})
    write_lock(contract::SuiteFolder(folder_ / name).lock(), example());
  fs::create_directory(folder_ / "unrelated");

  auto both = contract::find_suites(folder_);
  ASSERT_EQ(both.size(), 2u);
  EXPECT_EQ(both[0].path(), folder_ / "first");
  EXPECT_EQ(both[1].path(), folder_ / "second");
  ASSERT_EQ(contract::find_suites(folder_ / "first").size(), 1u);
}

TEST_F(Folder, GivesEveryAttemptAFolderOfItsOwn) {
  fs::path first = contract::make_attempt_folder(folder_);
  fs::path second = contract::make_attempt_folder(folder_);
  EXPECT_NE(first, second);
  EXPECT_TRUE(fs::is_directory(first) && fs::is_directory(second));
  EXPECT_EQ(contract::count_attempts(folder_), 2);
  EXPECT_TRUE(std::regex_match(first.filename().string(), std::regex("\\d{8}T\\d{6}Z-.*-\\d+"))) << first;
}

TEST_F(Folder, AnAttemptFolderThatCannotBeMadeIsAnInputError) {
  std::ofstream(folder_ / "file") << "not a folder";
  EXPECT_THROW(contract::make_attempt_folder(folder_ / "file"), base::InputError);
  EXPECT_EQ(contract::count_attempts(folder_ / "absent"), 0);
}

TEST_F(Folder, TheLockComesBack) {
  write_lock(folder_ / "lock", example());
  SuiteLock back = read_lock(folder_ / "lock");
  EXPECT_EQ(back.to_json(), example().to_json());
  EXPECT_EQ(back.trials.at(0).seed, 1ull << 63);
  EXPECT_EQ(back.judgement.alpha, 0.01);
  EXPECT_EQ(back.judgement.equivalence_share, 0.02);
  EXPECT_THAT(back.judgement.lower_is_better, testing::ElementsAre("loss"));
  EXPECT_EQ(back.claims.at(0).dataset, "beauty");
  EXPECT_EQ(back.later_seeds, std::vector<std::uint64_t>{1ull << 63});
  EXPECT_THAT(back.warnings, testing::ElementsAre("nothing varies"));
  ASSERT_EQ(back.reachable.size(), 1u);
  EXPECT_EQ(back.reachable[0].knows, "order");
  EXPECT_FALSE(back.reachable[0].exact);
  EXPECT_EQ(back.reachable[0].metrics.at("test.full.hr@10"), 0.5);
}

TEST_F(Folder, ALockWithoutGeneratedDataIsAsItAlwaysWas) {
  SuiteLock lock = example();
  lock.reachable.clear();
  EXPECT_FALSE(lock.to_json().contains("reachable"));
  EXPECT_TRUE(SuiteLock::from_json(lock.to_json(), "lock").reachable.empty());
}

SuiteLock with_seeds(const std::vector<std::uint64_t>& seeds) {
  SuiteLock lock = example();
  lock.trials.clear();
  lock.later_seeds.clear();
  for (std::uint64_t seed : seeds)
    lock.trials.push_back({fmt::format("ab{}", seed), "beauty", "rope", {}, seed});
  return lock;
}

TEST_F(Folder, SeedsAddedOnceThereAreRecordsAreNoted) {
  contract::SuiteFolder suite(folder_ / "example");
  auto run = [&](const std::vector<std::uint64_t>& seeds) {
    SuiteLock lock = with_seeds(seeds);
    note_later_seeds(lock, suite);
    write_lock(suite.lock(), lock);
    return lock.later_seeds;
  };
  using Seeds = std::vector<std::uint64_t>;
  EXPECT_EQ(run({1, 2}), Seeds());
  EXPECT_EQ(run({1, 2, 3}), Seeds()) << "nobody has seen a record yet";
  base::write_atomically(suite.record("ab1"), "{}");
  EXPECT_EQ(run({1, 2, 3, 5, 4}), Seeds({4, 5}));
  EXPECT_EQ(run({1, 2, 3, 4, 5}), Seeds({4, 5})) << "it stays noted";
  EXPECT_EQ(run({1, 2}), Seeds());
}

TEST_F(Folder, TheLockIsStrict) {
  auto json = example().to_json();
  json["text"] = "schema = 1 # edited";
  EXPECT_THROW(SuiteLock::from_json(json, "lock"), base::InputError);
  json = example().to_json();
  json["trials"][0]["seed"] = -1;
  EXPECT_THROW(SuiteLock::from_json(json, "lock"), base::InputError);
  json = example().to_json();
  json["trials"][0]["extra"] = 1;
  EXPECT_THROW(SuiteLock::from_json(json, "lock"), base::InputError);
}

}  // namespace
}  // namespace pebench::results
