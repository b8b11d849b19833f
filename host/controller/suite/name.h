#pragma once

#include <string>
#include <string_view>

#include "host/controller/suite/section.h"

namespace pebench::suite {

/// The section's `name`, which it must have: names become folders and words of claims. Throws
/// base::InputError for other characters than these can hold. `example` is what one could write.
std::string read_name(Section& section, std::string_view example);

}  // namespace pebench::suite
