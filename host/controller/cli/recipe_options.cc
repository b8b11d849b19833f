#include "host/controller/cli/recipe_options.h"

#include <fmt/format.h>

#include <cmath>

#include "host/base/error.h"

namespace pebench::cli {
namespace {

std::optional<data::Sample> sample(std::int64_t first, std::int64_t random, std::uint64_t seed) {
  if (first > 0) return data::Sample{first, /*random=*/false, seed};
  if (random > 0) return data::Sample{random, /*random=*/true, seed};
  return std::nullopt;
}

}  // namespace

void RecipeOptions::add_to(CLI::App& verb) {
  constexpr const char* group = "What is kept, one step after the other in this order";
  const auto option = [&](const char* name, auto& value, const char* help) {
    return verb.add_option(name, value, help)->group(group);
  };
  option("--from", from_, "No events before this day of UTC, or before a time, as 2014-01-31T18:00:00");
  option("--to", to_, "No events after this day of UTC, or after a time");
  option("--min-rating", min_rating_, "Only events whose rating is so much or more");
  verb.add_flag("--no-duplicates", no_duplicates_, "No event with user, item and second of an earlier one")
      ->group(group);
  verb.add_flag("--no-repeats", no_repeats_, "No event whose item is that of the user's event before")
      ->group(group);
  auto* user_events = option("--min-user-events", user_events_, "Only users with so many events");
  auto* item_events = option("--min-item-events", item_events_, "Only items with so many events");
  option("--core", counting_,
         "How these are counted. iterative: again until all have so many, the k-core; once: at this step, so "
         "that some may end below; raw: once and before all other steps, as SASRec and CARCA do")
      ->check(CLI::IsMember({"iterative", "once", "raw"}))
      ->capture_default_str();
  auto* first_items = option("--first-items", first_items_, "So many items, those that come first");
  auto* random_items = option("--random-items", random_items_, "So many items, drawn by --seed");
  auto* first_users = option("--first-users", first_users_, "So many users, those that come first");
  auto* random_users = option("--random-users", random_users_,
                              "So many users, drawn by --seed; with 0 those of users = ... in a suite");
  first_items->excludes(random_items);
  first_users->excludes(random_users);
  for (CLI::Option* count : {user_events, item_events, first_items, random_items, first_users, random_users})
    count->check(CLI::PositiveNumber);
  option("--seed", seed_, "Of what is drawn")->capture_default_str();
  option("--report", report_, "A CSV to make, with every event that is left out and why");
}

data::Recipe RecipeOptions::recipe() const {
  data::Recipe recipe;
  data::Core core{user_events_, item_events_, counting_ == "iterative"};
  if (counting_ != "iterative" && !data::asks(core))
    throw base::InputError("--core: say how many events with --min-user-events or --min-item-events");
  (counting_ == "raw" ? recipe.raw_core : recipe.core) = core;
  if (!from_.empty()) recipe.range.from = data::first_second(from_, "--from");
  if (!to_.empty()) recipe.range.to = data::last_second(to_, "--to");
  if (recipe.range.from && recipe.range.to && *recipe.range.from > *recipe.range.to)
    throw base::InputError(fmt::format("--from {} is after --to {}: nothing lies between", from_, to_));
  if (min_rating_ && !std::isfinite(*min_rating_))
    throw base::InputError("--min-rating: give the least rating to keep, a number");
  recipe.min_rating = min_rating_;
  recipe.no_duplicates = no_duplicates_;
  recipe.no_repeats = no_repeats_;
  recipe.items = sample(first_items_, random_items_, seed_);
  recipe.users = sample(first_users_, random_users_, seed_);
  return recipe;
}

}  // namespace pebench::cli
