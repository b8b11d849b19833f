#include "host/worker/speed/full_windows.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

#include "host/controller/data/columns.h"
#include "host/controller/data/synthetic.h"
#include "tests/unit/support/temporary_folder.h"

namespace pebench::speed {
namespace {

constexpr std::int64_t length = 50;

class Windows : public testing::Test {
 protected:
  Windows() {
    data::SyntheticSettings synthetic;
    synthetic.users = 40;
    synthetic.items = 300;
    data::write_columns(temporary_.path() / "data", data::synthesise(synthetic), {});
    settings_.model.max_len = length;
    settings_.train.negatives = 2;
  }

  const data::Dataset& data() {
    if (!data_) data_ = data::Dataset::open(temporary_.path() / "data", {});
    return *data_;
  }

  static void expect_full(const train::Events& events, std::int64_t context) {
    EXPECT_EQ(events.size(), length);
    EXPECT_EQ(static_cast<std::int64_t>(events.context.size()), context * length);
    ASSERT_EQ(events.times.size(), events.items.size());
    EXPECT_TRUE(std::is_sorted(events.times.begin(), events.times.end()));
  }

  TemporaryFolder temporary_;
  contract::Settings settings_;
  std::optional<data::Dataset> data_;
};

TEST_F(Windows, AreFullWithTargetsAndNegativesInTheirPlaces) {
  const auto split = data::make_split(data(), "leave_one_out");
  const train::RowMaker rows(data(), split, settings_);
  FullWindows full(rows, split, length);
  const auto made = full.training(100, 1);
  ASSERT_EQ(made.size(), 100u);
  for (const auto& row : made) {
    expect_full(row.profile, 6);
    expect_full(row.targets, 6);
    EXPECT_EQ(row.negatives.size(), 2u * length);
    // Within a user's history a target is the next event.
    int next = 0;
    for (std::size_t i = 0; i + 1 < row.profile.items.size(); ++i)
      next += row.targets.items[i] == row.profile.items[i + 1] ? 1 : 0;
    EXPECT_GT(next, length / 2);
    EXPECT_EQ(row.real_targets(), length);
  }
  for (const auto& row : full.evaluation(100)) {
    expect_full(row.profile, 6);
    EXPECT_EQ(row.context.size(), 6u);
    EXPECT_GE(row.time, row.profile.times.back());
  }
}

TEST_F(Windows, OfOneTargetHaveTheLastUsers) {
  settings_.protocol.attention = "prefix";
  const auto split = data::make_split(data(), "leave_one_out");
  const train::RowMaker rows(data(), split, settings_);
  for (const auto& row : FullWindows(rows, split, length).training(20, 1)) {
    expect_full(row.profile, 6);
    EXPECT_EQ(row.targets.size(), 1);
    EXPECT_EQ(row.negatives.size(), 2u);
    EXPECT_GE(row.targets.times.front(), row.profile.times.back());
  }
}

TEST_F(Windows, OfMaskedTrainingHaveTargetsWhereTheMaskStands) {
  settings_.model.backbone = "bert4rec";
  settings_.protocol.attention = "masked";
  const auto split = data::make_split(data(), "leave_one_out");
  const train::RowMaker rows(data(), split, settings_);
  for (const auto& row : FullWindows(rows, split, length).training(20, 1)) {
    ASSERT_EQ(row.profile.size(), length);
    ASSERT_EQ(row.targets.size(), length);
    for (std::size_t i = 0; i < row.profile.items.size(); ++i)
      EXPECT_EQ(row.targets.items[i] != 0, row.profile.items[i] == data().items() + 1) << i;
  }
}

}  // namespace
}  // namespace pebench::speed
