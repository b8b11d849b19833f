#include "host/controller/export/sqlite.h"

#include <gmock/gmock.h>
#include <sys/resource.h>

#include <csignal>

#include "host/base/file.h"
#include "tests/unit/controller/export/example.h"
#include "tests/unit/support/refusal.h"

namespace pebench::exporting {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// What a query gives: the cells of a row with | between them, as the program sqlite3 prints them.
class Query {
 public:
  explicit Query(const std::filesystem::path& file) {
    EXPECT_EQ(sqlite3_open_v2(file.c_str(), &database_, SQLITE_OPEN_READONLY, nullptr), SQLITE_OK);
  }
  ~Query() { sqlite3_close(database_); }
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  std::vector<std::string> operator()(const std::string& sql) const {
    std::vector<std::string> rows;
    char* error = nullptr;
    const auto add = [](void* to, int count, char** cells, char**) {
      std::string row;
      for (int i = 0; i < count; ++i) row += (i == 0 ? "" : "|") + std::string(cells[i] ? cells[i] : "NULL");
      static_cast<std::vector<std::string>*>(to)->push_back(row);
      return 0;
    };
    EXPECT_EQ(sqlite3_exec(database_, sql.c_str(), add, &rows, &error), SQLITE_OK) << (error ? error : "");
    return rows;
  }

  double number(const std::string& sql) const {
    sqlite3_stmt* statement = nullptr;
    EXPECT_EQ(sqlite3_prepare_v2(database_, sql.c_str(), -1, &statement, nullptr), SQLITE_OK);
    EXPECT_EQ(sqlite3_step(statement), SQLITE_ROW);
    const double value = sqlite3_column_double(statement, 0);
    sqlite3_finalize(statement);
    return value;
  }

 private:
  sqlite3* database_ = nullptr;
};

class Database : public Example {
 protected:
  const std::filesystem::path out_ = temporary_.path() / "new" / "example.sqlite";
};

TEST_F(Database, HasEveryPlannedTrial) {
  const Exported told = export_to(out_, Format::sqlite);
  EXPECT_EQ(told.planned, 3u);
  EXPECT_THAT(told.outcomes, ElementsAre(testing::Pair("crashed", 1u), testing::Pair("ok", 1u)));
  const Query query(out_);
  EXPECT_THAT(
      query("SELECT trial, suite, dataset, encoding, variant, sweep, seed, status, reason FROM trial"),
      ElementsAre("1|example|beauty|none|clean|{\"model.max_len\":20,\"variant\":\"clean\"}|1|ok|",
                  "2|example|beauty|rope, \"turned\"|clean|{\"model.max_len\":20,\"variant\":\"clean\"}|2|"
                  "crashed|it ended by SIGSEGV:\n\"see log.txt\"",
                  "3|example|beauty|rope, \"turned\"|clean|{\"model.max_len\":20,\"variant\":\"clean\"}|3|"
                  "missing|"));
  EXPECT_THAT(query("SELECT id FROM trial"),
              ElementsAre(lock_.trials[0].id, lock_.trials[1].id, lock_.trials[2].id));
  EXPECT_THAT(
      query("SELECT chosen_epoch, epochs, parameters, encoding_parameters, seconds, memory_peak_bytes, "
            "host, source_commit, started, finished, attempts, threads FROM trial WHERE trial = 1"),
      ElementsAre("1|2|1000|10|12.5|5000000000|here|4be1c2d09a3f|2026-05-14T10:15:30Z|"
                  "2026-05-14T10:15:43Z|1|1"));
  EXPECT_THAT(query("SELECT seconds, host FROM trial WHERE trial = 3"), ElementsAre("NULL|NULL"));
}

TEST_F(Database, HasTheNumbersToTheBit) {
  export_to(out_, Format::sqlite);
  const Query query(out_);
  EXPECT_EQ(query.number("SELECT value FROM metric WHERE name = 'valid.full.mrr'"), 0.1 + 0.2);
  EXPECT_THAT(query("SELECT trial, name, chance FROM metric"),
              ElementsAre("1|test.full.mrr|0.01", "1|valid.full.mrr|NULL"));
  EXPECT_THAT(query("SELECT * FROM baseline_metric"), ElementsAre("1|markov|test.full.mrr|0.25"));
  EXPECT_THAT(query("SELECT * FROM epoch"), ElementsAre("1|1|3.5|1.25|0.5|0.125", "1|2|3.25|1.0|0.25|NULL"));
  EXPECT_THAT(query("SELECT trial, epoch, name FROM epoch_metric"), ElementsAre("1|1|valid.full.mrr"));
  EXPECT_THAT(query("SELECT suite, baseline, primary_metric, alpha, equivalence_share, text FROM suite"),
              ElementsAre("example|none|test.full.ndcg@10|0.05|NULL|" + lock_.text));
  EXPECT_THAT(query("PRAGMA user_version"), ElementsAre("1"));
}

TEST_F(Database, HasSettingsAsTheTypesThatTheyAre) {
  export_to(out_, Format::sqlite);
  EXPECT_THAT(Query(out_)("SELECT key, value, typeof(value) FROM setting WHERE trial = 1"),
              ElementsAre("encoder.id|none|text", "encoder.options.base|10000.0|real", "eval.k|[5,10]|text",
                          "model.blocks|2|integer", "model.item_max_norm|NULL|null", "seed|1|integer"));
}

TEST_F(Database, HasRanksWhereTheyAreWanted) {
  export_to(out_, Format::sqlite);
  EXPECT_THAT(Query(out_)("SELECT name FROM sqlite_master WHERE name LIKE 'rank%'"), IsEmpty());
  const auto other = temporary_.path() / "with_ranks.sqlite";
  export_to(other, Format::sqlite, true);
  const Query query(other);
  EXPECT_THAT(query("SELECT * FROM rank"), ElementsAre("1|full|1|3|0|0|99", "1|full|1|7|1|0|98"));
  EXPECT_THAT(query("SELECT * FROM ranked_set"), ElementsAre("1|full|1|mrr|expected|l"));
  EXPECT_THAT(query("SELECT * FROM recommendation"), ElementsAre("1|3|1|50", "1|3|2|51", "1|7|1|60"));
}

/// While it lives no file may grow beyond so many bytes, as on a disk that is full.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit now{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &now);
  }
  ~FullDisk() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  void (*handler_)(int);
  rlimit before_{};
};

TEST_F(Database, LeavesNothingWhereTheDiskIsFull) {
  for (const Format format : {Format::sqlite, Format::csv, Format::mlflow}) {
    const FullDisk disk(100);
    EXPECT_THAT(refusal([&] { export_to(temporary_.path() / "out", format); }),
                HasSubstr("cannot write " + temporary_.path().string()));
    EXPECT_THAT(left(), IsEmpty());
  }
}

TEST_F(Database, RefusesTheSameRowTwice) {
  const std::vector<const Table*> tables = schema().tables(false);
  SqliteSink sink(temporary_.path() / "twice.sqlite", tables);
  const Row row = {std::int64_t{1}, std::string("a"), 0.5, Cell()};
  sink.add(schema().metric, row);
  EXPECT_THROW(sink.add(schema().metric, row), std::runtime_error);
}

}  // namespace
}  // namespace pebench::exporting
