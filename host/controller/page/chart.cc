#include "host/controller/page/chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace pebench::page {
namespace {

using nlohmann::json;

constexpr std::size_t colours = 10;
constexpr int row_height = 30, scatter_height = 300;
constexpr const char* schema = "https://vega.github.io/schema/vega/v5.json";

/// Without data, scales and marks; the page gives it the width that it has.
json empty_specification(int height) {
  return {{"$schema", schema},
          {"width", 600},
          {"height", height},
          {"padding", 5},
          {"autosize", {{"type", "fit-x"}, {"contains", "padding"}}},
          {"data", json::array()},
          {"scales", json::array()},
          {"axes", json::array()},
          {"marks", json::array()}};
}

json scaled(const char* scale, const char* field) { return {{"scale", scale}, {"field", field}}; }
json centred(const char* field) { return {{"scale", "y"}, {"field", field}, {"band", 0.5}}; }
json fixed(json value) { return {{"value", std::move(value)}}; }

json bottom_axis(const std::string& title) {
  return {{"orient", "bottom"}, {"scale", "x"}, {"grid", true}, {"title", title}, {"tickCount", 6}};
}
json left_axis(const std::string& title, bool grid) {
  json axis = {{"orient", "left"}, {"scale", "y"}, {"grid", grid}};
  if (!title.empty()) axis["title"] = title;
  return axis;
}

/// A legend of labels, each once, in the order in which they come.
template <class Labelled>
void add_legend(const std::vector<Labelled>& all, json& specification) {
  std::vector<std::string> labels, range;
  for (const Labelled& one : all) {
    if (std::find(labels.begin(), labels.end(), one.label) != labels.end()) continue;
    labels.push_back(one.label);
    range.push_back(one.colour);
  }
  specification["scales"].push_back(
      {{"name", "colour"}, {"type", "ordinal"}, {"domain", labels}, {"range", range}});
  specification["legends"] = json::array({{{"fill", "colour"},
                                           {"orient", "top"},
                                           {"direction", "horizontal"},
                                           {"columns", 5},
                                           {"symbolType", "circle"}}});
}

json linear(const char* name, const char* range, bool zero, json fields) {
  return {{"name", name},   {"type", "linear"}, {"domain", {{"fields", std::move(fields)}}},
          {"range", range}, {"nice", true},     {"zero", zero}};
}

json field_of(const char* data, const char* field) { return {{"data", data}, {"field", field}}; }

}  // namespace

std::string colour(std::size_t index) { return fmt::format("var(--c{})", index % colours); }

