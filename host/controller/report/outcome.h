#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "host/contract/record.h"

namespace pebench::report {

/// What became of a planned trial, and so what it counts as (docs/statistics.md, What a value is).
enum class Outcome {
  measured,  ///< it has values, however low
  failed,    ///< it has none because of its encoding: a crash, a NaN, an error: counted at chance
  stopped,   ///< it has none because of the machine: killed, a limit, a file: counted nowhere
  missing,   ///< it has not been run: counted nowhere
};

/// A signal counts as the machine's when it is one that is sent from outside (SIGKILL, SIGTERM, ..), as the
/// encoding's when it comes of what a program does (SIGSEGV, SIGABRT, ..).
Outcome outcome_of(const contract::Result& result);
Outcome outcome_of(const std::optional<contract::Record>& record);

/// Whether a measured trial hits no more often than chance (stats::at_chance), by HR@k on all ranked test
/// users with the candidates and k of `primary` (10 if that has none); nothing where its record does not
/// tell.
std::optional<bool> is_at_chance(const contract::Result& result, const std::string& primary);

/// How many of these trials are copies of each other: those with values, when all their metrics and losses
/// are the same but for rounding, as when nothing varies between seeds; of trials that were not run here,
/// whose metrics may be anything (seconds, say), when `metric` alone is. 0 when they are not, or are fewer
/// than two. Copies are one trial (Hurlbert 1984, pseudoreplication).
std::size_t copies_among(const std::vector<std::optional<contract::Record>>& records,
                         const std::string& metric);

}  // namespace pebench::report
