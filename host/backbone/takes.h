#pragma once

#include <string>
#include <vector>

#include "host/contract/settings.h"

namespace pebench::backbone {

/// The backbones to which this setting ("model.decoder_residual") means something; empty for all.
const std::vector<std::string>& takers(const std::string& setting);
/// Whether the settings' backbone is among them.
bool takes(const contract::Settings& settings, const std::string& setting);

}  // namespace pebench::backbone
