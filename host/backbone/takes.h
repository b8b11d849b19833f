#pragma once

#include <string>
#include <vector>

#include "host/contract/settings.h"

namespace pebench::backbone {

/// The backbones to which this setting ("model.decoder_residual") means something; empty for all.
const std::vector<std::string>& takers(const std::string& setting);
/// The setting that keeps this one from meaning anything: "model.backbone" where its backbone is not among
/// them, "model.scorer" where another scorer takes it; empty where it has its meaning.
std::string missing(const contract::Settings& settings, const std::string& setting);

/// Whether the settings' backbone learns from masked events, protocol.attention = "masked"; it then learns
/// from nothing else, and no other backbone does.
bool trains_masked(const contract::Settings& settings);

/// Whether the backbone sees attributes of items and features of events; others learn from ids alone.
bool sees_attributes(const contract::Settings& settings);

/// Whether an item's score is its row times a state, so that all items can be scored while training.
bool scores_by_dot_products(const contract::Settings& settings);

}  // namespace pebench::backbone
