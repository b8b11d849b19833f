#include "host/controller/export/export.h"

#include <gmock/gmock.h>

#include <fstream>

#include "host/base/file.h"
#include "host/contract/damaged.h"
#include "host/controller/export/table.h"
#include "tests/unit/controller/export/example.h"
#include "tests/unit/support/refusal.h"

namespace pebench::exporting {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr Format formats[] = {Format::sqlite, Format::csv, Format::mlflow};

void append_to(const fs::path& file) { std::ofstream(file, std::ios::app) << "x"; }

TEST_F(Example, ReplacesNothing) {
  const fs::path out = temporary_.path() / "out";
  for (const Format format : formats) {
    std::ofstream(out) << "mine";
    EXPECT_THAT(refusal([&] { export_to(out, format); }),
                AllOf(HasSubstr(out.string()), HasSubstr("exists already: remove it or name another")));
    EXPECT_EQ(base::read_file(out), "mine");
    fs::remove(out);
    fs::create_directory(out);
    EXPECT_THAT(refusal([&] { export_to(out, format); }), HasSubstr("exists already"));
    fs::remove(out);
  }
  EXPECT_THAT(left(), IsEmpty());
}

TEST_F(Example, LeavesNothingWhereItEndsEarly) {
  for (const Format format : formats) {
    const auto ended = [](std::size_t done, std::size_t) {
      if (done == 1) throw std::runtime_error("Ctrl-C");
    };
    EXPECT_THROW(export_results({folder_}, {format, temporary_.path() / "out"}, ended), std::runtime_error);
    EXPECT_THAT(left(), IsEmpty());
  }
}

TEST_F(Example, RefusesAPlaceWithinAFile) {
  for (const Format format : formats)
    EXPECT_THAT(refusal([&] { export_to(folder_.lock() / "out", format); }), HasSubstr("Not a directory"));
}

TEST_F(Example, TellsHowFarItIs) {
  std::vector<std::size_t> steps;
  for (const Format format : formats) {
    steps.clear();
    export_results({folder_}, {format, temporary_.path() / std::to_string(static_cast<int>(format))},
                   [&](std::size_t done, std::size_t all) {
                     EXPECT_EQ(all, 3u);
                     steps.push_back(done);
                   });
    EXPECT_THAT(steps, ElementsAre(0u, 1u, 2u));
  }
}

TEST_F(Example, NamesADamagedRecordAndHasItsTrialWithoutNumbers) {
  append_to(folder_.record(lock_.trials[0].id));
  const fs::path out = temporary_.path() / "out";
  const Exported told = export_to(out, Format::csv, true);
  EXPECT_THAT(told.damaged, ElementsAre(HasSubstr(folder_.record(lock_.trials[0].id).string())));
  const std::string trials = base::read_file(out / "trial.csv");
  EXPECT_THAT(trials, HasSubstr(",1,damaged,\"" + folder_.record(lock_.trials[0].id).string()));
  EXPECT_EQ(base::read_file(out / "metric.csv"), "trial,name,value,chance\r\n");
  EXPECT_THAT(base::read_file(out / "rank.csv"), Not(HasSubstr("full")));
}

TEST_F(Example, RefusesALinkThatLeadsNowhereAndNoName) {
  const fs::path link = temporary_.path() / "link";
  fs::create_symlink(temporary_.path() / "nowhere", link);
  for (const Format format : {Format::sqlite, Format::csv, Format::mlflow})
    EXPECT_THAT(refusal([&] { export_to(link, format); }), HasSubstr("exists already"));
  EXPECT_TRUE(fs::is_symlink(link));
  EXPECT_THAT(refusal([&] { export_to("", Format::sqlite); }), HasSubstr("name the file or folder"));
}

TEST_F(Example, NamesDamagedRanksAndADamagedLock) {
  append_to(folder_.trial(lock_.trials[0].id) / contract::ranks_file);
  EXPECT_THAT(export_to(temporary_.path() / "out", Format::mlflow).damaged,
              ElementsAre(HasSubstr(contract::ranks_file)));
  append_to(folder_.lock());
  EXPECT_THAT(refusal([&] { export_to(temporary_.path() / "other", Format::sqlite); }),
              HasSubstr(folder_.lock().string()));
}

TEST_F(Example, TakesSeveralSuitesUnlessTheyHaveOneName) {
  const contract::SuiteFolder copy(temporary_.path() / "copy");
  fs::copy(folder_.path(), copy.path(), fs::copy_options::recursive);
  const auto both = [&](const char* out) {
    return export_results({folder_, copy}, {Format::csv, temporary_.path() / out});
  };
  EXPECT_THAT(refusal([&] { both("one"); }),
              AllOf(HasSubstr("are both called example"), HasSubstr("one by one")));
  lock_.suite = "second";
  results::write_lock(copy.lock(), lock_);
  const Exported told = both("two");
  EXPECT_THAT(told.suites, ElementsAre("example", "second"));
  EXPECT_EQ(told.planned, 6u);
  EXPECT_THAT(base::read_file(temporary_.path() / "two" / "trial.csv"),
              AllOf(HasSubstr("\n3,example,"), HasSubstr("\n4,second,")));
}

TEST_F(Example, RefusesASeedThatADatabaseCannotHold) {
  contract::Record record = planned("none", 9223372036854775808u);
  results::write_lock(folder_.lock(), lock_);
  EXPECT_THAT(refusal([&] { export_to(temporary_.path() / "out", Format::sqlite); }),
              HasSubstr("seed 9223372036854775808"));
}

/// docs/export.md has every table and every column.
TEST(Schema, IsDocumented) {
  const std::string page = base::read_file(PEBENCH_SOURCE_DIR "/docs/export.md");
  for (const Table* table : schema().tables(true)) {
    const std::size_t begin = page.find(std::string("\n| `") + table->name + "` |");
    ASSERT_NE(begin, std::string::npos) << table->name;
    const std::string row = page.substr(begin + 1, page.find('\n', begin + 1) - begin);
    for (const Column& column : table->columns)
      EXPECT_THAT(row, HasSubstr(std::string("`") + column.name + "`")) << table->name;
  }
}

}  // namespace
}  // namespace pebench::exporting
