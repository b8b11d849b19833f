#include "host/base/file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "host/base/error.h"
#include "host/base/hash.h"

namespace pebench::base {
namespace {

class File : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() / ("pebench-file-test-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::filesystem::path folder_;
};

TEST_F(File, WritesReplacesAndLeavesNothingElse) {
  const auto path = folder_ / "new" / "file.txt";
  write_atomically(path, "first");
  write_atomically(path, std::string("second\0third", 12));
  EXPECT_EQ(read_file(path), std::string("second\0third", 12));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(path.parent_path()), {}), 1);
  EXPECT_EQ(sha256_of_file(path), sha256(std::string_view("second\0third", 12)));
}

TEST_F(File, FailuresNameThePathAndLeaveNothing) {
  const auto path = folder_ / "taken";
  std::filesystem::create_directories(path / "inside");
  try {
    write_atomically(path, "text");
    FAIL() << "a folder was replaced by a file";
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find(path.string()), std::string::npos) << error.what();
  }
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_), {}), 1);
  EXPECT_THROW(read_file(folder_ / "missing"), InputError);
  EXPECT_THROW(read_file(path), InputError);
  EXPECT_THROW(sha256_of_file(folder_ / "missing"), InputError);
}

TEST_F(File, ExistsUnlessTheSystemWillNotSay) {
  write_atomically(folder_ / "there", "");
  EXPECT_TRUE(base::exists(folder_ / "there"));
  EXPECT_FALSE(base::exists(folder_ / "missing"));
  EXPECT_FALSE(base::exists(folder_ / "there" / "below"));
  EXPECT_THROW(base::exists(folder_ / std::string(300, 'a')), InputError);
  std::filesystem::create_symlink("circle", folder_ / "circle");
  EXPECT_THROW(base::exists(folder_ / "circle"), InputError);
}

TEST_F(File, IsAbsoluteFromTheWorkingFolder) {
  EXPECT_EQ(base::absolute("/a/b"), "/a/b");
  EXPECT_EQ(base::absolute("a"), working_folder() / "a");
}

}  // namespace
}  // namespace pebench::base
