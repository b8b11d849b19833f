#pragma once

#include <filesystem>

#include "host/controller/data/columns.h"
#include "host/controller/data/export.h"

namespace pebench::data {

/// A number as the shortest text that is read as the same 32 bits.
std::string number_text(float number);

/// The events, one a row under a header, user by user. Throws InputError for names that the format cannot
/// hold.
void export_events(const std::filesystem::path& path, const Columns& columns, ExportFormat format);

/// The fields at `fields` of all items: RecBole's .item, or items.jsonl. Throws InputError for words that the
/// format cannot hold.
void export_recbole_items(const std::filesystem::path& path, const Columns& columns,
                          const std::vector<const FieldColumn*>& fields);
void export_items_jsonl(const std::filesystem::path& path, const Columns& columns,
                        const std::vector<const FieldColumn*>& fields);

/// A dense field as NumPy saves it, a row for each item in their order.
void export_npy(const std::filesystem::path& path, const FieldColumn& column, std::int64_t items);

}  // namespace pebench::data
