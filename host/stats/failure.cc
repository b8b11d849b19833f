#include "host/stats/failure.h"

#include "host/stats/summary.h"

namespace pebench::stats {

std::optional<Proportion> failure_rate(const std::vector<double>& values, double confidence) {
  if (values.empty()) return std::nullopt;
  const std::size_t failed = values.size() - without_failed(values).size();
  return wilson(static_cast<double>(failed), values.size(), confidence);
}

}  // namespace pebench::stats
