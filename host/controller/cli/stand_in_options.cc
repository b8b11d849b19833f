#include "host/controller/cli/stand_in_options.h"

#include <utility>

#include "host/controller/suite/stand_in.h"

namespace pebench::cli {

void StandIn::add_to(CLI::App& verb) {
  auto* short_one =
      verb.add_flag("--smoke", smoke,
                    "Does the suite run? One seed, an epoch, and for data sets with a look_alike generated "
                    "ones of a hundredth of the size; its results are those of NAME-smoke");
  verb.add_flag("--look-alike", look_alike,
                "What does the suite take? Generated data of the same size for data sets with a look_alike; "
                "its results "
                "are those of NAME-look-alike")
      ->excludes(short_one);
}

suite::Suite StandIn::applied(suite::Suite suite) const {
  if (smoke) return suite::smoke(std::move(suite));
  return look_alike ? suite::with_look_alikes(std::move(suite)) : suite;
}

}  // namespace pebench::cli
