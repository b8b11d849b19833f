#pragma once

#include <cstdint>
#include <string_view>

#include "host/base/random.h"
#include "host/base/span.h"

namespace pebench::data {

/// Which events of a user may change places.
enum class Shuffle {
  none,
  profile,  ///< all
  ties,     ///< those of the same second
};

/// By the word of protocol.shuffle_history: "none", "profile" or "ties".
Shuffle parse_shuffle(std::string_view word);

/// Permutes what belongs to events at `times` [n], ascending, uniformly within the scope.
template <class Value>
void shuffle(base::Span<Value> values, base::Span<const std::int64_t> times, Shuffle scope,
             base::Stream& stream) {
  const auto alike = [&](std::ptrdiff_t a, std::ptrdiff_t b) {
    return scope == Shuffle::profile || (scope == Shuffle::ties && times[a] == times[b]);
  };
  for (std::ptrdiff_t first = 0, last; first < values.size(); first = last) {
    last = first + 1;
    while (last < values.size() && alike(first, last)) ++last;
    for (std::ptrdiff_t i = last - first; i > 1; --i)
      std::swap(values[first + i - 1],
                values[first + static_cast<std::ptrdiff_t>(stream.below(static_cast<std::uint64_t>(i)))]);
  }
}

}  // namespace pebench::data
