#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "host/controller/data/synthetic.h"

namespace pebench::data {

/// The folder that a suite's `path` means: absolute; relative to the suite's folder; or in a folder of
/// PEBENCH_DATA (separated by ':'; by default `data` and `../shared/data` beside the repository this program
/// was built from). Throws InputError with the places it looked at.
std::filesystem::path resolve(const std::string& path, const std::filesystem::path& suite_folder);

/// A folder that Dataset::open takes: an imported data set is returned as it is; a raw one
/// (interactions.tsv[.gz] and perhaps items.jsonl[.gz]) is imported into the cache once. Throws InputError
/// for a folder of neither kind.
std::filesystem::path imported(const std::filesystem::path& folder);

/// The cached folder of a subset of the users of an imported data set. Throws InputError if it has no more
/// than `users`.
std::filesystem::path reduced(const std::filesystem::path& folder, std::int64_t users);

/// The cached folder of a generated data set.
std::filesystem::path generated(const SyntheticSettings& settings);

/// Where data sets are cached: PEBENCH_CACHE, else $XDG_CACHE_HOME/pebench, else ~/.cache/pebench; and `data`
/// in it.
std::filesystem::path cache_folder();

}  // namespace pebench::data
