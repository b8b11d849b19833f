#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "host/controller/data/recipe.h"

namespace pebench::cli {

/// The options of a verb that say what of a data set is kept.
class RecipeOptions {
 public:
  /// Adds them to a verb; this must outlive its parsing.
  void add_to(CLI::App& verb);
  /// Throws InputError for what is no recipe.
  data::Recipe recipe() const;
  const std::string& report() const { return report_; }

 private:
  std::string from_, to_, counting_ = "iterative", report_;
  std::int64_t user_events_ = 0, item_events_ = 0;
  std::int64_t first_users_ = 0, random_users_ = 0, first_items_ = 0, random_items_ = 0;
  std::uint64_t seed_ = 0;
  std::optional<double> min_rating_;
  bool no_duplicates_ = false, no_repeats_ = false;
};

}  // namespace pebench::cli
