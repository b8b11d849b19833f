#include "host/controller/tune/draw.h"

#include "host/base/random.h"

namespace pebench::tune {
namespace {

/// In [0, 1).
double share(const suite::Suite& suite, const std::string& name, std::int64_t index) {
  return base::Stream(suite.tuning.seed, "tuning", name).at(static_cast<std::uint64_t>(index)).uniform();
}

}  // namespace

Configuration draw(const suite::Suite& suite, std::int64_t index) {
  Configuration drawn;
  for (const suite::Dimension& one : suite.tuning.space)
    drawn.settings.push_back({one.key, one.at(share(suite, "setting " + one.key, index)), one.place});
  for (const suite::Encoding& encoding : suite.encodings)
    for (const suite::Dimension& one : encoding.space)
      drawn.options[encoding.name].push_back(
          {one.key, one.at(share(suite, "option " + encoding.name + "." + one.key, index)), one.place});
  return drawn;
}

}  // namespace pebench::tune
