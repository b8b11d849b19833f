#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "host/controller/data/columns.h"

namespace pebench::data {

/// The part of a split that each of these files is, by a word of its name: "train", "dev", "valid" and "test"
/// of dev.csv or ml-100k.valid.inter. Empty unless every file has such a word, and there are training and
/// test.
std::vector<std::string> parts_of(const std::vector<std::filesystem::path>& files);

/// What is to be said where a file is called after several parts, so that no split is kept; else empty.
std::string note_of_unclear_parts(const std::vector<std::filesystem::path>& files);

/// The order in which files are read: training before validation before test, whatever the order given; that,
/// where there are no parts.
std::vector<std::size_t> order_of_parts(const std::vector<std::string>& parts, std::size_t files);

/// What is to be said of a data set that has parts. Throws InputError where its column of parts has other
/// words than train, valid and test, or events without one.
std::string note_of_parts(const Columns& columns);

}  // namespace pebench::data
