#pragma once

#include <filesystem>
#include <optional>

#include "host/data/columns.h"

namespace pebench::data {

/// Reads a data set from text. Users are numbered from 0 and items from 1 by first appearance; each user's
/// events are sorted by time, ties keeping the file's order.
///
/// interactions: tab-separated with the header "user item timestamp" (unix seconds, integers),
/// gzip-compressed or not. items: a JSON object a line with "item" and fields. A text or a list of texts or
/// integers becomes a sparse field (one attribute per distinct value), a number or a list of numbers with a
/// real one among them a dense field; a field keeps to one kind, and a list of integers counts as dense only
/// after a list with a real number. null, [] and a missing field mean nothing known. Items that nobody
/// interacted with are left out.
///
/// Throws InputError with file, line, value and remedy for anything else.
Columns read_raw(const std::filesystem::path& interactions,
                 const std::optional<std::filesystem::path>& items);

/// read_raw() written to `out`, in one step. Throws InputError also if `out` exists.
void import_dataset(const std::filesystem::path& interactions,
                    const std::optional<std::filesystem::path>& items, const std::filesystem::path& out);

}  // namespace pebench::data
