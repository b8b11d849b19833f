#include "host/record/merge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <optional>

#include "host/base/error.h"
#include "host/base/hash.h"
#include "host/record/suite_lock.h"
#include "tests/unit/support/temporary_folder.h"

namespace pebench::record {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* ndcg = "test.full.ndcg@10";

Record record_of(std::uint64_t seed, Status status, double value = 0.1,
                 const std::string& cpu = "Processor avx2") {
  Record record;
  record.identity = {{"seed", seed}};
  record.id = base::sha256(record.identity.dump());
  record.result.status = status;
  record.result.metrics = {{ndcg, value}};
  if (status == Status::ok) record.run.cpu = cpu;
  return record;
}

std::string id_of(std::uint64_t seed) { return record_of(seed, Status::ok).id; }

SuiteLock lock_of(const std::vector<std::uint64_t>& seeds) {
  SuiteLock lock{"example", "text of the suite", "none", ndcg, {}, {}, {}, {}};
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

TEST(Choose, PrefersTheFirstThatWentWell) {
  auto choice = [](const std::vector<Status>& statuses) {
    std::vector<Copy> copies;
    for (Status status : statuses) copies.push_back({"record.json", record_of(1, status)});
    return choose(copies).kept;
  };
  EXPECT_EQ(choice({Status::ok, Status::ok}), 0u);
  EXPECT_EQ(choice({Status::crashed, Status::ok, Status::ok}), 1u);
  EXPECT_EQ(choice({Status::crashed, Status::timeout}), 0u);
}

TEST(Choose, RefusesAnotherResultUnderOneFingerprint) {
  double next = std::nextafter(0.1, 1.0);
  EXPECT_THAT(refusal_of([&] {
                choose({{"a/record.json", record_of(1, Status::ok)},
                        {"b/record.json", record_of(1, Status::ok, next)}});
              }),
              AllOf(HasSubstr("a/record.json and b/record.json"), HasSubstr("avx2"), HasSubstr(ndcg),
                    HasSubstr("replay " + id_of(1).substr(0, 12))));
  // Also when the first has another one.
  EXPECT_THAT(refusal_of([&] {
                choose({{"a", record_of(1, Status::ok, 0.1, "Processor")},
                        {"b", record_of(1, Status::ok)},
                        {"c", record_of(1, Status::ok, next)}});
              }),
              HasSubstr("b and c"));
}

TEST(Choose, TellsDifferencesAcrossFingerprints) {
  auto remarks = [](double value) {
    return choose({{"a", record_of(1, Status::ok)},
                   {"b", record_of(1, Status::ok, value, "Processor avx2 avx512f")}})
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
  SuiteFolder results(const std::string& name, const SuiteLock& lock, const std::vector<Record>& records) {
    SuiteFolder folder(temporary_.path() / name);
    write_lock(folder.lock(), lock);
    for (const Record& record : records) {
      write(folder.record(record.id), record);
      std::ofstream(folder.trial(record.id) / trial_file) << "trial";
      fs::path attempt = folder.trial(record.id) / attempts_folder / ("attempt of " + name);
      fs::create_directories(attempt);
      std::ofstream(attempt / "log.txt") << "log of " << name;
    }
    return folder;
  }
  SuiteFolder destination() const { return SuiteFolder(temporary_.path() / "merged" / "example"); }
  Status status(std::uint64_t seed) const { return read(destination().record(id_of(seed))).result.status; }

  TemporaryFolder temporary_;
};

TEST_F(Merging, IsTheUnion) {
  SuiteLock lock = lock_of({1, 2, 3, 4});
  auto here = results("here", lock, {record_of(1, Status::ok), record_of(2, Status::crashed)});
  auto there = results("there", lock, {record_of(2, Status::ok), record_of(3, Status::timeout)});
  Merged merged = merge({here, there}, destination());
  EXPECT_EQ(merged.planned, 4);
  EXPECT_EQ(merged.ok, 2);
  EXPECT_EQ(merged.failed, 1);
  EXPECT_EQ(status(1), Status::ok);
  EXPECT_EQ(status(2), Status::ok);
  EXPECT_EQ(status(3), Status::timeout);
  EXPECT_FALSE(fs::exists(destination().record(id_of(4))));
  EXPECT_EQ(read_lock(destination().lock()).to_json(), lock.to_json());
  EXPECT_EQ(count_attempts(destination().trial(id_of(2))), 2) << "the failed attempt is kept too";
  EXPECT_TRUE(fs::exists(destination().trial(id_of(3)) / trial_file));
  EXPECT_EQ(read(there.record(id_of(3))).result.status, Status::timeout) << "sources stay";
}

TEST_F(Merging, AConflictLeavesNothing) {
  SuiteLock lock = lock_of({1, 2});
  auto here = results("here", lock, {record_of(1, Status::ok), record_of(2, Status::ok)});
  auto there = results("there", lock, {record_of(2, Status::ok, 0.2)});
  EXPECT_THAT(refusal_of([&] { merge({here, there}, destination()); }), HasSubstr("one numeric fingerprint"));
  EXPECT_FALSE(fs::exists(destination().path().parent_path()));
}

TEST_F(Merging, ADiskThatRefusesLeavesNothing) {
  auto here = results("here", lock_of({1}), {record_of(1, Status::ok)});
  fs::remove(here.trial(id_of(1)) / trial_file);  // a copy that fails half way
  EXPECT_THAT(refusal_of([&] { merge({here}, destination()); }), HasSubstr("cannot merge into"));
  EXPECT_TRUE(fs::is_empty(destination().path().parent_path()));
}

TEST_F(Merging, NeverTouchesResultsThatAreThere) {
  auto here = results("here", lock_of({1}), {record_of(1, Status::ok)});
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
  auto here = results("here", lock_of({1}), {record_of(1, Status::ok)});
  std::ofstream(here.record(id_of(1))) << "{";
  EXPECT_THAT(refusal_of([&] { merge({here}, destination()); }), HasSubstr(here.record(id_of(1)).string()));
  EXPECT_FALSE(fs::exists(destination().path()));
}

}  // namespace
}  // namespace pebench::record
