#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "host/contract/folder.h"

namespace pebench::exporting {

/// docs/export.md says what each holds.
enum class Format {
  sqlite,  ///< a database, one file
  csv,     ///< a folder with a file per table
  mlflow,  ///< a folder as MLflow's file store, which has no place for ranks
};

struct Request {
  Format format;
  std::filesystem::path out;  ///< must not be there yet
  bool ranks = false;         ///< every user's too
};

struct Exported {
  std::vector<std::string> suites;
  std::size_t planned = 0;                      ///< trials
  std::map<std::string, std::size_t> outcomes;  ///< of those with a record, by the name of their status
  std::vector<std::string> damaged;             ///< a sentence each, naming the file; they count as missing
};

/// Called before each planned trial is written: so many are, of so many. May throw to end it.
using Progress = std::function<void(std::size_t done, std::size_t all)>;

/// Writes the records of the suites to `out`, which appears in one step: whatever is thrown leaves nothing.
/// Throws InputError if it is there already, cannot be written, two suites have one name, or a lock is
/// damaged or of another version.
Exported export_results(const std::vector<contract::SuiteFolder>& suites, const Request& request,
                        const Progress& progress = {});

}  // namespace pebench::exporting
