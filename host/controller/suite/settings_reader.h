#pragma once

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

  /// By the name of its table; null for another name.
  Section* find(const std::string& name);
  /// The same for a name that there is.
  Section& at(const std::string& name);

 private:
  std::vector<Section> all_;
};

/// contract::Settings from their tables: the defaults, then the presets, then the explicit keys. Throws
/// base::InputError with its place for whatever cannot be meant. The sections are taken as copies, so that
/// each variant of a sweep reads its own.
contract::Settings read_settings(SettingSections from);

}  // namespace pebench::suite