json specification_of(const DotChart& chart) {
  json rows = json::array(), dots = json::array();
  std::vector<std::string> labels;
  for (const DotRow& row : chart.rows) {
    labels.push_back(row.label);
    json one = {{"label", row.label}, {"colour", row.colour}, {"reference", row.is_reference}};
    if (row.mean) one["mean"] = *row.mean;
    if (row.interval) one["low"] = row.interval->low, one["high"] = row.interval->high;
    rows.push_back(std::move(one));
    for (std::size_t i = 0; i < row.dots.size(); ++i) {
      // Beside each other, not over one another: five heights in turn.
      const int beside = static_cast<int>(i * 2 % 5) - 2;
      dots.push_back({{"label", row.label},
                      {"colour", row.dots[i].colour.empty() ? row.colour : row.dots[i].colour},
                      {"value", row.dots[i].value},
                      {"tip", row.dots[i].tip},
                      {"beside", 3 * beside}});
    }
  }
  json drawn =
      empty_specification(row_height * static_cast<int>(std::max<std::size_t>(1, chart.rows.size())));
  drawn["data"] = {{{"name", "rows"}, {"values", rows}}, {{"name", "dots"}, {"values", dots}}};
  json extent = json::array({field_of("dots", "value"), field_of("rows", "mean"), field_of("rows", "low"),
                             field_of("rows", "high")});
  if (chart.line) extent.push_back(json::array({*chart.line}));
  if (chart.band) extent.push_back(json::array({chart.band->low, chart.band->high}));
  drawn["scales"] = {linear("x", "width", chart.from_zero, std::move(extent)),
                     {{"name", "y"}, {"type", "band"}, {"domain", labels}, {"range", "height"}}};
  drawn["axes"] = {bottom_axis(chart.axis), left_axis("", false)};
  const json height = {{"signal", "height"}};
  if (chart.band)
    drawn["marks"].push_back({{"type", "rect"},
                              {"encode",
                               {{"update",
                                 {{"x", {{"scale", "x"}, {"value", chart.band->low}}},
                                  {"x2", {{"scale", "x"}, {"value", chart.band->high}}},
                                  {"y", fixed(0)},
                                  {"y2", height},
                                  {"fill", fixed("var(--band)")}}}}}});
  if (chart.line)
    drawn["marks"].push_back({{"type", "rule"},
                              {"encode",
                               {{"update",
                                 {{"x", {{"scale", "x"}, {"value", *chart.line}}},
                                  {"y", fixed(0)},
                                  {"y2", height},
                                  {"stroke", fixed("var(--quiet)")},
                                  {"strokeDash", fixed(json::array({4, 3}))}}}}}});
  drawn["marks"].push_back({{"type", "rule"},
                            {"from", {{"data", "rows"}}},
                            {"encode",
                             {{"update",
                               {{"x", scaled("x", "low")},
                                {"x2", scaled("x", "high")},
                                {"y", centred("label")},
                                {"stroke", {{"field", "colour"}}},
                                {"strokeWidth", fixed(2.5)},
                                {"strokeOpacity", {{"signal", "isValid(datum.low) ? 1 : 0"}}}}}}}});
  drawn["marks"].push_back(
      {{"type", "symbol"},
       {"name", "seeds"},
       {"from", {{"data", "dots"}}},
       {"encode",
        {{"update",
          {{"x", scaled("x", "value")},
           {"y", {{"scale", "y"}, {"field", "label"}, {"band", 0.5}, {"offset", {{"field", "beside"}}}}},
           {"size", fixed(26)},
           {"fill", {{"field", "colour"}}},
           {"fillOpacity", fixed(0.5)},
           {"tooltip", {{"field", "tip"}}}}}}}});
  drawn["marks"].push_back(
      {{"type", "symbol"},
       {"name", "means"},
       {"from", {{"data", "rows"}}},
       {"encode",
        {{"update",
          {{"x", scaled("x", "mean")},
           {"y", centred("label")},
           {"size", fixed(90)},
           {"shape", {{"signal", "datum.reference ? 'diamond' : 'circle'"}}},
           {"fill", {{"signal", "datum.reference ? 'var(--paper)' : datum.colour"}}},
           {"stroke", {{"signal", "datum.reference ? datum.colour : 'var(--paper)'"}}},
           {"strokeWidth", fixed(1.5)},
           {"opacity", {{"signal", "isValid(datum.mean) ? 1 : 0"}}},
           {"tooltip", {{"signal", "datum.label + ': ' + format(datum.mean, '.4f')"}}}}}}}});
  if (!chart.legend.empty()) add_legend(chart.legend, drawn);
  return drawn;
}

json specification_of(const ScatterChart& chart) {
  json marks = json::array();
  for (const Mark& mark : chart.marks) {
    json one = {{"label", mark.label}, {"colour", mark.colour}, {"x", mark.x}, {"y", mark.y}};
    one["low"] = mark.y_interval ? mark.y_interval->low : mark.y;
    one["high"] = mark.y_interval ? mark.y_interval->high : mark.y;
    marks.push_back(std::move(one));
  }
  json drawn = empty_specification(scatter_height);
  drawn["data"] = json::array({{{"name", "marks"}, {"values", marks}}});
  json x = linear("x", "width", false, json::array({field_of("marks", "x")}));
  if (chart.logarithmic) {
    x["type"] = "log";
    x.erase("zero");
  }
  x["padding"] = 20;
  drawn["scales"] = {
      x, linear("y", "height", false,
                json::array({field_of("marks", "y"), field_of("marks", "low"), field_of("marks", "high")}))};
  drawn["axes"] = {bottom_axis(chart.x_axis), left_axis(chart.y_axis, true)};
  const json from = {{"data", "marks"}};
  drawn["marks"] = {
      {{"type", "rule"},
       {"from", from},
       {"encode",
        {{"update",
          {{"x", scaled("x", "x")},
           {"y", scaled("y", "low")},
           {"y2", scaled("y", "high")},
           {"stroke", {{"field", "colour"}}},
           {"strokeWidth", fixed(2)}}}}}},
      {{"type", "symbol"},
       {"name", "means"},
       {"from", from},
       {"encode",
        {{"update",
          {{"x", scaled("x", "x")},
           {"y", scaled("y", "y")},
           {"size", fixed(90)},
           {"fill", {{"field", "colour"}}},
           {"tooltip",
            {{"signal",
              "datum.label + ': ' + format(datum.x, '.3~g') + ', ' + format(datum.y, '.4f')"}}}}}}}},
      {{"type", "text"},
       {"from", from},
       {"encode",
        {{"update",
          {{"x", scaled("x", "x")},
           {"y", scaled("y", "y")},
           {"dx", fixed(8)},
           {"dy", fixed(-6)},
           {"fill", fixed("var(--ink)")},
           {"text", {{"field", "label"}}}}}}}}};
  return drawn;
}

