#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "host/controller/data/columns.h"

namespace pebench::data {

enum class ExportFormat { recbole, csv, tsv };

/// An argument of `pebench data import`.
struct ImportArgument {
  std::string option;  ///< "--columns"; empty for a file of events or items
  std::string value;   ///< what stands before the file, or alone
  std::string file;    ///< a name within the folder; empty for none
};

/// What was written.
struct Exported {
  std::vector<std::string> files;         ///< names within the folder
  std::vector<ImportArgument> arguments;  ///< that import them again, beside --out
};

/// Writes an imported data set to a folder of files that others read, in one step, and in which importing
/// them gives the same data set, with the same hashes: that is tried before the folder appears. Events are
/// written user by user. Throws InputError if `out` exists, and for what the format cannot hold.
/// `checkpoint` is called first of all, between the files and while they are read again.
Exported export_to(const std::filesystem::path& out, const Columns& columns, ExportFormat format,
                   const Checkpoint& checkpoint = {});

}  // namespace pebench::data
