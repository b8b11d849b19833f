#include "host/controller/data/raw_folder.h"

#include <string>

#include "host/base/file.h"

namespace pebench::data {
namespace {

/// folder/name or folder/name.gz, whichever is there.
std::optional<std::filesystem::path> text_file(const std::filesystem::path& folder, const std::string& name) {
  for (const auto& candidate : {folder / name, folder / (name + ".gz")})
    if (base::exists(candidate)) return candidate;
  return std::nullopt;
}

}  // namespace

std::optional<Source> raw_folder(const std::filesystem::path& folder) {
  const auto interactions = text_file(folder, "interactions.tsv");
  if (!interactions) return std::nullopt;
  return Source{*interactions, text_file(folder, "items.jsonl")};
}

}  // namespace pebench::data
