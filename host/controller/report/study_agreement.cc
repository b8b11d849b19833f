#include "host/controller/report/study_agreement.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <set>
#include <tuple>

#include "host/base/error.h"
#include "host/controller/report/sections.h"
#include "host/controller/stats/sign_flip.h"
#include "host/controller/stats/summary.h"

namespace pebench::report {
namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

using Label = std::tuple<std::string, std::string, std::string, std::uint64_t>;

Label label_of(const results::LockedTrial& trial) {
  return {trial.dataset, trial.sweep.dump(), trial.encoding, trial.seed};
}

using Side = std::map<Label, std::pair<const results::LockedTrial*, const contract::Record*>>;

Side side_of(const Study& study) {
  const auto records = records_of(study);
  Side side;
  for (const results::LockedTrial& trial : study.lock.trials) {
    const auto found = records.find(trial.id);
    side[label_of(trial)] = {&trial, found == records.end() ? nullptr : found->second};
  }
  return side;
}

std::string text_at(const nlohmann::json& flat, const std::string& place) {
  const auto found = flat.find(place);
  return found == flat.end() ? "nothing" : found->dump();
}

void note_identities(const contract::Record& first, const contract::Record& second,
                     StudyAgreement& agreement) {
  const nlohmann::json one = first.identity.flatten(), other = second.identity.flatten();
  std::set<std::string> places;
  for (const auto* flat : {&one, &other})
    for (const auto& item : flat->items()) places.insert(item.key());
  for (const std::string& place : places) {
    std::pair<std::string, std::string> values{text_at(one, place), text_at(other, place)};
    if (values.first != values.second) ++agreement.identities[place][values];
  }
}

CommonEncoding& encoding_of(const results::LockedTrial& trial, StudyAgreement& agreement) {
  for (CommonEncoding& encoding : agreement.encodings)
    if (encoding.dataset == trial.dataset && encoding.sweep == trial.sweep &&
        encoding.encoding == trial.encoding)
      return encoding;
  agreement.encodings.push_back({trial.dataset, trial.sweep, trial.encoding, 0, {}, {}, {}, 1});
  return agreement.encodings.back();
}

double value_of(const contract::Record& record, const std::string& metric) {
  const auto found = record.result.metrics.find(metric);
  if (record.result.status != contract::Status::ok || found == record.result.metrics.end())
    return not_a_number;
  return found->second;
}

struct PairedValues {
  std::vector<double> first, second;
};

void finish(CommonEncoding& encoding, const PairedValues& series) {
  const std::vector<double> first = stats::without_failed(series.first);
  const std::vector<double> second = stats::without_failed(series.second);
  if (!first.empty()) encoding.first_mean = stats::mean(first);
  if (!second.empty()) encoding.second_mean = stats::mean(second);
  encoding.paired = stats::compare_paired(series.second, series.first);
}

/// Adjusted p over all encodings; each is a family's stratum of its own, since their numbers of seeds differ.
void test(const std::vector<PairedValues>& series, StudyAgreement& agreement) {
  std::vector<std::vector<std::vector<double>>> differences;
  for (const PairedValues& one : series)
    differences.push_back({stats::paired_differences(one.second, one.first)});
  const auto results = stats::sign_flip_test(differences, 0);
  for (std::size_t i = 0; i < series.size(); ++i) agreement.encodings[i].p = results[i][0].adjusted_p;
}

}  // namespace

std::size_t StudyAgreement::different() const {
  return static_cast<std::size_t>(std::count_if(
      trials.begin(), trials.end(), [](const CommonTrial& trial) { return !trial.agreement.agrees(); }));
}

bool StudyAgreement::same() const { return only_first == 0 && only_second == 0 && different() == 0; }

