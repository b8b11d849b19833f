#include "host/controller/cli/data_description.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "host/controller/order/finding_json.h"
#include "host/controller/order/order_text.h"
#include "host/terminal/table.h"

namespace pebench::cli {
namespace {

using terminal::Table;
using Align = Table::Align;

std::string percent(double share) { return fmt::format("{:.2f} %", 100.0 * share); }

/// "1 2 5 9 ..", in per cent of all.
std::string parts_text(const data::Description& found) {
  std::vector<std::string> parts;
  for (const std::int64_t events : found.events_over_time)
    parts.push_back(
        fmt::format("{:.0f}", 100.0 * static_cast<double>(events) / static_cast<double>(found.events)));
  return fmt::format("{} %", fmt::join(parts, " "));
}

void add_sizes(const data::Description& found, Table& table) {
  table.add_row({"users", std::to_string(found.users)});
  table.add_row({"items", std::to_string(found.items)});
  table.add_row({"events", std::to_string(found.events)});
  table.add_row({"density", fmt::format("{:.4f} %", 100.0 * found.density)});
  const auto& lengths = found.lengths;
  table.add_row(
      {"events per user: shortest, longest", fmt::format("{}, {}", lengths.shortest, lengths.longest)});
  table.add_row({"quartiles", fmt::format("{:g}, {:g}, {:g}", lengths.lower_quartile, lengths.median,
                                          lengths.upper_quartile)});
  table.add_row({"mean", fmt::format("{:.2f}", lengths.mean)});
  table.add_row({"users below 3 events, who only train", percent(lengths.share_below_three)});
  table.add_row(
      {"events of the most popular 1 %, 10 % of items",
       fmt::format("{}, {}", percent(found.skew.top_1_percent), percent(found.skew.top_10_percent))});
  table.add_row({"Gini coefficient of events over items", fmt::format("{:.3f}", found.skew.gini)});
}

void add_times(const data::Description& found, Table& table) {
  table.add_row({"first day (UTC)", found.first_day});
  table.add_row({"last day (UTC)", found.last_day});
  table.add_row({fmt::format("events by tenths of these {:.0f} days", found.days), parts_text(found)});
  table.add_row({"times are whole days", found.whole_days ? "yes" : "no"});
  table.add_row({"events that tie in time within a user", percent(found.share_tied_events)});
}

void add_repeats(const data::Description& found, Table& table) {
  table.add_row({"the same event again (user, item, second)", std::to_string(found.repeated_events)});
  table.add_row({"events whose item the user knew", percent(found.share_known_items)});
  table.add_row({"events whose item is that of the one before", percent(found.share_consecutive_repeats)});
  table.add_row({"users who know every item", std::to_string(found.users_with_every_item)});
}

void add_tested(const data::Tested& tested, Table& table) {
  table.add_row({"test events (leave-one-out)", std::to_string(tested.users)});
  table.add_row({"whose item is a repeat", percent(tested.repeated)});
  table.add_row({"that tie with the one before: which is last is arbitrary", percent(tested.arbitrary)});
  table.add_row({"whose item nobody trains on", percent(tested.cold)});
  table.add_row({"whose item somebody trains on at a later time", percent(tested.item_in_future)});
  table.add_row({"training events later than a test event, on average", percent(tested.future_of_training)});
}

nlohmann::json json_of(const std::vector<data::Field>& fields, const char* sparse, const char* dense) {
  auto all = nlohmann::json::array();
  for (const data::Field& field : fields)
    all.push_back({{"name", field.name}, {"kind", field.sparse ? sparse : dense}, {"width", field.width}});
  return all;
}

}  // namespace

std::string text_of(const data::Description& found, bool colour) {
  Table table({{"", Align::left}, {"", Align::right}});
  add_sizes(found, table);
  add_times(found, table);
  add_repeats(found, table);
  add_tested(found.tested, table);
  for (const auto& field : found.fields)
    table.add_row({fmt::format("attribute '{}'", field.name),
                   fmt::format("{} {}", field.width, field.sparse ? "sparse" : "dense")});
  for (const auto& field : found.event_fields)
    if (field.name == data::negatives_feature)
      table.add_row({"given negatives", fmt::format("{} different lists", field.width)});
    else
      table.add_row({field.name == data::part_feature ? "parts that the data came in"
                                                      : fmt::format("feature of events '{}'", field.name),
                     field.sparse ? fmt::format("{} categories", field.width) : "a number"});
  table.add_row({"hash", found.hash.substr(0, 16)});
  return table.text(colour);
}

nlohmann::json json_of(const data::Description& found) {
  return {{"users", found.users},
          {"items", found.items},
          {"events", found.events},
          {"density", found.density},
          {"shortest", found.lengths.shortest},
          {"lower_quartile_length", found.lengths.lower_quartile},
          {"median_length", found.lengths.median},
          {"upper_quartile_length", found.lengths.upper_quartile},
          {"mean_length", found.lengths.mean},
          {"longest", found.lengths.longest},
          {"share_users_below_three_events", found.lengths.share_below_three},
          {"gini", found.skew.gini},
          {"share_events_of_top_1_percent", found.skew.top_1_percent},
          {"share_events_of_top_10_percent", found.skew.top_10_percent},
          {"first_day", found.first_day},
          {"last_day", found.last_day},
          {"days", found.days},
          {"events_over_time", found.events_over_time},
          {"whole_days", found.whole_days},
          {"repeated_events", found.repeated_events},
          {"share_known_items", found.share_known_items},
          {"share_consecutive_repeats", found.share_consecutive_repeats},
          {"users_with_every_item", found.users_with_every_item},
          {"share_tied_events", found.share_tied_events},
          {"share_last_two_tied", found.share_last_two_tied},
          {"test_events", found.tested.users},
          {"share_repeated_targets", found.tested.repeated},
          {"share_arbitrary_targets", found.tested.arbitrary},
          {"share_cold_targets", found.tested.cold},
          {"share_targets_with_item_in_future", found.tested.item_in_future},
          {"share_training_later_than_test", found.tested.future_of_training},
          {"fields", json_of(found.fields, "sparse", "dense")},
          {"event_fields", json_of(found.event_fields, "category", "number")},
          {"hash", found.hash}};
}

std::string text_of(const order::Finding& found, bool colour) {
  const bool ties = !found.guesses.empty() && found.guesses.front().file;
  std::vector<Table::Column> columns = {{"is there order to encode?", Align::left},
                                        {"HR@10", Align::right},
                                        {"shuffled", Align::right},
                                        {"NDCG@10", Align::right},
                                        {"shuffled", Align::right}};
  if (ties) columns.push_back({"ties shuffled", Align::right});
  columns.push_back({"difference, 95 % interval", Align::right});
  columns.push_back({"p", Align::right});
  Table table(columns);
  for (const order::Guess& guess : found.guesses) {
    std::vector<std::string> cells = {
        guess.events == 1 ? "by the newest event" : fmt::format("by the newest {} events", guess.events),
        fmt::format("{:.4f}", guess.hr), fmt::format("{:.4f}", guess.hr_shuffled),
        fmt::format("{:.4f}", guess.ndcg), fmt::format("{:.4f}", guess.ndcg_shuffled)};
    if (ties) cells.push_back(fmt::format("{:.4f}", guess.file->ndcg));
    cells.push_back(
        fmt::format("{:.4f} [{:.4f}, {:.4f}]", guess.difference, guess.interval.low, guess.interval.high));
    cells.push_back(fmt::format("{:.2g}", guess.p));
    table.add_row(cells);
  }
  std::string text = found.guesses.empty() ? "is there order to encode?\n" : table.text(colour);
  for (const std::string& sentence : order::explained(found)) text += sentence + "\n";
  return text;
}

}  // namespace pebench::cli
