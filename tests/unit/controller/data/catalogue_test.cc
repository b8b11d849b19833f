#include "host/controller/data/catalogue.h"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <set>
#include <thread>

#include "tests/unit/data/raw_data.h"
#include "tests/unit/support/environment.h"

namespace pebench::data {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;

class Catalogue : public RawData {
 protected:
  const fs::path cache_ = fs::canonical(folder_.path()) / "cache";
  const EnvironmentVariable cache_variable_{"PEBENCH_CACHE", cache_.string()};
  const EnvironmentVariable own_data_{"XDG_DATA_HOME", (fs::canonical(folder_.path()) / "own").string()};

  fs::path make(const fs::path& relative) const {
    const auto path = fs::canonical(folder_.path()) / relative;
    fs::create_directories(path);
    return path;
  }
  std::ptrdiff_t cached() const { return std::distance(fs::directory_iterator(cache_ / "data"), {}); }
};

/// What would change if the file were written again.
auto identity(const fs::path& path) {
  struct ::stat found {};
  EXPECT_EQ(::stat(path.c_str(), &found), 0) << path;
  return std::tuple(found.st_ino, found.st_mtim.tv_sec, found.st_mtim.tv_nsec);
}

TEST_F(Catalogue, LooksInTheSuitesFolderThenInTheDataFoldersInTheirOrder) {
  const auto suite = make("suites"), first = make("first"), second = make("second");
  EnvironmentVariable data("PEBENCH_DATA", first.string() + ":" + second.string());
  make("second/set");
  EXPECT_EQ(resolve("set", suite), second / "set");
  make("first/set");
  EXPECT_EQ(resolve("set", suite), first / "set");
  make("suites/set");
  EXPECT_EQ(resolve("set", suite), suite / "set");
  EXPECT_EQ(resolve("../second/set", suite), second / "set");
  EXPECT_EQ(resolve((second / "set").string(), suite), second / "set");
}

TEST_F(Catalogue, ListsThePlacesWhereNothingWasFound) {
  const auto suite = make("suites"), first = make("first"), second = make("second");
  {
    EnvironmentVariable data("PEBENCH_DATA", first.string() + "::" + second.string());
    EXPECT_THAT(
        refusal([&] { resolve("set", suite); }),
        AllOf(HasSubstr("'set'"), HasSubstr((suite / "set").string()), HasSubstr((first / "set").string()),
              HasSubstr((second / "set").string()), HasSubstr("PEBENCH_DATA")));
    const auto absolute = refusal([&] { resolve((suite / "set").string(), suite); });
    EXPECT_THAT(absolute, HasSubstr((suite / "set").string()));
    EXPECT_THAT(absolute, testing::Not(HasSubstr(first.string())));
    write_file(suite / "file", "no folder");
    EXPECT_THAT(refusal([&] { resolve("file", suite); }),
                HasSubstr((suite / "file").string() + " (a file, no folder)"));
  }
  EnvironmentVariable data("PEBENCH_DATA", std::nullopt);
  EXPECT_THAT(refusal([&] { resolve("set", suite); }),
              AllOf(HasSubstr((folder_.path() / "own/pebench/data/set").string()),
                    HasSubstr("name the folder that holds it in PEBENCH_DATA, or make it with `pebench data "
                              "import`")));
}

TEST_F(Catalogue, LooksInTheUsersOwnFolderLast) {
  const auto suite = make("suites"), listed = make("listed"), own = make("own/pebench/data/set");
  const EnvironmentVariable data("PEBENCH_DATA", listed.string());
  EXPECT_EQ(resolve("set", suite), own);
  make("listed/set");
  EXPECT_EQ(resolve("set", suite), listed / "set");
}

TEST_F(Catalogue, SuggestsTheNearestNameWhereverItLies) {
  const auto suite = make("suites"), listed = make("listed");
  const EnvironmentVariable data("PEBENCH_DATA", listed.string());
  write_file(listed / "amazon_beauty/interactions.tsv.gz", "");
  write_file(suite / "sets/shop/dataset.json", "");
  make("listed/amazon_beautx");  // no data set
  EXPECT_THAT(refusal([&] { resolve("amazon_beuaty", suite); }),
              HasSubstr("did you mean \"amazon_beauty\"?"));
  EXPECT_THAT(refusal([&] { resolve("sets/shpo", suite); }), HasSubstr("did you mean \"sets/shop\"?"));
  EXPECT_THAT(refusal([&] { resolve("films", suite); }), testing::Not(HasSubstr("did you mean")));
}

TEST_F(Catalogue, ListsTheDataSetsOfAllFolders) {
  const auto first = make("first"), second = make("second");
  const EnvironmentVariable data(
      "PEBENCH_DATA", first.string() + ":" + second.string() + ":" + (second / "missing").string());
  EXPECT_TRUE(all_data_sets().empty());
  write_file(first / "shop/interactions.tsv", "");
  write_file(second / "shop/dataset.json", "");
  write_file(second / "films/dataset.json", "");
  write_file(second / "notes/readme.txt", "");
  const auto all = all_data_sets();
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].name, "films");
  EXPECT_TRUE(all[0].imported);
  EXPECT_EQ(all[1].folder, first / "shop");
  EXPECT_FALSE(all[1].imported);
}

