#include "host/controller/report/known_answer.h"

#include <gmock/gmock.h>

#include "host/controller/report/reporter.h"
#include "host/controller/report/sections.h"
#include "tests/unit/controller/report/results_folder.h"

namespace pebench::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class KnownAnswers : public Report {
 protected:
  void reach(const std::string& dataset, const std::string& knows, double value, bool exact = true) {
    lock_.reachable.push_back({dataset, nlohmann::json::object(), knows, exact, {{lock_.primary, value}}});
  }
  void reach_all(const std::string& dataset, double best, double order, double times, double neither) {
    reach(dataset, "order and times", best);
    reach(dataset, "order", order);
    reach(dataset, "times", times);
    reach(dataset, "neither", neither);
    reach(dataset, "chance", 0.01);
  }
};

TEST_F(KnownAnswers, SharesAreOfWhatTheMissingKnowledgeIsWorth) {
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    add("interval", "none", seed, 0.10);
    add("interval", "rope", seed, 0.28 + 0.01 * static_cast<double>(seed));  // mean .30, SD .01
  }
  reach_all("interval", 0.50, 0.20, 0.10, 0.05);
  const auto answers = reports().at(0).known_answers;
  ASSERT_EQ(answers.size(), 1u);
  const KnownAnswer& answer = answers[0];
  EXPECT_NEAR(answer.worth_of_order(), 0.40, 1e-12);
  EXPECT_NEAR(answer.worth_of_times(), 0.30, 1e-12);
  const EncodingShares &none = answer.encodings.at(0), &rope = answer.encodings.at(1);
  EXPECT_NEAR(none.order->value, 0, 1e-12);
  EXPECT_NEAR(none.times->value, (0.10 - 0.20) / 0.30, 1e-12) << "below what the order alone gives";
  EXPECT_NEAR(rope.order->value, 0.5, 1e-12);
  EXPECT_NEAR(rope.times->value, 1.0 / 3, 1e-12);
  // Student's 4.303 at two degrees of freedom, times .01 / sqrt(3), over the worth.
  ASSERT_TRUE(rope.order->interval);
  EXPECT_NEAR(rope.order->interval->high - rope.order->value, 4.3027 * 0.01 / std::sqrt(3.0) / 0.40, 1e-4);
}

TEST_F(KnownAnswers, WhatIsWorthNothingHasNoShares) {
  add("position", "none", 1, 0.3);
  reach_all("position", 0.50, 0.50, 0.25, 0.25);
  const auto answers = reports().at(0).known_answers;
  ASSERT_EQ(answers.size(), 1u);
  EXPECT_FALSE(answers[0].encodings[0].times);
  ASSERT_TRUE(answers[0].encodings[0].order);
  EXPECT_NEAR(answers[0].encodings[0].order->value, 0.2, 1e-12);
  EXPECT_FALSE(answers[0].encodings[0].order->interval) << "one seed";
}

TEST_F(KnownAnswers, IsShownInEveryFormat) {
  for (std::uint64_t seed = 1; seed <= 2; ++seed) add("position", "rope", seed, 0.4);
  reach_all("position", 0.50, 0.50, 0.30, 0.30);
  for (const Reporter& reporter : {text_reporter(false), summary_reporter(false), markdown_reporter()}) {
    const std::string shown = reporter(reports());
    EXPECT_THAT(shown, HasSubstr("of what can be reached: position"));
    EXPECT_THAT(shown, HasSubstr("50 %"));
    EXPECT_THAT(shown, HasSubstr("the best who knows order and times"));
    EXPECT_THAT(shown, Not(HasSubstr("was sampled")));
  }
  EXPECT_THAT(latex_reporter()(reports()), HasSubstr("of what can be reached: position"));
}

TEST_F(KnownAnswers, SaysWhereTheBestWasSampled) {
  add("recency", "rope", 1, 0.4);
  reach_all("recency", 0.50, 0.40, 0.30, 0.30);
  lock_.reachable[2].exact = false;
  EXPECT_THAT(text_reporter(false)(reports()), HasSubstr("was sampled in part"));
}

TEST_F(KnownAnswers, AreOfGeneratedDataAlone) {
  add("beauty", "rope", 1, 0.4);
  EXPECT_TRUE(reports().at(0).known_answers.empty());
  EXPECT_THAT(text_reporter(false)(reports()), Not(HasSubstr("can be reached")));
  reach("beauty", "order", 0.4);  // of an incomplete lock
  EXPECT_TRUE(reports().at(0).known_answers.empty());
}

}  // namespace
}  // namespace pebench::report
