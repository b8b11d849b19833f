#include "host/controller/data/import.h"

#include <fmt/format.h>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/base/hash.h"

namespace pebench::data {

void import_dataset(const Source& source, const std::filesystem::path& out) {
  const auto refuse = [&] {
    throw base::InputError(fmt::format("{} exists already: remove it or name another folder", out.string()));
  };
  if (base::exists(out)) refuse();
  nlohmann::json files = {{"interactions", source.interactions.string()},
                          {"interactions_sha256", base::sha256_of_file(source.interactions)}};
  if (source.items) {
    files["items"] = source.items->string();
    files["items_sha256"] = base::sha256_of_file(*source.items);
  }
  if (!write_columns(out, read(source), files)) refuse();
}

}  // namespace pebench::data
