#include "host/contract/recommendation_file.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "host/base/file.h"
#include "host/base/gzip.h"
#include "host/base/hash.h"
#include "host/contract/fields.h"
#include "host/contract/folder.h"
#include "host/contract/kept_file.h"
#include "host/contract/read_columns.h"

namespace pebench::contract {
namespace {

constexpr int schema = 1;

Recommendations parsed(const nlohmann::json& header, ColumnReader& columns) {
  Recommendations recommendations{header.at("trial"), header.at("epoch"), summed(columns.next()), {}};
  const auto places = header.at("places").get<std::size_t>();
  for (std::size_t place = 0; place < places; ++place) recommendations.places.push_back(columns.next());
  return recommendations;
}

}  // namespace

std::vector<std::uint32_t> Recommendations::of(std::size_t index) const {
  std::vector<std::uint32_t> items;
  for (const Column& place : places)
    if (place[index] != 0) items.push_back(place[index]);
  return items;
}

std::string bytes_of(const Recommendations& recommendations) {
  std::string bytes = dump({{"schema", schema},
                            {"trial", recommendations.trial},
                            {"epoch", recommendations.epoch},
                            {"users", recommendations.users.size()},
                            {"places", recommendations.places.size()}}) +
                      "\n";
  append(differences(recommendations.users), bytes);
  for (const Column& place : recommendations.places) append(place, bytes);
  return bytes;
}

Recommendations recommendations_of(std::string_view bytes, const std::string& file) {
  return read_columns(bytes, schema, file, "no file of recommendations", parsed);
}

KeptRecommendations kept(const Recommendations& recommendations) {
  return {base::sha256(bytes_of(recommendations)), static_cast<std::int64_t>(recommendations.users.size()),
          static_cast<std::int64_t>(recommendations.places.size())};
}

void write_recommendations(const std::filesystem::path& path, const Recommendations& recommendations) {
  base::write_atomically(path, base::gzip(bytes_of(recommendations)));
}

std::optional<Recommendations> read_recommendations(const std::filesystem::path& trial_folder,
                                                    const Record& record) {
  if (!record.result.recommendations) return std::nullopt;
  const auto path = trial_folder / recommendations_file;
  return recommendations_of(kept_content(path, record.result.recommendations->digest), path.string());
}

}  // namespace pebench::contract
