#pragma once

#include <string>
#include <vector>

#include "host/contract/settings.h"

namespace pebench::backbone {

/// The backbones to which this setting ("model.decoder_residual") means something; empty for all.
const std::vector<std::string>& takers(const std::string& setting);
/// Whether the settings' backbone is among them.
bool takes(const contract::Settings& settings, const std::string& setting);

/// Whether the settings' backbone learns from masked events, protocol.attention = "masked"; it then learns
/// from nothing else, and no other backbone does.
bool trains_masked(const contract::Settings& settings);

}  // namespace pebench::backbone
