#include "host/contract/rank_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "host/base/file.h"
#include "host/base/gzip.h"
#include "host/base/hash.h"
#include "host/contract/fields.h"
#include "host/contract/kept_file.h"
#include "host/contract/read_columns.h"

namespace pebench::contract {
namespace {

constexpr int schema = 1;

std::uint32_t largest(const Column& column) {
  return column.empty() ? 0 : *std::max_element(column.begin(), column.end());
}

/// `from` - x of every x; its own inverse.
Column below(std::uint32_t from, Column column) {
  for (std::uint32_t& value : column) value = from - value;
  return column;
}

nlohmann::json header_of(const Ranks& ranks) {
  auto sets = nlohmann::json::array();
  for (const RankedSet& set : ranks.sets)
    sets.push_back({{"candidates", set.candidates},
                    {"epoch", set.epoch},
                    {"measures", set.measures},
                    {"lists", set.lists},
                    {"largest_pool", largest(set.pool)}});
  return {{"schema", schema},
          {"trial", ranks.trial},
          {"ties", ranks.ties},
          {"users", ranks.users.size()},
          {"sets", sets}};
}

Ranks parsed(const nlohmann::json& header, ColumnReader& columns) {
  Ranks ranks{header.at("trial"), header.at("ties"), summed(columns.next()), {}};
  for (const auto& described : header.at("sets")) {
    RankedSet set{described.at("candidates"), described.at("epoch"), described.at("measures"), {}, {}, {},
                  described.at("lists")};
    set.better = columns.next();
    set.tied = columns.next();
    set.pool = below(described.at("largest_pool"), columns.next());
    ranks.sets.push_back(std::move(set));
  }
  return ranks;
}

}  // namespace

const RankedSet& Ranks::of(const Metric& metric) const {
  const RankedSet* only = nullptr;
  int found = 0;
  if (metric.sample == "test")
    for (const RankedSet& set : sets) {
      if (set.candidates != metric.candidates) continue;
      const auto& measures = set.measures;
      if (std::find(measures.begin(), measures.end(), metric.measure_name()) != measures.end()) return set;
      only = &set;
      ++found;
    }
  if (found == 1) return *only;
  throw base::InputError(fmt::format("the ranks of trial {:.12} do not tell {}: name a metric of the record",
                                     trial, metric.name()));
}

std::string bytes_of(const Ranks& ranks) {
  std::string bytes = dump(header_of(ranks)) + "\n";
  append(differences(ranks.users), bytes);
  for (const RankedSet& set : ranks.sets) {
    append(set.better, bytes);
    append(set.tied, bytes);
    append(below(largest(set.pool), set.pool), bytes);
  }
  return bytes;
}

Ranks ranks_of(std::string_view bytes, const std::string& file) {
  return read_columns(bytes, schema, file, "no rank file", parsed);
}

std::string digest_of(const Ranks& ranks) { return base::sha256(bytes_of(ranks)); }

KeptRanks kept(const Ranks& ranks, std::map<std::string, std::int64_t> users) {
  KeptRanks kept{digest_of(ranks), std::move(users), {}};
  for (const RankedSet& set : ranks.sets) {
    const bool one = std::all_of(ranks.sets.begin(), ranks.sets.end(), [&](const RankedSet& other) {
      return other.candidates != set.candidates || other.lists == set.lists;
    });
    if (one) kept.lists[set.candidates] = set.lists;
  }
  return kept;
}

void write_ranks(const std::filesystem::path& path, const Ranks& ranks) {
  base::write_atomically(path, base::gzip(bytes_of(ranks)));
}

std::optional<Ranks> read_ranks(const std::filesystem::path& trial_folder, const Record& record) {
  if (!record.result.ranks) return std::nullopt;
  const auto path = trial_folder / ranks_file;
  return ranks_of(kept_content(path, record.result.ranks->digest), path.string());
}

}  // namespace pebench::contract
