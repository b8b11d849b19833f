#include "host/counts/recommender.h"

#include "host/counts/item_to_item.h"
#include "host/counts/markov.h"
#include "host/counts/popularity.h"

namespace pebench::counts {

std::vector<Named> recommenders(const data::Dataset& data, const data::Split& split) {
  std::vector<Named> all;
  all.push_back({"popularity", std::make_unique<Popularity>(data, split)});
  all.push_back({"item-to-item", std::make_unique<ItemToItem>(data, split)});
  all.push_back({"markov", std::make_unique<Markov>(data, split)});
  return all;
}

}  // namespace pebench::counts
