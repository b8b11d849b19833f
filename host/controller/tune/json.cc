#include "host/controller/tune/json.h"

#include <cmath>

#include "host/controller/tune/curve.h"

namespace pebench::tune {
namespace {

nlohmann::json number(double value) { return std::isnan(value) ? nlohmann::json() : nlohmann::json(value); }

nlohmann::json settings_json(const Configuration& configuration) {
  auto settings = nlohmann::json::object();
  for (const suite::Chosen& one : configuration.settings) settings[one.setting] = one.value;
  return settings;
}

nlohmann::json options_json(const Configuration& configuration, const std::string& encoding) {
  auto options = nlohmann::json::object();
  if (const auto own = configuration.options.find(encoding); own != configuration.options.end())
    for (const suite::Option& one : own->second) options[one.key] = one.value;
  return options;
}

nlohmann::json rounds_json(const Search& search, std::size_t encoding, const std::string& name) {
  auto rounds = nlohmann::json::array();
  for (const auto& round : search.tried[encoding]) {
    rounds.push_back(nlohmann::json::array());
    for (const Tried& one : round)
      rounds.back().push_back({{"configuration", one.configuration + 1},
                               {"value", number(one.value)},
                               {"options", options_json(search.configurations[one.configuration], name)},
                               {"epochs_trained", one.epochs},
                               {"seconds", one.seconds}});
  }
  return rounds;
}

nlohmann::json curve_json(const Search& search, std::size_t encoding) {
  auto curve = nlohmann::json::array();
  for (const stats::ExpectedBest& best : expected_curve(search, encoding))
    curve.push_back({{"configurations", curve.size() + 1}, {"mean", best.mean}, {"spread", best.deviation}});
  return curve;
}

nlohmann::json best_json(const Search& search, std::size_t encoding, const std::string& name) {
  const Tried* best = search.best(encoding);
  if (best == nullptr) return nullptr;
  const Configuration& configuration = search.configurations[best->configuration];
  return {{"configuration", best->configuration + 1},
          {"value", best->value},
          {"settings", settings_json(configuration)},
          {"options", options_json(configuration, name)}};
}

/// "at": from that many configurations on, from that round on.
nlohmann::json turns_json(const Subject& subject, const std::vector<std::vector<double>>& values) {
  auto list = nlohmann::json::array();
  for (const Turn& turn : turns(values))
    list.push_back({{"ahead_before", subject.encodings[turn.before].name},
                    {"ahead_from_there", subject.encodings[turn.after].name},
                    {"at", turn.at + 1}});
  return list;
}

}  // namespace

nlohmann::json json_of(const Subject& subject, const Search& search) {
  nlohmann::json json = {{"schema", 1},
                         {"suite", subject.suite.name},
                         {"dataset", subject.dataset.name},
                         {"metric", subject.metric()},
                         {"seeds", subject.seeds},
                         {"epochs_per_encoding", epochs_of(search.rounds, subject.suite.tuning.seeds)},
                         {"rounds", nlohmann::json::array()},
                         {"configurations", nlohmann::json::array()},
                         {"encodings", nlohmann::json::array()}};
  for (const Round& round : search.rounds)
    json["rounds"].push_back({{"configurations", round.configurations}, {"epochs", round.epochs}});
  for (const Configuration& one : search.configurations) json["configurations"].push_back(settings_json(one));
  std::vector<std::vector<double>> expected, best;
  for (std::size_t e = 0; e < subject.encodings.size(); ++e) {
    const std::string& name = subject.encodings[e].name;
    json["encodings"].push_back({{"encoding", name},
                                 {"best", best_json(search, e, name)},
                                 {"curve", curve_json(search, e)},
                                 {"rounds", rounds_json(search, e, name)}});
    expected.emplace_back();
    for (const stats::ExpectedBest& one : expected_curve(search, e)) expected.back().push_back(one.mean);
    best.push_back(best_after_rounds(search, e));
  }
  json["turns"] = {{"configurations", turns_json(subject, expected)}, {"rounds", turns_json(subject, best)}};
  return json;
}

nlohmann::json json_of(const Subject& subject, const std::string& encoding, std::int64_t epochs,
                       const Tried& tried) {
  return {{"schema", 1},
          {"suite", subject.suite.name},
          {"dataset", subject.dataset.name},
          {"metric", subject.metric()},
          {"seeds", subject.seeds},
          {"encoding", encoding},
          {"epochs", epochs},
          {"value", number(tried.value)},
          {"epochs_trained", tried.epochs},
          {"seconds", tried.seconds}};
}

}  // namespace pebench::tune
