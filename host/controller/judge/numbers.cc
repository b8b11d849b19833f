#include "host/controller/judge/numbers.h"

#include <algorithm>

namespace pebench::judge {

std::size_t Numbers::metric(const std::string& name) {
  const auto found = std::find(metrics.begin(), metrics.end(), name);
  const auto index = static_cast<std::size_t>(found - metrics.begin());
  if (found == metrics.end()) metrics.push_back(name);
  return index;
}

}  // namespace pebench::judge
