#pragma once

#include <optional>
#include <string>
#include <vector>

#include "host/contract/settings.h"
#include "host/controller/suite/section.h"

namespace pebench::suite {

/// The tables that settings are read from.
class SettingSections {
 public:
  /// Those of a suite.
  explicit SettingSections(Section& suite);

  /// What [stats] asks for, if it does; without train.select an epoch is chosen by it.
  std::optional<std::string> primary;

  /// By the name of its table; null for another name.
  Section* find(const std::string& name);
  /// The same for a name that there is.
  Section& at(const std::string& name);

 private:
  std::vector<Section> all_;
};

/// The primary metric of a suite that names none: NDCG@10 in the first of its candidate sets.
std::string default_primary(const contract::Settings& settings);

/// contract::Settings from their tables: the defaults, then the presets, then the explicit keys. Throws
/// base::InputError with its place for whatever cannot be meant. The sections are taken as copies, so that
/// each variant of a sweep reads its own.
contract::Settings read_settings(SettingSections from);

}  // namespace pebench::suite
