#include "host/contract/record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/base/hash.h"
#include "host/contract/damaged.h"
#include "host/contract/document.h"
#include "tests/unit/support/temporary_folder.h"

namespace pebench::contract {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;

Record example() {
  Record record;
  record.identity = {{"seed", 45}, {"settings", {{"lr", 1e-4}}}};
  record.id = base::sha256(record.identity.dump());
  record.result.chosen_epoch = 2;
  record.result.epochs = {{1, 0.69, 0.5, 0.125, {}},
                          {2, 0.1 + 0.2, 0.25, 0.0625, {{"valid.uniform:100.ndcg@10", 1.0 / 3}}, 0.03125}};
  record.result.metrics = {{"test.full.ndcg@10", 0.0123456789012345678}};
  record.result.chance = {{"test.full.ndcg@10", 0.001}};
  record.result.baselines = {{"popularity", {{"test.full.ndcg@10", 0.01}}}};
  record.result.parameters = {1000, 90};
  record.result.ranks = {
      std::string(64, 'd'), {{"test", 20000}, {"valid", 2000}}, {{"full", std::string(64, 'e')}}};
  record.run.suite = "example";
  record.run.dataset = "beauty";
  record.run.encoding = "rmha4";
  record.run.sweep = {{"model.item_max_norm", 0.1}};
  record.run.seconds = {10.5, 8.0, 4.0, 2.0};
  record.run.memory_peak_bytes = std::int64_t{5} << 30;
  record.run.started = "2026-05-14T10:15:30Z";
  record.run.attempts = 1;
  record.run.threads = 2;
  return record;
}

class RecordFile : public ::testing::Test {
 protected:
  fs::path path() const { return folder_ / "record.json"; }

  TemporaryFolder temporary_;
  fs::path folder_ = temporary_.path();
};

std::string refusal_of(const nlohmann::json& json) {
  try {
    Record::from_json(json, "some/record.json");
  } catch (const base::InputError& error) {
    return error.what();
  }
  return "accepted";
}

TEST_F(RecordFile, ComesBackBitForBit) {
  write_record(path(), example());
  Record back = read_record(path());
  EXPECT_EQ(back.to_json(), example().to_json());
  EXPECT_EQ(back.result.epochs[1].loss, 0.1 + 0.2);
  EXPECT_EQ(back.result.epochs[1].oscillation, 0.0625);
  EXPECT_EQ(back.result.epochs[1].encoding_gradient, 0.03125);
  EXPECT_FALSE(back.result.epochs[0].encoding_gradient) << "which records of earlier versions lack";
  EXPECT_EQ(back.result.epochs[1].validation.at("valid.uniform:100.ndcg@10"), 1.0 / 3);
}

TEST_F(RecordFile, OneOfSchemaTwoHasNeitherDigestNorRanks) {
  auto json = example().to_json();
  json["schema"] = 2;
  EXPECT_THAT(refusal_of(json), HasSubstr("`result.ranks` is not a key this version knows"));
  json["result"].erase("ranks");
  std::ofstream(path()) << json;
  const Record back = read_record(path());
  EXPECT_EQ(back.result.ranks, std::nullopt);
  EXPECT_EQ(back.result.metrics, example().result.metrics);

  json["result"]["parameters"] = 7;
  std::ofstream(path()) << json;
  EXPECT_THROW(read_record(path()), Damaged);
}

TEST_F(RecordFile, ADigestThatIsGoneOrWrongIsDamage) {
  std::ofstream(path()) << example().to_json();
  EXPECT_THROW(read_record(path()), Damaged);
  fs::remove(path());
  write_record(path(), example());
  auto json = nlohmann::json::parse(base::read_file(path()));
  json["result"]["metrics"]["test.full.ndcg@10"] = 0.0123456789012345679 + 1e-16;
  std::ofstream(path()) << json;
  EXPECT_THROW(read_record(path()), Damaged);
}

TEST_F(RecordFile, OneOfALaterVersionIsNotTakenForDamaged) {
  auto json = example().to_json();
  json["schema"] = 4;
  write_document(path(), json);
  try {
    read_record(path());
    FAIL() << "another schema was accepted";
  } catch (const Damaged&) {
    FAIL() << "it is whole";
  } catch (const base::InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("`schema` is 4"));
  }
}

TEST_F(RecordFile, KeepsHowATrialFailed) {
  Record record = example();
  record.result.status = Status::crashed;
  record.result.reason = "killed by signal 11";
  record.result.signal = 11;
  record.result.chosen_epoch.reset();
  write_record(path(), record);
  Record back = read_record(path());
  EXPECT_EQ(back.result.status, Status::crashed);
  EXPECT_EQ(back.result.reason, "killed by signal 11");
  EXPECT_EQ(back.result.signal, 11);
  EXPECT_EQ(back.result.chosen_epoch, std::nullopt);
}

