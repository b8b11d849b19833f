#include "host/controller/report/user_side.h"

#include <gmock/gmock.h>

#include "host/controller/report/document.h"
#include "host/controller/report/reporter.h"
#include "host/controller/report/sections.h"

namespace pebench::report {
namespace {

using ::testing::HasSubstr;

constexpr std::size_t seeds = 5;
constexpr std::uint32_t users = 100;
const std::string metric = "test.full.ndcg@10";

contract::Record measured(const std::string& encoding, std::uint64_t seed) {
  contract::Record record;
  record.id = encoding;
  record.result.metrics[metric] = 0.1 + 0.001 * static_cast<double>(seed) + (encoding == "long" ? 0.1 : 0);
  return record;
}

/// Every second user of the data set is ranked; the u-th has 3 + u / 25 events and a target 1000 - u times
/// seen. `long` gives those with more than 4 events 0.2 more, and takes 0.1 from the others.
Study example() {
  Study study;
  study.lock.baseline = "none";
  study.lock.primary = metric;
  TrialTable table{"beauty", nlohmann::json::object(), {}, {}, {}};
  for (const std::string encoding : {"none", "long"}) {
    table.encodings.push_back({encoding, {}, seeds});
    for (std::uint64_t s = 1; s <= seeds; ++s)
      table.encodings.back().records.emplace_back(measured(encoding, s));
  }
  for (std::uint64_t s = 1; s <= seeds; ++s) table.seeds.push_back(s);
  study.tables.push_back(table);
  study.traits = [](const contract::Record&) {
    contract::UserTraits traits;
    for (std::uint32_t u = 0; u < users; ++u) {
      traits.users.push_back(2 * u);
      traits.history.push_back(3 + u / 25);
      traits.popularity.push_back(1000 - u);
      traits.gap.push_back(86400);
    }
    return std::optional(traits);
  };
  study.ranked_users = [](const contract::Record& record, const std::string&) {
    const double seed = record.result.metrics.at(metric);
    UserValues got;
    for (std::uint32_t u = 0; u < users; ++u) {
      got.users.push_back(2 * u);
      const float more = record.id == "none" ? 0 : u >= 50 ? 0.2F : -0.1F;
      got.values.push_back(static_cast<float>(0.01 * (u % 3) + seed * (record.id == "none" ? 1 : 0.5)) +
                           more);
    }
    return std::optional(got);
  };
  return study;
}

TEST(UserSide, TellsForWhomAnEncodingHelps) {
  const auto sides = user_sides(example());
  ASSERT_EQ(sides.size(), 1u);
  const UserSide& side = sides[0];
  ASSERT_EQ(side.encodings.size(), 1u) << "the baseline is compared with nobody";
  EXPECT_EQ(side.encodings[0].encoding, "long");
  EXPECT_EQ(side.encodings[0].seeds, seeds);
  EXPECT_EQ(side.encodings[0].gain, 0.5);
  EXPECT_EQ(side.encodings[0].lose, 0.5);
  const Stratified& history = side.traits[0];
  EXPECT_EQ(history.trait, "events before the target");
  ASSERT_EQ(history.groups.size(), 4u) << "users of one length stay together";
  for (std::size_t g = 0; g < 4; ++g) {
    EXPECT_EQ(history.groups[g].label, std::to_string(3 + g));
    EXPECT_EQ(history.groups[g].users, 25u);
    const GroupDifference& found = history.differences[0][g];
    EXPECT_GT(found.difference * (g < 2 ? -1 : 1), 0) << g;
    ASSERT_TRUE(found.interval);
    EXPECT_LT(found.interval->low, found.difference);
    EXPECT_LE(found.interval->high - found.interval->low, 0.01);
  }
  EXPECT_NEAR(history.groups[0].baseline, 0.103 + 0.01 * 24 / 25, 1e-3);
}

TEST(UserSide, GroupsAreFifthsAndAllUsersAreInOne) {
  const auto side = user_sides(example()).at(0);
  const Stratified& popularity = side.traits[1];
  ASSERT_EQ(popularity.groups.size(), 5u);
  std::size_t all = 0;
  for (const UserGroup& group : popularity.groups) {
    EXPECT_EQ(group.users, 20u);
    all += group.users;
  }
  EXPECT_EQ(all, users);
  EXPECT_EQ(popularity.groups[0].label, "901 to 920");
  ASSERT_EQ(side.traits[2].groups.size(), 1u) << "all have the same gap";
  EXPECT_EQ(side.traits[2].groups[0].label, "1 d 00 h");
}

TEST(UserSide, TwoSeedsHaveNoInterval) {
  Study study = example();
  for (EncodingTrials& trials : study.tables[0].encodings)
    for (std::size_t s = 2; s < seeds; ++s) trials.records[s].reset();
  EXPECT_FALSE(user_sides(study).at(0).traits[0].differences[0][0].interval);
}

TEST(UserSide, IsNotKnownWithoutTraitsOrOfOtherUsers) {
  Study study = example();
  study.traits = [](const contract::Record&) { return std::optional<contract::UserTraits>(); };
  EXPECT_TRUE(user_sides(study).empty());
  study = example();
  study.traits = [](const contract::Record&) {
    return std::optional(contract::UserTraits{{0, 2}, {3, 3}, {1, 1}, {1, 1}});
  };
  EXPECT_TRUE(user_sides(study).empty()) << "some of the ranked users are not among them";
  study.traits = nullptr;
  EXPECT_TRUE(user_sides(study).empty());
}

TEST(UserSide, StandsInTheWholeReportAndDecidesNothing) {
  SuiteReport report;
  report.study = example();
  report.user_sides = user_sides(report.study);
  const std::string text = as_markdown(user_side_section(report));
  EXPECT_THAT(text, HasSubstr("for whom? NDCG@10 by events before the target: beauty"));
  EXPECT_THAT(text, HasSubstr("for how many? NDCG@10: beauty"));
  EXPECT_THAT(text, HasSubstr("50.0 %"));
  EXPECT_THAT(text, HasSubstr("none is a verdict"));
}

}  // namespace
}  // namespace pebench::report
