#include "host/controller/plan/warnings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/controller/suite/example.h"

namespace pebench::plan {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> warnings_of(const std::string& tables, const PlannedDataset& dataset = {}) {
  return warnings(suite::parse_suite(suite::with(tables), "s.toml"), {dataset});
}

TEST(Warnings, NothingVariesBetweenSeeds) {
  const std::string only_dropout = "[seeds]\nbase = 1\ncount = 10\nvary = [\"dropout\"]\n";
  EXPECT_THAT(warnings_of(only_dropout + "[model]\ndropout = 0.0"),
              ElementsAre(HasSubstr("nothing varies between the seeds: seeds.vary is dropout")));
  EXPECT_THAT(warnings_of(only_dropout + "[train]\nepochs = 0"), ElementsAre(HasSubstr("0 epochs")));
  EXPECT_THAT(warnings_of(only_dropout + "[model]\ndropout = 0.1"), IsEmpty());
  EXPECT_THAT(warnings_of("[train]\nepochs = 0"), IsEmpty()) << "initial weights vary";
  EXPECT_THAT(warnings_of("[seeds]\nlist = [1]\nvary = [\"dropout\"]\n[model]\ndropout = 0.0"), IsEmpty())
      << "one seed is no copy";
}

TEST(Warnings, ATargetInSightWhileTraining) {
  EXPECT_THAT(warnings_of(""), IsEmpty());
  EXPECT_THAT(warnings_of("[protocol]\nattention = \"prefix\""), IsEmpty());
  EXPECT_THAT(warnings_of("[protocol]\nattention = \"full\""),
              ElementsAre(HasSubstr("attention = \"full\": while training")));
  EXPECT_THAT(warnings_of("[protocol]\ncandidates = [\"uniform:L-1\"]\n[[variant]]\nname = "
                          "\"clean\"\n[[variant]]\nname = \"published\"\n"
                          "protocol = { preset = \"paper\" }"),
              ElementsAre(HasSubstr("attention = \"full\" (under {\"variant\":\"published\"}): ")));
}

TEST(Warnings, SettingsOfAnEncodingsOwn) {
  EXPECT_THAT(
      warnings_of("[[encoding]]\nname = \"none\"\nplugin = \"none\"\ntrain = { lr = 0.5, batch = 8 }"),
      ElementsAre("encodings have settings of their own, and are compared with these: none (train.batch = "
                  "8, train.lr = 0.5)"));
}

TEST(Warnings, WhatNoModelSees) {
  const std::string shop = "[[dataset]]\nname = \"shop\"\npath = \"shop\"\nattributes = [\"brand\"]\n";
  EXPECT_THAT(warnings_of(shop + "context = [\"date\", \"rating\"]\n[model]\nbackbone = \"sasrec\""),
              ElementsAre(HasSubstr("shop: brand, rating are seen by no model here")));
  EXPECT_THAT(warnings_of(shop + "[model]\nbackbone = \"sasrec\""),
              ElementsAre(HasSubstr("brand is seen by no")));
  EXPECT_THAT(
      warnings_of(shop + "[[variant]]\nname = \"a\"\nmodel = { backbone = \"sasrec\" }\n[[variant]]\nname = "
                         "\"b\"\nmodel = { backbone = \"carca\" }"),
      IsEmpty())
      << "one does";
  EXPECT_THAT(warnings_of(shop + "[model]\nbackbone = \"sasrec\"\n[[encoding]]\nname = \"none\"\nplugin = "
                                 "\"none\"\nmodel = { backbone = \"carca\" }"),
              ElementsAre(HasSubstr("encodings have settings of their own")))
      << "one does";
}

TEST(Warnings, TargetsThatTheOrderOfLinesOrARepetitionDecides) {
  PlannedDataset dataset;
  dataset.name = "clicks";
  dataset.share_of_arbitrary_targets = 0.25;
  EXPECT_THAT(warnings_of("", dataset),
              ElementsAre(HasSubstr("clicks: for 25 % of the users the last two events")));
  dataset.share_of_targets_repeated_at_once = 0.2;
  EXPECT_THAT(warnings_of("", dataset),
              ElementsAre(HasSubstr("25 %"), HasSubstr("20 % of the users the last event")));
  dataset.share_of_arbitrary_targets = dataset.share_of_targets_repeated_at_once = 0.001;
  EXPECT_THAT(warnings_of("", dataset), IsEmpty());
}

TEST(Warnings, DataWithoutOrder) {
  PlannedDataset dataset;
  dataset.name = "clicks";
  order::Guess guess;
  guess.ndcg = 0.0211;
  guess.ndcg_shuffled = 0.02;
  guess.difference = 0.0011;
  guess.interval = {-0.001, 0.0032};
  guess.margin = 0.005;
  dataset.order = order::Finding{order::Verdict::none, 900, 900, 5000, 99, true, 0, {guess}};
  EXPECT_THAT(
      warnings_of("", dataset),
      ElementsAre(HasSubstr("clicks: no order to be seen: what it tells is below the margin of 0.0050")));
  dataset.order->verdict = order::Verdict::little;
  EXPECT_THAT(warnings_of("", dataset), ElementsAre(HasSubstr("clicks: little order")));
  for (const auto verdict : {order::Verdict::order, order::Verdict::undecided}) {
    dataset.order->verdict = verdict;
    EXPECT_THAT(warnings_of("", dataset), IsEmpty());
  }
}

}  // namespace
}  // namespace pebench::plan
