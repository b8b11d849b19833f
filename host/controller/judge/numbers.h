#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "host/controller/judge/sheet.h"
#include "host/controller/report/study.h"

namespace pebench::judge {

/// One number of a metric.
struct Value {
  std::size_t metric = 0;        ///< index into Numbers::metrics
  std::optional<double> number;  ///< NaN and infinities included; nothing where its cell is empty
  Cell place;                    ///< without its text
};

/// Numbers of one run, or of one user of it.
struct Row {
  std::string dataset;
  std::string encoding;
  nlohmann::json sweep = nlohmann::json::object();  ///< settings that divide the rows into tables
  /// What tells the runs of an encoding apart: the seed; where there are no seeds, something of their own.
  std::string run;
  std::optional<std::string> user;
  std::vector<Value> values;
  std::size_t file = 0;  ///< index into Numbers::files
};

/// What was read, from whichever form.
struct Numbers {
  std::vector<report::Origin::File> files;
  std::vector<std::string> metrics;  ///< in their order
  std::vector<Row> rows;
  bool has_seeds = false;  ///< whether `run` is a seed, which encodings may share
  std::string said;        ///< a sentence on how the files were read; may be empty

  /// Index of the metric, which is added if it is new.
  std::size_t metric(const std::string& name);
};

}  // namespace pebench::judge
