#include "host/controller/cli/verb_data.h"

#include "host/controller/cli/data_verbs.h"

namespace pebench::cli {

void add_data(CLI::App& app, Action& action) {
  CLI::App* data =
      app.add_subcommand("data", "Imports, generates, filters, describes, checks and exports data sets");
  data->require_subcommand(1);
  data->footer("Example:\n  pebench data info amazon_beauty");
  add_data_import(*data, action);
  add_data_filter(*data, action);
  add_data_synthesise(*data, action);
  add_data_info(*data, action);
  add_data_list(*data, action);
  add_data_verify(*data, action);
  add_data_export(*data, action);
}

}  // namespace pebench::cli
