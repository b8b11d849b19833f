#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "host/controller/report/document.h"
#include "host/controller/report/suite_report.h"

namespace pebench::report {

/// One form in which suites are presented; the text ends with a newline.
using Reporter = std::function<std::string(const std::vector<SuiteReport>&)>;

/// Tables and figures for people at a terminal, of so many columns where that is known: longer tables are
/// folded (terminal::Table).
Reporter text_reporter(bool colour, std::optional<std::size_t> width = std::nullopt);
/// The same without figures: what `pebench run` ends with.
Reporter summary_reporter(bool colour, std::optional<std::size_t> width = std::nullopt);
/// Tables of GitHub's Markdown; figures are drawn in characters.
Reporter markdown_reporter();
/// Tables and figures for \input into a paper; they need the package booktabs, and pictures none.
Reporter latex_reporter();
/// A row per trial (RFC 4180), every metric a column.
Reporter csv_reporter();
/// {"schema": 1, "suites": [...]}, all that a SuiteReport holds; report.schema.json describes it.
Reporter json_reporter();

std::string as_text(const Document& document, bool colour, std::optional<std::size_t> width = std::nullopt);
std::string as_markdown(const Document& document);
std::string as_latex(const Document& document);

using StatusReporter = std::function<std::string(const std::vector<Overview>&)>;

/// How many trials are done, failed and missing, by encoding.
StatusReporter status_reporter(bool colour);
/// The same as {"suites": [...]}.
StatusReporter status_json_reporter();

}  // namespace pebench::report
