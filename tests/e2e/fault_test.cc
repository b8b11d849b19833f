// Encodings that misbehave while their trial runs: each costs its own trial, ends as a record that says how,
// and leaves the others as they are.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <regex>
#include <string>
#include <vector>

#include "tests/e2e/misbehaving.h"
#include "tests/e2e/program.h"
#include "tests/unit/support/temporary_folder.h"

namespace pebench {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

/// What becomes of a trial whose encoding does `behaviour`.
struct Fault {
  std::string behaviour;
  std::string status;
  nlohmann::json signal;
  std::vector<std::string> reason;  ///< parts that a person needs
};

const std::vector<Fault> faults = {
    {"segfault", "crashed", SIGSEGV, {"signal 11", "Segmentation fault"}},
    {"abort", "crashed", SIGABRT, {"signal 6", "Aborted"}},
    {"exit_0", "failed", nullptr, {"exited with code 0", "record.json"}},
    {"exit_7", "crashed", nullptr, {"exited with code 7"}},
    {"hang", "timeout", SIGTERM, {"30 s", "limit of time"}},
    {"allocate", "out_of_memory", SIGTERM, {"1.00 GiB", "limit of memory"}},
    {"fail", "failed", nullptr, {"'misbehaves'", "hook input", "no sequences on a Sunday"}},
    {"nan", "invalid", nullptr, {"not finite", "epoch 1, step 1"}},
    {"shape", "failed", nullptr, {"'misbehaves'", "hook input", "[32, 8, 7]", "[32, 8, 8]"}},
    {"stale", "failed", nullptr, {"'misbehaves'", "hook input", "stale handle"}},
    {"late", "crashed", SIGSEGV, {"signal 11", "Segmentation fault"}},
    {"print", "ok", nullptr, {}},
};

struct Trial {
  nlohmann::json record;  ///< null if it has none
  int attempts = 0;
  std::string log;  ///< of its last attempt
};

/// By encoding.
std::map<std::string, Trial> trials_in(const fs::path& results) {
  std::map<std::string, Trial> trials;
  for (const auto& entry : fs::recursive_directory_iterator(results)) {
    if (entry.path().filename() != "trial.json") continue;
    const fs::path folder = entry.path().parent_path();
    Trial trial;
    if (fs::exists(folder / "record.json"))
      trial.record = nlohmann::json::parse(read(folder / "record.json"));
    fs::path last;
    for (const auto& attempt : fs::directory_iterator(folder / "attempts")) {
      ++trial.attempts;
      last = std::max(last, attempt.path());
    }
    trial.log = read(last / "log.txt");
    const auto spec = nlohmann::json::parse(read(entry.path()));
    trials[spec.at("run").at("encoding")] = trial;
  }
  return trials;
}

class Faults : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = std::make_unique<TemporaryFolder>();
    ::setenv("PEBENCH_PLUGIN_PATH", FAULTS, 1);
    ::setenv("PEBENCH_CACHE", (folder_->path() / "cache").c_str(), 1);
    std::vector<std::string> behaviours;
    for (const Fault& fault : faults) behaviours.push_back(fault.behaviour);
    outcome_ = run_suite(write_suite(folder_->path(), behaviours), folder_->path() / "all");
    trials_ = trials_in(folder_->path() / "all");
  }
  static void TearDownTestSuite() { folder_.reset(); }

  static std::unique_ptr<TemporaryFolder> folder_;
  static Outcome outcome_;                      ///< of a run with all of them
  static std::map<std::string, Trial> trials_;  ///< what it left
};

std::unique_ptr<TemporaryFolder> Faults::folder_;
Outcome Faults::outcome_;
std::map<std::string, Trial> Faults::trials_;

TEST_F(Faults, EachEndsAsARecordThatSaysHow) {
  ASSERT_EQ(trials_.size(), faults.size() + 1) << outcome_.output;
  std::printf("%-10s %-14s %-7s %s\n", "fault", "status", "signal", "reason");
  for (const Fault& fault : faults) {
    const auto& result = trials_.at(fault.behaviour).record.at("result");
    const std::string reason = result.at("reason");
    std::printf("%-10s %-14s %-7s %s\n", fault.behaviour.c_str(),
                result.at("status").get<std::string>().c_str(), result.at("signal").dump().c_str(),
                reason.c_str());
    EXPECT_EQ(result.at("status"), fault.status) << fault.behaviour;
    EXPECT_EQ(result.at("signal"), fault.signal) << fault.behaviour;
    EXPECT_EQ(reason.empty(), fault.reason.empty()) << fault.behaviour;
    for (const std::string& part : fault.reason) EXPECT_THAT(reason, HasSubstr(part)) << fault.behaviour;
    EXPECT_EQ(trials_.at(fault.behaviour).attempts, 1) << fault.behaviour;
  }
}

TEST_F(Faults, TheOthersGoOnAndTheTableCountsFailures) {
  EXPECT_EQ(outcome_.exit_code, 1) << outcome_.output;
  EXPECT_EQ(trials_.at("none").record.at("result").at("status"), "ok");
  // The last two columns but one: seeds that went well, seeds that failed.
  EXPECT_THAT(outcome_.output, ContainsRegex("none .*  1 +0 +[0-9]+ "));
  for (const Fault& fault : faults)
    EXPECT_THAT(outcome_.output,
                ContainsRegex(fault.behaviour + " .*  " + (fault.status == "ok" ? "1 +0 " : "0 +1 ")));
}

TEST_F(Faults, WhatAnEncodingPrintsGoesToItsLogAlone) {
  const std::string printed = "said on stdout";
  EXPECT_THAT(trials_.at("print").log, HasSubstr(printed));
  EXPECT_THAT(outcome_.output, Not(HasSubstr(printed)));
  EXPECT_EQ(trials_.at("print").record.at("result").at("metrics"),
            trials_.at("none").record.at("result").at("metrics"))
      << "an encoding that only prints is the model without one";
}

TEST_F(Faults, FailFastStopsAndRetryRunsFailuresAlone) {
  const auto suite = write_suite(folder_->path(), {"late", "abort"});
  const auto results = folder_->path() / "retried";
  const auto attempts = [&] {
    std::map<std::string, int> attempts;
    for (const auto& [encoding, trial] : trials_in(results)) attempts[encoding] = trial.attempts;
    return attempts;
  };
  using Attempts = std::map<std::string, int>;

  const auto stopped = run_suite(suite, results, "--fail-fast");
  EXPECT_EQ(stopped.exit_code, 1);
  EXPECT_EQ(attempts(), (Attempts{{"none", 1}, {"late", 1}})) << stopped.output;

  const auto continued = run_suite(suite, results);
  EXPECT_EQ(continued.exit_code, 1);
  EXPECT_EQ(attempts(), (Attempts{{"none", 1}, {"late", 1}, {"abort", 1}})) << continued.output;

  const auto retried = run_suite(suite, results, "--retry failed");
  EXPECT_EQ(retried.exit_code, 1);
  EXPECT_EQ(attempts(), (Attempts{{"none", 1}, {"late", 2}, {"abort", 2}})) << retried.output;

  // Its second attempt goes on from the checkpoint of the first, which lies behind the crash.
  const auto late = trials_in(results).at("late").record.at("result");
  EXPECT_EQ(late.at("status"), "ok");
  EXPECT_EQ(late.at("epochs"), trials_.at("print").record.at("result").at("epochs"));
  EXPECT_EQ(late.at("metrics"), trials_.at("print").record.at("result").at("metrics"));
}

}  // namespace
}  // namespace pebench
