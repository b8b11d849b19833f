#include "host/worker/speed/full_windows.h"

#include <algorithm>

namespace pebench::speed {
namespace {

constexpr std::int64_t day = 86400;

template <class T>
void keep_newest(std::vector<T>& values, std::size_t count) {
  values.erase(values.begin(), values.end() - static_cast<std::ptrdiff_t>(std::min(count, values.size())));
}

template <class T>
void append(std::vector<T>& to, const std::vector<T>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

/// How much later the times of `next` are to be so that they go on behind those of `before`.
std::int64_t later(const train::Events& before, const train::Events& next) {
  return before.times.empty() || next.times.empty() ? 0 : before.times.back() + day - next.times.front();
}

void append(train::Events& to, const train::Events& from, std::int64_t later) {
  append(to.items, from.items);
  append(to.context, from.context);
  for (const std::int64_t time : from.times) to.times.push_back(time + later);
}

void keep_newest(train::Events& events, std::size_t count) {
  if (events.items.empty()) return;
  const std::size_t context = events.context.size() / events.items.size();
  keep_newest(events.items, count);
  keep_newest(events.times, count);
  keep_newest(events.context, context * count);
}

/// `next` behind `row`: with a target for each event all of both, else the last one's.
void append(train::TrainingRow& row, train::TrainingRow next) {
  const std::int64_t shift = later(row.profile, next.profile);
  if (next.targets.size() != next.profile.size()) {
    row.targets = {};
    row.negatives.clear();
  }
  append(row.profile, next.profile, shift);
  append(row.targets, next.targets, shift);
  append(row.negatives, next.negatives);
  row.drawn_from = next.drawn_from;
}

void keep_newest(train::TrainingRow& row, std::size_t count) {
  if (row.targets.size() == row.profile.size()) {
    const std::size_t negatives = row.negatives.size() / row.targets.items.size();
    keep_newest(row.negatives, negatives * count);
    keep_newest(row.targets, count);
  }
  keep_newest(row.profile, count);
}

}  // namespace

FullWindows::FullWindows(const train::RowMaker& rows, const data::Split& split, std::int64_t length)
    : rows_(rows), split_(split), length_(static_cast<std::size_t>(length)) {}

std::vector<train::TrainingRow> FullWindows::training(std::int64_t count, std::uint64_t seed) {
  const train::RowMaker::Streams streams{
      {seed, "negatives"}, {seed, "prefixes"}, {seed, "masks"}, {seed, "shuffles"}};
  const auto& users = rows_.trainable();
  std::vector<train::TrainingRow> made(static_cast<std::size_t>(count));
  std::size_t next = 0;
  for (train::TrainingRow& row : made) {
    while (row.profile.items.size() < length_)
      append(row, rows_.training(users[next++ % users.size()], streams, /*epoch=*/0));
    keep_newest(row, length_);
  }
  return made;
}

std::vector<train::EvaluationRow> FullWindows::evaluation(std::int64_t count) {
  const auto users = split_.test_users();
  std::vector<train::EvaluationRow> made(static_cast<std::size_t>(count));
  std::size_t next = 0;
  for (train::EvaluationRow& row : made) {
    while (row.profile.items.size() < length_) {
      const data::User user = users[next++ % users.size()];
      auto other = rows_.evaluation(user, split_.users[static_cast<std::size_t>(user)].test);
      const std::int64_t shift = later(row.profile, other.profile);
      append(row.profile, other.profile, shift);
      row.context = std::move(other.context);
      row.time = other.time + shift;
    }
    keep_newest(row.profile, length_);
  }
  return made;
}

}  // namespace pebench::speed
