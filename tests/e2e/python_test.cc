// A suite with encodings written in Python: trials that can be repeated to the bit, a trial's identity, and
// mistakes.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/e2e/program.h"
#include "tests/unit/support/temporary_folder.h"

namespace pebench {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;

class PythonSuite : public testing::Test {
 protected:
  void SetUp() override {
    ::setenv("PEBENCH_CACHE", (folder() / "cache").c_str(), 1);
    fs::copy(PEBENCH_SOURCE_DIR "/examples/python/learnt.py", folder() / "learnt.py");
    // The tiny suite up to its encodings, with one seed.
    std::string text = read(PEBENCH_SOURCE_DIR "/tests/e2e/tiny.toml");
    text.resize(text.find("[[encoding]]"));
    text.replace(text.find("count = 2"), 9, "count = 1");
    text += "[[encoding]]\nname = \"none\"\nplugin = \"none\"\n";
    text +=
        "[[encoding]]\nname = \"learnt\"\nplugin = \"python\"\noptions = { file = \"learnt.py\", options = "
        "'{\"init_std\": 0.5}' }\n";
    text += "[[encoding]]\nname = \"broken\"\nplugin = \"python\"\noptions = { file = \"broken.py\" }\n";
    std::ofstream(folder() / "suite.toml") << text;
    std::ofstream(folder() / "broken.py") << "import pebench\n\nclass Broken(pebench.Encoder):\n    def "
                                             "input(self, sequence, x):\n        return x.no_such_thing\n";
  }
  const fs::path& folder() const { return temporary_.path(); }
  Outcome run(const std::string& results) const {
    return shell(std::string(PEBENCH_PROGRAM) + " run " + (folder() / "suite.toml").string() + " --results " +
                 (folder() / results).string());
  }
  /// Encoding -> its record.
  std::map<std::string, nlohmann::json> records(const std::string& results) const {
    std::map<std::string, nlohmann::json> found;
    for (const auto& entry : fs::recursive_directory_iterator(folder() / results)) {
      if (entry.path().filename() != "record.json") continue;
      const auto record = nlohmann::json::parse(read(entry.path()));
      found[record.at("run").at("encoding")] = record;
    }
    return found;
  }

  TemporaryFolder temporary_;
};

TEST_F(PythonSuite, RunsToTheSameBitsAndSaysWhatIsBroken) {
  const auto outcome = run("first");
  EXPECT_EQ(outcome.exit_code, 1) << outcome.output;
  const auto place = "line 5 of " + (folder() / "broken.py").string() + ", in input";
  EXPECT_THAT(outcome.output, AllOf(HasSubstr("AttributeError"), HasSubstr(place), HasSubstr("Traceback")));

  // Another locale and other hashes of words make no difference.
  ::setenv("PYTHONHASHSEED", "7", 1);
  ::setenv("LC_ALL", "C", 1);
  run("second");
  const auto first = records("first"), second = records("second");
  ASSERT_EQ(first.at("learnt").at("result").at("status"), "ok");
  EXPECT_EQ(first.at("learnt").at("result"), second.at("learnt").at("result"));
  EXPECT_EQ(first.at("broken").at("result").at("status"), "failed");
}

TEST_F(PythonSuite, AChangedFileIsAnotherTrial) {
  run("before");
  std::ofstream(folder() / "learnt.py", std::ios::app) << "# changed\n";
  run("after");
  EXPECT_NE(records("before").at("learnt").at("id"), records("after").at("learnt").at("id"));
  EXPECT_EQ(records("before").at("none").at("id"), records("after").at("none").at("id"));
}

TEST_F(PythonSuite, AFileThatIsEditedAfterThePlanFailsItsTrial) {
  run("r");
  const std::string id = records("r").at("learnt").at("id");
  std::ofstream(folder() / "learnt.py", std::ios::app) << "# changed\n";
  const auto replay = shell(std::string(PEBENCH_PROGRAM) + " replay " + id + " " + (folder() / "r").string());
  EXPECT_EQ(replay.exit_code, 2) << replay.output;
  EXPECT_THAT(replay.output,
              AllOf(HasSubstr((folder() / "learnt.py").string() + " (option file of encoding learnt)"),
                    HasSubstr("has changed since the trial was planned"), HasSubstr("run the suite again")));
}

/// A module that edits itself when it is imported: what is hashed before and what is opened are not the same.
TEST_F(PythonSuite, AFileThatIsEditedWhileItIsOpenedFailsItsTrial) {
  std::ofstream(folder() / "learnt.py", std::ios::app) << "\nopen(__file__, 'a').write('# opened\\n')\n";
  run("r");
  const auto result = records("r").at("learnt").at("result");
  EXPECT_EQ(result.at("status"), "bad_input");
  EXPECT_THAT(result.at("reason").get<std::string>(), HasSubstr("has changed since the trial was planned"));
}

/// The tiny suite with events that are not the newest pushed out of sight by two constants.
TEST_F(PythonSuite, HowLowVisibleKeysArePushedTogetherDoesNotMatter) {
  std::ofstream(folder() / "recent.py") << R"(import pebench


class Recent(pebench.Encoder):
    def __init__(self, build, config, options):
        self.low = float(options["low"])

    def bias(self, site):
        gap = site.query_time[:, None, :, None] - site.key_time[:, None, None, :]
        return pebench.where(gap > 0, pebench.full(self.low, (1,)), pebench.full(0.0, (1,)))
)";
  std::string text = read(PEBENCH_SOURCE_DIR "/tests/e2e/tiny.toml");
  text.resize(text.find("[[encoding]]"));
  text.replace(text.find("count = 2"), 9, "count = 1");
  text.replace(text.find("[protocol]"), 10,
               "[protocol]\nattention = \"causal\"\nencode_cross_attention = true");
  text += "[[encoding]]\nname = \"none\"\nplugin = \"none\"\n";
  for (const char* low : {"1e9", "1e30"})
    text += std::string("[[encoding]]\nname = \"") + low +
            "\"\nplugin = \"python\"\noptions = { file = \"recent.py\", options = '{\"low\": -" + low +
            "}' }\n";
  std::ofstream(folder() / "suite.toml") << text;
  const auto outcome = run("lows");
  ASSERT_EQ(outcome.exit_code, 0) << outcome.output;
  auto found = records("lows");
  ASSERT_EQ(found.at("1e9").at("result").at("status"), "ok");
  // These digests are over the trial's id too.
  for (auto& entry : found)
    for (const char* kept : {"ranks", "recommendations"}) entry.second.at("result").at(kept).erase("digest");
  EXPECT_EQ(found.at("1e9").at("result"), found.at("1e30").at("result"));
  EXPECT_NE(found.at("1e9").at("result"), found.at("none").at("result"));
}

}  // namespace
}  // namespace pebench
