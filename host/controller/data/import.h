#pragma once

#include <filesystem>

#include "host/controller/data/read_files.h"

namespace pebench::data {

enum class LineOrder { keep, ignore };

/// The files of a data set in whatever format, written to `out` in one step; without_line_order() of it where
/// lines are in no order that means anything. Gives what is to be said of the reading, a sentence each.
/// Throws InputError also if `out` exists.
std::vector<std::string> import_files(const std::vector<GivenFile>& files, const Reading& reading,
                                      const std::filesystem::path& out, LineOrder line_order);

}  // namespace pebench::data
