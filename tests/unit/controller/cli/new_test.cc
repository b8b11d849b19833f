// `pebench new`: what it writes and what it refuses. That the projects build and run is
// tests/package/installed.sh's.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tests/e2e/program.h"
#include "tests/unit/support/temporary_folder.h"

namespace pebench {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class New : public testing::Test {
 protected:
  Outcome make(const std::string& arguments) const {
    return shell(std::string(PEBENCH_PROGRAM) + " new " + arguments + " --into " + folder_.string());
  }
  std::vector<fs::path> content() const {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(folder_)) found.push_back(entry.path().filename());
    return found;
  }

  const TemporaryFolder temporary_;
  const fs::path folder_ = temporary_.path();
};

std::vector<std::string> templates() {
  std::vector<std::string> found;
  for (const auto& entry : fs::directory_iterator(PEBENCH_SOURCE_DIR "/templates"))
    found.push_back(entry.path().filename().string());
  return found;
}

TEST_F(New, EveryTemplateBecomesAProjectWithoutAnyMarkLeft) {
  ASSERT_FALSE(templates().empty());
  for (const std::string& language : templates()) {
    const auto outcome = make("my_" + language + " --lang " + language);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.output;
    for (const auto& entry : fs::recursive_directory_iterator(folder_ / ("my_" + language))) {
      EXPECT_THAT(entry.path().string(), Not(HasSubstr("@")));
      if (!entry.is_regular_file()) continue;
      for (const char* mark : {"@NAME@", "@CLASS@", "@PEBENCH@", "@PEBENCH_ABI@"})
        EXPECT_THAT(read(entry.path()), Not(HasSubstr(mark))) << entry.path();
    }
    for (const char* name : {"README.md", "suite.toml"})
      EXPECT_TRUE(fs::exists(folder_ / ("my_" + language) / name)) << language << ", " << name;
  }
}

TEST_F(New, NamesAreSubstitutedInFilesAndInTheirNames) {
  make("time_of_day2 --lang python");
  EXPECT_THAT(read(folder_ / "time_of_day2/time_of_day2.py"),
              HasSubstr("class TimeOfDay2(pebench.Encoder):"));
  EXPECT_THAT(read(folder_ / "time_of_day2/suite.toml"), HasSubstr("file = \"time_of_day2.py\""));
}

TEST_F(New, ItPrintsTheCommandsOfTheReadme) {
  const auto outcome = make("mine --lang c");
  const std::string folder = (folder_ / "mine").string();
  EXPECT_THAT(outcome.output, HasSubstr("cd " + folder + "\ncmake -S . -B build && cmake --build build\n"));
  EXPECT_THAT(outcome.output, HasSubstr(PEBENCH_PROGRAM " run suite.toml\n"));
  EXPECT_THAT(outcome.output, Not(HasSubstr("```")));
  EXPECT_THAT(read(fs::path(folder) / "CMakeLists.txt"), HasSubstr("HINTS \"" PEBENCH_SOURCE_DIR "/abi\""));
}

TEST_F(New, WhatIsThereIsLeftAlone) {
  std::ofstream(folder_ / "mine") << "precious";
  const auto outcome = make("mine --lang c");
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.output,
              HasSubstr((folder_ / "mine").string() + " exists already; choose another name"));
  EXPECT_EQ(read(folder_ / "mine"), "precious");
  EXPECT_EQ(content().size(), 1u);
}

TEST_F(New, WrongArgumentsAreRefusedAndNothingIsWritten) {
  for (const char* name : {"Mine", "2mine", "my-encoding", "_mine", "''", "a/b"}) {
    const auto outcome = make(std::string(name) + " --lang c");
    EXPECT_EQ(outcome.exit_code, 2) << name;
    EXPECT_THAT(outcome.output, AllOf(HasSubstr("will not do"), HasSubstr("my_encoding"))) << name;
  }
  EXPECT_THAT(make("mine --lang pyton").output,
              HasSubstr("there is no template for --lang pyton; did you mean \"python\"?"));
  EXPECT_THAT(make("mine --lang cobol").output, HasSubstr("choose from \"c\", \"cpp\""));
  EXPECT_EQ(make("mine").exit_code, 2);
  EXPECT_TRUE(content().empty());
}

TEST_F(New, NamesThatTheLanguageOrTheSuitesKeepAreRefused) {
  const auto refused = [&](const std::string& name, const std::string& language) {
    const auto outcome = make(name + " --lang " + language);
    EXPECT_EQ(outcome.exit_code, 2) << name;
    return outcome.output;
  };
  for (const std::string& language : templates()) {
    EXPECT_THAT(refused("none", language),
                HasSubstr("\"none\" is kept for the suites, whose baseline has it"));
    for (const char* name : {"pebench", "peb_host"})
      EXPECT_THAT(refused(name, language), HasSubstr("is kept for pebench; choose another"));
  }
  for (const auto& [name, language] : std::vector<std::pair<const char*, const char*>>{{"true", "python"},
                                                                                       {"false", "python"},
                                                                                       {"lambda", "python"},
                                                                                       {"int", "c"},
                                                                                       {"install", "c"},
                                                                                       {"clean", "cpp"},
                                                                                       {"class", "cpp"},
                                                                                       {"func", "go"},
                                                                                       {"self", "rust"},
                                                                                       {"encoder", "rust"},
                                                                                       {"tensor", "fortran"}})
    EXPECT_THAT(refused(name, language),
                HasSubstr("\"" + std::string(name) + "\" is kept for " + language + "; choose another"));
  EXPECT_TRUE(content().empty());
  EXPECT_EQ(make("function --lang python").exit_code, 0);
}

TEST_F(New, AFolderThatCannotBeWrittenIsAnError) {
  std::ofstream(folder_ / "file") << "";
  const auto outcome = shell(PEBENCH_PROGRAM " new mine --lang c --into " + (folder_ / "file").string());
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.output, HasSubstr("cannot be written (Not a directory)"));
}

}  // namespace
}  // namespace pebench
