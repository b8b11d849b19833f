// The programs as people run them, on generated data: the quick suite's table, records that come out the same
// whatever happened on the way, and the exit codes of bad input.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <numeric>
#include <random>
#include <regex>
#include <set>
#include <sstream>
#include <thread>

#include "host/base/hash.h"
#include "host/contract/rank_file.h"
#include "host/contract/whole_record.h"
#include "host/controller/results/suite_lock.h"
#include "host/examiner/user_values.h"
#include "tests/e2e/program.h"
#include "tests/unit/support/real_data.h"

namespace pebench {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

class EndToEnd : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "pebench-e2e-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
    ::setenv("PEBENCH_CACHE", (folder_ / "cache").c_str(), 1);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string pebench(const std::string& arguments) const {
    return std::string(PEBENCH_PROGRAM) + " " + arguments;
  }
  Outcome run_suite(const std::string& suite, const std::string& results) const {
    return shell(pebench("run " + suite + " --results " + (folder_ / results).string()));
  }
  /// id -> the part of the record that must be reproducible, as text.
  std::map<std::string, std::string> results(const std::string& name) const {
    std::map<std::string, std::string> found;
    for (const auto& entry : fs::recursive_directory_iterator(folder_ / name)) {
      if (entry.path().filename() != "record.json") continue;
      const auto record = nlohmann::json::parse(read(entry.path()));
      found[record.at("id")] = record.at("result").dump();
    }
    return found;
  }
  std::string tiny_suite() const { return std::string(PEBENCH_SOURCE_DIR) + "/tests/e2e/tiny.toml"; }
  /// The tiny suite with one piece of text replaced.
  std::string changed(const std::string& from, const std::string& to) const {
    std::string text = read(tiny_suite());
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
    const auto path = folder_ / "changed.toml";
    std::ofstream(path) << text;
    return path.string();
  }

  /// Starts a command with a process group of its own and kills the group after that time, if it is still
  /// there then. Returns the signal that ended it, 0 for none.
  static int run_and_kill(const std::string& command, std::chrono::milliseconds after) {
    const pid_t child = ::fork();
    if (child == 0) {
      ::setpgid(0, 0);
      ::execl("/bin/sh", "sh", "-c", ("exec " + command + " >/dev/null 2>&1").c_str(), nullptr);
      ::_exit(127);
    }
    ::setpgid(child, child);
    std::this_thread::sleep_for(after);
    ::kill(-child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  }

  fs::path folder_;
};

/// The table with every number as #, its sign included, columns closed up.
std::string without_numbers(std::string text) {
  text = std::regex_replace(text, std::regex("-?[0-9]+(\\.[0-9]+)?"), "#");
  return std::regex_replace(text, std::regex(" +"), " ");
}

/// The BLAS that a record of these results names.
std::string blas_of(const fs::path& results) {
  for (const auto& entry : fs::recursive_directory_iterator(results))
    if (entry.path().filename() == "record.json")
      return nlohmann::json::parse(read(entry.path())).at("run").at("blas");
  return "no record";
}

TEST_F(EndToEnd, KernelsOfTheBlasUseTheProcessorUnlessTheUserSaysWhich) {
  const std::string run = pebench("run " + tiny_suite() + " --shard 1/8 --results ");
  ASSERT_EQ(shell("env -u OPENBLAS_CORETYPE " + run + (folder_ / "own").string()).exit_code, 0);
  const std::string blas = blas_of(folder_ / "own");
  if (blas.find("openblas") == std::string::npos) GTEST_SKIP() << "runs with OpenBLAS; here is " << blas;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    EXPECT_THAT(blas, Not(HasSubstr("(Prescott)")));
  }
  ASSERT_EQ(shell("OPENBLAS_CORETYPE=Prescott " + run + (folder_ / "users").string()).exit_code, 0);
  EXPECT_THAT(blas_of(folder_ / "users"), HasSubstr("(Prescott)"));
}

TEST_F(EndToEnd, TheQuickSuiteGivesItsTable) {
  const auto outcome =
      shell(pebench("run " PEBENCH_SOURCE_DIR "/suites/quick.toml --results " + (folder_ / "r").string()));
  ASSERT_EQ(outcome.exit_code, 0) << outcome.output;
  const auto table = outcome.output.substr(outcome.output.find("quick: order"));
  EXPECT_EQ(without_numbers(table), without_numbers(read(PEBENCH_SOURCE_DIR "/tests/e2e/quick_table.txt")));
  std::printf("%s", table.c_str());

  // The order of events is the signal: an encoding must beat the control, and the control must beat
  // popularity.
  std::map<std::string, double> hits;
  std::istringstream lines(table);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream cells(line);
    std::string name;
    double value;
    if (cells >> name >> value) hits[name] = value;
  }
  EXPECT_GT(hits.at("abs"), hits.at("none"));
  EXPECT_GT(hits.at("none"), 1.5 * hits.at("popularity"));

  const auto again = shell(pebench("report " + (folder_ / "r").string()));
  EXPECT_THAT(again.output, HasSubstr(table)) << "the report is made of the records alone";
}

