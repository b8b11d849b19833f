#include "host/worker/train/windows.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

namespace pebench::train {
namespace {

constexpr std::int64_t bucket_price = 400;  // slots that cost as much as the calls of one more bucket

/// Numbers the items of a batch, [mask] among them: 0 stays 0, others by first appearance.
class Distinct {
 public:
  explicit Distinct(std::int64_t items) : row_of_(items + 2, -1) { row(0); }
  std::int64_t row(std::int64_t item) {
    if (row_of_[item] < 0) {
      row_of_[item] = static_cast<std::int64_t>(items_.size());
      items_.push_back(item);
    }
    return row_of_[item];
  }
  Tensor items() const { return at::tensor(items_, at::kLong); }

 private:
  std::vector<std::int64_t> row_of_, items_;
};

void renumber(Distinct& distinct, std::vector<std::int64_t>& items) {
  for (auto& item : items) item = distinct.row(item);
}

}  // namespace

std::int64_t TrainingRow::real_targets() const {
  return targets.size() - std::count(targets.items.begin(), targets.items.end(), 0);
}

std::vector<BucketPlan> plan_buckets(const std::vector<std::int64_t>& lengths, std::int64_t max_len,
                                     bool trim) {
  const auto count = static_cast<std::int64_t>(lengths.size());
  std::vector<std::int64_t> order(count);
  std::iota(order.begin(), order.end(), 0);
  if (!trim) return {{max_len, order}};
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return lengths[a] < lengths[b]; });

  // best[i]: least cost of the first i rows by length; cuts only where the length changes.
  std::vector<std::int64_t> ends;
  for (std::int64_t i = 1; i <= count; ++i)
    if (i == count || lengths[order[i]] != lengths[order[i - 1]]) ends.push_back(i);
  std::vector<std::int64_t> best(ends.size() + 1, std::numeric_limits<std::int64_t>::max()),
      from(ends.size() + 1, 0);
  best[0] = 0;
  for (std::size_t end = 1; end <= ends.size(); ++end) {
    std::int64_t length = lengths[order[ends[end - 1] - 1]];
    for (std::size_t start = 0; start < end; ++start) {
      std::int64_t rows = ends[end - 1] - (start == 0 ? 0 : ends[start - 1]);
      std::int64_t cost = best[start] + rows * length + bucket_price;
      if (cost < best[end]) best[end] = cost, from[end] = static_cast<std::int64_t>(start);
    }
  }
  std::vector<BucketPlan> plan;
  for (std::size_t end = ends.size(); end > 0; end = from[end]) {
    std::int64_t first = from[end] == 0 ? 0 : ends[from[end] - 1], last = ends[end - 1];
    BucketPlan bucket{lengths[order[last - 1]], {order.begin() + first, order.begin() + last}};
    std::sort(bucket.rows.begin(), bucket.rows.end());
    plan.push_back(std::move(bucket));
  }
  std::reverse(plan.begin(), plan.end());
  return plan;
}

WindowMaker::WindowMaker(const backbone::Backbone& model) : WindowMaker(model, model.sizes()) {}

WindowMaker::WindowMaker(const backbone::Backbone& model, const backbone::Sizes& sizes)
    : WindowMaker(sizes, model.parameters().options(),
                  model.encoding() != nullptr && model.encoding()->needs_time(), model.trims_padding()) {}

WindowMaker::WindowMaker(const backbone::Sizes& sizes, at::TensorOptions options, bool needs_time, bool trim)
    : sizes_(sizes), options_(options), needs_time_(needs_time), trim_(trim) {}

backbone::Window WindowMaker::window(const std::vector<const Events*>& events,
                                     const std::vector<std::int64_t>& rows, std::int64_t length,
                                     std::int64_t first_position) const {
  const auto count = static_cast<std::int64_t>(rows.size());
  const std::int64_t K = sizes_.context;
  Tensor item = at::zeros({count, length}, at::kLong), time = at::zeros({count, length}, at::kLong);
  Tensor context = at::zeros({count, length, K}, at::kDouble);
  auto* items = item.data_ptr<std::int64_t>();
  auto* times = time.data_ptr<std::int64_t>();
  auto* contexts = context.data_ptr<double>();
  for (std::int64_t b = 0; b < count; ++b) {
    const Events& row = *events[rows[b]];
    const std::int64_t first = b * length + length - row.size();
    std::copy(row.items.begin(), row.items.end(), items + first);
    std::copy(row.context.begin(), row.context.end(), contexts + first * K);
    if (needs_time_) std::copy(row.times.begin(), row.times.end(), times + first);
  }
  backbone::Window window;
  window.mask = to_device(item.ne(0));
  window.item = to_device(item);
  window.context = context.to(options_);
  window.position = to_device(at::arange(first_position, first_position + length, at::kLong).unsqueeze(0));
  if (needs_time_) window.time = to_device(time);
  if (sizes_.published.rotate_by_batch_row) window.batch_row = to_device(published::rotation(rows));
  return window;
}

