#pragma once

#include <vector>

#include "host/controller/suite/replacement.h"
#include "host/controller/suite/settings_reader.h"
#include "host/controller/suite/suite.h"

namespace pebench::suite {

/// The variants that [sweep] asks for: the cartesian product over its settings "section.key", each read as if
/// the value stood there in the file, so that every check applies, with the place of the value; in each
/// the encodings' own settings. One variant for an empty sweep.
std::vector<Variant> read_sweep(Section& sweep, const SettingSections& settings,
                                const std::vector<OwnSettings>& own);

}  // namespace pebench::suite
