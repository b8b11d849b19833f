#include "host/controller/check/session.h"

#include <fmt/format.h>

#include <algorithm>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/base/hash.h"
#include "host/base/nearest.h"
#include "host/controller/plugin/suite_options.h"

namespace pebench::check {
namespace {

constexpr std::string_view loads = "library.loads", described = "library.descriptor";

const Row* row_of(std::string_view id) {
  const auto& rows = catalogue();
  return &*std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.id == id; });
}

bool passed(const Result& result) {
  return result.finding.outcome == Outcome::pass || result.finding.outcome == Outcome::warn;
}

std::vector<const Row*> rows_about(About about, const std::vector<const Row*>& rows) {
  std::vector<const Row*> chosen;
  std::copy_if(rows.begin(), rows.end(), std::back_inserter(chosen),
               [&](const Row* row) { return row->about == about; });
  return chosen;
}

std::vector<const plugin::EncoderDescriptor*> encoders_of(const plugin::DescribedLibrary& library,
                                                          const std::string& wanted) {
  std::vector<const plugin::EncoderDescriptor*> chosen;
  std::vector<std::string> ids;
  for (const auto& encoder : library.descriptor.encoders) {
    ids.push_back(encoder.id);
    if (wanted.empty() || wanted == encoder.id) chosen.push_back(&encoder);
  }
  if (chosen.empty())
    throw base::InputError(fmt::format("--encoder: \"{}\" is not in {}; {}", wanted, library.path.string(),
                                       base::remedy(wanted, ids)));
  return chosen;
}

/// What was written on the command line, as the kind of option that it is for.
nlohmann::json value_of(const plugin::OptionDescriptor* option, const std::string& text) {
  using plugin::OptionKind;
  const bool literal =
      option != nullptr && (option->kind == OptionKind::integer || option->kind == OptionKind::real ||
                            option->kind == OptionKind::boolean);
  if (!literal) return text;
  auto value = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
  return value.is_discarded() ? nlohmann::json(text) : value;
}

EncoderReport report_of(const plugin::EncoderDescriptor& encoder, const Order& order) {
  auto options = nlohmann::json::object();
  for (const auto& [key, text] : order.options) options[key] = value_of(encoder.option(key), text);
  const auto resolved = plugin::resolve_options(
      encoder, options, base::working_folder(),
      [](const std::string&, const std::string& why) { throw base::InputError("--option: " + why); });
  return {encoder.id, encoder.version, resolved.values, resolved.files, {}};
}

std::vector<Result> skipped(const std::vector<const Row*>& rows, const std::string& why) {
  std::vector<Result> results;
  for (const Row* row : rows) results.push_back({row, {Outcome::skip, why}, {}, 0.0});
  return results;
}

void append(std::vector<Result>& all, const std::vector<Result>& more) {
  all.insert(all.end(), more.begin(), more.end());
}

/// A library whose encoders are unknown, since it does not describe itself for `reason`.
Session check_undescribed(const Order& order, Report report, const std::string& reason,
                          const RunnerOptions& options, const Listener& listener) {
  const Subject subject{report.library, "", nlohmann::json::object(), nlohmann::json::object(), order.seed};
  Session session{std::move(report), 0};
  auto run = [&](const std::vector<const Row*>& rows) {
    std::vector<Task> tasks;
    for (const Row* row : rows) tasks.push_back({row, subject});
    const Round part = run_tasks(tasks, options, listener);
    session.signal = part.signal;
    append(session.report.results, part.results);
  };

  run({row_of(loads)});
  if (session.signal != 0) return session;
  auto others = order.rows;
  others.erase(std::remove(others.begin(), others.end(), row_of(loads)), others.end());
  if (!passed(session.report.results.front())) {
    append(session.report.results, skipped(others, fmt::format("{} did not pass", loads)));
    return session;
  }
  auto about_library = rows_about(About::library, others);
  if (std::find(about_library.begin(), about_library.end(), row_of(described)) == about_library.end())
    about_library.push_back(row_of(described));
  run(about_library);
  if (session.signal != 0) return session;
  for (Result& result : session.report.results)
    if (result.row == row_of(described) && passed(result)) result.finding = {Outcome::fail, reason};
  append(session.report.results,
         skipped(rows_about(About::encoder, others), fmt::format("{} did not pass", described)));
  return session;
}

}  // namespace

Session check_library(const Order& order, const plugin::Describer& describer, const RunnerOptions& options,
                      const Listener& listener) {
  Report report;
  report.library = base::absolute(order.library);
  report.hash = base::sha256_of_file(report.library);
  report.seed = order.seed;
  plugin::DescribedLibrary library;
  try {
    library = describer.describe(report.library);
  } catch (const base::InputError& error) {
    return check_undescribed(order, std::move(report), error.what(), options, listener);
  }

  std::vector<Task> tasks;
  const auto about_library = rows_about(About::library, order.rows),
             about_encoder = rows_about(About::encoder, order.rows);
  for (const Row* row : about_library)
    tasks.push_back(
        {row, {report.library, "", nlohmann::json::object(), nlohmann::json::object(), order.seed}});
  for (const auto* encoder : encoders_of(library, order.encoder)) {
    report.encoders.push_back(report_of(*encoder, order));
    const EncoderReport& checked = report.encoders.back();
    for (const Row* row : about_encoder)
      tasks.push_back({row, {report.library, checked.encoder, checked.options, checked.files, order.seed}});
  }
  const Round round = run_tasks(tasks, options, listener);
  if (round.signal != 0) return {std::move(report), round.signal};
  auto next = round.results.begin();
  auto take = [&](std::size_t count) {
    std::vector<Result> taken(next, next + static_cast<std::ptrdiff_t>(count));
    next += static_cast<std::ptrdiff_t>(count);
    return taken;
  };
  report.results = take(about_library.size());
  for (EncoderReport& encoder : report.encoders) encoder.results = take(about_encoder.size());
  return {std::move(report), 0};
}

}  // namespace pebench::check
