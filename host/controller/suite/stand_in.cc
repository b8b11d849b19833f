#include "host/controller/suite/stand_in.h"

#include <algorithm>

namespace pebench::suite {
namespace {

constexpr std::int64_t fraction = 100, least_users = 60, least_items = 150, most_width = 32;
constexpr std::int64_t synthetic_users = 100;

void shrink(data::LookAlikeSettings& sizes) {
  const double length = static_cast<double>(sizes.events) / static_cast<double>(sizes.users);
  sizes.users = std::max(least_users, sizes.users / fraction);
  sizes.items = std::max(least_items, sizes.items / fraction);
  sizes.events = std::max(
      {sizes.items, 3 * sizes.users, static_cast<std::int64_t>(length * static_cast<double>(sizes.users))});
  sizes.sparse = std::min(most_width, sizes.sparse);
  sizes.dense = std::min(most_width, sizes.dense);
}

void shorten(contract::Settings& settings) {
  settings.train.epochs = std::min<std::int64_t>(1, settings.train.epochs);
}

}  // namespace

Suite with_look_alikes(Suite suite) {
  suite.name += "-look-alike";
  for (Dataset& dataset : suite.datasets) dataset.is_stood_in_for = dataset.look_alike.has_value();
  return suite;
}

Suite smoke(Suite suite) {
  suite.name += "-smoke";
  suite.seeds.resize(1);
  suite.claims.clear();
  for (Dataset& dataset : suite.datasets) {
    dataset.is_stood_in_for = dataset.look_alike.has_value();
    if (dataset.look_alike) {
      shrink(*dataset.look_alike);
      if (dataset.users) dataset.users.reset();
    }
    if (dataset.synthetic) {
      dataset.synthetic->users = std::min(synthetic_users, dataset.synthetic->users);
      dataset.synthetic->items = std::min(least_items, dataset.synthetic->items);
    }
  }
  for (Variant& variant : suite.variants) {
    shorten(variant.settings);
    for (auto& [encoding, own] : variant.own) shorten(own);
  }
  return suite;
}

}  // namespace pebench::suite
