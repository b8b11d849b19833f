#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "host/data/dataset.h"

namespace pebench::data {

/// One field of all items, ready to be written. Row 0 (padding) is empty or zero.
struct FieldColumn {
  Field field;
  std::vector<std::int64_t> offsets;    ///< sparse: [N+2]
  std::vector<std::int32_t> ids;        ///< sparse: ascending and distinct within a row
  std::vector<std::string> vocabulary;  ///< sparse: [width], by first appearance
  std::vector<float> values;            ///< dense: [N+1, width]
};

/// A whole data set in memory: what every format is read into and every generator makes.
struct Columns {
  std::vector<std::string> user_ids, item_ids;  ///< item_ids[0] is item 1
  std::vector<std::int64_t> offsets;            ///< [users+1]
  std::vector<Item> items;                      ///< [events]
  std::vector<std::int64_t> times;              ///< [events], ascending within a user
  std::vector<FieldColumn> fields;
};

/// Writes a folder that Dataset::open reads, in one step: a folder beside it, synced and renamed. `source` is
/// kept in dataset.json for people. Returns false, with nothing changed, if `folder` exists already.
bool write_columns(const std::filesystem::path& folder, const Columns& columns, const nlohmann::json& source);

}  // namespace pebench::data
