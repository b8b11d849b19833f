#include "host/controller/check/runner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <thread>

#include "host/base/error.h"
#include "tests/unit/support/temporary_folder.h"

namespace pebench::check {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const Row row = {"life.test", "It does what the test wants", std::chrono::seconds(60)};

Task task(const std::string& behaviour, const nlohmann::json& options = nlohmann::json::object()) {
  return {&row, {"plugin.so", behaviour, options, nlohmann::json::object(), 1}};
}

RunnerOptions options(int workers = 1) { return {FAKE_CHECK, workers, std::nullopt}; }

Round run(const std::vector<Task>& tasks, const RunnerOptions& options) {
  return run_tasks(tasks, options, [](std::size_t, std::size_t, const Result&) {});
}

Result only_result(const std::string& behaviour) { return run({task(behaviour)}, options()).results.at(0); }

TEST(Runner, TakesWhatTheProcessFound) {
  EXPECT_EQ(only_result("pass").finding.outcome, Outcome::pass);
  const Result failed = only_result("fail");
  EXPECT_EQ(failed.finding.outcome, Outcome::fail);
  EXPECT_EQ(failed.finding.text, "a reason");
  EXPECT_THAT(failed.log, ElementsAre("this is fail"));
  EXPECT_EQ(failed.row, &row);
}

TEST(Runner, HandsOverTheSubject) {
  const auto result = run({task("echo", {{"width", 3}})}, options()).results.at(0);
  EXPECT_EQ(nlohmann::json::parse(result.finding.text), (nlohmann::json{{"width", 3}}));
}

TEST(Runner, CallsAProcessThatEndsWithoutAFindingACrash) {
  const Result signal = only_result("segfault");
  EXPECT_EQ(signal.finding.outcome, Outcome::crash);
  EXPECT_THAT(signal.finding.text, HasSubstr("signal 11 (Segmentation fault)"));
  const Result exit = only_result("exit_7");
  EXPECT_EQ(exit.finding.outcome, Outcome::crash);
  EXPECT_THAT(exit.finding.text, HasSubstr("exit code 7"));
  EXPECT_EQ(only_result("silent").finding.outcome, Outcome::crash);
  EXPECT_EQ(only_result("scribble").finding.outcome, Outcome::crash);
}

TEST(Runner, CountsACrashAtTheEndUnlessTheCheckHadFailed) {
  const Result late = only_result("crash_after_pass");
  EXPECT_EQ(late.finding.outcome, Outcome::crash);
  EXPECT_THAT(late.finding.text, HasSubstr("signal 6 (Aborted) as the program ended, after the check"));
  const Result failed = only_result("crash_after_fail");
  EXPECT_EQ(failed.finding.outcome, Outcome::fail);
  EXPECT_EQ(failed.finding.text, "a reason");
}

/// Whether a process runs; a zombie, which is left where nobody waits for orphans, does not.
bool runs(pid_t process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/stat");
  const std::string text(std::istreambuf_iterator<char>(file), {});
  return !text.empty() && text.find(") Z ") == std::string::npos;
}

TEST(Runner, KillsTheWholeGroupAtTheLimit) {
  const TemporaryFolder folder;
  const auto companion_file = folder.path() / "companion";
  pid_t companion = 0;
  Result result;
  RunnerOptions limited = options();
  for (limited.limit = std::chrono::seconds(1); companion == 0;
       *limited.limit *= 2) {  // a busy machine needs longer
    result = run({task("hang", {{"companion", companion_file.string()}})}, limited).results.at(0);
    std::ifstream(companion_file) >> companion;
  }
  EXPECT_EQ(result.finding.outcome, Outcome::timeout);
  EXPECT_THAT(result.finding.text, HasSubstr("it did not return within "));
  while (runs(companion)) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

TEST(Runner, KeepsTheOrderOfTheJobsHoweverManyRun) {
  std::vector<std::size_t> done;
  const auto results = run_tasks({task("fail"), task("pass"), task("segfault"), task("pass")}, options(3),
                                 [&](std::size_t ended, std::size_t total, const Result&) {
                                   EXPECT_EQ(total, 4u);
                                   done.push_back(ended);
                                 })
                           .results;
  EXPECT_THAT(done, ElementsAre(1, 2, 3, 4));
  std::vector<Outcome> outcomes;
  for (const Result& result : results) outcomes.push_back(result.finding.outcome);
  EXPECT_THAT(outcomes, ElementsAre(Outcome::fail, Outcome::pass, Outcome::crash, Outcome::pass));
}

TEST(Runner, StopsAtASignal) { EXPECT_EQ(run({task("interrupt"), task("pass")}, options()).signal, SIGINT); }

TEST(Runner, SaysWhenTheProgramCannotBeStarted) {
  RunnerOptions missing = options();
  missing.program = "/no/such/program";
  EXPECT_THROW(run({task("pass")}, missing), base::InputError);
}

}  // namespace
}  // namespace pebench::check
