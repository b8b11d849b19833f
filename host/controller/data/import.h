#pragma once

#include <filesystem>

#include "host/controller/data/format.h"

namespace pebench::data {

enum class LineOrder { keep, ignore };

/// read(source) written to `out`, in one step; without_line_order() of it where lines are in no order that
/// means anything. Throws InputError also if `out` exists.
void import_dataset(const Source& source, const std::filesystem::path& out,
                    LineOrder line_order = LineOrder::keep);

}  // namespace pebench::data
