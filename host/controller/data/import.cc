#include "host/controller/data/import.h"

#include <fmt/format.h>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/base/hash.h"
#include "host/controller/data/line_order.h"

namespace pebench::data {

void import_dataset(const Source& source, const std::filesystem::path& out, LineOrder line_order) {
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
  Columns columns = read(source);
  if (line_order == LineOrder::ignore) {
    columns = without_line_order(columns);
    files["line_order"] = "ignored";
  }
  if (!write_columns(out, columns, files)) refuse();
}

}  // namespace pebench::data
