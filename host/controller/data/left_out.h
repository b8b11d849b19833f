#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace pebench::data {

/// Which events a step of a recipe leaves out, and why.
struct LeftOut {
  LeftOut(std::size_t events, std::vector<std::string> why)
      : reasons(std::move(why)), of_event(events, stays) {}

  static constexpr std::uint8_t stays = 255;

  std::vector<std::string> reasons;    ///< at most 255: "the user has fewer than 5 events"
  std::vector<std::uint8_t> of_event;  ///< [events]: the index of its reason, or `stays`
};

}  // namespace pebench::data
