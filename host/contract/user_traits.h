#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "host/contract/byte_planes.h"
#include "host/contract/folder.h"
#include "host/contract/record.h"

namespace pebench::contract {

/// What is asked of a model for each test user of a data set and split, so that a report, which sees records
/// alone, can tell for whom an encoding helps.
struct UserTraits {
  Column users;       ///< numbers in the data set, ascending
  Column history;     ///< events before the target
  Column popularity;  ///< training events of the target
  Column gap;         ///< seconds from the newest event to the target; 2^32-1 for that and more
};

/// The content of the file, uncompressed: a line of JSON (schema, number of users), then the columns
/// (byte_planes.h), the users as differences.
std::string bytes_of(const UserTraits& traits);
/// Throws Damaged, naming `file`, for anything else; InputError for those of another version.
UserTraits user_traits_of(std::string_view bytes, const std::string& file);

/// Where those of a data set, by its hash, and of a split, by its name, lie among a suite's results.
std::filesystem::path traits_file(const SuiteFolder& folder, const std::string& data_hash,
                                  const std::string& split);

/// Writes the content, gzip-compressed, in one step. Throws InputError if that fails.
void write_user_traits(const std::filesystem::path& path, const UserTraits& traits);
/// Throws Damaged for a file that is not as it was written, InputError for one that cannot be read.
UserTraits read_user_traits(const std::filesystem::path& path);
/// Those of the test users of a record's trial; nothing where older versions ran it, which kept none.
std::optional<UserTraits> read_user_traits(const SuiteFolder& folder, const Record& record);

}  // namespace pebench::contract
