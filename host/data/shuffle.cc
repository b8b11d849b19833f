#include "host/data/shuffle.h"

#include <stdexcept>
#include <string>

namespace pebench::data {

Shuffle parse_shuffle(std::string_view word) {
  if (word == "none") return Shuffle::none;
  if (word == "profile") return Shuffle::profile;
  if (word == "ties") return Shuffle::ties;
  throw std::invalid_argument("no way to shuffle a history: " + std::string(word));
}

}  // namespace pebench::data
