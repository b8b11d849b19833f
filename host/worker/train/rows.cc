#include "host/worker/train/rows.h"

#include <algorithm>

#include "host/base/error.h"
#include "host/worker/published/published.h"
#include "host/worker/train/masks.h"

namespace pebench::train {

RowMaker::RowMaker(const data::Dataset& data, const data::Split& split, const contract::Settings& settings)
    : data_(data),
      split_(split),
      train_(settings.train),
      calendar_(data.first_time(), data.last_time(), settings.protocol.week_scale),
      max_len_(settings.model.max_len),
      truncate_at_evaluation_(settings.protocol.context_at_evaluation == "truncated"),
      context_at_target_(settings.protocol.context_at_target),
      one_target_(settings.protocol.attention == "prefix"),
      masked_(settings.protocol.attention == "masked"),
      negatives_(data, split, settings.train) {
  for (data::User user = 0; user < data.users(); ++user)
    if (split.users[user].train_size >= 2) trainable_.push_back(user);
  if (trainable_.empty())
    throw base::InputError("no user of this data set has two training events: nothing can be learned");
}

std::vector<double> RowMaker::context(std::int64_t time, bool truncate) const {
  auto features = calendar_.features(time);
  std::vector<double> values(features.begin(), features.end());
  if (truncate) published::truncate(values);
  return values;
}

Events RowMaker::events(const data::History& history, std::int64_t first, std::int64_t last,
                        bool truncate) const {
  Events events;
  for (std::int64_t i = first; i < last; ++i) {
    events.items.push_back(history.items[i]);
    events.times.push_back(history.times[i] - data_.first_time());
    auto features = context(history.times[i], truncate);
    events.context.insert(events.context.end(), features.begin(), features.end());
  }
  return events;
}

TrainingRow RowMaker::window(const data::History& history, std::int64_t last) const {
  const std::int64_t first = std::max<std::int64_t>(0, last - max_len_);
  TrainingRow row;
  row.profile = events(history, first, last, /*truncate=*/false);
  row.targets = events(history, one_target_ ? last : first + 1, last + 1, /*truncate=*/false);
  if (!context_at_target_) {
    std::fill(row.targets.context.begin(), row.targets.context.end(), 0.0);
    // As in evaluation(): the newest known time stands in.
    row.targets.times.assign(row.profile.times.end() - row.targets.size(), row.profile.times.end());
  }
  return row;
}

TrainingRow RowMaker::masked_window(const data::History& history, std::int64_t last,
                                    base::Stream stream) const {
  TrainingRow row;
  row.profile = events(history, std::max<std::int64_t>(0, last - max_len_), last, /*truncate=*/false);
  row.targets = row.profile;
  const std::vector<bool> mask = draw_mask(row.profile.size(), train_, stream);
  for (std::size_t i = 0; i < mask.size(); ++i)
    if (mask[i])
      row.profile.items[i] = mask_item();
    else
      row.targets.items[i] = 0;
  if (!context_at_target_) row.profile.times = known_times(row.profile.times, mask);
  return row;
}

void RowMaker::draw_negatives(TrainingRow& row, data::User user, base::Span<const data::Item> trained,
                              base::Stream stream) const {
  std::vector<data::Item> own(trained.begin(), trained.end());
  std::sort(own.begin(), own.end());
  own.erase(std::unique(own.begin(), own.end()), own.end());
  if (static_cast<std::int64_t>(own.size()) >= negatives_.choices())
    throw base::InputError(
        "user '" + std::string(data_.user_id(user)) +
        "' has trained on every item that can be a negative: none is left; use more items, another "
        "split, or train.objective = \"softmax\"");
  for (std::int64_t i = 0; i < row.real_targets() * negatives_.per_target(); ++i)
    row.negatives.push_back(negatives_.draw(stream, own));
  for (const data::Item item : own) row.drawn_from -= negatives_.probabilities()[item];
}

TrainingRow RowMaker::training(data::User user, const Streams& streams, std::int64_t epoch) const {
  const auto history = data_.history(user);
  const std::int64_t trained = split_.users[user].train_size;
  const std::uint64_t draw = (static_cast<std::uint64_t>(epoch) << 32) | static_cast<std::uint32_t>(user);
  const std::int64_t last =
      one_target_ ? 1 + static_cast<std::int64_t>(streams.prefixes.at(draw).below(trained - 1)) : trained - 1;
  TrainingRow row = masked_ ? masked_window(history, trained, streams.masks.at(draw)) : window(history, last);
  if (negatives_.per_target() > 0)
    draw_negatives(row, user, history.items.first(trained), streams.negatives.at(draw));
  return row;
}

EvaluationRow RowMaker::evaluation(data::User user, std::int64_t index) const {
  const auto history = data_.history(user);
  EvaluationRow row;
  const std::int64_t known = masked_ ? max_len_ - 1 : max_len_;  // [mask] takes a slot
  row.profile = events(history, std::max<std::int64_t>(0, index - known), index, truncate_at_evaluation_);
  row.context = context_at_target_ ? context(history.times[index], truncate_at_evaluation_)
                                   : std::vector<double>(data::context_features, 0.0);
  // Without the target's context the newest known time stands in for its time (docs/model.md, Context
  // features).
  row.time = (context_at_target_ ? history.times[index] : history.times[index - 1]) - data_.first_time();
  if (masked_) {
    row.profile.items.push_back(mask_item());
    row.profile.times.push_back(row.time);
    row.profile.context.insert(row.profile.context.end(), row.context.begin(), row.context.end());
  }
  return row;
}

backbone::ItemAttributes item_attributes(const data::Dataset& data, const at::TensorOptions& options) {
  backbone::ItemAttributes attributes;
  attributes.sparse_width = data.sparse().width;
  attributes.offsets = data.sparse().offsets;
  attributes.ids.assign(data.sparse().ids.begin(), data.sparse().ids.end());
  const auto& dense = data.dense();
  if (dense.width > 0)
    attributes.dense =
        at::from_blob(const_cast<float*>(dense.values.data()), {data.items() + 1, dense.width}, at::kFloat)
            .clone()
            .to(options);
  return attributes;
}

}  // namespace pebench::train
