#include "host/controller/plugin/describe.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "host/base/error.h"
#include "tests/unit/support/temporary_folder.h"

namespace pebench::plugin {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

std::filesystem::path fault(const std::string& name) {
  return std::filesystem::path(FAULTS) / (name + ".so");
}

class Describing : public ::testing::Test {
 protected:
  Describer::Settings settings() const {
    return {PEBENCH_PROGRAM, temporary_.path(), std::chrono::seconds(60)};
  }

  std::string refusal_of(const std::string& name, Describer::Settings settings) const {
    try {
      Describer(std::move(settings)).describe(fault(name));
    } catch (const base::InputError& error) {
      EXPECT_THAT(error.what(), HasSubstr(name + ".so"));
      return error.what();
    }
    return "accepted";
  }

  std::filesystem::path only_cached_file() const {
    std::filesystem::path found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(temporary_.path()))
      if (entry.is_regular_file()) found = entry.path();
    return found;
  }

  TemporaryFolder temporary_;
};

TEST_F(Describing, IsNotMisledByWhatThePluginPrints) {
  DescribedLibrary library = Describer(settings()).describe(fault("noisy"));
  ASSERT_EQ(library.descriptor.encoders.size(), 1u);
  EXPECT_EQ(library.descriptor.encoders[0].id, "fault");
  EXPECT_EQ(library.hash.size(), 64u);
}

TEST_F(Describing, PassesTheChildsRefusalOn) {
  EXPECT_THAT(refusal_of("newer_major", settings()), HasSubstr("update pebench"));
}

TEST_F(Describing, SurvivesACrash) {
  EXPECT_THAT(refusal_of("crashes", settings()), AllOf(HasSubstr("crashed"), HasSubstr("signal 11")));
}

TEST_F(Describing, SurvivesAnExit) { EXPECT_THAT(refusal_of("exits", settings()), HasSubstr("exit code 0")); }

TEST_F(Describing, SurvivesAnAnswerThatIsNone) {
  EXPECT_THAT(refusal_of("scribbles", settings()), HasSubstr("cannot be read"));
}

TEST_F(Describing, GivesUpAtTheLimit) {
  Describer::Settings hasty = settings();
  hasty.limit = std::chrono::milliseconds(300);
  EXPECT_THAT(refusal_of("hangs", hasty), HasSubstr("did not describe itself within 0.3 s"));
}

TEST_F(Describing, AsksALibraryOnce) {
  nlohmann::json first = Describer(settings()).describe(fault("noisy")).descriptor;
  Describer::Settings without_program = settings();
  without_program.program = "/nowhere/pebench";
  EXPECT_EQ(nlohmann::json(Describer(without_program).describe(fault("noisy")).descriptor), first);
  EXPECT_THROW(Describer(without_program).describe(fault("several")), base::InputError);
}

TEST_F(Describing, ReplacesADamagedCache) {
  Describer(settings()).describe(fault("noisy"));
  std::ofstream(only_cached_file()) << "{";
  EXPECT_EQ(Describer(settings()).describe(fault("noisy")).descriptor.encoders.size(), 1u);
  EXPECT_GT(std::filesystem::file_size(only_cached_file()), 1u);
}

TEST_F(Describing, KeepsNoRefusal) {
  refusal_of("newer_minor", settings());
  EXPECT_TRUE(only_cached_file().empty());
}

}  // namespace
}  // namespace pebench::plugin
