// pebench tune as people run it, on generated data: the same budget for every encoding, no look at the test,
// the same result whatever happened on the way, and a suite that runs.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>
#include <vector>

#include "tests/e2e/program.h"

namespace pebench {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;

class Tune : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    std::string name = (fs::temp_directory_path() / "pebench-tune-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
    ::setenv("PEBENCH_CACHE", (folder_ / "cache").c_str(), 1);
    fs::copy_file(PEBENCH_SOURCE_DIR "/tests/e2e/tune.toml", folder_ / "small.toml");
    first_ = search("first");
  }
  static void TearDownTestSuite() { fs::remove_all(folder_); }

  static std::string command(const std::string& results) {
    return PEBENCH_PROGRAM " tune " + (folder_ / "small.toml").string() + " --results " +
           (folder_ / results).string() + " --json";
  }
  static nlohmann::json search(const std::string& results) {
    const auto outcome = shell("(" + command(results) + " 2>" + (folder_ / "progress").string() + ")");
    EXPECT_EQ(outcome.exit_code, 0) << outcome.output << read(folder_ / "progress");
    return nlohmann::json::parse(outcome.output);
  }
  static std::vector<nlohmann::json> records(const std::string& results) {
    std::vector<nlohmann::json> found;
    for (const auto& entry : fs::recursive_directory_iterator(folder_ / results))
      if (entry.path().filename() == "record.json")
        found.push_back(nlohmann::json::parse(read(entry.path())));
    return found;
  }
  /// Without how long it took.
  static nlohmann::json timeless(nlohmann::json json) {
    for (auto& encoding : json["encodings"])
      for (auto& round : encoding["rounds"])
        for (auto& one : round) one.erase("seconds");
    return json;
  }

  static fs::path folder_;
  static nlohmann::json first_;
};
fs::path Tune::folder_;
nlohmann::json Tune::first_;

TEST_F(Tune, GivesEveryEncodingTheSameBudgetAndTheSameSettings) {
  std::map<std::string, std::multiset<std::string>> settings;
  std::map<std::string, std::int64_t> epochs;
  std::set<std::uint64_t> seeds;
  for (const auto& record : records("first")) {
    const std::string encoding = record["run"]["encoding"];
    epochs[encoding] += record["identity"]["settings"]["train"]["epochs"].get<std::int64_t>();
    seeds.insert(record["identity"]["seed"].get<std::uint64_t>());
    if (record["run"]["sweep"]["epochs"] == 1)
      settings[encoding].insert(record["identity"]["settings"].dump());
  }
  EXPECT_EQ(epochs.at("none"), (4 * 1 + 2 * 2) * 2);
  EXPECT_EQ(epochs.at("rope"), epochs.at("none"));
  EXPECT_EQ(first_["epochs_per_encoding"], epochs.at("none"));
  EXPECT_EQ(settings.at("none").size(), 8u);
  EXPECT_EQ(settings.at("none"), settings.at("rope"));
  EXPECT_EQ(seeds.size(), 2u);
  for (const std::uint64_t of_the_study : {1, 2}) EXPECT_EQ(seeds.count(of_the_study), 0u);
}

TEST_F(Tune, NeverLooksAtTheTest) {
  const auto all = records("first");
  EXPECT_EQ(all.size(), 24u);
  for (const auto& record : all) {
    const auto& result = record["result"];
    EXPECT_EQ(result["status"], "ok");
    for (const char* kind : {"metrics", "chance"})
      for (const auto& metric : result[kind].items())
        EXPECT_EQ(metric.key().rfind("valid.", 0), 0u) << metric.key();
    EXPECT_FALSE(result["metrics"].empty());
    EXPECT_TRUE(result["baselines"].empty());
    EXPECT_TRUE(result["ranks"].is_null());
  }
  for (const auto& entry : fs::recursive_directory_iterator(folder_ / "first"))
    for (const char* kept : {"ranks.bin.gz", "recommendations.bin.gz"})
      EXPECT_NE(entry.path().filename(), kept);
}

TEST_F(Tune, ChoosesWhatTheRecordsSay) {
  std::map<std::string, std::map<int, double>> sums;
  for (const auto& record : records("first"))
    if (record["run"]["sweep"]["epochs"] == 2)
      sums[record["run"]["encoding"]][record["run"]["sweep"]["configuration"]] +=
          record["result"]["metrics"]["valid.full.ndcg@10"].get<double>();
  for (const auto& encoding : first_["encodings"]) {
    const auto& tried = sums.at(encoding["encoding"]);
    ASSERT_EQ(tried.size(), 2u);
    double best = 0;
    for (const auto& [configuration, sum] : tried) best = std::max(best, sum / 2);
    EXPECT_NEAR(encoding["best"]["value"].get<double>(), best, 1e-12);
    EXPECT_NEAR(tried.at(encoding["best"]["configuration"]) / 2, best, 1e-12);
  }
}

TEST_F(Tune, IsTheSameAgain) {
  EXPECT_EQ(timeless(search("second")), timeless(first_));
  for (const char* results : {"first", "second"}) EXPECT_EQ(records(results).size(), 24u);
}

