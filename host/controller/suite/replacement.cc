#include "host/controller/suite/replacement.h"

#include <fmt/format.h>

#include <utility>

#include "host/contract/candidate_set.h"
#include "host/controller/suite/value.h"

namespace pebench::suite {
namespace {

/// "uniform:L" among them depends on model.max_len.
std::vector<std::int64_t> candidate_counts(const contract::Settings& settings) {
  std::vector<std::int64_t> counts;
  for (const std::string& set : settings.protocol.candidates)
    counts.push_back(contract::CandidateSet::parse(set, settings.model.max_len).count);
  return counts;
}

}  // namespace

std::vector<Replacement> read_replacements(Section& from, const std::vector<std::string>& sections) {
  std::vector<Replacement> found;
  for (const std::string& section : sections)
    for (const auto& [key, value] : from.table(section).entries())
      found.push_back({section, key, value, place_of(*value, from.place().file)});
  return found;
}

const std::vector<std::string>& own_sections() {
  static const std::vector<std::string> sections = {"model", "protocol", "train"};
  return sections;
}

std::vector<OwnSettings> read_own_settings(std::vector<Section> encodings) {
  std::vector<OwnSettings> all;
  for (Section& encoding : encodings) {
    OwnSettings own{encoding.text("name"), read_replacements(encoding, own_sections())};
    for (const Replacement& one : own.keys)
      if (one.full_name() == "train.select" || (one.section == "protocol" && one.key != "shuffle_history"))
        refuse(one.place,
               fmt::format("{} is the same for all encodings; set it in [{}]", one.full_name(), one.section));
    if (!own.keys.empty()) all.push_back(std::move(own));
  }
  return all;
}

void replace(SettingSections& settings, const std::vector<Replacement>& keys) {
  for (const Replacement& one : keys) settings.at(one.section).replace(one.key, *one.value, one.place);
}

void refuse_swept(const std::vector<Replacement>& keys, const nlohmann::json& swept,
                  const std::string& everywhere) {
  for (const Replacement& one : keys)
    if (swept.contains(one.full_name()))
      refuse(one.place, fmt::format("{} stands in [sweep] too, which sets it {}; remove it from one",
                                    one.full_name(), everywhere));
}

contract::Settings read_own(const OwnSettings& own, SettingSections sections,
                            const contract::Settings& settings) {
  replace(sections, own.keys);
  contract::Settings read = read_settings(sections);
  if (candidate_counts(read) != candidate_counts(settings))
    refuse(sections.at("model").place_of_any({"max_len", "preset"}),
           fmt::format("model.max_len = {} would rank encoding \"{}\" among other candidates than the rest: "
                       "protocol.candidates draws L of them; write numbers there",
                       read.model.max_len, own.encoding));
  return read;
}

}  // namespace pebench::suite