json specification_of(const CurveChart& chart) {
  // A point is [curve, x, y]: with names it would be three times as long.
  json curves = json::array(), points = json::array();
  for (std::size_t i = 0; i < chart.curves.size(); ++i) {
    const Curve& curve = chart.curves[i];
    curves.push_back(
        {{"curve", i}, {"colour", curve.colour}, {"tip", curve.tip}, {"dashed", curve.is_dashed}});
    for (const auto& [x, y] : curve.points) points.push_back(json::array({i, x, y}));
  }
  json drawn = empty_specification(scatter_height);
  drawn["data"] = {{{"name", "curves"}, {"values", curves}},
                   {{"name", "points"},
                    {"values", points},
                    {"transform", json::array({{{"type", "formula"}, {"expr", "datum[0]"}, {"as", "curve"}},
                                               {{"type", "formula"}, {"expr", "datum[1]"}, {"as", "x"}},
                                               {{"type", "formula"}, {"expr", "datum[2]"}, {"as", "y"}},
                                               {{"type", "lookup"},
                                                {"from", "curves"},
                                                {"key", "curve"},
                                                {"fields", json::array({"curve"})},
                                                {"values", {"colour", "tip", "dashed"}}}})}}};
  drawn["scales"] = {linear("x", "width", false, json::array({field_of("points", "x")})),
                     linear("y", "height", false, json::array({field_of("points", "y")}))};
  drawn["scales"][0]["nice"] = false;
  drawn["axes"] = {bottom_axis(chart.x_axis), left_axis(chart.y_axis, true)};
  drawn["marks"] = json::array(
      {{{"type", "group"},
        {"from", {{"facet", {{"name", "one"}, {"data", "points"}, {"groupby", "curve"}}}}},
        {"marks",
         json::array({{{"type", "line"},
                       {"from", {{"data", "one"}}},
                       {"encode",
                        {{"update",
                          {{"x", scaled("x", "x")},
                           {"y", scaled("y", "y")},
                           {"stroke", {{"field", "colour"}}},
                           {"strokeOpacity", fixed(0.65)},
                           {"strokeWidth", fixed(1.3)},
                           {"strokeDash", {{"signal", "datum.dashed ? [4, 3] : [1, 0]"}}},
                           {"tooltip", {{"field", "tip"}}}}},
                         {"hover", {{"strokeOpacity", fixed(1)}, {"strokeWidth", fixed(3)}}}}}}})}}});
  add_legend(chart.curves, drawn);
  return drawn;
}

json specification_of(const HeatMap& map) {
  json cells = json::array();
  for (std::size_t r = 0; r < map.rows.size(); ++r)
    for (std::size_t c = 0; c < map.columns.size(); ++c)
      if (!std::isnan(map.values[r][c]))
        cells.push_back({{"row", map.rows[r]}, {"column", map.columns[c]}, {"value", map.values[r][c]}});
  json drawn = empty_specification(row_height * static_cast<int>(std::max<std::size_t>(1, map.rows.size())));
  drawn["data"] = json::array({{{"name", "cells"}, {"values", cells}}});
  drawn["scales"] = {
      {{"name", "x"}, {"type", "band"}, {"domain", map.columns}, {"range", "width"}, {"padding", 0.03}},
      {{"name", "y"}, {"type", "band"}, {"domain", map.rows}, {"range", "height"}, {"padding", 0.06}},
      {{"name", "shade"},
       {"type", "linear"},
       {"domain", field_of("cells", "value")},
       {"range", {0.75, 0.08}},
       {"zero", false}}};
  drawn["axes"] = {{{"orient", "bottom"}, {"scale", "x"}, {"title", map.x_axis}, {"labelOverlap", true}},
                   {{"orient", "left"}, {"scale", "y"}, {"title", map.y_axis}}};
  drawn["marks"] = {{{"type", "rect"},
                     {"from", {{"data", "cells"}}},
                     {"encode",
                      {{"update",
                        {{"x", scaled("x", "column")},
                         {"width", {{"scale", "x"}, {"band", 1}}},
                         {"y", scaled("y", "row")},
                         {"height", {{"scale", "y"}, {"band", 1}}},
                         {"fill", fixed("var(--c0)")},
                         {"fillOpacity", scaled("shade", "value")}}}}}},
                    {{"type", "text"},
                     {"from", {{"data", "cells"}}},
                     {"encode",
                      {{"update",
                        {{"x", {{"scale", "x"}, {"field", "column"}, {"band", 0.5}}},
                         {"y", centred("row")},
                         {"align", fixed("center")},
                         {"baseline", fixed("middle")},
                         {"fill", fixed("var(--ink)")},
                         {"text", {{"signal", "format(datum.value, '.2~f')"}}}}}}}}};
  return drawn;
}

}  // namespace pebench::page
