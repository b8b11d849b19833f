#include "tests/unit/support/real_data.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "host/controller/data/catalogue.h"
#include "host/controller/data/describe.h"
#include "tests/unit/data/raw_data.h"
#include "tests/unit/support/environment.h"

namespace pebench::data {
namespace {

/// Published data, imported into a temporary cache, against what its meta.json says. Not kept in the
/// repository.
class RealData : public testing::TestWithParam<const char*> {
 protected:
  void find(const std::string& name) {
    const auto folder = real_data(name);
    if (!folder) GTEST_SKIP() << name << " is not here: set PEBENCH_DATA to the folder that holds it";
    raw_ = *folder;
    found_ = describe(Dataset::open(imported(raw_), {}));
  }

  TemporaryFolder folder_;
  EnvironmentVariable cache_{"PEBENCH_CACHE", folder_.path().string()};
  std::filesystem::path raw_;
  Description found_;
};

TEST_P(RealData, HasTheProfileItWasPublishedWith) {
  find(GetParam());
  if (IsSkipped()) return;
  std::ifstream file(raw_ / "meta.json");
  const auto profile = nlohmann::json::parse(file).at("profile");
  EXPECT_EQ(found_.users, profile.at("users"));
  EXPECT_EQ(found_.items, profile.at("items"));
  EXPECT_EQ(found_.events, profile.at("interactions"));
  EXPECT_NEAR(found_.density, profile.at("density"), 1e-12);
  EXPECT_EQ(found_.lengths.shortest, profile.at("seq_min"));
  EXPECT_EQ(found_.lengths.longest, profile.at("seq_max"));
  EXPECT_EQ(found_.lengths.median, profile.at("seq_median"));
  EXPECT_NEAR(found_.lengths.mean, profile.at("seq_mean"), 0.05);
  EXPECT_NEAR(found_.share_last_two_tied, profile.at("share_users_last_two_tied"), 5e-5);
  EXPECT_EQ(found_.first_day, profile.at("t_min").get<std::string>().substr(0, 10));
  EXPECT_EQ(found_.last_day, profile.at("t_max").get<std::string>().substr(0, 10));
}

INSTANTIATE_TEST_SUITE_P(Sets, RealData,
                         testing::Values("amazon_beauty", "amazon_games2023_small", "foursquare_nyc"));

TEST_F(RealData, BeautyIsTheFiveCoreOf2014) {
  find("amazon_beauty");
  if (IsSkipped()) return;
  EXPECT_EQ(found_.users, 22'363);
  EXPECT_EQ(found_.items, 12'101);
  EXPECT_EQ(found_.events, 198'502);
  EXPECT_EQ(found_.tested.repeated, 0.0);
  const auto data = Dataset::open(imported(raw_), {"brand", "attr_ids"});
  EXPECT_EQ(data.sparse().offsets.size(), 12'103u);
  EXPECT_LT(data.sparse().ids.size(), 10u * 12'101u);
}

TEST_F(RealData, FoursquareRepeatsSevenTargetsOfTen) {
  find("foursquare_nyc");
  if (IsSkipped()) return;
  EXPECT_NEAR(found_.tested.repeated, 0.70, 0.01);
  EXPECT_EQ(Dataset::open(imported(raw_), {"lat", "lon"}).dense().size(), 2u);
}

}  // namespace
}  // namespace pebench::data
