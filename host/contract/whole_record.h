#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "host/contract/folder.h"
#include "host/contract/record.h"

namespace pebench::contract {

/// The files that belong to the record at this path.
std::vector<std::filesystem::path> files_beside(const std::filesystem::path& path, const Record& record);

/// Holds them against the record, which is quicker than reading them. Throws Damaged for one that is missing
/// or is not that which the record tells of, InputError for one that cannot be read.
void check_files_beside(const std::filesystem::path& path, const Record& record);

/// The record of this trial with the files that belong to it checked. Throws Damaged for a record that is
/// damaged, is another trial's or lacks one of them; InputError for one that cannot be read or is of another
/// version.
Record read_whole_record(const SuiteFolder& suite, const std::string& id);

}  // namespace pebench::contract
