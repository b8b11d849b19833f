#pragma once

#include "host/controller/judge/numbers.h"
#include "host/controller/judge/question.h"
#include "host/controller/report/study.h"

namespace pebench::judge {

/// The numbers as a study that the report can be made of: a table per data set and setting in the order of
/// the rows, in each the encodings that it has; a record per run, whose identity says that it was not run
/// here.
///
/// A run whose numbers are all missing has no record. One with a number that is not finite is `invalid` with
/// that as its reason. Where single numbers are missing, they are NaN. Numbers of users are averaged over a
/// run's users and kept in the tables. Where there are no seeds, no two runs share one.
///
/// Throws base::InputError for two numbers of the same metric, run and user, and for a question about names
/// that the numbers do not have.
report::Study study_of(const Numbers& numbers, const Question& question);

}  // namespace pebench::judge
