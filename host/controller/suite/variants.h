#pragma once

#include <vector>

#include "host/controller/suite/replacement.h"
#include "host/controller/suite/settings_reader.h"
#include "host/controller/suite/suite.h"

namespace pebench::suite {

/// The label under which a [[variant]]'s name stands in Variant::sweep.
constexpr const char* variant_label = "variant";

/// The settings to run: every [[variant]], whose model, protocol, train and eval tables replace the suite's
/// keys, under every point of [sweep]; an encoding's own win over them. Without [[variant]] the sweep alone.
/// Throws base::InputError with its place for an unknown table or key, a name that comes twice, a setting
/// that is also swept, and a variant that is the same as another.
std::vector<Variant> read_variants(std::vector<Section> variants, Section& sweep,
                                   const SettingSections& settings, const std::vector<OwnSettings>& own);

}  // namespace pebench::suite
