#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "host/data/dataset.h"

namespace pebench::data {

/// The files of an imported data set, beside dataset.json. Binary columns are little-endian and without
/// header.
namespace file {
constexpr const char* meta = "dataset.json";
constexpr const char* offsets = "user_offsets.i64";  ///< [users+1]
constexpr const char* items = "event_items.i32";     ///< [events], 1 .. N
constexpr const char* times = "event_times.i64";     ///< [events], unix seconds
constexpr const char* user_ids = "user_ids.txt";     ///< a line each
constexpr const char* item_ids = "item_ids.txt";
}  // namespace file

/// Raised when the files change their meaning.
constexpr int format_version = 1;

/// One field of all items, ready to be written. Row 0 (padding) is empty or zero.
struct FieldColumn {
  Field field;
  std::vector<std::int64_t> offsets;    ///< sparse: [N+2]
  std::vector<std::int32_t> ids;        ///< sparse: ascending and distinct within a row
  std::vector<std::string> vocabulary;  ///< sparse: [width], by first appearance
  std::vector<float> values;            ///< dense: [N+1, width]
};

/// A whole data set in memory.
struct Columns {
  std::vector<std::string> user_ids, item_ids;  ///< item_ids[0] is item 1
  std::vector<std::int64_t> offsets;
  std::vector<Item> items;
  std::vector<std::int64_t> times;
  std::vector<FieldColumn> fields;
};

/// Writes a folder that Dataset::open reads, in one step: a folder beside it, synced and renamed. `source` is
/// kept in dataset.json for people. Returns false, with nothing changed, if `folder` exists already.
bool write_columns(const std::filesystem::path& folder, const Columns& columns, const nlohmann::json& source);

/// Name of a field's file: "field.<name>.<what>".
std::string field_file(const std::string& field, const std::string& what);

}  // namespace pebench::data
