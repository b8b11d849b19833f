#include "host/contract/candidate_set.h"

#include <gmock/gmock.h>

#include "tests/unit/support/refusal.h"

namespace pebench::contract {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using Kind = CandidateSet::Kind;

TEST(CandidateSet, ReadsTheThreeForms) {
  const auto full = CandidateSet::parse("full", 50);
  EXPECT_EQ(full.kind, Kind::full);
  EXPECT_EQ(full.count, 0);
  EXPECT_EQ(full.name, "full");
  const auto uniform = CandidateSet::parse("uniform:100", 50);
  EXPECT_EQ(uniform.kind, Kind::uniform);
  EXPECT_EQ(uniform.count, 100);
  EXPECT_EQ(uniform.name, "uniform:100");
  const auto popular = CandidateSet::parse("popular:1", 50);
  EXPECT_EQ(popular.kind, Kind::popular);
  EXPECT_EQ(popular.count, 1);
}

TEST(CandidateSet, ReadsThatOfGivenItems) {
  const auto given = CandidateSet::parse("given", 50);
  EXPECT_EQ(given.kind, Kind::given);
  EXPECT_EQ(given.count, 0);
  EXPECT_EQ(given.name, "given");
}

TEST(CandidateSet, TakesTheNumberFromTheLengthOfTheModel) {
  EXPECT_EQ(CandidateSet::parse("uniform:L", 50).count, 50);
  EXPECT_EQ(CandidateSet::parse("popular:L-1", 50).count, 49);
  EXPECT_EQ(CandidateSet::parse("uniform:L-1", 50).name, "uniform:L-1");
}

TEST(CandidateSet, RefusesEverythingElseNamingTheForms) {
  for (const char* text :
       {"", "Full", "full:3", "full ", "uniform", "uniform:", "uniform:0", "uniform:-5", "uniform:+5",
        "uniform:1.5", "uniform:100 ", "uniform:ten", "uniform:L-2", "uniform:l",
        "popular:", "popularity:100", ":100", "uniform:100:2", "uniform:99999999999999999999"})
    EXPECT_THAT(refusal([&] { CandidateSet::parse(text, 50); }),
                AllOf(HasSubstr("'" + std::string(text) + "'"), HasSubstr("\"full\""),
                      HasSubstr("\"uniform:100\""), HasSubstr("\"popular:100\"")));
  EXPECT_THAT(refusal([] { CandidateSet::parse("uniform:L-1", 1); }), HasSubstr("'uniform:L-1'"));
}

}  // namespace
}  // namespace pebench::contract
