#include "host/controller/page/page.h"

#include <fmt/format.h>

#include "host/contract/fields.h"
#include "host/controller/page/charts.h"
#include "host/controller/page/embedded.h"
#include "host/controller/page/html.h"
#include "host/controller/page/summary.h"
#include "host/controller/report/sections.h"

namespace pebench::page {
namespace {

/// Nothing is loaded from anywhere, and no text of a suite can become a script.
constexpr const char* policy =
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:";

/// JSON between script tags: "</script>" in a text would end it.
std::string json_in_html(const nlohmann::json& json) {
  std::string text = contract::dump(json), result;
  for (const char c : text)
    if (c == '<')
      result += "\\u003c";
    else
      result += c;
  return result;
}

std::string list_of(const std::vector<std::string>& sentences, const char* kind) {
  constexpr std::size_t first_look = 8;  // more would push everything else off the first screen
  const auto list = [&](std::size_t from, std::size_t to) {
    std::string html = fmt::format("<ul class=\"{}\">\n", kind);
    for (std::size_t i = from; i < to; ++i) html += fmt::format("<li>{}</li>\n", escaped(sentences[i]));
    return html + "</ul>\n";
  };
  if (sentences.size() <= first_look + 1) return list(0, sentences.size());
  return list(0, first_look) + fmt::format("<details><summary>{} more</summary>\n{}</details>\n",
                                           sentences.size() - first_look, list(first_look, sentences.size()));
}

/// A chart has its place before it is drawn, so that links into the page lead where they say.
constexpr int room_for_axes = 55;

std::string figure_of(const Chart& chart) {
  return fmt::format(
      "<figure>\n<figcaption><b>{0}</b></figcaption>\n"
      "<div class=\"chart\" role=\"img\" aria-label=\"{0}. {1}\" style=\"min-height: {2}px\"></div>\n"
      "<script type=\"application/json\">{3}</script>\n<p class=\"caption\">{1}</p>\n"
      "<details><summary>In numbers</summary>\n{4}</details>\n</figure>\n",
      escaped(chart.title), escaped(chart.caption),
      chart.specification.at("height").get<int>() + room_for_axes, json_in_html(chart.specification),
      html_of(chart.numbers));
}

std::string section_of(const ChartSection& section, const std::string& prefix) {
  std::string html =
      fmt::format("<section id=\"{0}{1}\">\n<h3>{2}</h3>\n", prefix, section.id, escaped(section.heading));
  if (!section.introduction.empty()) html += fmt::format("<p>{}</p>\n", escaped(section.introduction));
  for (Chart chart : section.charts) {
    chart.numbers.title = chart.title + ", in numbers";
    html += figure_of(chart);
  }
  return html + "</section>\n";
}

std::string article_of(const report::SuiteReport& report, std::size_t index) {
  const Summary summary = summary_of(report);
  const std::string prefix = fmt::format("s{}-", index);
  const auto sections = charts_of(report);
  const std::string name = escaped(report.overview.suite);

  std::string html = fmt::format(
      "<article aria-labelledby=\"{0}title\">\n<header>\n<p class=\"suite\">{1}</p>\n<h2 "
      "id=\"{0}title\">{2}</h2>\n",
      prefix, name, summary.question.empty() ? name : escaped(summary.question));
  html += list_of(summary.facts, "facts");
  if (!summary.verdicts.empty()) html += "<h3>What it says</h3>\n" + list_of(summary.verdicts, "verdicts");
  if (!summary.claims.empty()) html += "<h3>What was claimed</h3>\n" + list_of(summary.claims, "claims");
  if (!summary.warnings.empty())
    html += "<h3>Before you believe it</h3>\n" + list_of(summary.warnings, "warnings");
  html += "<nav aria-label=\"sections of " + name + "\"><ul>\n";
  for (const ChartSection& section : sections)
    html += fmt::format("<li><a href=\"#{}{}\">{}</a></li>\n", prefix, section.id, escaped(section.heading));
  html +=
      fmt::format("<li><a href=\"#{}report\">The whole report</a></li>\n</ul></nav>\n</header>\n", prefix);

  if (!summary.description.empty()) {
    html += "<details class=\"about\"><summary>About this suite</summary>\n";
    for (const std::string& paragraph : summary.description)
      html += fmt::format("<p>{}</p>\n", escaped(paragraph));
    html += fmt::format("<pre tabindex=\"0\" role=\"region\" aria-label=\"the suite\">{}</pre></details>\n",
                        escaped(report.study.lock.text));
  }
  for (const ChartSection& section : sections) html += section_of(section, prefix);
  html += fmt::format("<section id=\"{}report\">\n<h3>The whole report</h3>\n", prefix);
  html += html_of(report::compose(report), 4);
  return html + "</section>\n</article>\n";
}

std::string section_of(const Live& live) {
  std::string html = fmt::format("<section id=\"live\">\n<h2>{}</h2>\n", escaped(live.headline));
  for (const report::TableBlock& table : live.tables) html += html_of(table);
  for (const Chart& chart : live.charts) html += figure_of(chart);
  return html + "</section>\n";
}

}  // namespace

std::string page_of(const std::vector<report::SuiteReport>& reports, const std::optional<Live>& live) {
  std::string title;
  for (const auto& report : reports) title += (title.empty() ? "" : ", ") + report.overview.suite;
  const std::string refresh =
      live && live->seconds_to_next > 0
          ? fmt::format("<meta http-equiv=\"refresh\" content=\"{}\">\n", live->seconds_to_next)
          : "";
  std::string html = fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n{}"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n<title>{} - "
      "pebench</title>\n<style>\n{}</style>\n</head>\n"
      "<body>\n<main>\n<h1>pebench: {}</h1>\n<noscript><p>Charts are drawn by a script; all numbers are in "
      "the tables.</p></noscript>\n",
      policy, refresh, escaped(title), style(), escaped(title));
  if (live) html += section_of(*live);
  for (std::size_t i = 0; i < reports.size(); ++i) html += article_of(reports[i], i + 1);
  html += "</main>\n<script>\n";
  html += vega();
  html += "</script>\n<script>\n";
  html += script();
  return html + "</script>\n</body>\n</html>\n";
}

report::Reporter html_reporter() {
  return [](const std::vector<report::SuiteReport>& reports) { return page_of(reports); };
}

}  // namespace pebench::page
