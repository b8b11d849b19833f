#include "host/controller/data/outside.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/data/files.h"

namespace pebench::data {
namespace {

/// Others may have a file of that name too.
bool is_dataset(const std::filesystem::path& folder) {
  if (!base::exists(folder / file::meta)) return false;
  const auto meta =
      nlohmann::json::parse(base::read_file(folder / file::meta), nullptr, /*allow_exceptions=*/false);
  return meta.is_object() && meta.contains("events_hash");
}

}  // namespace

void require_outside_data_sets(const std::filesystem::path& destination) {
  auto place = base::absolute(destination).lexically_normal();
  if (!place.has_filename()) place = place.parent_path();  // "data/mine/"
  for (auto above = place.parent_path(); above.has_relative_path(); above = above.parent_path())
    if (is_dataset(above))
      throw base::InputError(fmt::format("{} would lie within the data set {}: name a folder beside it",
                                         place.string(), above.string()));
}

}  // namespace pebench::data