StudyAgreement agreement_of(const Study& first, const Study& second) {
  const Side one = side_of(first), other = side_of(second);
  StudyAgreement agreement;
  agreement.metric = first.lock.primary;
  std::vector<PairedValues> series;
  for (const results::LockedTrial& trial : first.lock.trials) {
    const contract::Record* left = one.at(label_of(trial)).second;
    const auto found = other.find(label_of(trial));
    const contract::Record* right = found == other.end() ? nullptr : found->second.second;
    if (left == nullptr || right == nullptr) {
      if (left != nullptr) ++agreement.only_first;
      if (left == nullptr && right == nullptr && found != other.end()) ++agreement.in_neither;
      continue;
    }
    agreement.trials.push_back({trial, *found->second.first, results::agreement_of(*left, *right)});
    if (left->id != right->id) note_identities(*left, *right, agreement);
    CommonEncoding& encoding = encoding_of(trial, agreement);
    if (!agreement.trials.back().agreement.agrees()) ++encoding.different;
    series.resize(agreement.encodings.size());
    PairedValues& values = series[static_cast<std::size_t>(&encoding - agreement.encodings.data())];
    values.first.push_back(value_of(*left, agreement.metric));
    values.second.push_back(value_of(*right, agreement.metric));
  }
  for (const auto& [label, trial] : other) {
    const auto found = one.find(label);
    if (trial.second != nullptr && (found == one.end() || found->second.second == nullptr))
      ++agreement.only_second;
  }
  if (agreement.trials.empty())
    throw base::InputError(
        fmt::format("the suites \"{}\" and \"{}\" have no trial in common that has a record in both (data "
                    "set, sweep, encoding "
                    "and seed are compared by name): compare runs of one suite",
                    first.lock.suite, second.lock.suite));
  for (std::size_t i = 0; i < series.size(); ++i) finish(agreement.encodings[i], series[i]);
  test(series, agreement);
  return agreement;
}

Document compose(const StudyAgreement& agreement) {
  TableBlock table;
  table.title = agreement.metric;
  table.columns = {{"encoding", true}, {"on", true},   {"seeds"},         {"different"}, {"first"},
                   {"second"},         {"difference"}, {"95 % interval"}, {"p"}};
  for (const CommonEncoding& encoding : agreement.encodings) {
    Row row;
    row.cells = {{encoding.encoding},
                 {title_of(encoding.dataset, encoding.sweep)},
                 {encoding.paired ? std::to_string(encoding.paired->seeds) : "n/a"},
                 {std::to_string(encoding.different)},
                 {encoding.first_mean ? fmt::format("{:.4f}", *encoding.first_mean) : "n/a"},
                 {encoding.second_mean ? fmt::format("{:.4f}", *encoding.second_mean) : "n/a"},
                 {encoding.paired ? fmt::format("{:+.4f}", encoding.paired->difference) : "n/a"},
                 {encoding.paired ? interval_text(encoding.paired->interval) : "n/a"},
                 {encoding.paired ? p_text(encoding.p) : "n/a"}};
    table.rows.push_back(std::move(row));
  }
  Document document = {table};
  for (const auto& [place, values] : agreement.identities)
    for (const auto& [value, trials] : values)
      document.push_back(Paragraph{
          fmt::format("{} was {} and is {} in {} trials", place, value.first, value.second, trials)});
  for (const CommonTrial& trial : agreement.trials) {
    if (trial.agreement.agrees()) continue;
    document.push_back(Paragraph{
        fmt::format("first difference: {}, {}, seed {}: {}", title_of(trial.first.dataset, trial.first.sweep),
                    trial.first.encoding, trial.first.seed, trial.agreement.difference->text())});
    break;
  }
  document.push_back(Paragraph{
      fmt::format("{}: {} trials compared, {} different; with a record in the first alone {}, in the second "
                  "alone {}, in neither {}",
                  agreement.same() ? "same" : "different", agreement.trials.size(), agreement.different(),
                  agreement.only_first, agreement.only_second, agreement.in_neither)});
  return document;
}

nlohmann::json json_of(const StudyAgreement& agreement) {
  nlohmann::json json = {{"same", agreement.same()},
                         {"metric", agreement.metric},
                         {"compared", agreement.trials.size()},
                         {"only_first", agreement.only_first},
                         {"only_second", agreement.only_second},
                         {"in_neither", agreement.in_neither}};
  for (const char* list : {"different", "identities", "encodings"}) json[list] = nlohmann::json::array();
  for (const CommonTrial& trial : agreement.trials)
    if (!trial.agreement.agrees())
      json["different"].push_back(
          {{"first", trial.first.id},
           {"second", trial.second.id},
           {"same_fingerprint", trial.agreement.same_fingerprint},
           {"place", trial.agreement.difference->place},
           {"values", {trial.agreement.difference->first, trial.agreement.difference->second}}});
  for (const auto& [place, values] : agreement.identities)
    for (const auto& [value, trials] : values)
      json["identities"].push_back(
          {{"place", place}, {"first", value.first}, {"second", value.second}, {"trials", trials}});
  for (const CommonEncoding& encoding : agreement.encodings) {
    nlohmann::json entry = {{"encoding", encoding.encoding},
                            {"dataset", encoding.dataset},
                            {"sweep", encoding.sweep},
                            {"different", encoding.different},
                            {"p", encoding.p},
                            {"difference", nullptr}};
    if (encoding.paired) entry["difference"] = encoding.paired->difference;
    json["encodings"].push_back(entry);
  }
  return json;
}

}  // namespace pebench::report
