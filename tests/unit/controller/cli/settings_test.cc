// `pebench settings`. That docs/suite.md has what it prints is tests/docs' to hold.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "tests/e2e/program.h"

namespace pebench {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

Outcome settings(const std::string& arguments) {
  return shell(std::string(PEBENCH_PROGRAM) + " settings " + arguments);
}

TEST(Settings, AreAllShown) {
  const auto outcome = settings("");
  EXPECT_EQ(outcome.exit_code, 0);
  for (const char* expected :
       {"[model]", "[[claim]]", "dataset.synthetic", "  width ", "leave_one_out, global_time",
        "from 1 to 1024", "[\"full\", \"uniform:100\", \"popular:100\"]", "required"})
    EXPECT_THAT(outcome.output, HasSubstr(expected));
}

TEST(Settings, OfOneTableComeWithItsPresetsAndInnerTables) {
  EXPECT_THAT(settings("model").output,
              AllOf(HasSubstr("  max_len "), HasSubstr("study/fashion"), Not(HasSubstr("  epochs "))));
  EXPECT_THAT(settings("dataset").output, AllOf(HasSubstr("  path "), HasSubstr("  signal ")));
}

TEST(Settings, OfOneKeyStandAlone) {
  EXPECT_THAT(settings("train.lr").output, AllOf(HasSubstr("  lr "), Not(HasSubstr("  epochs "))));
  EXPECT_THAT(settings("sweep").output, HasSubstr("every combination"));
}

TEST(Settings, OfAnUnknownNameAreAnErrorWithASuggestion) {
  const auto outcome = settings("modle");
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_EQ(outcome.output, "pebench: suites have no table or key \"modle\"; did you mean \"model\"?\n");
  EXPECT_THAT(settings("train.rl").output, HasSubstr("did you mean \"train.lr\"?"));
  EXPECT_THAT(settings("patience").output, HasSubstr("did you mean \"train.patience\"?"));
  EXPECT_THAT(settings("qqqqqq").output, HasSubstr("choose from \"suite\", \"seeds\""));
}

TEST(Settings, AreJson) {
  const auto json = nlohmann::json::parse(settings("model --json").output);
  EXPECT_EQ(json.at("keys").at(2), (nlohmann::json{{"key", "model.width"},
                                                   {"type", "integer"},
                                                   {"allowed", "from 1 to 1000000"},
                                                   {"required", false},
                                                   {"default", 90},
                                                   {"help", json.at("keys").at(2).at("help")}}));
  EXPECT_EQ(json.at("presets").at("model").at("study/fashion").at("model.item_max_norm"), nullptr);
}

TEST(Settings, OfMarkdownLinkToThePagesTheyCite) {
  EXPECT_THAT(settings("train.optimizer --markdown").output,
              HasSubstr("([model.md, Training loop](model.md#training-loop))"));
  EXPECT_THAT(settings("train.select --markdown").output, HasSubstr("valid.\\<candidate set>"));
}

TEST(Settings, AreOfOneForm) { EXPECT_EQ(settings("--json --markdown").exit_code, 2); }

}  // namespace
}  // namespace pebench
