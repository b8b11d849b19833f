#pragma once

#include <filesystem>

#include "host/controller/data/format.h"

namespace pebench::data {

/// read(source) written to `out`, in one step. Throws InputError also if `out` exists.
void import_dataset(const Source& source, const std::filesystem::path& out);

}  // namespace pebench::data
