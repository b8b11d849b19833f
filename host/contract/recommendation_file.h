#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/contract/byte_planes.h"
#include "host/contract/record.h"

namespace pebench::contract {

/// How many users' recommendations a trial keeps, and how many items of each.
constexpr std::size_t recommended_users = 256, recommended_items = 20;

/// What a trial recommends to a few of its test users, the same in all trials on a data set: the items with
/// the highest scores among all those that compete in test.full, of the epoch that validation chose.
struct Recommendations {
  std::string trial;           ///< id
  std::int64_t epoch = 0;      ///< finished epochs of the model
  Column users;                ///< their numbers in the data set, ascending
  std::vector<Column> places;  ///< [places][users]: the item there, the best first; 0 where none is left

  /// A user's items, the best first. `index` is that of the user here.
  std::vector<std::uint32_t> of(std::size_t index) const;
};

/// The content of the file, uncompressed: a line of JSON (schema, trial, epoch, number of users and places),
/// and then columns (byte_planes.h), the users as differences, then place by place.
std::string bytes_of(const Recommendations& recommendations);
/// Throws Damaged, naming `file`, for anything else; InputError for those of another version.
Recommendations recommendations_of(std::string_view bytes, const std::string& file);

/// What a record tells of them.
KeptRecommendations kept(const Recommendations& recommendations);

/// Writes the content, gzip-compressed, in one step. Throws InputError if that fails.
void write_recommendations(const std::filesystem::path& path, const Recommendations& recommendations);

/// Those of a record's trial, from beside it in `trial_folder`; nothing where the trial kept none. Throws
/// Damaged if the file is missing or is not that which the record tells of, InputError if it is of another
/// version.
std::optional<Recommendations> read_recommendations(const std::filesystem::path& trial_folder,
                                                    const Record& record);

}  // namespace pebench::contract
