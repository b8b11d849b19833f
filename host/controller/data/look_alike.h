#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "host/controller/data/columns.h"

namespace pebench::data {

/// The sizes of a data set that is not here.
struct LookAlikeSettings {
  std::int64_t users = 0;
  std::int64_t items = 0;
  std::int64_t events = 0;
  std::int64_t sparse = 0;          ///< categories of each field, which is sparse then; 0 for none
  std::int64_t dense = 0;           ///< numbers of 16 bits an item of each field, which is dense then
  std::vector<std::string> fields;  ///< their names
  std::int64_t negatives = 0;       ///< items that each user's last two events are given to compete with

  /// As dataset.json's `source` keeps them.
  nlohmann::json source() const;
};

/// A data set of exactly these sizes, for trying out suites and for measuring speed: every item has an event,
/// some have many, histories are of geometric lengths, times are whole days. Nothing in it tells anything: no
/// model can do better than by popularity. Throws InputError for sizes that no data set has: fewer than 10
/// users or 2 items, fewer events than items or than two a user, fields of both kinds or of none, more than
/// 10 million users or items or 100 million events.
Columns look_alike(const LookAlikeSettings& settings);

/// Raised when look_alike() makes others for the same settings.
constexpr int look_alike_version = 1;

}  // namespace pebench::data
