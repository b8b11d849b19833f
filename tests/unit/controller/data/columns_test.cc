#include "host/controller/data/columns.h"

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

#include "tests/unit/data/raw_data.h"

namespace pebench::data {
namespace {

Columns small() {
  Columns columns;
  columns.user_ids = {"u"};
  columns.item_ids = {"x", "y"};
  columns.offsets = {0, 2};
  columns.items = {1, 2};
  columns.times = {5, 6};
  return columns;
}

std::ptrdiff_t entries(const std::filesystem::path& folder) {
  return std::distance(std::filesystem::directory_iterator(folder), {});
}

TEST(WriteColumns, KeepsTheSourceAndCreatesTheFoldersAbove) {
  TemporaryFolder folder;
  const auto out = folder.path() / "a" / "b" / "set";
  ASSERT_TRUE(write_columns(out, small(), {{"raw", "there"}}));
  std::ifstream meta(out / file::meta);
  EXPECT_EQ(nlohmann::json::parse(meta).at("source").at("raw"), "there");
  EXPECT_EQ(entries(out.parent_path()), 1);
}

TEST(WriteColumns, ReturnsFalseAndChangesNothingWhenTheFolderExists) {
  TemporaryFolder folder;
  const auto out = folder.path() / "set";
  ASSERT_TRUE(write_columns(out, small(), {}));
  const auto hash = Dataset::open(out, {}).hash();
  auto other = small();
  other.times[0] = 0;
  EXPECT_FALSE(write_columns(out, other, {}));
  EXPECT_FALSE(write_columns(out.string() + "/", other, {}));
  EXPECT_EQ(Dataset::open(out, {}).hash(), hash);
  EXPECT_EQ(entries(folder.path()), 1);
}

TEST(WriteColumns, AnErrorLeavesNothing) {
  TemporaryFolder folder;
  auto columns = small();
  FieldColumn field;
  field.field = {std::string(300, 'n'), false, 1};  // no file system takes so long a name
  field.values = {0, 1, 2};
  columns.fields.push_back(field);
  EXPECT_THAT(refusal([&] { write_columns(folder.path() / "set", columns, {}); }),
              testing::HasSubstr("too long"));
  EXPECT_EQ(entries(folder.path()), 0);

  const auto file = write_file(folder.path() / "file", "text");
  EXPECT_THAT(refusal([&] { write_columns(file / "set", small(), {}); }), testing::HasSubstr(file.string()));
  EXPECT_EQ(entries(folder.path()), 1);
}

TEST(WriteColumns, WhatIsStoppedLeavesNothing) {
  struct Stopped {};
  for (int last = 1;; ++last) {  // at every checkpoint in turn
    TemporaryFolder folder;
    int calls = 0;
    const auto stop = [&] {
      if (++calls == last) throw Stopped();
    };
    try {
      ASSERT_TRUE(write_columns(folder.path() / "set", small(), {}, stop));
      EXPECT_GT(last, 5);
      return;
    } catch (const Stopped&) {
      EXPECT_EQ(entries(folder.path()), 0) << last;
    }
  }
}

TEST(WriteColumns, OnlyOneOfManyThreadsWrites) {
  TemporaryFolder folder;
  const auto out = folder.path() / "set";
  std::atomic<int> wrote{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) threads.emplace_back([&] { wrote += write_columns(out, small(), {}); });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(wrote, 1);
  EXPECT_EQ(entries(folder.path()), 1);
  EXPECT_EQ(Dataset::open(out, {}).events(), 2);
}

TEST(WriteColumns, OnlyOneOfManyProcessesWrites) {
  TemporaryFolder folder;
  const auto out = folder.path() / "set";
  std::vector<pid_t> children;
  for (int i = 0; i < 4; ++i) {
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) ::_exit(write_columns(out, small(), {}) ? 1 : 0);
    children.push_back(child);
  }
  int wrote = 0;
  for (const pid_t child : children) {
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFEXITED(status));
    wrote += WEXITSTATUS(status);
  }
  EXPECT_EQ(wrote, 1);
  EXPECT_EQ(entries(folder.path()), 1);
  EXPECT_EQ(Dataset::open(out, {}).events(), 2);
}

}  // namespace
}  // namespace pebench::data
