// A suite shared between folders, put together again, and its trials run once more to be compared.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "host/contract/document.h"
#include "tests/e2e/misbehaving.h"
#include "tests/e2e/program.h"
#include "tests/unit/support/temporary_folder.h"

namespace pebench {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

using Records = std::map<std::string, fs::path>;  // by encoding

Records records_in(const fs::path& results) {
  Records records;
  for (const auto& entry : fs::recursive_directory_iterator(results))
    if (entry.path().filename() == "record.json")
      records[nlohmann::json::parse(read(entry.path())).at("run").at("encoding")] = entry.path();
  return records;
}

nlohmann::json parsed(const fs::path& path) { return nlohmann::json::parse(read(path)); }

/// Moves a metric by its last digits, on purpose: the digest is made to fit.
void tamper_with(const fs::path& path) {
  auto record = contract::read_document(path).json;
  auto& value = record.at("result").at("metrics").begin().value();
  value = value.get<double>() * (1.0 + 1e-9);
  contract::write_document(path, record);
}

/// Three trials in two folders, each in the one that its id says.
class Shared : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    temporary_ = std::make_unique<TemporaryFolder>();
    folder_ = temporary_->path();
    fs::create_directory(folder_ / "plugins");
    fs::copy(FAULTS "/misbehaves.so", folder_ / "plugins" / "misbehaves.so");
    ::setenv("PEBENCH_PLUGIN_PATH", (folder_ / "plugins").c_str(), 1);
    ::setenv("PEBENCH_CACHE", (folder_ / "cache").c_str(), 1);
    const auto suite = write_suite(folder_, {"print", "fail"});
    first_ = run_suite(suite, folder_ / "first", "--shard 1/2");
    second_ = run_suite(suite, folder_ / "second", "--shard 2/2");
    merged_ = merge("first", "second", "merged");
  }
  static void TearDownTestSuite() { temporary_.reset(); }

  static Outcome merge(const std::string& one, const std::string& other, const std::string& out) {
    return shell(PEBENCH_PROGRAM " merge " + (folder_ / one).string() + " " + (folder_ / other).string() +
                 " --out " + (folder_ / out).string());
  }
  static Outcome replay(const fs::path& record, const std::string& results) {
    const std::string id = record.parent_path().filename();
    return shell(PEBENCH_PROGRAM " replay " + id.substr(0, 10) + " " + (folder_ / results).string());
  }

  static std::unique_ptr<TemporaryFolder> temporary_;
  static fs::path folder_;
  static Outcome first_, second_, merged_;
};

std::unique_ptr<TemporaryFolder> Shared::temporary_;
fs::path Shared::folder_;
Outcome Shared::first_, Shared::second_, Shared::merged_;

TEST_F(Shared, ShardsDivideThePlanAndMergeUnitesIt) {
  const Records first = records_in(folder_ / "first"), second = records_in(folder_ / "second");
  EXPECT_EQ(first_.exit_code, first.count("fail") == 1 ? 1 : 0) << first_.output;
  EXPECT_EQ(second_.exit_code, second.count("fail") == 1 ? 1 : 0) << second_.output;
  EXPECT_EQ(first.size() + second.size(), 3u) << first_.output << second_.output;

  ASSERT_EQ(merged_.exit_code, 0) << merged_.output;
  const Records merged = records_in(folder_ / "merged");
  EXPECT_EQ(merged.size(), 3u);
  for (const auto* part : {&first, &second})
    for (const auto& [encoding, record] : *part) {
      EXPECT_EQ(parsed(merged.at(encoding)), parsed(record)) << encoding;
      const auto ranks = record.parent_path() / "ranks.bin.gz";
      EXPECT_EQ(fs::exists(ranks), encoding != "fail");
      EXPECT_EQ(read(merged.at(encoding).parent_path() / "ranks.bin.gz"), read(ranks)) << encoding;
    }

  // Nothing is left to run, and nothing is run again.
  const auto again = run_suite(folder_ / "faults.toml", folder_ / "merged");
  EXPECT_EQ(again.exit_code, 1) << again.output;
  EXPECT_THAT(again.output, HasSubstr("2 of 3 trials are done already"));
  EXPECT_EQ(parsed(records_in(folder_ / "merged").at("fail")), parsed(merged.at("fail")));
}

TEST_F(Shared, ContradictingRecordsAreRefused) {
  fs::copy(folder_ / "merged", folder_ / "tampered", fs::copy_options::recursive);
  tamper_with(records_in(folder_ / "tampered").at("print"));
  const auto outcome = merge("merged", "tampered", "refused");
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.output, HasSubstr("one numeric fingerprint"));
  EXPECT_FALSE(fs::exists(folder_ / "refused"));
}

TEST_F(Shared, AReplayTellsWhetherARecordIsRight) {
  const Records records = records_in(folder_ / "merged");
  const std::string before = read(records.at("print"));
  const auto same = replay(records.at("print"), "merged");
  EXPECT_EQ(same.exit_code, 0) << same.output;
  EXPECT_THAT(same.output, HasSubstr("same, to the bit"));
  EXPECT_EQ(read(records.at("print")), before);

  fs::copy(folder_ / "merged", folder_ / "wrong", fs::copy_options::recursive);
  tamper_with(records_in(folder_ / "wrong").at("print"));
  const auto different = replay(records.at("print"), "wrong");
  EXPECT_EQ(different.exit_code, 1) << different.output;
  EXPECT_THAT(different.output, HasSubstr("different: /metrics/"));

  const auto failure = replay(records.at("fail"), "merged");
  EXPECT_EQ(failure.exit_code, 0) << "it fails alike: " << failure.output;

  const auto unknown = shell(PEBENCH_PROGRAM " replay 0123456789 " + (folder_ / "merged").string());
  EXPECT_EQ(unknown.exit_code, 2);
  EXPECT_THAT(unknown.output, HasSubstr("begins with 0123456789"));

  std::ofstream(folder_ / "plugins" / "misbehaves.so", std::ios::app) << "another build";
  const auto impossible = replay(records.at("print"), "merged");
  EXPECT_EQ(impossible.exit_code, 2) << impossible.output;
  EXPECT_THAT(impossible.output, HasSubstr("has changed since the trial was planned"));
}

}  // namespace
}  // namespace pebench
