#include "host/controller/cli/data_description.h"

#include <fmt/format.h>

#include "host/terminal/table.h"

namespace pebench::cli {

std::string text_of(const data::Description& found, bool colour) {
  using Align = terminal::Table::Align;
  terminal::Table table({{"", Align::left}, {"", Align::right}});
  const auto percent = [](double share) { return fmt::format("{:.2f} %", 100.0 * share); };
  table.add_row({"users", std::to_string(found.users)});
  table.add_row({"items", std::to_string(found.items)});
  table.add_row({"events", std::to_string(found.events)});
  table.add_row({"the same event again (user, item, second)", std::to_string(found.repeated_events)});
  table.add_row({"density", fmt::format("{:.4f} %", 100.0 * found.density)});
  table.add_row({"events per user: shortest", std::to_string(found.shortest)});
  table.add_row({"median", fmt::format("{:g}", found.median_length)});
  table.add_row({"mean", fmt::format("{:.2f}", found.mean_length)});
  table.add_row({"longest", std::to_string(found.longest)});
  table.add_row({"first day (UTC)", found.first_day});
  table.add_row({"last day (UTC)", found.last_day});
  table.add_row({"events that tie in time within a user", percent(found.share_tied_events)});
  table.add_row({"users whose last two events tie", percent(found.share_last_two_tied)});
  table.add_row({"test events whose item is a repeat", percent(found.share_repeated_targets)});
  for (const auto& field : found.fields)
    table.add_row({fmt::format("attribute '{}'", field.name),
                   fmt::format("{} {}", field.width, field.sparse ? "sparse" : "dense")});
  table.add_row({"hash", found.hash.substr(0, 16)});
  return table.text(colour);
}

nlohmann::json json_of(const data::Description& found) {
  auto fields = nlohmann::json::array();
  for (const auto& field : found.fields)
    fields.push_back(
        {{"name", field.name}, {"kind", field.sparse ? "sparse" : "dense"}, {"width", field.width}});
  return {{"users", found.users},
          {"items", found.items},
          {"events", found.events},
          {"density", found.density},
          {"shortest", found.shortest},
          {"median_length", found.median_length},
          {"mean_length", found.mean_length},
          {"longest", found.longest},
          {"first_day", found.first_day},
          {"last_day", found.last_day},
          {"repeated_events", found.repeated_events},
          {"share_tied_events", found.share_tied_events},
          {"share_last_two_tied", found.share_last_two_tied},
          {"share_repeated_targets", found.share_repeated_targets},
          {"fields", fields},
          {"hash", found.hash}};
}

}  // namespace pebench::cli
