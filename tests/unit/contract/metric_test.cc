#include "host/contract/metric.h"

#include <gmock/gmock.h>

#include "tests/unit/support/refusal.h"

namespace pebench::contract {
namespace {

TEST(Metric, ReadsWhatItWrites) {
  for (const char* text : {"test.full.ndcg@10", "valid.uniform:100.hr@5", "test.popular:L-1.mrr"})
    EXPECT_EQ(Metric::parse(text).name(), text);
  const Metric metric = Metric::parse("valid.uniform:100.hr@5");
  EXPECT_EQ(metric.sample, "valid");
  EXPECT_EQ(metric.candidates, "uniform:100");
  EXPECT_EQ(metric.measure, "hr");
  EXPECT_EQ(metric.k, 5);
  EXPECT_EQ(Metric::parse("test.full.mrr").k, std::nullopt);
}

TEST(Metric, NamesOthersOfTheSameSampleAndCandidates) {
  const Metric metric = Metric::parse("test.full.ndcg@10");
  EXPECT_EQ(metric.with("hr", 5).name(), "test.full.hr@5");
  EXPECT_EQ(metric.with("mrr", std::nullopt).name(), "test.full.mrr");
  EXPECT_EQ(metric_name("test", "full", "tie_rate"), "test.full.tie_rate");
}

TEST(Metric, RefusesEverythingElseShowingTheGrammar) {
  for (const char* text :
       {"", "ndcg@10", "full.ndcg@10", "train.full.ndcg@10", "test.full.ndcg", "test.full.mrr@10",
        "test.full.ndcg@0", "test.full.ndcg@10 ", "test..ndcg@10", "test.full.tie_rate"})
    EXPECT_THAT(refusal([&] { Metric::parse(text); }), ::testing::HasSubstr("\"test.full.ndcg@10\""));
}

TEST(Metric, FindsNoneInAnotherName) {
  EXPECT_EQ(Metric::find("test.full.mrr")->candidates, "full");
  for (const char* text : {"NDCG@10", "loss", ""}) EXPECT_FALSE(Metric::find(text)) << text;
}

}  // namespace
}  // namespace pebench::contract
