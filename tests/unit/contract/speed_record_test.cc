#include "host/contract/speed_record.h"

#include <gmock/gmock.h>

#include <fstream>

#include "host/base/file.h"
#include "host/contract/damaged.h"
#include "host/contract/speed_request.h"
#include "tests/unit/support/refusal.h"
#include "tests/unit/support/temporary_folder.h"

namespace pebench::contract {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

nlohmann::json row(const std::string& name, double milliseconds, const std::string& type = "iteration") {
  return {{"run_name", name}, {"run_type", type}, {"real_time", milliseconds}, {"time_unit", "ms"}};
}

class Speed : public ::testing::Test {
 protected:
  Speed() {
    record_.trials = {{"none", std::string(64, 'a')}, {"a.b-c", std::string(64, 'b')}};
    record_.clock = "processor";
    record_.run.dataset = "beauty";
    record_.run.sweep = {{"variant", "softmax"}};
    record_.run.cpu = "a processor";
    for (const double milliseconds : {12, 14, 13, 15, 11}) {
      add("none/step/128/50/min_time:0.050/repeats:5/manual_time", milliseconds);
      add("a.b-c/step/128/50/min_time:0.050/repeats:5/manual_time", milliseconds + 100);
    }
    record_.benchmark["benchmarks"].push_back(row("none/step/128/50", 13, "aggregate"));
  }
  void add(const std::string& name, double milliseconds) {
    record_.benchmark["benchmarks"].push_back(row(name, milliseconds));
  }
  std::filesystem::path file() const { return temporary_.path() / "speed" / "one.json"; }
  std::vector<Timing> timings() const { return record_.timings("one.json"); }

  TemporaryFolder temporary_;
  SpeedRecord record_;
};

TEST_F(Speed, RepetitionsOfOneOperationStandTogetherInSeconds) {
  const auto found = timings();
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(timing_name(found[0]), "none/step/128/50");
  EXPECT_THAT(found[0].seconds, ElementsAre(0.012, 0.014, 0.013, 0.015, 0.011))
      << "what the library computes of them is left out";
  EXPECT_EQ(found[1].encoding, "a.b-c");
  EXPECT_THAT(found[1].seconds, ElementsAre(0.112, 0.114, 0.113, 0.115, 0.111));
}

TEST_F(Speed, IsReadAsItWasWritten) {
  write_speed_record(file(), record_);
  const SpeedRecord read = read_speed_record(file());
  EXPECT_EQ(read.trials, record_.trials);
  EXPECT_EQ(read.clock, "processor");
  EXPECT_EQ(read.run.sweep, record_.run.sweep);
  EXPECT_EQ(read.run.cpu, "a processor");
  EXPECT_EQ(read.benchmark, record_.benchmark);
}

TEST_F(Speed, AChangedFileIsToldAndSaysWhatToDo) {
  write_speed_record(file(), record_);
  std::string text = base::read_file(file());
  text.replace(text.find("115.0"), 5, "114.0");
  std::ofstream(file()) << text;
  EXPECT_THROW(read_speed_record(file()), Damaged);
  EXPECT_THAT(refusal([&] { read_speed_record(file()); }), HasSubstr("delete it"));
}

TEST_F(Speed, WhatIsNoTimeOfAMeasuredEncodingIsDamage) {
  const SpeedRecord whole = record_;
  for (const char* name :
       {"other/step/128/50", "none/walk/128/50", "none/step/0/50", "none/step/128/x", "none"}) {
    record_ = whole;
    add(name, 1);
    EXPECT_THROW(timings(), Damaged) << name;
  }
  for (const double milliseconds : {0.0, -1.0}) {
    record_ = whole;
    record_.benchmark["benchmarks"][0]["real_time"] = milliseconds;
    EXPECT_THROW(timings(), Damaged) << milliseconds;
  }
  record_ = whole;
  record_.benchmark["benchmarks"][0]["real_time"] = nullptr;  // NaN, of the library
  EXPECT_THROW(timings(), Damaged);
  record_.benchmark = "hello";
  EXPECT_THROW(timings(), Damaged);
}

TEST_F(Speed, EveryEncodingHasItsTimesAndEnoughOfThem) {
  const SpeedRecord whole = record_;
  record_.benchmark["benchmarks"] = nlohmann::json::array();
  EXPECT_THROW(timings(), Damaged);
  record_ = whole;
  record_.trials["third"] = std::string(64, 'c');
  EXPECT_THROW(timings(), Damaged);
  record_ = whole;
  add("none/ranking/128/50", 1);
  EXPECT_THROW(timings(), Damaged) << "one time tells nothing";
}

TEST_F(Speed, ARequestIsReadAsItWasWritten) {
  const auto path = temporary_.path() / "request.json";
  write_speed_request(path, {{"/a/trial.json", "/b/trial.json"}, {1, 256}, {10, 75}, 20, "/c/one.json"});
  const SpeedRequest read = read_speed_request(path);
  EXPECT_THAT(read.trials, ElementsAre("/a/trial.json", "/b/trial.json"));
  EXPECT_THAT(read.batches, ElementsAre(1, 256));
  EXPECT_THAT(read.lengths, ElementsAre(10, 75));
  EXPECT_EQ(read.repetitions, 20);
  EXPECT_EQ(read.measurement, "/c/one.json");
}

}  // namespace
}  // namespace pebench::contract
