#include "host/cli/verb_status.h"

#include "host/cli/present.h"

namespace pebench::cli {

void add_status(CLI::App& app, Action& action) {
  add_presenting_verb(
      app, action,
      {"status", "Counts the trials that are done, failed and missing, by encoding",
       "pebench status results/quick", report::status_reporter, report::status_json_reporter});
}

}  // namespace pebench::cli
