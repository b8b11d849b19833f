#pragma once

#include <cstdint>
#include <vector>

#include "host/controller/data/columns.h"
#include "host/controller/data/left_out.h"

namespace pebench::data {

/// So many users or items: the first ones, as they are numbered, or drawn by a seed, the same on every
/// machine.
struct Sample {
  std::int64_t count = 0;
  bool random = false;
  std::uint64_t seed = 0;
};

LeftOut outside_users(const Columns& columns, const Sample& users);
LeftOut outside_items(const Columns& columns, const Sample& items);

/// Which of `all` users a random sample has, [all].
std::vector<bool> drawn_users(std::size_t all, std::int64_t count, std::uint64_t seed);

}  // namespace pebench::data
