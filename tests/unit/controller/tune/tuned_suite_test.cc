#include "host/controller/tune/tuned_suite.h"

#include <gmock/gmock.h>

#include "host/controller/report/reporter.h"
#include "host/controller/tune/json.h"
#include "host/controller/tune/text.h"
#include "tests/unit/controller/suite/example.h"
#include "tests/unit/controller/tune/search.h"

namespace pebench::tune {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

const std::string text = "# Which is best?\n" + suite::with(R"toml([model]
width = 90
[tune]
configurations = 2
[tune.space]
"train.lr" = [0.1, 0.003]
[[encoding]]
name = "none"
plugin = "none"
[[encoding]]
name = "rope"
plugin = "rope"
options = { concat = true }
space = { base = [10.0, 1000.0] }
model = { dropout = 0.25 }
)toml");

/// Configuration 1 is best for none, 2 for rope.
class Tuned : public ::testing::Test {
 protected:
  Tuned() {
    search_.configurations[0].settings = {{"train.lr", 0.1, {}}, {"model.item_max_norm", nullptr, {}}};
    search_.configurations[0].options["rope"] = {{"base", 10.0, {}}};
    search_.configurations[1].settings = {{"train.lr", 0.003, {}}, {"model.blocks", 2, {}}};
    search_.configurations[1].options["rope"] = {{"base", 1000.0, {}}};
  }

  Subject subject_ = subject_of(suite::parse_suite(text, "s.toml"));
  Search search_ = search_of({{0.4, 0.2}, {0.1, 0.3}});
};

TEST_F(Tuned, IsASuiteWithEachEncodingsBest) {
  const std::string written = tuned_suite(subject_, search_, "pebench tune s.toml", "");
  EXPECT_THAT(written, AllOf(StartsWith("# Written by\n#   pebench tune s.toml\n"),
                             HasSubstr("none: 0.400000, configuration 1"), HasSubstr("# Which is best?")));
  const suite::Suite tuned = suite::parse_suite(written, "t.toml");
  EXPECT_EQ(tuned.name, "example-tuned");
  EXPECT_EQ(tuned.seeds, subject_.suite.seeds);
  EXPECT_EQ(tuned.variants.front().settings.model.width, 90);
  const contract::Settings none = tuned.variants.front().settings_of("none"),
                           rope = tuned.variants.front().settings_of("rope");
  EXPECT_EQ(none.train.lr, 0.1);
  EXPECT_EQ(none.model.item_max_norm, std::nullopt);
  EXPECT_EQ(rope.train.lr, 0.003);
  EXPECT_EQ(rope.model.blocks, 2);
  EXPECT_EQ(rope.model.dropout, 0.25) << "its own before";
  ASSERT_EQ(tuned.encodings[1].options.size(), 2u);
  EXPECT_EQ(tuned.encodings[1].options[0].value, 1000.0);
  EXPECT_EQ(tuned.encodings[1].options[1].value, true);
  EXPECT_THAT(tuned.encodings[1].space, ::testing::IsEmpty());
  EXPECT_THAT(tuned.tuning.space, ::testing::IsEmpty());
}

TEST_F(Tuned, LeavesAnEncodingAloneOfWhichAllFailed) {
  const Search failing = [&] {
    Search search = search_of({{failed, failed}, {0.1, 0.3}});
    search.configurations = search_.configurations;
    return search;
  }();
  const std::string written = tuned_suite(subject_, failing, "pebench tune s.toml", "");
  EXPECT_THAT(written, HasSubstr("none: as it was, since every configuration failed"));
  EXPECT_EQ(suite::parse_suite(written, "t.toml").encodings[0].own, nlohmann::json::object());
}

TEST_F(Tuned, TextSaysThatTheRankingTurns) {
  const auto says = [&](const Search& search) { return report::as_text(compose(subject_, search), false); };
  EXPECT_THAT(says(search_), HasSubstr("The ranking of the encodings is the same for every n from 1 to 2."));
  const Search turning = search_of({{0.5, 0.0}, {0.3, 0.3}});
  EXPECT_THAT(says(turning),
              HasSubstr("The ranking turns with the budget: rope is ahead of none up to n = 1, none "
                        "from n = 2 on, by 0.0750 there and 0.0750 at n = 2"));
}

TEST_F(Tuned, JsonHasEveryValue) {
  const nlohmann::json json = json_of(subject_, search_of({{0.5, failed}, {0.3, 0.3}}));
  EXPECT_EQ(json["epochs_per_encoding"], 4);
  EXPECT_EQ(json["encodings"][0]["rounds"][0][1]["value"], nullptr);
  EXPECT_EQ(json["encodings"][0]["best"]["configuration"], 1);
  EXPECT_EQ(json["encodings"][1]["curve"].size(), 2u);
  EXPECT_EQ(json["turns"]["configurations"],
            (nlohmann::json::array({{{"ahead_before", "rope"}, {"ahead_from_there", "none"}, {"at", 2}}})));
}

}  // namespace
}  // namespace pebench::tune
