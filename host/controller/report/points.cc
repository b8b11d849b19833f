#include "host/controller/report/points.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "host/controller/report/attribution.h"

namespace pebench::report {
namespace {

constexpr std::size_t fewest_values = 2;

std::string setting_of(const nlohmann::json& identity, const char* name) {
  const nlohmann::json::json_pointer place(name);
  // A record leaves out what came later than it, at its default.
  return identity.contains(place) ? identity.at(place).get<std::string>() : std::string();
}

std::optional<Model> model_of(const TrialTable& table) {
  for (const EncodingTrials& trials : table.encodings)
    for (const auto& record : trials.records)
      if (record && record->identity.contains("settings")) {
        const Model model{setting_of(record->identity, "/settings/model/backbone"),
                          setting_of(record->identity, "/settings/protocol/attention")};
        if (model.attention == "full") return std::nullopt;
        return model;
      }
  return std::nullopt;
}

/// The swept settings besides those that name a model.
nlohmann::json besides_models(nlohmann::json sweep) {
  for (const char* key : {variant_label, "model.backbone", "model.preset", "protocol.attention"})
    sweep.erase(key);
  return sweep;
}

/// Points that are alike under `key`, in the order in which they come.
template <class Key>
std::vector<Group> grouped(const std::vector<Point>& points, const Key& key) {
  std::vector<std::pair<nlohmann::json, Group>> groups;
  for (const Point& point : points) {
    const nlohmann::json value = key(point);
    auto found =
        std::find_if(groups.begin(), groups.end(), [&](const auto& group) { return group.first == value; });
    if (found == groups.end()) found = groups.emplace(found, value, Group());
    found->second.push_back(point);
  }
  std::vector<Group> all;
  for (auto& [value, group] : groups) all.push_back(std::move(group));
  return all;
}

const EncodingAnalysis* find(const std::string& encoding, const Point& point) {
  for (const EncodingAnalysis& analysis : point.analysis->encodings)
    if (analysis.encoding == encoding) return &analysis;
  return nullptr;
}

using Seeds = std::vector<std::uint64_t>;

/// The seeds on which all these encodings have a value.
Seeds complete_seeds(const Point& point, const std::vector<std::string>& encodings) {
  Seeds seeds;
  for (std::size_t s = 0; s < point.table->seeds.size(); ++s)
    if (std::none_of(encodings.begin(), encodings.end(), [&](const std::string& encoding) {
          return std::isnan(find(encoding, point)->values[s]);
        }))
      seeds.push_back(point.table->seeds[s]);
  return seeds;
}

Seeds in_both(const Seeds& one, const Seeds& other) {
  Seeds both;
  for (const std::uint64_t seed : one)
    if (std::find(other.begin(), other.end(), seed) != other.end()) both.push_back(seed);
  return both;
}

stats::SettingValues values_of(const Point& point, const std::vector<std::string>& encodings,
                               const Seeds& seeds, std::size_t sample) {
  stats::SettingValues setting;
  setting.sample = sample;
  for (const std::string& encoding : encodings) {
    setting.values.emplace_back();
    for (const std::uint64_t seed : seeds) {
      const auto place = std::find(point.table->seeds.begin(), point.table->seeds.end(), seed);
      setting.values.back().push_back(
          find(encoding, point)->values[static_cast<std::size_t>(place - point.table->seeds.begin())]);
    }
  }
  return setting;
}

}  // namespace

std::vector<Point> points_of(const Study& study, const std::vector<Analysis>& analyses) {
  std::vector<Point> points;
  for (const TrialTable& table : study.tables)
    for (const Analysis& analysis : analyses)
      for (const DatasetAnalysis& dataset : analysis.datasets)
        if (analysis.sweep == table.sweep && dataset.dataset == table.dataset)
          points.push_back({&table, &dataset, model_of(table)});
  return points;
}

std::vector<Group> grouped_over_models(const std::vector<Point>& points) {
  std::vector<Point> models;
  std::copy_if(points.begin(), points.end(), std::back_inserter(models),
               [](const Point& point) { return point.model.has_value(); });
  return grouped(models, [](const Point& point) {
    return nlohmann::json{point.table->dataset, besides_models(point.table->sweep)};
  });
}

std::vector<Group> grouped_over_datasets(const std::vector<Point>& points) {
  return grouped(points, [](const Point& point) { return point.table->sweep; });
}

std::vector<std::string> common_encodings(const std::vector<Point>& points) {
  std::vector<std::string> common;
  for (const EncodingAnalysis& analysis : points.front().analysis->encodings)
    if (std::all_of(points.begin(), points.end(), [&](const Point& point) {
          const EncodingAnalysis* there = find(analysis.encoding, point);
          return there != nullptr && there->seeds >= fewest_values;
        }))
      common.push_back(analysis.encoding);
  return common;
}

std::vector<stats::SettingValues> setting_values(const std::vector<Point>& points,
                                                 const std::vector<std::string>& encodings) {
  std::vector<Seeds> seeds;
  for (const Point& point : points) seeds.push_back(complete_seeds(point, encodings));
  Seeds shared = seeds.front();
  bool one_dataset = true;
  for (std::size_t i = 1; i < points.size(); ++i) {
    shared = in_both(shared, seeds[i]);
    one_dataset = one_dataset && points[i].table->dataset == points.front().table->dataset;
  }
  const bool together = one_dataset && shared.size() >= fewest_values;
  std::vector<stats::SettingValues> settings;
  for (std::size_t i = 0; i < points.size(); ++i)
    settings.push_back(
        values_of(points[i], encodings, together ? shared : seeds[i], together ? std::size_t{0} : i));
  return settings;
}

bool is_withheld(const Point& point, const std::vector<std::string>& encodings) {
  return !point.analysis->chance &&
         std::any_of(encodings.begin(), encodings.end(),
                     [&](const std::string& encoding) { return find(encoding, point)->failed > 0; });
}

}  // namespace pebench::report
