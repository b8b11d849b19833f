#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "host/controller/export/rows.h"

namespace pebench::exporting {

/// Writes the suites into a folder as MLflow's file store has them: an experiment a suite, a run a trial that
/// has a record. `place` is where the folder will lie, for the addresses of artifacts, of which there are
/// none. `on_trial` is called before each planned trial. Throws InputError with the system's reason.
void write_mlflow(const std::vector<Source>& sources, const std::filesystem::path& folder,
                  const std::filesystem::path& place, const std::function<void()>& on_trial);

}  // namespace pebench::exporting
