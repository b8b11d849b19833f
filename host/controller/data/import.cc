#include "host/controller/data/import.h"

#include <fmt/format.h>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/controller/data/line_order.h"

namespace pebench::data {

namespace {

[[noreturn]] void refuse_existing(const std::filesystem::path& out) {
  throw base::InputError(fmt::format("{} exists already: remove it or name another folder", out.string()));
}

void write(const std::filesystem::path& out, Columns columns, nlohmann::json source, LineOrder line_order) {
  if (line_order == LineOrder::ignore) {
    columns = without_line_order(columns);
    source["line_order"] = "ignored";
  }
  if (!write_columns(out, columns, source)) refuse_existing(out);
}

}  // namespace

std::vector<std::string> import_files(const std::vector<GivenFile>& files, const Reading& reading,
                                      const std::filesystem::path& out, LineOrder line_order) {
  if (base::exists(out)) refuse_existing(out);
  ReadFiles read = read_files(files, reading);
  if (line_order == LineOrder::ignore && !read.has_times)
    throw base::InputError(
        "--line-order ignore: these files have no times, and without their order nothing is left");
  if (line_order == LineOrder::ignore && read.is_finer_than_seconds)
    read.notes.push_back(
        "with --line-order ignore events of one second are shuffled, also where their times tell them apart");
  write(out, std::move(read.columns), {{"files", read.files}, {"notes", read.notes}}, line_order);
  return read.notes;
}

}  // namespace pebench::data