TEST_F(EndToEnd, RecordsAreTheSameBitsAfterAnInterruption) {
  const auto undisturbed = run_suite(tiny_suite(), "undisturbed");
  ASSERT_EQ(undisturbed.exit_code, 0) << undisturbed.output;
  const auto expected = results("undisturbed");
  ASSERT_EQ(expected.size(), 8u);

  // Killed at random moments, trials and all, and begun again; a suite that came through is compared and
  // begun anew.
  const char* wanted = std::getenv("PEBENCH_KILLS");
  const int kills = wanted != nullptr ? std::stoi(wanted) : 6;
  std::mt19937 random(20240510);
  int suites = 0;
  const auto compare = [&](const std::string& folder) {
    const auto finished = run_suite(tiny_suite() + " --workers 1", folder);
    ASSERT_EQ(finished.exit_code, 0) << finished.output;
    EXPECT_EQ(results(folder), expected);
    ++suites;
  };
  int hits = 0;
  while (hits < kills) {
    const auto folder = "killed" + std::to_string(suites);
    const auto moment = std::chrono::milliseconds(random() % 1500);
    const auto end = run_and_kill(
        pebench("run " + tiny_suite() + " --workers 1 --results " + (folder_ / folder).string()), moment);
    if (end == SIGKILL)
      ++hits;
    else
      compare(folder);
    if (HasFatalFailure()) return;
  }
  compare("killed" + std::to_string(suites));
  std::printf("%d kills in %d runs of the suite: the same records\n", hits, suites);
}

TEST_F(EndToEnd, ASecondRunDoesNothingAndARetryKeepsGoodRecords) {
  const auto plan = [&] {
    return nlohmann::json::parse(
        shell(pebench("plan " + tiny_suite() + " --json --results " + (folder_ / "r").string())).output);
  };
  EXPECT_EQ(plan().at("trials_done"), 0);
  EXPECT_GT(plan().at("estimated_hours"), 0.0);
  ASSERT_EQ(run_suite(tiny_suite(), "r").exit_code, 0);
  EXPECT_EQ(plan().at("trials_done"), 8);
  EXPECT_EQ(plan().at("estimated_hours"), 0.0);
  std::map<std::string, fs::file_time_type> before;
  for (const auto& entry : fs::recursive_directory_iterator(folder_ / "r"))
    if (entry.path().filename() == "record.json") before[entry.path()] = fs::last_write_time(entry.path());
  ASSERT_EQ(before.size(), 8u);
  const auto again =
      shell(pebench("run " + tiny_suite() + " --retry failed --results " + (folder_ / "r").string()));
  EXPECT_EQ(again.exit_code, 0) << again.output;
  for (const auto& [path, time] : before) EXPECT_EQ(fs::last_write_time(path), time) << path;
}

TEST_F(EndToEnd, EveryTrialKeepsTheRanksBehindItsMetrics) {
  ASSERT_EQ(run_suite(tiny_suite(), "r").exit_code, 0);
  int trials = 0;
  const contract::SuiteFolder suite(folder_ / "r" / "tiny");
  for (const std::string& id : contract::trial_ids(suite)) {
    const auto record = contract::read_whole_record(suite, id);
    const auto ranks = contract::read_ranks(suite.trial(id), record);
    ASSERT_TRUE(ranks);
    EXPECT_EQ(record.result.ranks->users.at("test"), static_cast<std::int64_t>(ranks->users.size()));
    EXPECT_EQ(record.result.ranks->users.at("valid"), 50);
    int told = 0;
    for (const auto& [name, value] : record.result.metrics) {
      if (name.rfind("test.", 0) != 0 || name.find("tie_rate") != std::string::npos) continue;
      const auto values = examiner::user_values(*ranks, contract::Metric::parse(name));
      const double sum = std::accumulate(values.begin(), values.end(), 0.0);
      EXPECT_NEAR(sum / static_cast<double>(values.size()), value, 1e-12) << name;
      ++told;
    }
    EXPECT_EQ(told, 3 * 7) << "three candidate sets, HR and NDCG at three k, MRR";
    ++trials;
  }
  EXPECT_EQ(trials, 8);
}

