#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tests/e2e/program.h"

namespace pebench {

/// The suite of faults.toml with these behaviours beside its good encoding, as a file in `folder`.
inline std::filesystem::path write_suite(const std::filesystem::path& folder,
                                         const std::vector<std::string>& behaviours) {
  const std::filesystem::path path = folder / "faults.toml";
  std::ofstream out(path);
  out << read(PEBENCH_SOURCE_DIR "/tests/e2e/faults.toml");
  for (const auto& behaviour : behaviours)
    out << "\n[[encoding]]\nname = \"" << behaviour
        << "\"\nplugin = \"misbehaves\"\noptions = { behaviour = \"" << behaviour << "\" }\n";
  return path;
}

inline Outcome run_suite(const std::filesystem::path& suite, const std::filesystem::path& results,
                         const std::string& options = "") {
  return shell(PEBENCH_PROGRAM " run " + suite.string() + " --results " + results.string() + " " + options);
}

}  // namespace pebench
