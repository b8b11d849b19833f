#include "host/worker/train/windows.h"

#include <gtest/gtest.h>

#include <set>

namespace pebench::train {
namespace {

Events events(std::vector<std::int64_t> items) {
  Events made;
  for (auto item : items) {
    made.items.push_back(item);
    made.times.push_back(100 * item);
    for (int k = 0; k < 6; ++k) made.context.push_back(static_cast<double>(item) + 0.1 * k);
  }
  return made;
}

backbone::Sizes config() {
  backbone::Sizes made;
  made.items = 50;
  made.width = 4;
  made.max_len = 6;
  return made;
}

std::vector<TrainingRow> rows() {
  return {{events({7}), events({8}), {9}},
          {events({1, 2, 3, 4, 5, 6}), events({2, 3, 4, 5, 6, 7}), {20, 21, 22, 23, 24, 25}},
          {events({8, 7}), events({7, 30}), {31, 32}}};
}

/// Item ids of a window, through the batch's table.
std::vector<std::int64_t> ids(const backbone::TrainingBatch& batch, const backbone::Window& window,
                              std::int64_t row) {
  Tensor items = batch.distinct.index_select(0, window.item[row]);
  return {items.data_ptr<std::int64_t>(), items.data_ptr<std::int64_t>() + items.numel()};
}

TEST(Buckets, HoldEveryRowOnceAndFitIt) {
  std::vector<std::int64_t> lengths;
  for (int i = 0; i < 300; ++i) lengths.push_back(1 + (i * i * 7) % 75);
  std::multiset<std::int64_t> seen;
  std::int64_t slots = 0;
  for (const auto& bucket : plan_buckets(lengths, 75, true)) {
    slots += bucket.length * static_cast<std::int64_t>(bucket.rows.size());
    for (auto row : bucket.rows) {
      seen.insert(row);
      EXPECT_LE(lengths[row], bucket.length);
    }
  }
  EXPECT_EQ(seen.size(), 300u);
  EXPECT_EQ(std::set<std::int64_t>(seen.begin(), seen.end()).size(), 300u);
  EXPECT_LT(slots, 300 * 75 / 2 * 1.4) << "trimming should save a good part of the slots";
}

TEST(Buckets, WithoutTrimmingEverythingIsOneFullBucket) {
  auto plan = plan_buckets({1, 5, 2}, 75, false);
  ASSERT_EQ(plan.size(), 1u);
  EXPECT_EQ(plan[0].length, 75);
  EXPECT_EQ(plan[0].rows, (std::vector<std::int64_t>{0, 1, 2}));
}

TEST(WindowMaker, RightAlignsAndKeepsPositions) {
  for (bool fast : {true, false}) {
    auto c = config();
    c.fast = fast;
    auto batch = WindowMaker(c, at::TensorOptions(at::kFloat), true, c.fast).training(rows());
    EXPECT_EQ(batch.slots, 9);
    EXPECT_EQ(batch.distinct[0].item<std::int64_t>(), 0);
    std::int64_t seen = 0;
    for (const auto& bucket : batch.buckets) {
      for (std::size_t b = 0; b < bucket.rows.size(); ++b, ++seen) {
        const auto source = rows()[bucket.rows[b]];
        auto found = ids(batch, bucket.profile, b), targets = ids(batch, bucket.targets, b),
             negatives = ids(batch, bucket.negatives(), b);
        const std::int64_t length = bucket.profile.length(), n = source.profile.size();
        for (std::int64_t slot = 0; slot < length; ++slot) {
          const std::int64_t i = slot - (length - n);
          EXPECT_EQ(found[slot], i < 0 ? 0 : source.profile.items[i]);
          EXPECT_EQ(targets[slot], i < 0 ? 0 : source.targets.items[i]);
          EXPECT_EQ(negatives[slot], i < 0 ? 0 : source.negatives[i]);
          EXPECT_EQ(bucket.profile.mask[b][slot].item<bool>(), i >= 0);
          EXPECT_EQ(bucket.profile.position[0][slot].item<std::int64_t>(), 6 - length + slot);
          EXPECT_EQ(bucket.targets.position[0][slot].item<std::int64_t>(), 6 - length + slot + 1);
          if (i < 0) continue;
          EXPECT_FLOAT_EQ(bucket.profile.context[b][slot][2].item<float>(), source.profile.items[i] + 0.2f);
          EXPECT_FLOAT_EQ(bucket.negatives().context[b][slot][0].item<float>(), source.targets.items[i])
              << "a negative has its target's context";
          EXPECT_EQ(bucket.profile.time[b][slot].item<std::int64_t>(), source.profile.times[i]);
        }
      }
    }
    EXPECT_EQ(seen, 3);
  }
}

TEST(WindowMaker, OneTargetStandsBehindTheWindow) {
  auto c = config();
  c.one_target = true;
  const std::vector<TrainingRow> rows = {{events({7}), events({8}), {9}},
                                         {events({1, 2, 3}), events({4}), {20}}};
  const auto batch = WindowMaker(c, at::TensorOptions(at::kFloat), true, true).training(rows);
  EXPECT_EQ(batch.slots, 2);
  ASSERT_EQ(batch.buckets.size(), 1u);
  const auto& bucket = batch.buckets[0];
  EXPECT_EQ(bucket.profile.length(), 3);
  EXPECT_EQ(ids(batch, bucket.targets, 1), (std::vector<std::int64_t>{4}));
  EXPECT_EQ(ids(batch, bucket.negatives(), 0), (std::vector<std::int64_t>{9}));
  EXPECT_EQ(bucket.targets.position.item<std::int64_t>(), 6) << "as in ranking";
  EXPECT_EQ(bucket.profile.position[0][2].item<std::int64_t>(), 5);
}

TEST(WindowMaker, MaskedTargetsStandWhereTheyAreAskedFor) {
  auto c = config();
  c.masked = true;
  TrainingRow longer{events({51, 2, 51, 4}), events({1, 2, 3, 4}), {20, 21, 22, 23}};
  longer.targets.items = {1, 0, 3, 0};
  TrainingRow shorter{events({8, 51}), events({8, 9}), {30, 31}};
  shorter.targets.items = {0, 9};
  const auto batch = WindowMaker(c, at::TensorOptions(at::kFloat), true, true).training({shorter, longer});
  EXPECT_EQ(batch.slots, 3);
  ASSERT_EQ(batch.buckets.size(), 1u);
  const auto& bucket = batch.buckets[0];
  using Ids = std::vector<std::int64_t>;
  EXPECT_EQ(ids(batch, bucket.profile, 0), (Ids{0, 0, 8, 51}));
  EXPECT_EQ(ids(batch, bucket.targets, 0), (Ids{0, 0, 0, 9}));
  EXPECT_EQ(ids(batch, bucket.targets, 1), (Ids{1, 0, 3, 0}));
  EXPECT_EQ(ids(batch, bucket.negatives(0), 0), (Ids{0, 0, 0, 30}));
  EXPECT_EQ(ids(batch, bucket.negatives(1), 0), (Ids{0, 0, 0, 31}));
  EXPECT_EQ(ids(batch, bucket.negatives(0), 1), (Ids{20, 0, 22, 0}));
  EXPECT_EQ(ids(batch, bucket.negatives(1), 1), (Ids{21, 0, 23, 0}));
  EXPECT_TRUE(at::equal(bucket.profile.position, bucket.targets.position));
  EXPECT_EQ(bucket.profile.position[0][3].item<std::int64_t>(), 5);
  EXPECT_EQ(bucket.profile.mask[0].sum().item<std::int64_t>(), 2) << "[mask] is no padding";
}

TEST(WindowMaker, CandidatesAtIndexPositions) {
  auto c = config();
  c.candidate_position_is_index = true;
  c.fast = false;
  auto batch = WindowMaker(c, at::TensorOptions(at::kFloat), false, c.fast).training(rows());
  EXPECT_EQ(batch.buckets[0].targets.position[0][0].item<std::int64_t>(), 0);
  EXPECT_FALSE(batch.buckets[0].targets.time.defined());
}

TEST(WindowMaker, EvaluationTrimsToTheLongestProfile) {
  std::vector<EvaluationRow> users = {{events({3}), std::vector<double>(6, 0.5), 77},
                                      {events({3, 4, 5}), std::vector<double>(6, 0.25), 78}};
  auto batch = WindowMaker(config(), at::TensorOptions(at::kFloat), true, true).evaluation(users);
  EXPECT_EQ(batch.window.length(), 3);
  EXPECT_EQ(batch.window.position[0][0].item<std::int64_t>(), 3);
  EXPECT_EQ(batch.window.item[0][2].item<std::int64_t>(), 3);
  EXPECT_EQ(batch.window.mask[0].sum().item<std::int64_t>(), 1);
  EXPECT_EQ(batch.time[1].item<std::int64_t>(), 78);
  EXPECT_FLOAT_EQ(batch.context[1][5].item<float>(), 0.25f);
}

}  // namespace
}  // namespace pebench::train
