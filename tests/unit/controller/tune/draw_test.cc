#include "host/controller/tune/draw.h"

#include <gmock/gmock.h>

#include <cmath>
#include <set>

#include "host/controller/tune/request.h"
#include "tests/unit/controller/suite/example.h"
#include "tests/unit/support/refusal.h"

namespace pebench::tune {
namespace {

using ::testing::HasSubstr;

suite::Suite parse(const std::string& tables) { return suite::parse_suite(suite::with(tables), "s.toml"); }

const std::string rate = "[tune]\n[tune.space]\n\"train.lr\" = { from = 1e-4, to = 1e-1, log = true }\n";
const std::string width = "\"model.width\" = [30, 60, 90]\n";
const std::string encodings =
    "[[encoding]]\nname = \"none\"\nplugin = \"none\"\n"
    "[[encoding]]\nname = \"rope\"\nplugin = \"rope\"\nspace = { base = [10, 100, 1000, 10000] }\n";

nlohmann::json value(const Configuration& drawn, const std::string& setting) {
  for (const suite::Chosen& one : drawn.settings)
    if (one.setting == setting) return one.value;
  return nullptr;
}

TEST(Draw, IsOfItsKeyAndIndexAlone) {
  const auto one = parse(rate + encodings), more = parse(rate + width + encodings);
  std::set<double> seen;
  for (int i = 0; i < 50; ++i) {
    const auto lr = value(draw(one, i), "train.lr");
    EXPECT_EQ(lr, value(draw(more, i), "train.lr"));
    EXPECT_TRUE(lr >= 1e-4 && lr <= 1e-1) << lr;
    seen.insert(lr.get<double>());
  }
  EXPECT_EQ(seen.size(), 50u);
}

TEST(Draw, AnotherSeedDrawsOtherConfigurations) {
  auto suite = parse(rate + encodings);
  const auto first = value(draw(suite, 0), "train.lr");
  suite.tuning.seed = 2;
  EXPECT_NE(first, value(draw(suite, 0), "train.lr"));
}

TEST(Draw, CoversTheSpaceEvenly) {
  const auto suite = parse(rate + width + encodings);
  std::map<nlohmann::json, int> widths, bases;
  double logs = 0;
  constexpr int draws = 3000;
  for (int i = 0; i < draws; ++i) {
    const Configuration drawn = draw(suite, i);
    ++widths[value(drawn, "model.width")];
    ++bases[drawn.options.at("rope").front().value];
    logs += std::log10(value(drawn, "train.lr").get<double>());
  }
  ASSERT_EQ(widths.size(), 3u);
  for (const auto& [one, count] : widths)
    EXPECT_NEAR(count, draws / 3, 5 * std::sqrt(draws * 2 / 9.0)) << one;
  ASSERT_EQ(bases.size(), 4u);
  for (const auto& [one, count] : bases)
    EXPECT_NEAR(count, draws / 4, 5 * std::sqrt(draws * 3 / 16.0)) << one;
  EXPECT_NEAR(logs / draws, -2.5, 5 * std::sqrt(9.0 / 12 / draws))
      << "the mean of a uniform one from -4 to -1";
}

TEST(Draw, GivesOptionsToTheirEncodingAlone) {
  const Configuration drawn = draw(parse(rate + encodings), 0);
  EXPECT_EQ(drawn.options.count("none"), 0u);
  EXPECT_EQ(drawn.options.at("rope").front().key, "base");
}

TEST(Request, IsSettingsAndOptions) {
  const auto asked = parse_configuration(R"({"train.lr": 0.01, "options.base": 500})", "rope");
  EXPECT_EQ(value(asked, "train.lr"), 0.01);
  ASSERT_EQ(asked.settings.size(), 1u);
  EXPECT_EQ(asked.options.at("rope").front().key, "base");
  EXPECT_EQ(asked.options.at("rope").front().value, 500);
}

TEST(Request, IsRefusedWithARemedy) {
  EXPECT_THAT(refusal([] { parse_configuration("lr=3", "rope"); }),
              HasSubstr("is no JSON object; write for example"));
  EXPECT_THAT(refusal([] { parse_configuration(R"({"train.epochs": 3})", "rope"); }),
              HasSubstr("is what --epochs says"));
}

}  // namespace
}  // namespace pebench::tune
