#include "host/base/user_folders.h"

#include <gtest/gtest.h>

#include "tests/unit/support/environment.h"

namespace pebench::base {
namespace {

TEST(UserFolders, TheCacheIsPebenchsOwnThenTheDesktopsThenHome) {
  const EnvironmentVariable home("HOME", "/home/zoe"), desktop("XDG_CACHE_HOME", "/desktop");
  {
    const EnvironmentVariable own("PEBENCH_CACHE", "/own");
    EXPECT_EQ(cache_folder(), "/own");
  }
  const EnvironmentVariable no_own("PEBENCH_CACHE", "");
  EXPECT_EQ(cache_folder(), "/desktop/pebench");
  for (const char* ignored : {"", "relative"}) {
    const EnvironmentVariable no_desktop("XDG_CACHE_HOME", ignored);
    EXPECT_EQ(cache_folder(), "/home/zoe/.cache/pebench");
  }
}

TEST(UserFolders, DataAreTheDesktopsThenHome) {
  const EnvironmentVariable home("HOME", "/home/zoe");
  {
    const EnvironmentVariable desktop("XDG_DATA_HOME", "/desktop");
    EXPECT_EQ(user_data_folder(), "/desktop/pebench/data");
  }
  const EnvironmentVariable no_desktop("XDG_DATA_HOME", std::nullopt);
  EXPECT_EQ(user_data_folder(), "/home/zoe/.local/share/pebench/data");
}

TEST(UserFolders, ThereMayBeNone) {
  const EnvironmentVariable own("PEBENCH_CACHE", std::nullopt), cache("XDG_CACHE_HOME", std::nullopt),
      data("XDG_DATA_HOME", std::nullopt), home("HOME", std::nullopt);
  EXPECT_EQ(cache_folder(), std::nullopt);
  EXPECT_EQ(user_data_folder(), std::nullopt);
}

}  // namespace
}  // namespace pebench::base
