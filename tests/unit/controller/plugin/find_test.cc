#include "host/controller/plugin/find.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "host/base/error.h"
#include "tests/unit/support/temporary_folder.h"

namespace pebench::plugin {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class Finding : public ::testing::Test {
 protected:
  std::filesystem::path put(const std::string& file) {
    auto path = temporary_.path() / file;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << "library";
    return path;
  }
  std::string refusal_of(const std::string& name) {
    try {
      find_plugin(name, temporary_.path(), folders());
    } catch (const base::InputError& error) {
      return error.what();
    }
    return "found";
  }
  std::vector<std::filesystem::path> folders() const {
    return {temporary_.path() / "first", temporary_.path() / "second"};
  }

  TemporaryFolder temporary_;
};

TEST_F(Finding, TakesAPathRelativeToTheSuite) {
  auto path = put("build/libmine.so");
  EXPECT_TRUE(std::filesystem::equivalent(find_plugin("./build/libmine.so", temporary_.path(), {}), path));
  EXPECT_EQ(find_plugin(path, "/elsewhere", {}), path);
  EXPECT_THAT(refusal_of("libother.so"), HasSubstr("there is no plugin library"));
}

TEST_F(Finding, TakesTheFirstOfAName) {
  auto early = put("first/rope.so");
  put("second/rope.so");
  auto other = put("second/abs.so");
  EXPECT_EQ(find_plugin("rope", "", folders()), early);
  EXPECT_EQ(find_plugin("abs", "", folders()), other);
  auto all = all_plugins(folders());
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].name, "abs");
  EXPECT_EQ(all[1].library, early);
}

TEST_F(Finding, SaysWhereItLookedAndWhatIsThere) {
  put("second/rope.so");
  EXPECT_THAT(refusal_of("roep"), AllOf(HasSubstr(folders()[0].string()), HasSubstr(folders()[1].string()),
                                        HasSubstr("did you mean \"rope\"?")));
}

TEST(PluginFolders, BeginWithTheUsersOwn) {
  ::setenv("PEBENCH_PLUGIN_PATH", "/mine:/ours", 1);
  auto folders = plugin_folders("/opt/pebench/bin/pebench");
  ::unsetenv("PEBENCH_PLUGIN_PATH");
  ASSERT_EQ(folders.size(), 4u);
  EXPECT_EQ(folders[0], "/mine");
  EXPECT_EQ(folders[1], "/ours");
  EXPECT_THAT(folders[2].string(), AllOf(HasSubstr("/opt/pebench/"), HasSubstr("pebench/plugins")));
  EXPECT_EQ(folders[3], "/opt/pebench/plugins");
}

}  // namespace
}  // namespace pebench::plugin
