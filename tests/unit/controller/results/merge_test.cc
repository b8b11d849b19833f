#include "host/controller/results/merge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <optional>

#include "host/base/error.h"
#include "host/base/hash.h"
#include "host/contract/rank_file.h"
#include "host/contract/recommendation_file.h"
#include "host/contract/whole_record.h"
#include "host/controller/results/suite_lock.h"
#include "tests/unit/support/temporary_folder.h"

namespace pebench::results {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* ndcg = "test.full.ndcg@10";

contract::Record record_of(std::uint64_t seed, contract::Status status, double value = 0.1,
                           const std::string& cpu = "Processor avx2") {
  contract::Record record;
  record.identity = {{"seed", seed}};
  record.id = base::sha256(record.identity.dump());
  record.result.status = status;
  record.result.metrics = {{ndcg, value}};
  if (status == contract::Status::ok) record.run.cpu = cpu;
  return record;
}

std::string id_of(std::uint64_t seed) { return record_of(seed, contract::Status::ok).id; }

SuiteLock lock_of(const std::vector<std::uint64_t>& seeds) {
  SuiteLock lock{"example", "text of the suite", "none", ndcg, {}, {}, {}, {}, {}, {}};
  for (std::uint64_t seed : seeds) lock.trials.push_back({id_of(seed), "beauty", "rope", {}, seed});
  return lock;
}

template <class Function>
std::string refusal_of(Function function) {
  try {
    function();
  } catch (const base::InputError& error) {
    return error.what();
  }
  return "accepted";
}

TEST(Resolve, PrefersTheFirstThatWentWell) {
  auto resolution = [](const std::vector<contract::Status>& statuses) {
    std::vector<Duplicate> duplicates;
    for (contract::Status status : statuses) duplicates.push_back({"record.json", record_of(1, status)});
    return resolve(duplicates).kept;
  };
  EXPECT_EQ(resolution({contract::Status::ok, contract::Status::ok}), 0u);
  EXPECT_EQ(resolution({contract::Status::crashed, contract::Status::ok, contract::Status::ok}), 1u);
  EXPECT_EQ(resolution({contract::Status::crashed, contract::Status::timeout}), 0u);
}

TEST(Resolve, RefusesAnotherResultUnderOneFingerprint) {
  double next = std::nextafter(0.1, 1.0);
  EXPECT_THAT(refusal_of([&] {
                resolve({{"a/record.json", record_of(1, contract::Status::ok)},
                         {"b/record.json", record_of(1, contract::Status::ok, next)}});
              }),
              AllOf(HasSubstr("a/record.json and b/record.json"), HasSubstr("avx2"), HasSubstr(ndcg),
                    HasSubstr("replay " + id_of(1).substr(0, 12))));
  // Also when the first has another one.
  EXPECT_THAT(refusal_of([&] {
                resolve({{"a", record_of(1, contract::Status::ok, 0.1, "Processor")},
                         {"b", record_of(1, contract::Status::ok)},
                         {"c", record_of(1, contract::Status::ok, next)}});
              }),
              HasSubstr("b and c"));
}

TEST(Resolve, TellsDifferencesAcrossFingerprints) {
  auto remarks = [](double value) {
    return resolve({{"a", record_of(1, contract::Status::ok)},
                    {"b", record_of(1, contract::Status::ok, value, "Processor avx2 avx512f")}})
        .remarks;
  };
  EXPECT_THAT(remarks(0.1), IsEmpty());
  EXPECT_THAT(remarks(0.10001),
              ElementsAre(AllOf(HasSubstr("within the tolerance"), HasSubstr("0.1 and 0.10001"))));
  EXPECT_THAT(remarks(0.2), ElementsAre(HasSubstr("beyond the tolerance")));
}

class Merging : public ::testing::Test {
 protected:
  /// Results in a folder of this name, one trial a record, each with one attempt.
  contract::SuiteFolder results(const std::string& name, const SuiteLock& lock,
                                const std::vector<contract::Record>& records) {
    contract::SuiteFolder folder(temporary_.path() / name);
    write_lock(folder.lock(), lock);
    for (const contract::Record& record : records) {
      contract::write_record(folder.record(record.id), record);
      std::ofstream(folder.trial(record.id) / contract::trial_file) << "trial";
      fs::path attempt = folder.trial(record.id) / contract::attempts_folder / ("attempt of " + name);
      fs::create_directories(attempt);
      std::ofstream(attempt / "log.txt") << "log of " << name;
    }
    return folder;
  }
  contract::SuiteFolder destination() const {
    return contract::SuiteFolder(temporary_.path() / "merged" / "example");
  }
  contract::Status status(std::uint64_t seed) const {
    return contract::read_record(destination().record(id_of(seed))).result.status;
  }