TEST_F(Catalogue, SaysHowToHaveAnotherCache) {
  write_file(cache_, "a file");
  const auto raw = interactions(header + "a\tx\t1\n").parent_path();
  EXPECT_THAT(refusal([&] { imported(raw); }),
              AllOf(HasSubstr("Not a directory"), HasSubstr("PEBENCH_CACHE names another")));
  const EnvironmentVariable none("PEBENCH_CACHE", std::nullopt), no_desktop("XDG_CACHE_HOME", std::nullopt),
      no_home("HOME", std::nullopt);
  EXPECT_THAT(refusal([&] { imported(raw); }), HasSubstr("set PEBENCH_CACHE or HOME"));
}

TEST_F(Catalogue, ReturnsAnImportedFolderAsItIs) {
  import(header + "a\tx\t1\n");
  EXPECT_EQ(imported(out()), out());
  EXPECT_FALSE(fs::exists(cache_));
}

TEST_F(Catalogue, ImportsARawFolderOnce) {
  const auto raw = interactions(header + "a\tx\t1\na\ty\t2\n").parent_path();
  items("{\"item\": \"x\", \"brand\": \"A\"}\n");
  const auto folder = imported(raw);
  EXPECT_EQ(folder.parent_path(), cache_ / "data");
  EXPECT_EQ(Dataset::open(folder, {"brand"}).events(), 2);
  const auto before = identity(folder / file::meta);
  EXPECT_EQ(imported(raw), folder);
  EXPECT_EQ(identity(folder / file::meta), before);
  EXPECT_EQ(cached(), 1);
}

TEST_F(Catalogue, KnowsARawFolderByItsContent) {
  const auto raw = interactions(header + "a\tx\t1\n").parent_path();
  const auto bare = imported(raw);
  items("{\"item\": \"x\", \"brand\": \"A\"}\n");
  const auto with_items = imported(raw);
  items("{\"item\": \"x\", \"brand\": \"B\"}\n");
  const auto other_items = imported(raw);
  interactions(header + "a\tx\t2\n");
  const auto other_events = imported(raw);
  EXPECT_EQ(std::set<fs::path>({bare, with_items, other_items, other_events}).size(), 4u);

  fs::copy(raw, make("copy"));
  EXPECT_EQ(imported(make("copy")), other_events);
}

TEST_F(Catalogue, TakesCompressedRawFiles) {
  const auto raw = make("compressed");
  write_file(raw / "interactions.tsv.gz", gzip(header + "a\tx\t1\n"));
  write_file(raw / "items.jsonl.gz", gzip("{\"item\": \"x\", \"brand\": \"A\"}\n"));
  EXPECT_EQ(Dataset::open(imported(raw), {"brand"}).attributes(), 1);
}

TEST_F(Catalogue, RefusesAFolderOfNeitherKind) {
  const auto folder = make("pictures");
  EXPECT_THAT(refusal([&] { imported(folder); }),
              AllOf(HasSubstr(folder.string()), HasSubstr(file::meta), HasSubstr("interactions.tsv.gz"),
                    HasSubstr("name a folder")));
  EXPECT_THAT(refusal([&] { imported(folder / "missing"); }), HasSubstr((folder / "missing").string()));
}

TEST_F(Catalogue, LeavesNothingInTheCacheOfAMalformedFile) {
  const auto raw = interactions(header + "a\tx\tnever\n").parent_path();
  EXPECT_THAT(refusal([&] { imported(raw); }), HasSubstr("interactions.tsv:2: "));
  EXPECT_FALSE(fs::exists(cache_ / "data"));
}

TEST_F(Catalogue, TwoImportsAtOnceShareOneResult) {
  std::string text = header;
  for (int i = 0; i < 20'000; ++i)
    text += "u" + std::to_string(i % 500) + "\ti" + std::to_string(i % 311) + "\t1\n";
  const auto raw = interactions(text).parent_path();
  std::vector<pid_t> children;
  for (int i = 0; i < 2; ++i) {
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      bool whole = false;
      try {
        whole = Dataset::open(imported(raw), {}).events() == 20'000;
      } catch (const std::exception&) {
      }
      ::_exit(whole ? 0 : 1);
    }
    children.push_back(child);
  }
  std::vector<std::thread> threads;
  std::array<std::int64_t, 3> events{};
  for (auto& count : events) threads.emplace_back([&] { count = Dataset::open(imported(raw), {}).events(); });
  for (auto& thread : threads) thread.join();
  EXPECT_THAT(events, testing::Each(20'000));
  for (const pid_t child : children) {
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  }
  EXPECT_EQ(cached(), 1);
}

TEST_F(Catalogue, GeneratesOnce) {
  const SyntheticSettings settings{"none", 12, 20, 3};
  const auto folder = generated(settings);
  EXPECT_EQ(Dataset::open(folder, {"group"}).users(), 12);
  const auto before = identity(folder / file::meta);
  EXPECT_EQ(generated(settings), folder);
  EXPECT_EQ(identity(folder / file::meta), before);
  EXPECT_EQ(cached(), 1);
  for (const SyntheticSettings& other : {SyntheticSettings{"position", 12, 20, 3},
                                         {"none", 13, 20, 3},
                                         {"none", 12, 21, 3},
                                         {"none", 12, 20, 4}})
    EXPECT_NE(generated(other), folder);
  EXPECT_EQ(cached(), 5);
  SyntheticSettings longer = settings;
  longer.length = {6, 21};
  EXPECT_NE(generated(longer), folder);
  longer.length = {6, 20};
  EXPECT_EQ(generated(longer), folder) << "as it is without one";
  EXPECT_EQ(cached(), 6);
  EXPECT_THROW(generated({"time", 12, 20, 3}), base::InputError);
  EXPECT_EQ(cached(), 6);
}

}  // namespace
}  // namespace pebench::data
