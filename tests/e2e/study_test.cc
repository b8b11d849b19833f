// The suites of suites/study: all can be planned without their data, by look-alikes, and one is run so;
// context of events that the data came with reaches a trial.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "tests/e2e/program.h"

namespace pebench {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class Study : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "pebench-study-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
    ::setenv("PEBENCH_CACHE", (folder_ / "cache").c_str(), 1);
    ::unsetenv("PEBENCH_DATA");
    ::setenv("XDG_DATA_HOME", folder_.c_str(), 1);
  }
  void TearDown() override { fs::remove_all(folder_); }

  Outcome pebench(const std::string& arguments) const {
    return shell("cd " + folder_.string() + " && " + PEBENCH_PROGRAM + " " + arguments);
  }
  static std::vector<fs::path> suites() {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(fs::path(PEBENCH_SOURCE_DIR) / "suites/study"))
      found.push_back(entry.path());
    std::sort(found.begin(), found.end());
    return found;
  }

  fs::path folder_;
};

TEST_F(Study, EverySuiteIsPlannedWithoutItsData) {
  ASSERT_GE(suites().size(), 17u);
  for (const auto& suite : suites()) {
    SCOPED_TRACE(suite.filename().string());
    const auto planned = pebench("plan " + suite.string() + " --smoke");
    EXPECT_EQ(planned.exit_code, 0) << planned.output;
    EXPECT_THAT(planned.output, HasSubstr("-smoke: "));
    const auto absent = pebench("plan " + suite.string());
    EXPECT_EQ(absent.exit_code, 2);
    EXPECT_THAT(absent.output, HasSubstr("none of its data sets is here"));
    EXPECT_THAT(absent.output, HasSubstr("pebench data import"));
  }
}

TEST_F(Study, ASuiteRunsOnLookAlikes) {
  const auto suite = fs::path(PEBENCH_SOURCE_DIR) / "suites/study/first-2-relative-rotatory-beauty.toml";
  const auto ran = pebench("run " + suite.string() + " --smoke --workers 2");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output, HasSubstr("rotatory"));
  const auto report = pebench("report results/study-first-2-relative-rotatory-beauty-smoke");
  EXPECT_EQ(report.exit_code, 0) << report.output;
  EXPECT_THAT(report.output, HasSubstr("how training went: beauty"));
  EXPECT_THAT(report.output, testing::ContainsRegex("none .* 0.0000\n"))
      << "it has no parameters to have a gradient";
}

TEST_F(Study, WhatIsAbsentIsLeftOutAndTheOthersKeepWhatIsKnownOfThem) {
  std::ofstream(folder_ / "mixed.toml") << R"(schema = 1
[suite]
name = "mixed"
baseline = "none"
[seeds]
base = 1
count = 1
[model]
width = 8
blocks = 1
max_len = 8
[protocol]
candidates = ["full"]
[train]
epochs = 1
[[dataset]]
name = "men"
path = "no_such_folder"
published = "make it with make_men"
[[dataset]]
name = "order"
synthetic = { signal = "position", users = 100, items = 40 }
[[encoding]]
name = "none"
plugin = "none"
[[claim]]
text = "about what is absent"
test = "mean(none) > 0"
dataset = "men"
)";
  const auto ran = pebench("run mixed.toml");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output, HasSubstr("data set \"men\" is not here and left out"));
  EXPECT_THAT(ran.output, HasSubstr("make it with make_men"));
  EXPECT_THAT(ran.output, HasSubstr("of what can be reached: order"));
  EXPECT_THAT(ran.output, HasSubstr("about what is absent"));
}

TEST_F(Study, AFeatureOfEventsAndASplitOfFilesReachATrial) {
  std::ofstream train(folder_ / "train.csv"), valid(folder_ / "valid.csv"), test(folder_ / "test.csv");
  for (auto* file : {&train, &valid, &test}) *file << "userId,movieId,rating,timestamp\n";
  for (int user = 1; user <= 30; ++user)
    for (int event = 0; event < 6; ++event)
      (event < 3    ? train
       : event == 3 ? valid
                    : test)
          << user << ',' << 1 + (user + event * event) % 12 << ',' << 1 + (user + event) % 5 << ','
          << 1250000000 + 1000 * event << '\n';
  for (auto* file : {&train, &valid, &test}) file->close();
  const auto imported = pebench("data import train.csv valid.csv test.csv --out films");
  ASSERT_EQ(imported.exit_code, 0) << imported.output;
  EXPECT_THAT(imported.output, HasSubstr("each event's rating: a number"));
  EXPECT_THAT(imported.output, HasSubstr("90 events train, 30 validate, 60 test"));
  std::ofstream(folder_ / "films.toml") << R"(schema = 1
[suite]
name = "films"
baseline = "none"
[seeds]
base = 1
count = 1
[model]
width = 8
blocks = 1
max_len = 8
[protocol]
candidates = ["full"]
[train]
epochs = 2
[eval]
split = "files"
[[dataset]]
name = "rated"
path = "films"
context = ["date", "rating"]
[[dataset]]
name = "bare"
path = "films"
context = []
[[encoding]]
name = "none"
plugin = "none"
)";
  const auto ran = pebench("run films.toml");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output, testing::AllOf(HasSubstr("rated"), HasSubstr("bare")));
}

}  // namespace
}  // namespace pebench