TEST_F(EndToEnd, WhatIsDamagedIsNamedAndRunAgain) {
  ASSERT_EQ(run_suite(tiny_suite(), "r").exit_code, 0);
  const auto expected = results("r");
  const std::string verify = pebench("verify " + (folder_ / "r").string());
  const auto good = shell(verify);
  EXPECT_EQ(good.exit_code, 0) << good.output;
  EXPECT_THAT(good.output,
              HasSubstr("8 records, 8 rank files and 8 of recommendations are as they were written"));

  const contract::SuiteFolder suite(folder_ / "r" / "tiny");
  const auto ids = contract::trial_ids(suite);
  auto text = read(suite.record(ids[0]));
  text[text.find("\"loss\"") + 10] ^= 1;
  std::ofstream(suite.record(ids[0])) << text;
  fs::remove(suite.trial(ids[1]) / contract::ranks_file);
  const auto bad = shell(verify);
  EXPECT_EQ(bad.exit_code, 2);
  EXPECT_THAT(bad.output, HasSubstr("damaged: " + suite.record(ids[0]).string()));
  EXPECT_THAT(bad.output, HasSubstr("damaged: " + (suite.trial(ids[1]) / contract::ranks_file).string()));
  const auto json = nlohmann::json::parse(shell(verify + " --json").output);
  EXPECT_FALSE(json.at("good").get<bool>());
  EXPECT_EQ(json.at("suites").at(0).at("faults").size(), 2u);

  const auto report = shell(pebench("report " + (folder_ / "r").string()));
  EXPECT_EQ(report.exit_code, 0);
  EXPECT_THAT(report.output, HasSubstr("DAMAGED: 2 of 8 trials"));
  EXPECT_EQ(shell(pebench("merge " + suite.path().string() + " --out " + (folder_ / "m").string())).exit_code,
            2);

  const auto again = run_suite(tiny_suite(), "r");
  EXPECT_EQ(again.exit_code, 0) << again.output;
  EXPECT_THAT(again.output, HasSubstr("6 of 8 trials are done already"));
  EXPECT_EQ(results("r"), expected) << "the same bits as before the damage";
  EXPECT_TRUE(fs::exists(suite.record(ids[0]).string() + ".damaged"));
  EXPECT_EQ(shell(verify).exit_code, 0);
}

TEST_F(EndToEnd, ATrialIsReplayedWhereItsPathsAreNot) {
  ASSERT_EQ(run_suite(tiny_suite(), "r").exit_code, 0);
  fs::remove_all(folder_ / "cache");  // as if the results had come from another machine
  const contract::SuiteFolder suite(folder_ / "r" / "tiny");
  const std::string replay =
      pebench("replay " + contract::trial_ids(suite).front() + " " + suite.path().string());
  const auto same = shell(replay);
  EXPECT_EQ(same.exit_code, 0) << same.output;
  EXPECT_THAT(same.output, HasSubstr("same, to the bit"));

  const std::string verify = pebench("verify " + suite.path().string() + " --seed 7 --replay ");
  const auto drawn = shell(verify + "2");
  EXPECT_EQ(drawn.exit_code, 0) << drawn.output;
  EXPECT_THAT(
      drawn.output,
      HasSubstr(
          "2 of 2 trials drawn with --seed 7 were run again: 0 different, 0 of which it cannot be told"));
  const auto json = nlohmann::json::parse(shell("( " + verify + "1 --json 2>/dev/null )").output);
  EXPECT_EQ(json.at("replays").at("trials").size(), 1u);
  EXPECT_EQ(json.at("replays").at("trials")[0].at("outcome"), "same");
  EXPECT_THAT(drawn.output, HasSubstr(json.at("replays").at("trials")[0].at("what").get<std::string>()))
      << "the same seed draws the same trials";

  results::SuiteLock changed = results::read_lock(suite.lock());
  changed.text.replace(changed.text.find("dropout = 0.2"), 13, "dropout = 0.3");
  results::write_lock(suite.lock(), changed);
  fs::remove_all(folder_ / "cache");
  const auto other = shell(replay);
  EXPECT_EQ(other.exit_code, 2) << other.output;
  EXPECT_THAT(other.output, HasSubstr("settings/model/dropout is another one"));
  fs::remove_all(folder_ / "cache");  // where planning left the data
  const auto impossible = shell(verify + "1");
  EXPECT_EQ(impossible.exit_code, 2) << impossible.output;
  EXPECT_THAT(impossible.output, HasSubstr("1 of which it cannot be told"));
}

