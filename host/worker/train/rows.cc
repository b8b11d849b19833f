#include "host/worker/train/rows.h"

#include <algorithm>
#include <numeric>

#include "host/base/error.h"
#include "host/worker/published/published.h"
#include "host/worker/train/masks.h"

namespace pebench::train {

RowMaker::RowMaker(const data::Dataset& data, const data::Split& split, const contract::Settings& settings)
    : data_(data),
      split_(split),
      train_(settings.train),
      context_(data, settings.protocol.week_scale),
      max_len_(settings.model.max_len),
      truncate_at_evaluation_(settings.protocol.context_at_evaluation == "truncated"),
      context_at_target_(settings.protocol.context_at_target),
      one_target_(settings.protocol.attention == "prefix"),
      masked_(settings.protocol.attention == "masked"),
      shuffle_(data::parse_shuffle(settings.protocol.shuffle_history)),
      shuffles_at_evaluation_(0, "shuffles", data.hash()),
      negatives_(data, split, settings.train) {
  for (data::User user = 0; user < data.users(); ++user)
    if (split.users[user].train_size >= 2) trainable_.push_back(user);
  if (trainable_.empty())
    throw base::InputError("no user of this data set has two training events: nothing can be learned");
}

std::vector<std::int64_t> RowMaker::shown(data::User user, std::int64_t first, std::int64_t fixed,
                                          std::int64_t last, base::Stream shuffles) const {
  std::vector<std::int64_t> shown(last - first);
  std::iota(shown.begin(), shown.end(), first);
  if (shuffle_ != data::Shuffle::none)
    data::shuffle(base::Span<std::int64_t>(shown.data(), fixed - first),
                  data_.history(user).times.subspan(first, fixed - first), shuffle_, shuffles);
  return shown;
}

Events RowMaker::events(data::User user, std::int64_t first, base::Span<const std::int64_t> shown,
                        bool truncate) const {
  const auto history = data_.history(user);
  Events events;
  for (std::int64_t i = 0; i < shown.size(); ++i) {
    const std::int64_t time = history.times[first + i];
    events.items.push_back(history.items[shown[i]]);
    events.times.push_back(time - data_.first_time());
    auto features = context_.of_event(user, shown[i], time);
    if (truncate) published::truncate(features);
    events.context.insert(events.context.end(), features.begin(), features.end());
  }
  return events;
}

Events RowMaker::targets(data::User user, std::int64_t first, base::Span<const std::int64_t> shown) const {
  Events events = this->events(user, first, shown, /*truncate=*/false);
  events.context.clear();
  for (const std::int64_t time : data_.history(user).times.subspan(first, shown.size())) {
    const auto features =
        context_at_target_ ? context_.of_target(time) : std::vector<double>(context_.width(), 0.0);
    events.context.insert(events.context.end(), features.begin(), features.end());
  }
  return events;
}

TrainingRow RowMaker::window(data::User user, std::int64_t last, base::Stream shuffles) const {
  const std::int64_t first = std::max<std::int64_t>(0, last - max_len_);
  const auto shown = this->shown(user, first, last, last + 1, shuffles);
  const base::Span<const std::int64_t> all(shown.data(), last + 1 - first);
  const std::int64_t targets = one_target_ ? 1 : last - first;
  TrainingRow row;
  row.profile = events(user, first, all.first(last - first), /*truncate=*/false);
  row.targets = this->targets(user, last + 1 - targets, all.last(targets));
  // As in evaluation(): the newest known time stands in.
  if (!context_at_target_)
    row.targets.times.assign(row.profile.times.end() - row.targets.size(), row.profile.times.end());
  return row;
}

TrainingRow RowMaker::masked_window(data::User user, std::int64_t last, base::Stream masks,
                                    base::Stream shuffles) const {
  TrainingRow row;
  const std::int64_t first = std::max<std::int64_t>(0, last - max_len_);
  const auto shown = this->shown(user, first, last - 1, last, shuffles);
  row.profile = events(user, first, {shown.data(), last - first}, /*truncate=*/false);
  row.targets = row.profile;
  const std::vector<bool> mask = draw_mask(row.profile.size(), train_, masks);
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
  const base::Stream shuffles = streams.shuffles.at(draw);
  TrainingRow row =
      masked_ ? masked_window(user, trained, streams.masks.at(draw), shuffles) : window(user, last, shuffles);
  if (negatives_.per_target() > 0)
    draw_negatives(row, user, history.items.first(trained), streams.negatives.at(draw));
  return row;
}

EvaluationRow RowMaker::evaluation(data::User user, std::int64_t index) const {
  const auto history = data_.history(user);
  EvaluationRow row;
  const std::int64_t known = masked_ ? max_len_ - 1 : max_len_;  // [mask] takes a slot
  const std::int64_t first = std::max<std::int64_t>(0, index - known);
  const auto shown = this->shown(
      user, first, index, index,
      shuffles_at_evaluation_.at(static_cast<std::uint64_t>(index) << 32 | static_cast<std::uint32_t>(user)));
  row.profile = events(user, first, {shown.data(), index - first}, truncate_at_evaluation_);
  row.context.assign(context_.width(), 0.0);
  if (context_at_target_) {
    row.context = context_.of_target(history.times[index]);
    if (truncate_at_evaluation_) published::truncate(row.context);
  }
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
  for (const data::DenseField& field : data.dense())
    attributes.dense.push_back(at::from_blob(const_cast<char*>(field.values), {data.items() + 1, field.width},
                                             field.half ? at::kHalf : at::kFloat));
  for (Tensor& field : attributes.dense) field = field.to(options.device());
  return attributes;
}

}  // namespace pebench::train
