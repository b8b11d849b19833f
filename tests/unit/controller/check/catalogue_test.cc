#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <string>

#include "host/base/error.h"
#include "host/contract/check_catalogue.h"
#include "host/controller/check/selection.h"

namespace pebench::check {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

TEST(Catalogue, HasEveryIdOnceInGroupsInOrder) {
  std::set<std::string_view> ids;
  std::vector<std::string> groups;
  for (const Row& row : catalogue()) {
    EXPECT_TRUE(ids.insert(row.id).second) << row.id;
    EXPECT_TRUE(std::regex_match(std::string(row.id), std::regex("[a-z]+\\.[a-z][a-z0-9_]*"))) << row.id;
    const std::string group(group_of(row.id));
    if (groups.empty() || groups.back() != group) groups.push_back(group);
  }
  EXPECT_THAT(groups, ElementsAre("library", "life", "numbers", "meaning"));
}

TEST(Catalogue, SaysWhatHoldsAndLimitsTheTime) {
  for (const Row& row : catalogue()) {
    EXPECT_GT(row.sentence.size(), 10u) << row.id;
    EXPECT_LE(row.sentence.size(), 76u) << row.id;  // fits beside outcome and id
    EXPECT_NE(row.sentence.back(), '.') << row.id;
    EXPECT_GE(row.limit, std::chrono::seconds(10)) << row.id;
    EXPECT_TRUE(row.about == About::encoder || group_of(row.id) == "library") << row.id;
  }
}

TEST(Catalogue, NamesOutcomesBothWays) {
  for (const char* name : {"pass", "warn", "fail", "crash", "timeout", "skip"})
    EXPECT_EQ(name_of(outcome_of(name)), name);
  EXPECT_THROW(outcome_of("passed"), std::invalid_argument);
}

const std::vector<Row> rows = {{"library.loads", "", {}}, {"life.begin", "", {}}, {"life.memory", "", {}}};

std::vector<std::string_view> selected(const std::vector<std::string>& words) {
  std::vector<std::string_view> ids;
  for (const Row* row : select_rows(words, rows)) ids.push_back(row->id);
  return ids;
}

TEST(Selection, TakesIdsAndTheirBeginnings) {
  EXPECT_THAT(selected({}), ElementsAre("library.loads", "life.begin", "life.memory"));
  EXPECT_THAT(selected({"life"}), ElementsAre("life.begin", "life.memory"));
  EXPECT_THAT(selected({"life.memory", "library"}), ElementsAre("library.loads", "life.memory"));
}

TEST(Selection, RefusesAWordThatNoIdBeginsWith) {
  EXPECT_THAT(
      [] {
        selected({"life", "life.memroy"});
      },
      ThrowsMessage<base::InputError>(HasSubstr("did you mean \"life.memory\"?")));
  EXPECT_THAT([] { selected({"zebra"}); },
              ThrowsMessage<base::InputError>(HasSubstr("pebench check --list")));
  EXPECT_THAT([] { selected({""}); }, ThrowsMessage<base::InputError>(HasSubstr("begins with \"\"")));
}

}  // namespace
}  // namespace pebench::check