TEST_F(Tune, GoesOnAfterItWasStopped) {
  // Stopped as by Ctrl-C once a trial is done.
  const pid_t child = ::fork();
  if (child == 0) {
    ::execl("/bin/sh", "sh", "-c", ("exec " + command("stopped") + " >/dev/null 2>&1").c_str(), nullptr);
    ::_exit(127);
  }
  while (!fs::exists(folder_ / "stopped") || records("stopped").empty()) {
    ASSERT_EQ(::waitpid(child, nullptr, WNOHANG), 0) << "it ended without a record";
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  ::kill(child, SIGINT);
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(WEXITSTATUS(status), 128 + SIGINT);
  const std::size_t kept = records("stopped").size();
  EXPECT_LT(kept, 24u);
  EXPECT_EQ(timeless(search("stopped")), timeless(first_));
  EXPECT_THAT(read(folder_ / "progress"),
              HasSubstr(std::to_string(std::min<std::size_t>(kept, 16)) + " of 16 trials are done already"));
}

TEST_F(Tune, LeavesRecordsLikeAnyOther) {
  const std::string results = (folder_ / "first" / "small-tune").string();
  for (const std::string verb : {"verify ", "status ", "report "}) {
    const auto outcome = shell(PEBENCH_PROGRAM " " + verb + results);
    EXPECT_EQ(outcome.exit_code, 0) << verb << outcome.output;
  }
  EXPECT_THAT(shell(PEBENCH_PROGRAM " report " + results).output, HasSubstr("these trials chose settings"));
}

TEST_F(Tune, WritesASuiteThatRuns) {
  const std::string tuned = first_["written"];
  EXPECT_EQ(tuned, (folder_ / "small-tuned.toml").string());
  const auto plan = shell(PEBENCH_PROGRAM " plan --json " + tuned);
  ASSERT_EQ(plan.exit_code, 0) << plan.output;
  const auto planned = nlohmann::json::parse(plan.output);
  EXPECT_EQ(planned["seeds"], (std::vector<int>{1, 2}));
  for (std::size_t i = 0; i < 2; ++i) {
    const auto& best = first_["encodings"][i]["best"];
    EXPECT_EQ(planned["encodings"][i]["settings"], best["settings"]);
    for (const auto& option : best["options"].items())
      EXPECT_EQ(planned["encodings"][i]["options"][option.key()], option.value());
  }
  const auto run = shell(PEBENCH_PROGRAM " run " + tuned + " --results " + (folder_ / "study").string());
  ASSERT_EQ(run.exit_code, 0) << run.output;
  EXPECT_THAT(run.output, AllOf(HasSubstr("small-tuned"), HasSubstr("encodings have settings of their own")));
  for (const auto& record : records("study"))
    EXPECT_TRUE(record["result"]["metrics"].contains("test.full.ndcg@10"));
}

TEST_F(Tune, AnswersOneQuestionFromOutside) {
  const auto& rope = first_["encodings"][1];
  const auto& tried = rope["rounds"][0][0];
  nlohmann::json asked = first_["configurations"][tried["configuration"].get<std::size_t>() - 1];
  asked["options.base"] = tried["options"]["base"];
  const auto ask = [&](const std::string& configuration) {
    return shell("(" + command("first") + " --encoding rope --epochs 1 --configuration '" + configuration +
                 "' 2>/dev/null)");
  };
  const auto outcome = ask(asked.dump());
  ASSERT_EQ(outcome.exit_code, 0) << outcome.output;
  EXPECT_EQ(nlohmann::json::parse(outcome.output)["value"], tried["value"]);
  EXPECT_EQ(records("first").size(), 24u) << "it is the trial of the search";
}

TEST_F(Tune, RefusesBadInputAndStartsNothing) {
  const auto expect = [&](const std::string& arguments, const std::string& part) {
    const auto outcome = shell(command("bad") + " " + arguments);
    EXPECT_EQ(outcome.exit_code, 2) << outcome.output;
    EXPECT_THAT(outcome.output, HasSubstr(part));
    EXPECT_FALSE(fs::exists(folder_ / "bad"));
  };
  expect("--encoding rope --epochs 1 --configuration '{\"model.widht\": 3}'",
         "did you mean \"model.width\"?");
  expect("--encoding rope --epochs 1 --configuration '{\"options.bass\": 3}'", "did you mean \"base\"?");
  expect("--encoding rope --epochs 1 --configuration '{\"options.base\": -3}'", "base");
  expect("--encoding rop --epochs 1 --configuration '{}'", "did you mean \"rope\"?");
  expect("--encoding rope", "--configuration");
  expect("--out " + (folder_ / "small.toml").string(), "is the suite itself");

  const std::string suite = read(folder_ / "small.toml");
  const auto expect_of = [&](const std::string& from, const std::string& to, const std::string& part) {
    std::string text = suite;
    text.replace(text.find(from), from.size(), to);
    std::ofstream(folder_ / "small.toml") << text;
    expect("", part);
    std::ofstream(folder_ / "small.toml") << suite;
  };
  expect_of("base = [10.0", "base = [-10.0", "base");
  expect_of("[8, 16]", "[8, 16]\n\"model.heads\" = [1, 3]", "cannot be cut into model.heads = 3");
  expect_of("[limits]", "[sweep]\n\"train.batch\" = [16, 32]\n[limits]", "take [sweep] and [[variant]] out");
  expect_of("[[encoding]]", "[[dataset]]\nname = \"more\"\nsynthetic = { signal = \"none\" }\n[[encoding]]",
            "say on which to tune");
}

}  // namespace
}  // namespace pebench
