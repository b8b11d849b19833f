#pragma once

#include <filesystem>

namespace pebench::data {

/// Throws InputError for a place within a data set's folder, where another one should not be made.
void require_outside_data_sets(const std::filesystem::path& destination);

}  // namespace pebench::data
