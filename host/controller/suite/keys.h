#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "host/contract/key.h"

namespace pebench::suite {

/// Every key of a suite, settings included: reading, errors and the reference are made from these rows. They
/// stand in the order of the reference, those of a section together.
const std::vector<contract::Key>& keys();

/// The rows of "model", of "dataset.synthetic", of "" for the top; none for a table with free keys.
std::vector<const contract::Key*> keys_of(std::string_view section);

}  // namespace pebench::suite