TEST_F(RecordFile, ReadsNumbersThatAreNotFiniteAsNan) {
  Record record = example();
  record.result.epochs[0].loss = std::numeric_limits<double>::infinity();
  write_record(path(), record);
  EXPECT_TRUE(std::isnan(read_record(path()).result.epochs[0].loss));
}

TEST_F(RecordFile, ReplacesBytesThatAreNotUtf8) {
  Record record = example();
  record.result.reason = "last words: \xff";
  write_record(path(), record);
  EXPECT_EQ(read_record(path()).result.reason, "last words: \xEF\xBF\xBD");
}

TEST_F(RecordFile, ReplacesAFailureButNeverASuccess) {
  Record failed = example();
  failed.result.status = Status::timeout;
  write_record(path(), failed);
  write_record(path(), example());
  EXPECT_EQ(read_record(path()).result.status, Status::ok);
  EXPECT_THROW(write_record(path(), failed), base::InputError);
  EXPECT_EQ(read_record(path()).result.status, Status::ok);
}

TEST_F(RecordFile, LeavesNothingHalfWritten) {
  fs::path blocked = folder_ / "file";
  std::ofstream(blocked) << "not a folder";
  EXPECT_THROW(write_record(blocked / "record.json", example()), base::InputError);

  fs::create_directory(path());  // rename cannot replace a folder
  Record failed = example();
  failed.result.status = Status::failed;
  EXPECT_THROW(write_record(path(), failed), base::InputError);
  EXPECT_TRUE(fs::is_empty(path()));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 2) << "a temporary file was left behind";
}

TEST_F(RecordFile, ATruncatedFileIsNamed) {
  write_record(path(), example());
  fs::resize_file(path(), fs::file_size(path()) / 2);
  try {
    read_record(path());
    FAIL() << "half a record was accepted";
  } catch (const base::InputError& error) {
    EXPECT_THAT(error.what(),
                AllOf(HasSubstr(path().string()), HasSubstr("not JSON"), HasSubstr("delete it")));
  }
}

TEST(Record, RefusesAnotherSchema) {
  auto json = example().to_json();
  json["schema"] = 4;
  EXPECT_THAT(refusal_of(json), AllOf(HasSubstr("some/record.json"), HasSubstr("`schema` is 4")));
}

TEST(Record, RefusesAMissingKey) {
  auto json = example().to_json();
  json["result"]["parameters"].erase("encoding");
  EXPECT_THAT(refusal_of(json),
              AllOf(HasSubstr("some/record.json"), HasSubstr("`result.parameters.encoding` is missing")));
}

TEST(Record, RefusesAnUnknownKey) {
  for (const char* place :
       {"", "/result", "/result/epochs/0", "/result/parameters", "/result/ranks", "/run", "/run/seconds"}) {
    auto json = example().to_json();
    json[nlohmann::json::json_pointer(place)]["surprise"] = 1;
    EXPECT_THAT(refusal_of(json), HasSubstr("surprise` is not a key")) << place;
  }
}

TEST(Record, RefusesAnotherType) {
  auto json = example().to_json();
  json["result"]["epochs"][1]["loss"] = "low";
  EXPECT_THAT(refusal_of(json), HasSubstr("`result.epochs[1].loss` is \"low\", but should be a number"));
  json = example().to_json();
  json["run"]["attempts"] = 1.5;
  EXPECT_THAT(refusal_of(json), HasSubstr("`run.attempts` is 1.5, but should be an integer"));
  json = example().to_json();
  json["result"]["epochs"] = 3;
  EXPECT_THAT(refusal_of(json), HasSubstr("`result.epochs` is 3, but should be an array"));
  EXPECT_THAT(refusal_of(nlohmann::json::array()), HasSubstr("should be an object"));
}

TEST(Record, RefusesAnUnknownStatus) {
  auto json = example().to_json();
  json["result"]["status"] = "fine";
  EXPECT_THAT(refusal_of(json), HasSubstr("ok, invalid, failed, crashed, timeout, out_of_memory"));
}

TEST(Record, RefusesAnIdThatDoesNotFitTheIdentity) {
  auto json = example().to_json();
  json["identity"]["seed"] = 46;
  EXPECT_THAT(refusal_of(json), HasSubstr("the hash of the identity"));
}

}  // namespace
}  // namespace pebench::contract
