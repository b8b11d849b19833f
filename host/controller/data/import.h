#pragma once

#include <filesystem>

#include "host/controller/data/read_files.h"
#include "host/controller/data/recipe.h"

namespace pebench::data {

enum class LineOrder { keep, ignore };

/// What an import does with what it has read.
struct Treatment {
  LineOrder line_order = LineOrder::keep;
  Recipe recipe;
  std::filesystem::path report;  ///< a CSV of the events that the recipe leaves out; empty for none
  Checkpoint checkpoint;         ///< between the files that are written
};

/// The files of a data set in whatever format, written to `out` in one step; without_line_order() of it where
/// lines are in no order that means anything, and then what the recipe keeps of it. Gives what is to be said
/// of the reading and the recipe, a sentence each. Throws InputError also if `out` exists.
std::vector<std::string> import_files(const std::vector<GivenFile>& files, const Reading& reading,
                                      const std::filesystem::path& out, const Treatment& treatment = {});

/// What the treatment's recipe keeps of an imported data set, written to `out` in one step; the order of
/// lines is past. Gives what is to be said of it, a sentence a step. Throws InputError also if `out` exists,
/// if the recipe has no steps, or if it counts raw events of a set that is itself what a recipe left.
std::vector<std::string> filter(const std::filesystem::path& folder, const std::filesystem::path& out,
                                const Treatment& treatment);

}  // namespace pebench::data
