#pragma once

#include <string>

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

/// Name of a field's file: "field.<name>.<what>".
std::string field_file(const std::string& field, const std::string& what);

/// That of the numbers of a dense field, "field.<name>.values.f32" or "...f16".
std::string values_file(const std::string& field, bool half);

/// Name of the file of a feature of events: "event.<name>.<what>".
std::string event_file(const std::string& feature, const std::string& what);

}  // namespace pebench::data