TEST_F(EndToEnd, DataThatWereEditedAfterThePlanFailTheTrial) {
  ASSERT_EQ(run_suite(tiny_suite(), "r").exit_code, 0);
  fs::path events;
  for (const auto& entry : fs::recursive_directory_iterator(folder_ / "cache"))
    if (entry.path().filename() == "event_items.i32") events = entry.path();
  ASSERT_FALSE(events.empty());
  // One event is another item's, and the description of the data is made to fit.
  const auto description = events.parent_path() / "dataset.json";
  auto described = read(description);
  auto content = read(events);
  const auto old_hash = base::sha256(content);
  content[0] ^= 3;
  std::ofstream(events, std::ios::binary) << content;
  described.replace(described.find(old_hash), old_hash.size(), base::sha256(content));
  std::ofstream(description) << described;
  const contract::SuiteFolder suite(folder_ / "r" / "tiny");
  const auto replay =
      shell(pebench("replay " + contract::trial_ids(suite).front() + " " + suite.path().string()));
  EXPECT_EQ(replay.exit_code, 2) << replay.output;
  EXPECT_THAT(replay.output, HasSubstr("the events in"));
}

TEST_F(EndToEnd, TheBackboneAndTheDataOfASeedAreTheSameForAllEncodings) {
  ASSERT_EQ(run_suite(changed("dropout = 0.2", "dropout = 0.0"), "r").exit_code, 0);
  std::set<std::string> baselines, backbones;
  int records = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder_ / "r")) {
    if (entry.path().filename() != "record.json") continue;
    const auto record = nlohmann::json::parse(read(entry.path()));
    ++records;
    baselines.insert(record.at("result").at("baselines").dump());
    const auto& counts = record.at("result").at("parameters");
    backbones.insert(std::to_string(counts.at("total").get<int>() - counts.at("encoding").get<int>()));
  }
  EXPECT_EQ(records, 8);
  ASSERT_EQ(baselines.size(), 1u) << "evaluation candidates are frozen, whatever the seed and the encoding";
  for (const char* name : {"popularity", "item-to-item", "markov"})
    EXPECT_EQ(nlohmann::json::parse(*baselines.begin()).count(name), 1u) << name;
  EXPECT_EQ(backbones.size(), 1u);
}

TEST_F(EndToEnd, APlanSaysWhatRecordsSayAgainstItsBaseline) {
  const auto untrained = changed("epochs = 4", "epochs = 0");
  const std::string plan = "plan " + untrained + " --results " + (folder_ / "r").string();
  EXPECT_THAT(shell(pebench(plan)).output, Not(HasSubstr("Warning"))) << "nothing was run yet";
  ASSERT_EQ(run_suite(untrained, "r").exit_code, 0);
  const std::string report = shell(pebench("report " + (folder_ / "r").string())).output;
  const auto from = report.find("the baseline none is not above what needs no training (NDCG@10: order: ");
  ASSERT_NE(from, std::string::npos) << report;
  const std::string sentence = report.substr(from, report.find('\n', from) - from);
  EXPECT_THAT(shell(pebench(plan)).output,
              HasSubstr("Warning: going by the records in " + (folder_ / "r").string() + ", " + sentence));

  std::string text = read(untrained);  // another suite with other seeds, of the same data, model and protocol
  text.replace(text.find("base = 1"), 8, "base = 7");
  text.replace(text.find("\"tiny\""), 6, "\"other\"");
  std::ofstream(folder_ / "other.toml") << text;
  EXPECT_THAT(
      shell(pebench("plan " + (folder_ / "other.toml").string() + " --results " + (folder_ / "r").string()))
          .output,
      HasSubstr(sentence));
  EXPECT_THAT(shell(pebench("plan " + tiny_suite() + " --results " + (folder_ / "r").string())).output,
              Not(HasSubstr("going by the records")))
      << "of a model that is trained they say nothing";
}

TEST_F(EndToEnd, BadInputExitsWithTwoAndStartsNothing) {
  const auto expect = [&](const std::string& from, const std::string& to, const std::string& part) {
    const auto outcome = run_suite(changed(from, to), "bad");
    EXPECT_EQ(outcome.exit_code, 2) << outcome.output;
    EXPECT_THAT(outcome.output, HasSubstr(part));
    EXPECT_FALSE(fs::exists(folder_ / "bad")) << "nothing is started";
  };
  expect("epochs = 4", "epoch = 4", "epochs");
  expect("plugin = \"rope\"", "plugin = \"ropes\"", "rope");
  expect("options = { concat = true }", "options = { concaat = true }", "concat");
  expect("attributes = [\"group\"]", "attributes = [\"grupp\"]", "group");
  EXPECT_EQ(shell(pebench("rum x.toml")).exit_code, 2);
  EXPECT_EQ(shell(pebench("run")).exit_code, 2);
  EXPECT_EQ(shell(pebench("run missing.toml")).exit_code, 2);
  EXPECT_EQ(shell(pebench("--help")).exit_code, 0);
}

