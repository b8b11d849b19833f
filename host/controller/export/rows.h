#pragma once

#include <functional>
#include <vector>

#include "host/contract/folder.h"
#include "host/controller/export/sink.h"
#include "host/controller/report/study.h"

namespace pebench::exporting {

/// A suite's records, and where they lie.
struct Source {
  contract::SuiteFolder folder;
  report::Study study;
};

/// Adds every row of the suites: a trial for each that is planned, whatever became of it, numbered from 1 on.
/// `with_ranks`: the tables of ranks too, which are read trial by trial. `on_trial` is called before each.
/// Throws InputError where the sink does, and for ranks that cannot be read.
void add_rows(const std::vector<Source>& sources, bool with_ranks, const std::function<void()>& on_trial,
              Sink& sink);

}  // namespace pebench::exporting
