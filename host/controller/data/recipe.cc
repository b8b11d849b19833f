#include "host/controller/data/recipe.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstddef>

#include "host/base/error.h"
#include "host/controller/data/left_out.h"
#include "host/controller/data/negatives_cell.h"
#include "host/controller/data/rating.h"
#include "host/controller/data/repeats.h"
#include "host/controller/data/selection.h"
#include "host/controller/data/used_words.h"

namespace pebench::data {
namespace {

struct Step {
  std::string name;
  nlohmann::json parameters;
  std::function<LeftOut(const Columns&)> choose;
  const char* remedy;  ///< where nothing is left
};

Step core_step(const Core& core, const char* counting) {
  return {"core",
          {{"user_events", core.user_events}, {"item_events", core.item_events}, {"counting", counting}},
          [core](const Columns& columns) { return outside_core(columns, core); },
          "ask for fewer events of users or of items"};
}

Step range_step(const TimeRange& range) {
  nlohmann::json parameters;
  if (range.from) parameters["from"] = second_text(*range.from);
  if (range.to) parameters["to"] = second_text(*range.to);
  return {"time", parameters, [range](const Columns& columns) { return outside_range(columns, range); },
          "`pebench data info` says of which days the events are"};
}

nlohmann::json parameters_of(const Sample& sample) {
  nlohmann::json parameters = {{"count", sample.count}, {"choice", sample.random ? "random" : "first"}};
  if (sample.random) parameters["seed"] = sample.seed;
  return parameters;
}

std::vector<Step> steps_of(const Recipe& recipe) {
  std::vector<Step> steps;
  if (asks(recipe.raw_core)) steps.push_back(core_step(recipe.raw_core, "raw"));
  if (recipe.range.from || recipe.range.to) steps.push_back(range_step(recipe.range));
  if (recipe.min_rating)
    steps.push_back(
        {"rating",
         {{"least", *recipe.min_rating}},
         [least = *recipe.min_rating](const Columns& columns) { return rated_below(columns, least); },
         "ask for a lower rating"});
  if (recipe.no_duplicates) steps.push_back({"duplicates", nlohmann::json::object(), duplicates, ""});
  if (recipe.no_repeats) steps.push_back({"repeats", nlohmann::json::object(), consecutive_repeats, ""});
  if (asks(recipe.core))
    steps.push_back(core_step(recipe.core, recipe.core.iterative ? "iterative" : "once"));
  if (recipe.items)
    steps.push_back(
        {"items", parameters_of(*recipe.items),
         [sample = *recipe.items](const Columns& columns) { return outside_items(columns, sample); },
         "ask for more items"});
  if (recipe.users)
    steps.push_back(
        {"users", parameters_of(*recipe.users),
         [sample = *recipe.users](const Columns& columns) { return outside_users(columns, sample); },
         "ask for more users"});
  return steps;
}

std::string parameters_text(const nlohmann::json& parameters) {
  std::vector<std::string> parts;
  for (const auto& [key, value] : parameters.items())
    parts.push_back(fmt::format("{} {}", key, value.is_string() ? value.get<std::string>() : value.dump()));
  return parts.empty() ? "" : fmt::format(" ({})", fmt::join(parts, ", "));
}

void tell(const Columns& columns, const LeftOut& out, const std::string& step,
          const std::function<void(const DroppedEvent&)>& on_dropped) {
  for (std::size_t user = 0; user < columns.user_ids.size(); ++user)
    for (std::int64_t event = columns.offsets[user]; event < columns.offsets[user + 1]; ++event) {
      const std::uint8_t reason = out.of_event[static_cast<std::size_t>(event)];
      if (reason != LeftOut::stays)
        on_dropped({columns.user_ids[user],
                    columns.item_ids[static_cast<std::size_t>(columns.items[event]) - 1],
                    columns.times[event], step, out.reasons[reason]});
    }
}

}  // namespace

bool has_steps(const Recipe& recipe) { return !steps_of(recipe).empty(); }

Cooked cook(Columns columns, const Recipe& recipe,
            const std::function<void(const DroppedEvent&)>& on_dropped) {
  Cooked cooked;
  cooked.steps = nlohmann::json::array();
  for (const Step& step : steps_of(recipe)) {
    const LeftOut out = step.choose(columns);
    std::vector<std::int64_t> counts(out.reasons.size(), 0);
    std::vector<bool> keep(out.of_event.size());
    std::int64_t dropped = 0;
    for (std::size_t event = 0; event < keep.size(); ++event) {
      keep[event] = out.of_event[event] == LeftOut::stays;
      if (!keep[event]) ++dropped, ++counts[out.of_event[event]];
    }
    nlohmann::json reasons = nlohmann::json::object();
    std::vector<std::string> sentences;
    for (std::size_t reason = 0; reason < counts.size(); ++reason)
      if (counts[reason] > 0) {
        reasons[out.reasons[reason]] = counts[reason];
        sentences.push_back(fmt::format("{} events: {}", counts[reason], out.reasons[reason]));
      }
    const std::string what = step.name + parameters_text(step.parameters);
    if (dropped == static_cast<std::int64_t>(keep.size()))
      throw base::InputError(fmt::format("{} leaves nothing of {} events ({}); {}", what, dropped,
                                         fmt::join(sentences, "; "), step.remedy));
    if (on_dropped) tell(columns, out, step.name, on_dropped);
    const std::size_t users = columns.user_ids.size(), items = columns.item_ids.size();
    columns = selected(columns, keep);
    cooked.steps.push_back({{"step", step.name},
                            {"parameters", step.parameters},
                            {"dropped",
                             {{"events", dropped},
                              {"users", users - columns.user_ids.size()},
                              {"items", items - columns.item_ids.size()},
                              {"reasons", reasons}}},
                            {"left",
                             {{"events", columns.items.size()},
                              {"users", columns.user_ids.size()},
                              {"items", columns.item_ids.size()}}}});
    cooked.notes.push_back(
        fmt::format("{}: {}; left are {} users, {} items, {} events", what,
                    sentences.empty() ? "nothing is left out"
                                      : fmt::format("left out are {}", fmt::join(sentences, ", ")),
                    columns.user_ids.size(), columns.item_ids.size(), columns.items.size()));
  }
  drop_unused_words(columns);
  if (std::string note = note_of_negatives(columns); !note.empty()) cooked.notes.push_back(std::move(note));
  cooked.columns = std::move(columns);
  return cooked;
}

}  // namespace pebench::data
