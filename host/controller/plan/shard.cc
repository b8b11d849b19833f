#include "host/controller/plan/shard.h"

#include <fmt/format.h>

#include <regex>

#include "host/base/error.h"

namespace pebench::plan {

Shard parse_shard(const std::string& text) {
  static const std::regex grammar("([0-9]{1,6})/([0-9]{1,6})");
  std::smatch match;
  if (std::regex_match(text, match, grammar)) {
    Shard shard{std::stoul(match[1]), std::stoul(match[2])};
    if (shard.index >= 1 && shard.index <= shard.count) return shard;
  }
  throw base::InputError(fmt::format(
      "--shard {} is no share of a plan: write I/N with I from 1 to N, as in 2/3 for the second of three",
      text));
}

std::vector<contract::TrialSpec> share_of(const std::vector<contract::TrialSpec>& plan, const Shard& shard) {
  std::vector<contract::TrialSpec> share;
  for (std::size_t i = shard.index - 1; i < plan.size(); i += shard.count) share.push_back(plan[i]);
  return share;
}

}  // namespace pebench::plan
