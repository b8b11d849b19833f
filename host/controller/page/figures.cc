#include "host/controller/page/figures.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <map>
#include <optional>
#include <sstream>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/contract/fields.h"
#include "host/controller/page/charts.h"
#include "host/controller/page/embedded.h"
#include "host/process/run_child.h"

namespace pebench::page {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::minutes patience(5);
constexpr double width = 480;  // of a picture, in CSS pixels: a column of a paper is about so wide

std::optional<fs::path> on_path(const char* program) {
  const char* path = std::getenv("PATH");
  std::istringstream folders(path == nullptr ? "" : path);
  for (std::string folder; std::getline(folders, folder, ':');)
    if (const fs::path file = fs::path(folder) / program; ::access(file.c_str(), X_OK) == 0) return file;
  return std::nullopt;
}

/// The page's colours on paper, by their variables: those of its first block, "--c0: #0b6bb3;".
std::map<std::string, std::string> colours_on_paper() {
  std::map<std::string, std::string> colours;
  const std::string_view block = style().substr(0, style().find('}'));
  for (std::size_t at = block.find("--"); at != std::string_view::npos; at = block.find("--", at + 2)) {
    const std::size_t colon = block.find(':', at), end = block.find(';', at);
    if (colon == std::string_view::npos || end == std::string_view::npos) break;
    const std::size_t value = block.find_first_not_of(' ', colon + 1);
    colours[fmt::format("var({})", block.substr(at, colon - at))] =
        std::string(block.substr(value, end - value));
  }
  return colours;
}

/// A text of a specification, which may be an expression with colours within.
std::string with_colours(std::string text, const std::map<std::string, std::string>& colours) {
  for (const auto& [variable, colour] : colours)
    for (std::size_t at = text.find(variable); at != std::string::npos; at = text.find(variable, at))
      text.replace(at, variable.size(), colour);
  return text;
}

nlohmann::json on_paper(const nlohmann::json& json, const std::map<std::string, std::string>& colours) {
  if (json.is_string()) return with_colours(json.get<std::string>(), colours);
  if (!json.is_structured()) return json;
  nlohmann::json result = json;
  for (auto& value : result) value = on_paper(value, colours);
  return result;
}

/// How axes and legends look; page.js has the same for the screen.
nlohmann::json config() {
  const char* font = "DejaVu Sans, sans-serif";
  return {{"background", "white"},
          {"axis",
           {{"labelFont", font},
            {"titleFont", font},
            {"titleFontWeight", "normal"},
            {"gridColor", "#d1d9e0"},
            {"labelOverlap", true}}},
          {"legend", {{"labelFont", font}}},
          {"text", {{"font", font}}}};
}

/// Runs a program to its end; `what` is said where it fails.
void run(const std::vector<std::string>& arguments, const char* what) {
  const auto output = process::run_child(arguments, patience);
  if (output.timed_out || output.wait_status != 0)
    throw base::InputError(fmt::format("{}: {} {}", what, arguments.front(),
                                       output.timed_out ? "did not end" : "failed, see above"));
}

/// Writes a specification for every chart, and their captions; the names.
std::vector<std::string> write_specifications(const std::vector<report::SuiteReport>& reports,
                                              const fs::path& folder) {
  const auto colours = colours_on_paper();
  std::vector<std::string> names;
  std::string captions;
  for (const report::SuiteReport& report : reports)
    for (const ChartSection& section : charts_of(report)) {
      int number = 0;
      for (const Chart& chart : section.charts) {
        const std::string name = fmt::format("{}{}-{}", reports.size() > 1 ? report.overview.suite + "-" : "",
                                             section.id, ++number);
        nlohmann::json specification = on_paper(chart.specification, colours);
        specification["width"] = width;
        base::write_atomically(folder / (name + ".vega.json"), contract::json_text(specification));
        captions += fmt::format("**{}**: {}. {}\n\n", name, chart.title, chart.caption);
        names.push_back(name);
      }
    }
  if (names.empty()) throw base::InputError("--figures: there is nothing to draw yet: no trial has a value");
  base::write_atomically(folder / "captions.md", captions);
  return names;
}

void draw(const std::string& node, const std::vector<std::string>& names, const fs::path& folder) {
  const fs::path own = folder / ".drawing";
  base::write_atomically(own / "vega.js", vega());
  base::write_atomically(own / "figures.js", figures_script());
  base::write_atomically(own / "config.json", config().dump());
  std::vector<std::string> arguments = {node, own / "figures.js", own / "vega.js", own / "config.json"};
  for (const std::string& name : names) arguments.push_back(folder / (name + ".vega.json"));
  run(arguments, "--figures");
  fs::remove_all(own);
  if (const auto converter = on_path("rsvg-convert"))
    for (const std::string& name : names)
      run({converter->string(), "--format", "pdf", "--output", folder / (name + ".pdf"),
           folder / (name + ".svg")},
          "--figures");
}

}  // namespace

std::vector<std::string> write_figures(const std::vector<report::SuiteReport>& reports,
                                       const fs::path& folder) {
  if (base::exists(folder))
    throw base::InputError(
        fmt::format("--figures: {} exists already: remove it or name another folder", folder.string()));
  const auto node = on_path("node");
  if (!node)
    throw base::InputError("--figures: charts are drawn by node, which is not here: apt-get install nodejs");
  if (vega().empty())
    throw base::InputError(
        "--figures: pebench was built without Debian's libjs-vega: install it and build again");
  try {
    draw(node->string(), write_specifications(reports, folder), folder);
  } catch (...) {
    std::error_code ignored;
    fs::remove_all(folder, ignored);
    throw;
  }
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path().filename());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace pebench::page
