#include "host/controller/plan/shard.h"

#include <fmt/format.h>

#include <regex>

#include "host/base/error.h"

namespace pebench::plan {
namespace {

/// The first 60 bits of an id.
std::uint64_t number_of(const std::string& id) { return std::stoull(id.substr(0, 15), nullptr, 16); }

}  // namespace

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
  for (const contract::TrialSpec& trial : plan)
    if (number_of(trial.id()) % shard.count == shard.index - 1) share.push_back(trial);
  return share;
}

}  // namespace pebench::plan
