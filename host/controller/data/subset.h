#pragma once

#include <cstdint>
#include <filesystem>

#include "host/controller/data/columns.h"

namespace pebench::data {

/// `users` users of an imported data set with all their events, in the set's own order: a random sample, the
/// same on every machine. Items that none of them met are left out, the rest renumbered; vocabularies stay as
/// they are. For experiments that the whole set is too large for; results on a subset say nothing about the
/// whole.
///
/// Throws InputError if the data set has no more than `users`.
Columns subset(const std::filesystem::path& folder, std::int64_t users);

/// Raised when subset() takes others for the same arguments.
constexpr int subset_version = 1;

}  // namespace pebench::data
