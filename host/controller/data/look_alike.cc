#include "host/controller/data/look_alike.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>
#include <set>

#include "host/base/error.h"
#include "host/base/random.h"

namespace pebench::data {
namespace {

constexpr std::int64_t day = 86400;
constexpr std::int64_t first_day = 12784, days = 3500;  // from 2005-01-01, in days since 1970
constexpr std::int64_t most_rows = 10'000'000, most_events = 100'000'000;

void validate(const LookAlikeSettings& s) {
  if (s.users < 10 || s.items < 2 || s.users > most_rows || s.items > most_rows)
    throw base::InputError(
        fmt::format("a look-alike of {} users and {} items: use 10 to {} users and 2 to {} items", s.users,
                    s.items, most_rows, most_rows));
  if (s.events < s.items || s.events < 2 * s.users || s.events > most_events)
    throw base::InputError(fmt::format(
        "a look-alike of {} events: use at least one for each of {} items, two for each of {} users, "
        "and at most {}",
        s.events, s.items, s.users, most_events));
  if (s.sparse != 0 && s.dense != 0)
    throw base::InputError("a look-alike has sparse or dense fields, not both: remove one");
  if (!s.fields.empty() && s.sparse == 0 && s.dense == 0)
    throw base::InputError(
        "the look-alike says neither how many categories nor how many numbers its attributes have: "
        "give sparse or dense");
}

/// The lengths of all histories: 2 and a geometric number more, then evened out to `events` in all.
std::vector<std::int64_t> lengths(const LookAlikeSettings& s, base::Stream stream) {
  const double mean = static_cast<double>(s.events) / static_cast<double>(s.users) - 2.0;
  std::vector<std::int64_t> lengths(s.users, 2);
  std::int64_t left = s.events - 2 * s.users;
  if (mean > 0)
    for (auto& length : lengths) {
      const auto more =
          static_cast<std::int64_t>(std::log1p(-stream.uniform()) / std::log(mean / (mean + 1.0)));
      length += std::min(left, more);
      left -= std::min(left, more);
    }
  for (std::size_t user = 0; left > 0; user = (user + 1) % lengths.size(), --left) ++lengths[user];
  base::shuffle(lengths, stream);
  return lengths;
}

/// Every item once, the others by a popularity that falls as one over the root of the rank; in random order.
std::vector<Item> items(const LookAlikeSettings& s, base::Stream stream) {
  std::vector<Item> items(s.events);
  std::iota(items.begin(), items.begin() + s.items, 1);
  for (auto item = items.begin() + s.items; item != items.end(); ++item) {
    const double u = stream.uniform();
    *item = static_cast<Item>(
        1 + std::min(s.items - 1, static_cast<std::int64_t>(u * u * static_cast<double>(s.items))));
  }
  base::shuffle(items, stream);
  return items;
}

/// Numbers between 1/8 and 1.
class RandomRows : public DenseRows {
 public:
  RandomRows(std::int64_t width, base::Stream stream) : width_(width), stream_(stream) {}
  std::string_view row(Item item) const override {
    base::Stream stream = stream_.at(static_cast<std::uint64_t>(item));
    halves_.clear();
    for (std::int64_t i = 0; i < width_; ++i)
      halves_.push_back(static_cast<std::uint16_t>(0x3000 + stream.below(0x3c00 - 0x3000)));
    return {reinterpret_cast<const char*>(halves_.data()), halves_.size() * sizeof(halves_[0])};
  }

 private:
  std::int64_t width_;
  base::Stream stream_;
  mutable std::vector<std::uint16_t> halves_;
};

FieldColumn field(const std::string& name, const LookAlikeSettings& s, base::Stream stream) {
  FieldColumn column;
  if (s.dense > 0) {
    column.field = {name, false, s.dense, /*half=*/true};
    column.rows = std::make_shared<RandomRows>(s.dense, stream);
    return column;
  }
  column.field = {name, true, s.sparse};
  for (std::int64_t word = 0; word < s.sparse; ++word) column.vocabulary.push_back(std::to_string(word));
  column.offsets = {0, 0};
  for (std::int64_t item = 1; item <= s.items; ++item) {
    std::vector<std::int32_t> ids;
    for (auto left = 1 + stream.below(8); left > 0; --left)
      ids.push_back(static_cast<std::int32_t>(stream.below(s.sparse)));
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    column.ids.insert(column.ids.end(), ids.begin(), ids.end());
    column.offsets.push_back(static_cast<std::int64_t>(column.ids.size()));
  }
  return column;
}

/// Of the last two events of every user, drawn with replacement and each once.
EventColumn negatives(const Columns& columns, const LookAlikeSettings& s, base::Stream stream) {
  EventColumn column;
  column.field = {negatives_feature, true, 0};
  column.ids.assign(columns.items.size(), -1);
  for (std::size_t user = 0; user < columns.user_ids.size(); ++user)
    for (std::int64_t event = columns.offsets[user + 1] - 2; event < columns.offsets[user + 1]; ++event) {
      std::set<std::size_t> drawn;
      for (std::int64_t i = 0; i < s.negatives; ++i)
        drawn.insert(stream.below(static_cast<std::uint64_t>(s.items)));
      nlohmann::json ids = nlohmann::json::array();
      for (const std::size_t item : drawn) ids.push_back(columns.item_ids[item]);
      column.ids[static_cast<std::size_t>(event)] = static_cast<std::int32_t>(column.vocabulary.size());
      column.vocabulary.push_back(ids.dump());
    }
  column.field.width = static_cast<std::int64_t>(column.vocabulary.size());
  return column;
}

}  // namespace

nlohmann::json LookAlikeSettings::source() const {
  nlohmann::json sizes = {{"users", users},   {"items", items}, {"events", events},
                          {"sparse", sparse}, {"dense", dense}, {"fields", fields}};
  if (negatives > 0) sizes["negatives"] = negatives;
  return {{"look_alike", sizes}};
}

Columns look_alike(const LookAlikeSettings& settings) {
  validate(settings);
  const base::Stream streams(1, "synthetic", "look alike");
  Columns columns;
  columns.offsets = {0};
  columns.items = items(settings, streams.at(1));
  base::Stream stream = streams.at(2);
  for (const std::int64_t length : lengths(settings, streams.at(0))) {
    std::vector<std::int64_t> times(length);
    for (auto& time : times) time = day * (first_day + static_cast<std::int64_t>(stream.below(days)));
    std::sort(times.begin(), times.end());
    columns.times.insert(columns.times.end(), times.begin(), times.end());
    columns.user_ids.push_back(fmt::format("u{}", columns.user_ids.size()));
    columns.offsets.push_back(static_cast<std::int64_t>(columns.times.size()));
  }
  for (std::int64_t item = 1; item <= settings.items; ++item)
    columns.item_ids.push_back(fmt::format("i{}", item));
  for (std::size_t f = 0; f < settings.fields.size(); ++f)
    columns.fields.push_back(field(settings.fields[f], settings, streams.at(3 + f)));
  if (settings.negatives > 0)
    columns.event_fields.push_back(negatives(columns, settings, streams.at(3 + settings.fields.size())));
  return columns;
}

}  // namespace pebench::data
