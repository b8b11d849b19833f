#include "host/controller/data/dropped_report.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "host/base/csv_cell.h"
#include "host/base/error.h"
#include "host/base/file.h"
#include "host/base/refusal.h"

namespace pebench::data {

void DroppedReport::require_new(const std::filesystem::path& path) {
  if (base::exists(path))
    throw base::InputError(
        fmt::format("{} exists already: remove it or name another file for the report", path.string()));
}

DroppedReport::DroppedReport(const std::filesystem::path& path) : path_(base::absolute(path)) {
  require_new(path);
  temporary_ = (path_.parent_path() / fmt::format(".{}.XXXXXX", path_.filename().string())).string();
  const int descriptor = ::mkstemp(temporary_.data());
  if (descriptor < 0) base::refuse("write", path_, {errno, std::generic_category()});
  ::fchmod(descriptor, 0644);
  ::close(descriptor);
  rows_ = std::make_unique<base::TextWriter>(temporary_);
  rows_->add("user,item,timestamp,step,reason\n");
}

DroppedReport::~DroppedReport() { ::unlink(temporary_.c_str()); }

void DroppedReport::add(const DroppedEvent& event) {
  std::string row;
  base::add_csv_cell(row, event.user);
  row += ',';
  base::add_csv_cell(row, event.item);
  row += fmt::format(",{},", event.time);
  base::add_csv_cell(row, event.step);
  row += ',';
  base::add_csv_cell(row, event.reason);
  row += '\n';
  rows_->add(row);
}

void DroppedReport::keep() {
  rows_->finish();
  if (::rename(temporary_.c_str(), path_.c_str()) != 0)
    base::refuse("write", path_, {errno, std::generic_category()});
}

}  // namespace pebench::data
