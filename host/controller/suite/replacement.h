#pragma once

#include <toml++/toml.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "host/controller/suite/settings_reader.h"
#include "host/controller/suite/suite.h"

namespace pebench::suite {

/// A key of [model], [protocol], [train] or [eval] whose value stands elsewhere: in a [[variant]], in an
/// [[encoding]]. The value must outlive it.
struct Replacement {
  std::string section;
  std::string key;
  const toml::node* value;
  Place place;

  std::string full_name() const { return section + "." + key; }
};

/// What an [[encoding]] has of its own.
struct OwnSettings {
  std::string encoding;
  std::vector<Replacement> keys;
};

/// The tables of `from` called like these sections; whether the keys are known is asked by read_settings().
std::vector<Replacement> read_replacements(Section& from, const std::vector<std::string>& sections);

/// The sections of which an encoding may have keys of its own. What is measured is the same for all: of
/// [protocol] it may have shuffle_history alone, which decides what a model is shown.
const std::vector<std::string>& own_sections();
/// Of each [[encoding]] that has any. Throws base::InputError for train.select, which is how epochs are
/// compared, and for keys of [protocol] that decide what is measured.
std::vector<OwnSettings> read_own_settings(std::vector<Section> encodings);

void replace(SettingSections& settings, const std::vector<Replacement>& keys);

/// Throws base::InputError for a key that the sweep sets too; `swept` as in Variant::sweep, `everywhere` says
/// where that is: "in every variant".
void refuse_swept(const std::vector<Replacement>& keys, const nlohmann::json& swept,
                  const std::string& everywhere);

/// The settings of one encoding under `settings`, from the same sections with its own keys in them. Throws
/// base::InputError where they would rank it among other candidates than the others.
contract::Settings read_own(const OwnSettings& own, SettingSections sections,
                            const contract::Settings& settings);

}  // namespace pebench::suite
