#include "host/cli/verb_report.h"

#include "host/cli/present.h"

namespace pebench::cli {

void add_report(CLI::App& app, Action& action) {
  add_presenting_verb(app, action,
                      {"report", "Shows the tables of a run, from its records alone",
                       "pebench report results/quick", report::text_reporter, report::json_reporter});
}

}  // namespace pebench::cli