  TemporaryFolder temporary_;
};

TEST_F(Merging, KeepsTheRecordThatKeptMore) {
  contract::Record with = record_of(1, contract::Status::ok), without = with;
  const contract::Recommendations best{with.id, 1, {0}, {{7}}};
  with.result.recommendations = contract::kept(best);
  const auto older = results("older", lock_of({1}), {without}),
             newer = results("newer", lock_of({1}), {with});
  contract::write_recommendations(newer.trial(with.id) / contract::recommendations_file, best);
  merge({older, newer}, destination());
  EXPECT_TRUE(contract::read_record(destination().record(with.id)).result.recommendations);
  EXPECT_TRUE(fs::exists(destination().trial(with.id) / contract::recommendations_file));
}

TEST_F(Merging, IsTheUnion) {
  SuiteLock lock = lock_of({1, 2, 3, 4});
  auto here =
      results("here", lock, {record_of(1, contract::Status::ok), record_of(2, contract::Status::crashed)});
  auto there =
      results("there", lock, {record_of(2, contract::Status::ok), record_of(3, contract::Status::timeout)});
  Merged merged = merge({here, there}, destination());
  EXPECT_EQ(merged.planned, 4);
  EXPECT_EQ(merged.ok, 2);
  EXPECT_EQ(merged.failed, 1);
  EXPECT_EQ(status(1), contract::Status::ok);
  EXPECT_EQ(status(2), contract::Status::ok);
  EXPECT_EQ(status(3), contract::Status::timeout);
  EXPECT_FALSE(fs::exists(destination().record(id_of(4))));
  EXPECT_EQ(read_lock(destination().lock()).to_json(), lock.to_json());
  EXPECT_EQ(contract::count_attempts(destination().trial(id_of(2))), 2) << "the failed attempt is kept too";
  EXPECT_TRUE(fs::exists(destination().trial(id_of(3)) / contract::trial_file));
  EXPECT_EQ(contract::read_record(there.record(id_of(3))).result.status, contract::Status::timeout)
      << "sources stay";
}

contract::Ranks ranks_of_trial(std::uint64_t seed, std::uint32_t better = 3) {
  return {id_of(seed), "expected", {0}, {{"full", 1, {"ndcg@10"}, {better}, {0}, {50}, {}}}};
}

contract::Record record_with_ranks(std::uint64_t seed, const std::string& cpu, std::uint32_t better = 3) {
  contract::Record record = record_of(seed, contract::Status::ok, 0.1, cpu);
  record.result.ranks = contract::kept(ranks_of_trial(seed, better), {{"test", 1}});
  return record;
}

TEST_F(Merging, RanksGoWithTheRecordThatIsKept) {
  const auto with_ranks = [&](const std::string& name, const std::string& cpu, std::uint32_t better) {
    auto folder = results(name, lock_of({1}), {record_with_ranks(1, cpu, better)});
    contract::write_ranks(folder.trial(id_of(1)) / contract::ranks_file, ranks_of_trial(1, better));
    return folder;
  };
  merge({with_ranks("here", "Processor avx2", 3), with_ranks("there", "Processor", 4)}, destination());
  const auto record = contract::read_whole_record(destination(), id_of(1));
  EXPECT_EQ(contract::read_ranks(destination().trial(id_of(1)), record)->sets[0].better[0], 3u);
}

TEST_F(Merging, RefusesARecordWithoutItsRanks) {
  auto here = results("here", lock_of({1}), {record_with_ranks(1, "Processor")});
  EXPECT_THAT(refusal_of([&] { merge({here}, destination()); }), HasSubstr("ranks.bin.gz is missing"));
  EXPECT_FALSE(fs::exists(destination().path()));
}

TEST_F(Merging, AConflictLeavesNothing) {
  SuiteLock lock = lock_of({1, 2});
  auto here = results("here", lock, {record_of(1, contract::Status::ok), record_of(2, contract::Status::ok)});
  auto there = results("there", lock, {record_of(2, contract::Status::ok, 0.2)});
  EXPECT_THAT(refusal_of([&] { merge({here, there}, destination()); }), HasSubstr("one numeric fingerprint"));
  EXPECT_FALSE(fs::exists(destination().path().parent_path()));
}

TEST_F(Merging, ADiskThatRefusesLeavesNothing) {
  auto here = results("here", lock_of({1}), {record_of(1, contract::Status::ok)});
  fs::remove(here.trial(id_of(1)) / contract::trial_file);  // a copy that fails half way
  EXPECT_THAT(refusal_of([&] { merge({here}, destination()); }), HasSubstr("cannot merge into"));
  EXPECT_TRUE(fs::is_empty(destination().path().parent_path()));
}

TEST_F(Merging, NeverTouchesResultsThatAreThere) {
  auto here = results("here", lock_of({1}), {record_of(1, contract::Status::ok)});
  EXPECT_THAT(refusal_of([&] { merge({here}, here); }), HasSubstr("exists already"));
}

TEST_F(Merging, RefusesAnotherSuite) {
  auto here = results("here", lock_of({1}), {});
  SuiteLock lock = lock_of({1});
  lock.suite = "other";
  EXPECT_THAT(refusal_of([&] {
                merge({here, results("a", lock, {})}, destination());
              }),
              AllOf(HasSubstr("\"example\" and \"other\"")));
  lock = lock_of({1});
  lock.text = "another text";
  EXPECT_THAT(refusal_of([&] {
                merge({here, results("b", lock, {})}, destination());
              }),
              HasSubstr("different texts"));
  EXPECT_THAT(refusal_of([&] {
                merge({here, results("c", lock_of({2}), {})}, destination());
              }),
              AllOf(HasSubstr("beauty, rope, seed 1"), HasSubstr("plugins or data")));
  EXPECT_FALSE(fs::exists(destination().path()));
}

TEST_F(Merging, RefusesADamagedRecord) {
  auto here = results("here", lock_of({1}), {record_of(1, contract::Status::ok)});
  std::ofstream(here.record(id_of(1))) << "{";
  EXPECT_THAT(refusal_of([&] { merge({here}, destination()); }), HasSubstr(here.record(id_of(1)).string()));
  EXPECT_FALSE(fs::exists(destination().path()));
}

}  // namespace
}  // namespace pebench::results
