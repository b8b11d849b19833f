#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "host/data/dataset.h"

namespace pebench::data {

/// The rows of a dense field that is too large to hold: asked for as they are written.
class DenseRows {
 public:
  virtual ~DenseRows() = default;
  /// The numbers of an item, 1 .. N, as they lie in the field's file; empty for zeros.
  virtual std::string_view row(Item item) const = 0;
};

/// One field of all items, ready to be written. Row 0 (padding) is empty or zero.
struct FieldColumn {
  Field field;
  std::vector<std::int64_t> offsets;      ///< sparse: [N+2]
  std::vector<std::int32_t> ids;          ///< sparse: ascending and distinct within a row
  std::vector<std::string> vocabulary;    ///< sparse: [width], by first appearance
  std::vector<float> values;              ///< dense: [N+1, width]
  std::shared_ptr<const DenseRows> rows;  ///< dense, in place of `values`
};

/// The numbers of an item of a dense field, 0 .. N, as they are written.
std::string_view dense_row(const FieldColumn& column, Item item);

/// A feature of events.
struct EventColumn {
  Field field;                          ///< sparse: a category; else one number
  std::vector<std::int32_t> ids;        ///< sparse: [events], -1 where it is not known
  std::vector<std::string> vocabulary;  ///< sparse: [width]
  std::vector<float> values;            ///< else: [events], NaN where it is not known
};

/// A whole data set in memory: what every format is read into and every generator makes.
struct Columns {
  std::vector<std::string> user_ids, item_ids;  ///< item_ids[0] is item 1
  std::vector<std::int64_t> offsets;            ///< [users+1]
  std::vector<Item> items;                      ///< [events]
  std::vector<std::int64_t> times;              ///< [events], ascending within a user
  std::vector<FieldColumn> fields;
  std::vector<EventColumn> event_fields;
};

/// The feature of events of that name; null if there is none.
const EventColumn* event_column(const Columns& columns, std::string_view name);

/// What is left of a data set, and in which order.
struct Choice {
  std::vector<User> users;           ///< each once
  std::vector<Item> items;           ///< 1 .. N, each once
  std::vector<std::int64_t> events;  ///< user by user as in `users`, of items in `items`, ascending in time
};
/// These users, items and events, numbered in the order in which they stand there; vocabularies stay whole.
Columns chosen(const Columns& columns, const Choice& choice);

/// A data set that was imported, with all its fields; dense ones are mapped. Throws InputError as
/// Dataset::open does.
Columns read_columns(const std::filesystem::path& folder);

/// Called now and then in long work; what it throws ends the work, and nothing is left of it.
using Checkpoint = std::function<void()>;

/// Writes a folder that Dataset::open reads, in one step: a folder beside it, synced and renamed. `source` is
/// kept in dataset.json for people. `checkpoint` is called first of all, before each file and before the
/// folder appears. Returns false, with nothing changed, if `folder` exists already.
bool write_columns(const std::filesystem::path& folder, const Columns& columns, const nlohmann::json& source,
                   const Checkpoint& checkpoint = {});

}  // namespace pebench::data
