#include "host/controller/report/mixture.h"

#include <fmt/format.h>

#include <algorithm>

#include "host/controller/results/agreement.h"

namespace pebench::report {
namespace {

/// What a record says of one circumstance; empty if nothing.
struct Circumstance {
  const char* what;
  std::string (*value_of)(const contract::Record&);
};

std::string text_at(const char* place, const contract::Record& record) {
  const nlohmann::json::json_pointer pointer(place);
  if (!record.identity.contains(pointer)) return {};
  const auto& value = record.identity.at(pointer);
  return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string instruction_sets(const contract::Record& record) {
  if (record.run.cpu.empty()) return {};
  const std::string sets = results::fingerprint_of(record.run).instruction_sets;
  return sets.empty() ? "no avx" : sets;
}

std::string candidate_lists(const contract::Record& record) {
  if (!record.result.ranks) return {};
  std::string lists;
  for (const auto& [set, digest] : record.result.ranks->lists)
    lists += fmt::format("{}{} {:.8}", lists.empty() ? "" : ", ", set, digest);
  return text_at("/settings/protocol/evaluation_set", record) == "frozen" ? lists : std::string();
}

constexpr Circumstance circumstances[] = {
    {"numeric contracts",
     [](const contract::Record& record) { return text_at("/numeric_contract", record); }},
    {"commits", [](const contract::Record& record) { return record.run.commit; }},
    {"versions of LibTorch", [](const contract::Record& record) { return record.run.libtorch; }},
    {"instruction sets", instruction_sets},
    {"BLAS libraries", [](const contract::Record& record) { return record.run.blas; }},
    {"devices", [](const contract::Record& record) { return text_at("/settings/train/device", record); }},
    {"candidate lists", candidate_lists},
};

std::map<std::string, int> groups_of(const TrialTable& table, const Circumstance& circumstance) {
  std::map<std::string, int> groups;
  for (const EncodingTrials& trials : table.encodings)
    for (const auto& record : trials.records) {
      if (!record || record->result.status != contract::Status::ok) continue;
      const std::string value = circumstance.value_of(*record);
      if (!value.empty()) ++groups[value];
    }
  return groups;
}

}  // namespace

std::vector<Mixture> mixtures_of(const Study& study) {
  std::vector<Mixture> mixtures;
  for (const Circumstance& circumstance : circumstances) {
    Mixture mixture{circumstance.what, {}};
    for (const TrialTable& table : study.tables) {
      const auto groups = groups_of(table, circumstance);
      if (groups.size() < 2) continue;
      for (const auto& [value, trials] : groups) mixture.groups[value] += trials;
    }
    if (!mixture.groups.empty()) mixtures.push_back(std::move(mixture));
  }
  return mixtures;
}

std::string text_of(const Mixture& mixture) {
  std::vector<std::pair<std::string, int>> groups(mixture.groups.begin(), mixture.groups.end());
  std::stable_sort(groups.begin(), groups.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string list;
  for (const auto& [value, trials] : groups)
    list += fmt::format("{}{} of {}", list.empty() ? "" : ", ", trials, value);
  return fmt::format("trials of different {} stand in one table: {}", mixture.what, list);
}

nlohmann::json json_of(const Mixture& mixture) {
  auto groups = nlohmann::json::array();
  for (const auto& [value, trials] : mixture.groups) groups.push_back({{"value", value}, {"trials", trials}});
  return {{"what", mixture.what}, {"groups", groups}};
}

}  // namespace pebench::report
