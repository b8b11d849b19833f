#pragma once

#include "host/contract/settings.h"
#include "host/controller/suite/section.h"

namespace pebench::suite {

/// The tables that settings are read from.
struct SettingSections {
  Section model, protocol, train, eval;

  /// By the name of its table; null for another name.
  Section* find(const std::string& name);
};

/// contract::Settings from their tables: the defaults, then the presets, then the explicit keys. Throws
/// base::InputError with its place for whatever cannot be meant. The sections are taken as copies, so that
/// each variant of a sweep reads its own.
contract::Settings read_settings(SettingSections from);

}  // namespace pebench::suite
