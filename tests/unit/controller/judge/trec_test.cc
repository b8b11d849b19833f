#include "host/controller/judge/trec.h"

#include <gmock/gmock.h>

#include "tests/unit/support/refusal.h"

namespace pebench::judge {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// As trec_eval -q prints it.
const std::string per_query =
    "num_ret               \t301\t1000\n"
    "map                   \t301\t0.2500\n"
    "P_5                   \t301\t0.4000\n"
    "map                   \t302\t0.7500\n"
    "P_5                   \t302\t0.2000\n"
    "runid                 \tall\tbm25\n"
    "num_q                 \tall\t2\n"
    "map                   \tall\t0.5000\n"
    "gm_map                \tall\t0.4330\n"
    "P_5                   \tall\t0.3000\n";

TEST(Trec, RunsAreNamed) {
  const TrecRun run = TrecRun::parse("robust/bm25:b=0.4:7=runs/x=1.txt");
  EXPECT_EQ(run.encoding, "bm25") << "NAME ends at the first =";
  EXPECT_EQ(run.file, "0.4:7=runs/x=1.txt");
}

TEST(Trec, ADatasetAndASeedAreOptional) {
  TrecRun run = TrecRun::parse("robust/bm25:7=runs/x=1.txt");
  EXPECT_EQ(run.dataset, "robust");
  EXPECT_EQ(run.encoding, "bm25");
  EXPECT_EQ(run.seed, "7");
  EXPECT_EQ(run.file, "runs/x=1.txt");
  run = TrecRun::parse("bm25=runs/x.txt");
  EXPECT_FALSE(run.dataset || run.seed);
  for (const char* text : {"bm25", "bm25=", "=x", "/a=x", "a:=x", "d/=x"})
    EXPECT_THAT(refusal([&] { TrecRun::parse(text); }), HasSubstr("expected [DATASET/]NAME[:SEED]=FILE"));
}

TEST(Trec, QueriesAreUsersAndTheirSumsAreLeftOut) {
  Numbers numbers;
  add_trec(per_query, {std::nullopt, "bm25", "1", "q.txt"}, "queries", numbers);
  EXPECT_THAT(numbers.metrics, ElementsAre("map", "P_5"));
  ASSERT_EQ(numbers.rows.size(), 2u);
  EXPECT_EQ(numbers.rows[1].user, "302");
  EXPECT_EQ(numbers.rows[1].values[0].number, 0.75);
  EXPECT_EQ(numbers.rows[1].values[0].place.line, 4);
  EXPECT_EQ(numbers.rows[0].dataset, "queries");
  EXPECT_TRUE(numbers.has_seeds);
}

TEST(Trec, WithoutQueriesTheWholeIsTaken) {
  Numbers numbers;
  add_trec("map \tall\t0.5\ngm_map \tall\t0.4\n", {"robust", "bm25", std::nullopt, "q.txt"}, "queries",
           numbers);
  EXPECT_THAT(numbers.metrics, ElementsAre("map", "gm_map"));
  EXPECT_FALSE(numbers.rows.at(0).user);
  EXPECT_EQ(numbers.rows[0].dataset, "robust");
  EXPECT_FALSE(numbers.has_seeds);
}

TEST(Trec, EveryFileWithoutASeedIsARun) {
  Numbers numbers;
  add_trec(per_query, {std::nullopt, "bm25", std::nullopt, "1.txt"}, "queries", numbers);
  add_trec(per_query, {std::nullopt, "bm25", std::nullopt, "2.txt"}, "queries", numbers);
  EXPECT_NE(numbers.rows.front().run, numbers.rows.back().run);
  EXPECT_EQ(numbers.rows.back().file, 1u);
  EXPECT_THAT(refusal([&] {
                add_trec(per_query, {std::nullopt, "x", "1", "3.txt"}, "queries", numbers);
              }),
              HasSubstr("some files are given with a seed and some without"));
}

TEST(Trec, RefusesEverythingElseWithTheLine) {
  const auto refused = [](const char* text) {
    Numbers numbers;
    return refusal([&] { add_trec(text, {std::nullopt, "a", "1", "q.txt"}, "queries", numbers); });
  };
  EXPECT_THAT(refused("map\t301\t0.5\nmap\t302\n"),
              HasSubstr("q.txt:2:1: 2 fields where trec_eval -q prints three"));
  EXPECT_THAT(refused("map\t301\tx\n"),
              HasSubstr("q.txt:1:9: \"x\" where the value of map belongs, a number"));
  EXPECT_THAT(refused("runid\tall\tbm25\n"), HasSubstr("q.txt holds no measures; make it with trec_eval -q"));
}

}  // namespace
}  // namespace pebench::judge
