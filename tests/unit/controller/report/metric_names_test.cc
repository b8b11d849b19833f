#include "host/controller/report/metric_names.h"

#include <gmock/gmock.h>

#include "tests/unit/controller/report/results_folder.h"

namespace pebench::report {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(MetricNames, OfATrialsMetric) {
  EXPECT_EQ(measure_name("test.uniform:100.ndcg@10"), "NDCG@10");
  EXPECT_EQ(metric_title("test.uniform:100.ndcg@10"), "NDCG@10 in uniform:100 (biased)");
  EXPECT_EQ(metric_title("test.full.ndcg@10"), "NDCG@10");
  EXPECT_EQ(measure_unit("test.full.mrr"), "mean over test users");
  EXPECT_EQ(measure_unit("valid.full.mrr"), "mean over validation users");
  EXPECT_EQ(ranked_text("test.popular:50.hr@5"),
            "test.popular:50: the target against 50 items drawn by their popularity");
  Study study;
  study.lock.primary = "test.full.mrr";
  EXPECT_THAT(shown_metrics(study), ElementsAre("test.full.hr@10", "test.full.ndcg@10", "test.full.mrr"));
}

TEST(MetricNames, AnyOtherNameStandsAsItIs) {
  for (const char* name : {"NDCG@10", "loss", "test.full.tie_rate", "recall (%)"}) {
    EXPECT_EQ(measure_name(name), name);
    EXPECT_EQ(metric_title(name), name);
    EXPECT_EQ(measure_unit(name), "");
    EXPECT_EQ(ranked_text(name), "");
    Study study;
    study.lock.primary = name;
    EXPECT_THAT(shown_metrics(study), ElementsAre(name));
  }
}

TEST(MetricNames, OfNumbersNotRunHereThePrimaryOneAndTheFirstOthers) {
  Study study;
  study.lock.primary = "c";
  study.origin = Origin{{}, {"a", "b", "c", "d", "e"}, {}};
  EXPECT_THAT(shown_metrics(study), ElementsAre("c", "a", "b", "d"));
}

TEST_F(Report, OfAMetricWithAnyName) {
  lock_.primary = "loss";
  for (const std::uint64_t seed : {1, 2}) {
    add("d", "none", seed, 0.25);
    add("d", "abs", seed, 0.5);
  }
  const std::string text = text_reporter(false)(reports());
  EXPECT_THAT(text, HasSubstr("  encoding             loss"));
  EXPECT_THAT(text, HasSubstr("over the seeds; baseline: none\n"));
  EXPECT_THAT(text, HasSubstr("    loss    "));
  EXPECT_THAT(text, Not(HasSubstr("users")));
}

}  // namespace
}  // namespace pebench::report