Tensor WindowMaker::negatives(const std::vector<TrainingRow>& batch, const std::vector<std::int64_t>& rows,
                              std::int64_t targets) const {
  const TrainingRow& first = batch[rows.front()];
  const std::int64_t each = static_cast<std::int64_t>(first.negatives.size()) / first.real_targets();
  Tensor items = at::zeros({static_cast<std::int64_t>(rows.size()), targets, each}, at::kLong);
  auto* end = items.data_ptr<std::int64_t>();
  for (const std::int64_t row : rows) {
    end += targets * each;
    const auto& of_row = batch[row].targets.items;
    auto next = batch[row].negatives.begin();
    auto* place = end - static_cast<std::int64_t>(of_row.size()) * each;
    for (const std::int64_t target : of_row) {
      if (target != 0) std::copy_n(std::exchange(next, next + each), each, place);
      place += each;
    }
  }
  return to_device(items);
}

Tensor WindowMaker::drawn_from(const std::vector<TrainingRow>& batch,
                               const std::vector<std::int64_t>& rows) const {
  std::vector<double> probabilities;
  for (const std::int64_t row : rows) probabilities.push_back(batch[row].drawn_from);
  return at::tensor(probabilities, at::kDouble).to(options_);
}

backbone::TrainingBatch WindowMaker::training(const std::vector<TrainingRow>& rows,
                                              const std::vector<std::int64_t>& shared) const {
  backbone::TrainingBatch batch;
  Distinct distinct(sizes_.items);
  std::vector<TrainingRow> renumbered = rows;
  std::vector<std::int64_t> lengths;
  for (auto& row : renumbered) {
    renumber(distinct, row.profile.items);
    renumber(distinct, row.targets.items);
    renumber(distinct, row.negatives);
    lengths.push_back(row.profile.size());
    batch.slots += row.real_targets();
  }
  std::vector<const Events*> profile_rows, target_rows;
  for (const auto& row : renumbered) {
    profile_rows.push_back(&row.profile);
    target_rows.push_back(&row.targets);
  }
  std::vector<std::int64_t> renumbered_shared = shared;
  renumber(distinct, renumbered_shared);
  if (!shared.empty()) batch.shared_negatives = to_device(at::tensor(renumbered_shared, at::kLong));
  batch.distinct = distinct.items();
  for (const auto& plan : plan_buckets(lengths, sizes_.max_len, trim_)) {
    const std::int64_t targets = sizes_.one_target ? 1 : plan.length;
    const std::int64_t slot = sizes_.max_len - targets;  // of the event that the first target follows, or is
    const std::int64_t own = sizes_.masked ? slot : slot + 1;
    const std::int64_t place = sizes_.candidate_position_is_index ? published::index_slot(slot) : own;
    batch.buckets.push_back({window(profile_rows, plan.rows, plan.length, sizes_.max_len - plan.length),
                             window(target_rows, plan.rows, targets, place),
                             negatives(renumbered, plan.rows, targets), drawn_from(renumbered, plan.rows),
                             plan.rows});
  }
  return batch;
}

backbone::Users WindowMaker::evaluation(const std::vector<EvaluationRow>& rows) const {
  const auto count = static_cast<std::int64_t>(rows.size());
  std::vector<const Events*> profiles;
  std::vector<std::int64_t> all(rows.size());
  std::iota(all.begin(), all.end(), 0);
  std::int64_t longest = 1;
  Tensor context = at::empty({count, sizes_.context}, at::kDouble), time = at::empty({count}, at::kLong);
  for (std::int64_t b = 0; b < count; ++b) {
    profiles.push_back(&rows[b].profile);
    longest = std::max(longest, rows[b].profile.size());
    std::copy(rows[b].context.begin(), rows[b].context.end(),
              context.data_ptr<double>() + b * sizes_.context);
    time.data_ptr<std::int64_t>()[b] = rows[b].time;
  }
  const std::int64_t length = trim_ ? longest : sizes_.max_len;
  backbone::Users users;
  users.window = window(profiles, all, length, sizes_.max_len - length);
  users.context = context.to(options_);
  if (needs_time_) users.time = to_device(time);
  return users;
}

}  // namespace pebench::train
