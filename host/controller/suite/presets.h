#pragma once

#include <string>
#include <vector>

#include "host/contract/settings.h"

namespace pebench::suite {

/// The names of [model].preset and of [protocol].preset.
std::vector<std::string> model_presets();
std::vector<std::string> protocol_presets();

/// Sets what the preset of that name sets: of a model also [train]'s lr and batch, of a protocol also
/// [train]'s select.
void apply_model_preset(const std::string& name, contract::Settings& settings);
void apply_protocol_preset(const std::string& name, contract::Settings& settings);

}  // namespace pebench::suite
