#include "host/contract/rank_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "host/base/file.h"
#include "host/base/gzip.h"
#include "host/base/hash.h"
#include "host/base/random.h"
#include "host/contract/damaged.h"
#include "host/contract/whole_record.h"
#include "tests/unit/support/refusal.h"
#include "tests/unit/support/temporary_folder.h"

namespace pebench::contract {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

Ranks example() {
  return {
      std::string(64, 'a'),
      "expected",
      {0, 3, 4, 70000},
      {{"full",
        7,
        {"hr@10", "mrr"},
        {0, 255, 256, 12000},
        {0, 0, 3, 0},
        {12101, 12099, 12101, 11000},
        "lists"},
       {"uniform:100", 7, {"hr@10", "mrr"}, {0, 1, 2, 100}, {0, 0, 0, 0}, {101, 101, 101, 101}, "others"}}};
}

void expect_same(const Ranks& a, const Ranks& b) {
  EXPECT_EQ(a.trial, b.trial);
  EXPECT_EQ(a.ties, b.ties);
  EXPECT_EQ(a.users, b.users);
  ASSERT_EQ(a.sets.size(), b.sets.size());
  for (std::size_t i = 0; i < a.sets.size(); ++i) {
    EXPECT_EQ(a.sets[i].candidates, b.sets[i].candidates);
    EXPECT_EQ(a.sets[i].epoch, b.sets[i].epoch);
    EXPECT_EQ(a.sets[i].measures, b.sets[i].measures);
    EXPECT_EQ(a.sets[i].better, b.sets[i].better);
    EXPECT_EQ(a.sets[i].tied, b.sets[i].tied);
    EXPECT_EQ(a.sets[i].pool, b.sets[i].pool);
    EXPECT_EQ(a.sets[i].lists, b.sets[i].lists);
  }
}

Record record_with(const Ranks& ranks) {
  Record record;
  record.identity = {{"seed", 1}};
  record.id = base::sha256(record.identity.dump());
  record.result.ranks = kept(ranks, {{"test", static_cast<std::int64_t>(ranks.users.size())}});
  return record;
}

TEST(Ranks, ComeBackFromTheirBytes) {
  expect_same(ranks_of(bytes_of(example()), "file"), example());
  expect_same(ranks_of(bytes_of({"id", "expected", {}, {{"full", 0, {}, {}, {}, {}, {}}}}), "file"),
              {"id", "expected", {}, {{"full", 0, {}, {}, {}, {}, {}}}});
}

TEST(Ranks, ComeBackWhereEveryTargetIsFirst) {
  Ranks perfect{std::string(64, 'a'), "expected", {}, {{"full", 1, {"mrr"}, {}, {}, {}, "lists"}}};
  for (std::uint32_t user = 0; user < 5000; ++user) {
    perfect.users.push_back(user);
    perfect.sets[0].better.push_back(0);
    perfect.sets[0].tied.push_back(0);
    perfect.sets[0].pool.push_back(35);
  }
  const std::string bytes = bytes_of(perfect);
  EXPECT_LT(bytes.size(), perfect.users.size()) << "columns of zeros have no bytes";
  expect_same(ranks_of(bytes, "perfect"), perfect);
}

TEST(Ranks, AChangedNumberChangesTheDigest) {
  const std::string digest = digest_of(example());
  EXPECT_EQ(digest, digest_of(example()));
  Ranks changed = example();
  changed.sets[1].tied[2] = 1;
  EXPECT_NE(digest_of(changed), digest);
  changed = example();
  changed.users[3] = 70001;
  EXPECT_NE(digest_of(changed), digest);
  changed = example();
  changed.ties = "first_wins";
  EXPECT_NE(digest_of(changed), digest);
}

TEST(Ranks, BytesOfAnotherKindAreNamed) {
  const std::string whole = bytes_of(example());
  for (const std::string& bytes :
       {std::string(), std::string("{}\n"), whole.substr(0, whole.size() - 1), whole + "a"})
    EXPECT_THAT(refusal([&] { ranks_of(bytes, "some/file"); }),
                AllOf(HasSubstr("some/file is no rank file"), HasSubstr("delete")));
  std::string later = whole;
  later.replace(later.find("\"schema\":1"), 10, "\"schema\":2");
  EXPECT_THAT(refusal([&] { ranks_of(later, "some/file"); }),
              AllOf(HasSubstr("some/file: schema 2"), HasSubstr("another version")));
}

TEST(Ranks, TellWhichSetIsBehindAMetric) {
  Ranks ranks = example();
  EXPECT_EQ(ranks.of(Metric::parse("test.full.mrr")).candidates, "full");
  EXPECT_EQ(ranks.of(Metric::parse("test.uniform:100.hr@10")).candidates, "uniform:100");
  EXPECT_EQ(ranks.of(Metric::parse("test.full.hr@7")).candidates, "full")
      << "one model ranked: any k will do";
  for (const char* unknown : {"valid.full.mrr", "test.popular:100.mrr"})
    EXPECT_THAT(refusal([&] { ranks.of(Metric::parse(unknown)); }), HasSubstr(unknown));

  ranks.sets[1].candidates = "full";
  ranks.sets[1].epoch = 9;
  ranks.sets[0].measures = {"hr@10"};
  ranks.sets[1].measures = {"mrr"};
  EXPECT_EQ(ranks.of(Metric::parse("test.full.hr@10")).epoch, 7);
  EXPECT_EQ(ranks.of(Metric::parse("test.full.mrr")).epoch, 9);
  EXPECT_THAT(refusal([&] { ranks.of(Metric::parse("test.full.hr@7")); }), HasSubstr("test.full.hr@7"))
      << "whose maximum nobody looked for";
}

TEST(Ranks, KeepInTheRecordWhatHoldsForTheWholeSet) {
  Ranks ranks = example();
  EXPECT_EQ(kept(ranks, {}).lists,
            (std::map<std::string, std::string>{{"full", "lists"}, {"uniform:100", "others"}}));
  ranks.sets[1].candidates = "full";  // two epochs, redrawn in between
  EXPECT_TRUE(kept(ranks, {}).lists.empty());
  ranks.sets[1].lists = "lists";
  EXPECT_EQ(kept(ranks, {}).lists.at("full"), "lists");
}

class RankFile : public ::testing::Test {
 protected:
  fs::path file() const { return temporary_.path() / ranks_file; }
  TemporaryFolder temporary_;
};

TEST_F(RankFile, ComesBackAndFitsItsRecord) {
  write_ranks(file(), example());
  const Record record = record_with(example());
  expect_same(*read_ranks(temporary_.path(), record), example());
  check_files_beside(temporary_.path() / record_file, record);
  EXPECT_EQ(read_ranks(temporary_.path(), Record()), std::nullopt) << "a trial that kept none";
}

TEST_F(RankFile, OneThatIsMissingDamagedOrAnothersIsNamed) {
  const Record record = record_with(example());
  const auto said = [&] { return refusal([&] { read_ranks(temporary_.path(), record); }); };
  EXPECT_THAT(said(), AllOf(HasSubstr(file().string() + " is missing"), HasSubstr("restore")));

  Ranks other = example();
  other.sets[0].better[0] = 1;
  write_ranks(file(), other);
  EXPECT_THAT(said(), AllOf(HasSubstr(file().string()), HasSubstr("does not fit the digest")));

  write_ranks(file(), example());
  fs::resize_file(file(), fs::file_size(file()) - 3);
  EXPECT_THAT(said(), AllOf(HasSubstr(file().string()), HasSubstr("damaged")));
  EXPECT_THROW(check_files_beside(temporary_.path() / record_file, record), Damaged);
}

TEST_F(RankFile, TwentyThousandUsersTakeTensOfKilobytesASet) {
  base::Stream random(1, "statistics", "ranks");
  Ranks ranks{std::string(64, 'a'), "expected", {}, {}};
  RankedSet full{"full", 3, {"hr@10"}, {}, {}, {}, {}}, sampled{"uniform:100", 3, {"hr@10"}, {}, {}, {}, {}};
  for (std::uint32_t user = 0; user < 20'000; ++user) {
    ranks.users.push_back(user);
    const double where = random.uniform() * random.uniform();  // low ranks are the rule
    full.better.push_back(static_cast<std::uint32_t>(12'000 * where));
    full.pool.push_back(12'101 - 3 - static_cast<std::uint32_t>(random.below(8)));
    sampled.better.push_back(static_cast<std::uint32_t>(100 * where));
    sampled.pool.push_back(101);
  }
  full.tied.resize(20'000);
  sampled.tied.resize(20'000);
  ranks.sets = {full, sampled};
  write_ranks(file(), ranks);
  EXPECT_LT(fs::file_size(file()), 70'000u);
}

TEST_F(RankFile, ARecordIsWholeWithItsRanksAlone) {
  const SuiteFolder suite(temporary_.path());
  const Record record = record_with(example());
  write_ranks(suite.trial(record.id) / ranks_file, example());
  write_record(suite.record(record.id), record);
  EXPECT_EQ(read_whole_record(suite, record.id).to_json(), record.to_json());

  const std::string another = std::string(64, 'b');
  fs::create_directories(suite.trial(another));
  fs::copy(suite.record(record.id), suite.record(another));
  EXPECT_THAT(refusal([&] { read_whole_record(suite, another); }),
              HasSubstr("the record of another trial, " + record.id));
  fs::remove(suite.trial(record.id) / ranks_file);
  EXPECT_THROW(read_whole_record(suite, record.id), Damaged);
}

}  // namespace
}  // namespace pebench::contract