TEST_F(EndToEnd, ARealDataSetByName) {
  const auto folder = real_data("amazon_beauty");
  if (!folder) GTEST_SKIP() << "amazon_beauty is not here: set PEBENCH_DATA to the folder that holds it";
  const auto outcome = shell("PEBENCH_DATA=" + folder->parent_path().string() + " " +
                             pebench("data info amazon_beauty --json"));
  ASSERT_EQ(outcome.exit_code, 0) << outcome.output;
  const auto info = nlohmann::json::parse(outcome.output);
  EXPECT_EQ(info.at("users"), 22363);
  EXPECT_EQ(info.at("items"), 12101);
  EXPECT_EQ(info.at("events"), 198502);
  EXPECT_NEAR(info.at("share_last_two_tied").get<double>(), 0.4346, 5e-5);
}

TEST_F(EndToEnd, WhatEncodingsCostAndForWhomTheyHelpIsReported) {
  const std::string suite =
      changed("[limits]", "[speed]\nbatches = [4, 16]\nlengths = [5]\nrepetitions = 5\n\n[limits]");
  EXPECT_THAT(shell(pebench("plan " + suite)).output,
              HasSubstr("Speed: 32 operations are then timed 5 times each, 9.6 s at the least."));
  const auto first = run_suite(suite, "speed");
  ASSERT_EQ(first.exit_code, 0) << first.output;
  EXPECT_THAT(first.output, HasSubstr("[speed 1/1] order, 4 encodings: measured in "));
  EXPECT_THAT(first.output,
              HasSubstr("what an encoding costs in milliseconds: order, 16 users, windows of 5"));
  EXPECT_THAT(first.output,
              HasSubstr("what an encoding is worth: order, times for 16 users and windows of 5"));
  const fs::path folder = folder_ / "speed" / "tiny" / "speed";
  ASSERT_EQ(std::distance(fs::directory_iterator(folder), fs::directory_iterator()), 1);
  const fs::path file = fs::directory_iterator(folder)->path();

  const auto json = nlohmann::json::parse(
      shell(pebench("report " + (folder_ / "speed").string() + " --format json")).output);
  const auto& price = json.at("suites").at(0).at("prices").at(0);
  ASSERT_EQ(price.at("encodings").size(), 4u);
  for (const auto& encoding : price.at("encodings")) {
    ASSERT_EQ(encoding.at("operations").size(), 8u) << "four operations for two sizes of batch";
    EXPECT_GT(encoding.at("memory_peak_bytes").get<double>(), 1e6);
    for (const auto& operation : encoding.at("operations")) {
      EXPECT_EQ(operation.at("repetitions"), 5);
      EXPECT_GT(operation.at("median").get<double>(), 0);
      EXPECT_EQ(operation.at("ratio").is_null(), encoding.at("encoding") == "none");
    }
  }

  const auto& side = json.at("suites").at(0).at("user_sides").at(0);
  EXPECT_EQ(side.at("encodings").size(), 3u);
  EXPECT_EQ(side.at("traits").size(), 3u);
  std::size_t users = 0;
  for (const auto& group : side.at("traits").at(0).at("groups"))
    users += group.at("users").get<std::size_t>();
  EXPECT_EQ(users, 200u) << "all of them are tested, and each is in one group";

  const std::string written = read(file);
  const auto again = run_suite(suite, "speed");
  EXPECT_THAT(again.output, Not(HasSubstr("[speed")));
  EXPECT_EQ(read(file), written);
  const auto verified = shell(pebench("verify " + (folder_ / "speed").string()));
  EXPECT_EQ(verified.exit_code, 0);
  EXPECT_THAT(verified.output, HasSubstr("and 1 of speed are as they were written"));

  std::ofstream(file) << "{}";
  EXPECT_NE(shell(pebench("verify " + (folder_ / "speed").string())).exit_code, 0);
  EXPECT_THAT(shell(pebench("report " + (folder_ / "speed").string())).output,
              HasSubstr("DAMAGED, and left out below: " + file.string()));
}

}  // namespace
}  // namespace pebench
