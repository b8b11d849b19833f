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

}  // namespace
}  // namespace pebench
