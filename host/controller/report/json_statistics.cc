#include "host/controller/report/json_statistics.h"

#include "host/controller/stats/seed_policy.h"

namespace pebench::report {
namespace {

template <class T>
nlohmann::json json_of(const std::optional<T>& value) {
  return value ? nlohmann::json(*value) : nlohmann::json();
}

nlohmann::json json_of(const stats::Interval& interval) { return {interval.low, interval.high}; }

nlohmann::json json_of(const stats::Proportion& proportion) {
  return {{"value", proportion.value}, {"interval", json_of(proportion.interval)}};
}

nlohmann::json json_of(const Verdicts& verdicts);
nlohmann::json json_of(const Standing& standing);
nlohmann::json json_of(const stats::DeviationRatio& deviation);
nlohmann::json json_of(const LikenessComparison& comparison);
nlohmann::json json_of(const PaceRatio& ratio);

template <class T>
nlohmann::json object_or_null(const std::optional<T>& value) {
  return value ? json_of(*value) : nlohmann::json();
}

nlohmann::json json_of(const EncodingAnalysis& encoding) {
  return {{"encoding", encoding.encoding},
          {"values", encoding.values},
          {"seeds", encoding.seeds},
          {"mean", json_of(encoding.mean)},
          {"mean_interval", object_or_null(encoding.mean_interval)},
          {"mean_deviation", json_of(encoding.mean_deviation)},
          {"sd", json_of(encoding.deviation.sd)},
          {"sd_interval", object_or_null(encoding.deviation_interval)},
          {"normal", json_of(encoding.normal)},
          {"cv", json_of(encoding.deviation.cv)},
          {"sd_over_gain", json_of(encoding.deviation.relative_to_chance)},
          {"sd_of_measured", json_of(encoding.sd_of_measured)},
          {"measured", encoding.measured},
          {"failed", encoding.failed},
          {"stopped", encoding.stopped},
          {"missing", encoding.missing},
          {"copies", encoding.copies},
          {"at_chance", json_of(encoding.at_chance)},
          {"failure_rate", object_or_null(encoding.failures)}};
}

std::string name_of(stats::Evidence evidence) {
  switch (evidence) {
    case stats::Evidence::spread:
      return "spread";
    case stats::Evidence::weak_means:
      return "weak means";
    case stats::Evidence::means:
      return "means";
    case stats::Evidence::stability:
      return "stability";
  }
  return "";
}

nlohmann::json json_of(const Verdicts& verdicts) {
  return {{"direction", stats::name_of(verdicts.direction)},
          {"stability", stats::name_of(verdicts.stability)}};
}

nlohmann::json json_of(const stats::DeviationRatio& deviation) {
  return {{"ratio", deviation.ratio}, {"p", deviation.p}};
}

nlohmann::json deviation_of(const PairAnalysis& pair) {
  nlohmann::json json = json_of(pair.deviation);
  json["adjusted_p"] = pair.deviation_adjusted_p;
  // An end that nothing bounds is null.
  json["interval"] = pair.deviation_has_interval ? json_of(pair.deviation.interval) : nlohmann::json();
  json["strength"] = stats::name_of(pair.deviation_strength);
  json["sd_ratio"] = json_of(pair.sd_ratio);
  json["brown_forsythe"] = nullptr;
  if (pair.brown_forsythe)
    json["brown_forsythe"] = {{"f", pair.brown_forsythe->f}, {"p", pair.brown_forsythe->p}};
  return json;
}

nlohmann::json wilcoxon_of(const PairAnalysis& pair) {
  if (!pair.wilcoxon_p) return {};
  return {{"p", *pair.wilcoxon_p}, {"holm_p", json_of(pair.wilcoxon_holm_p)}};
}

nlohmann::json json_of(const PairAnalysis& pair, const DatasetAnalysis& dataset) {
  const stats::MeanComparison& mean = pair.mean;
  return {
      {"first", dataset.encodings[pair.first].encoding},
      {"second", dataset.encodings[pair.second].encoding},
      {"design", mean.design == stats::Design::paired ? "paired" : "unpaired"},
      {"seeds", mean.seeds},
      {"evidence", name_of(stats::evidence(mean.seeds))},
      {"difference", mean.difference},
      {"difference_interval", json_of(mean.interval)},
      {"effect_size", json_of(mean.effect_size)},
      {"superiority", mean.superiority},
      {"superiority_interval", object_or_null(mean.superiority_interval)},
      {"p", pair.mean_p},
      {"adjusted_p", pair.mean_adjusted_p},
      {"strength", stats::name_of(pair.mean_strength)},
      {"wilcoxon", wilcoxon_of(pair)},
      {"direction", stats::name_of(pair.verdicts.direction)},
      {"equivalent", pair.equivalence ? nlohmann::json(stats::name_of(*pair.equivalence)) : nlohmann::json()},
      {"stability", stats::name_of(pair.verdicts.stability)},
      {"deviation", deviation_of(pair)},
      {"without_failed", object_or_null(pair.without_failed)}};
}

nlohmann::json json_of(const DatasetAnalysis& dataset) {
  nlohmann::json json = {{"dataset", dataset.dataset}, {"chance", json_of(dataset.chance)}};
  for (const char* key : {"encodings", "against_baseline", "pairs"}) json[key] = nlohmann::json::array();
  for (const EncodingAnalysis& encoding : dataset.encodings) json["encodings"].push_back(json_of(encoding));
  for (const PairAnalysis& pair : dataset.against_baseline)
    json["against_baseline"].push_back(json_of(pair, dataset));
  for (const PairAnalysis& pair : dataset.pairs) json["pairs"].push_back(json_of(pair, dataset));
  return json;
}

nlohmann::json json_of(const stats::Estimate& estimate) {
  return {{"value", estimate.value}, {"interval", json_of(estimate.interval)}};
}

nlohmann::json json_of(const AcrossDatasets& across) {
  nlohmann::json json = {
      {"encodings", across.encodings}, {"ranks", across.ranks}, {"critical_difference", nullptr}};
  if (across.critical_difference) {
    const stats::CriticalDifference& difference = *across.critical_difference;
    auto groups = nlohmann::json::array();
    for (const auto& group : difference.groups) {
      groups.push_back(nlohmann::json::array());
      for (std::size_t encoding : group) groups.back().push_back(across.encodings[encoding]);
    }
    json["critical_difference"] = {{"mean_ranks", difference.mean_ranks},
                                   {"friedman", difference.friedman},
                                   {"p", difference.p},
                                   {"difference", difference.difference},
                                   {"groups", groups}};
  }
  json["interquartile_means"] = nlohmann::json::array();
  for (const auto& mean : across.interquartile_means) json["interquartile_means"].push_back(json_of(mean));
  json["profiles"] = nlohmann::json::array();
  for (const auto& profile : across.profiles) {
    json["profiles"].push_back(nlohmann::json::array());
    for (const auto& point : profile)
      json["profiles"].back().push_back({{"threshold", point.threshold}, {"share", json_of(point.share)}});
  }
  return json;
}

nlohmann::json json_of(const Analysis& analysis) {
  auto datasets = nlohmann::json::array();
  for (const DatasetAnalysis& dataset : analysis.datasets) datasets.push_back(json_of(dataset));
  return {{"sweep", analysis.sweep},
          {"datasets", datasets},
          {"across", analysis.across ? json_of(*analysis.across) : nlohmann::json()}};
}

nlohmann::json json_of(const SettingPair& pair) {
  const stats::Agreement& agreement = pair.agreement;
  return {{"first", pair.first},
          {"second", pair.second},
          {"encodings", pair.encodings},
          {"seeds", agreement.seeds},
          {"tau", json_of(agreement.tau)},
          {"interval", json_of(agreement.interval)},
          {"ceilings", {json_of(pair.first_ceiling), json_of(pair.second_ceiling)}},
          {"kept", pair.kept},
          {"turned", pair.turned},
          {"p_carried", agreement.p_carried},
          {"p_turned", agreement.p_turned},
          {"adjusted_p_carried", pair.adjusted_p_carried},
          {"adjusted_p_turned", pair.adjusted_p_turned},
          {"strength", stats::name_of(pair.strength)},
          {"verdict", stats::name_of(pair.verdict)}};
}

nlohmann::json json_of(const Standing& standing) {
  return {{"direction", stats::name_of(standing.direction)},
          {"difference", standing.difference},
          {"adjusted_p", standing.adjusted_p},
          {"strength", stats::name_of(standing.strength)}};
}

nlohmann::json json_of(const EncodingOrder& order) {
  auto standings = nlohmann::json::array();
  for (const auto& standing : order.standings) standings.push_back(object_or_null(standing));
  return {{"first", order.first}, {"second", order.second}, {"standings", standings}};
}

nlohmann::json json_of(const CarryOver& carry) {
  nlohmann::json json = {{"over", carry.over == CarryOver::Over::datasets ? "datasets" : "models"}};
  for (const char* key : {"settings", "pairs", "orders"}) json[key] = nlohmann::json::array();
  for (const Setting& setting : carry.settings)
    json["settings"].push_back({{"dataset", setting.dataset}, {"sweep", setting.sweep}});
  for (const SettingPair& pair : carry.pairs) json["pairs"].push_back(json_of(pair));
  for (const EncodingOrder& order : carry.orders) json["orders"].push_back(json_of(order));
  json["mean"] = nullptr;
  if (carry.mean) json["mean"] = {{"tau", *carry.mean->tau}, {"interval", json_of(carry.mean->interval)}};
  return json;
}

nlohmann::json json_of(const LikenessComparison& comparison) {
  return {{"seeds", comparison.seeds},
          {"difference", comparison.difference},
          {"interval", json_of(comparison.interval)},
          {"p", comparison.p},
          {"adjusted_p", comparison.adjusted_p},
          {"strength", stats::name_of(comparison.strength)},
          {"verdict", stats::name_of(comparison.verdict)}};
}

nlohmann::json json_of(const Churn& churn) {
  auto encodings = nlohmann::json::array();
  for (const EncodingChurn& encoding : churn.encodings)
    encodings.push_back({{"encoding", encoding.encoding},
                         {"seeds", encoding.seeds},
                         {"alike", json_of(encoding.alike)},
                         {"interval", object_or_null(encoding.interval)},
                         {"shared", json_of(encoding.shared)},
                         {"alike_to_baseline", json_of(encoding.alike_to_baseline)},
                         {"withheld", encoding.withheld},
                         {"against_baseline", object_or_null(encoding.against_baseline)}});
  return {{"dataset", churn.dataset},
          {"sweep", churn.sweep},
          {"users", churn.users},
          {"places", churn.places},
          {"trials_without_lists", churn.without_lists},
          {"alike_by_chance", json_of(churn.alike_by_chance)},
          {"shared_by_chance", json_of(churn.shared_by_chance)},
          {"encodings", encodings}};
}

nlohmann::json json_of(const PaceRatio& ratio) {
  return {{"ratio", ratio.ratio}, {"interval", json_of(ratio.interval)}, {"pace", name_of(ratio.pace)}};
}

nlohmann::json json_of(const OperationPrice& price) {
  return {{"operation", price.operation},
          {"batch", price.batch},
          {"length", price.length},
          {"repetitions", price.repetitions},
          {"median", price.median},
          {"quartiles", json_of(price.quartiles)},
          {"p95", price.p95},
          {"ratio", object_or_null(price.ratio)}};
}

nlohmann::json json_of(const Price& price) {
  auto encodings = nlohmann::json::array();
  for (const EncodingPrice& encoding : price.encodings) {
    auto operations = nlohmann::json::array();
    for (const OperationPrice& operation : encoding.operations) operations.push_back(json_of(operation));
    encodings.push_back({{"encoding", encoding.encoding},
                         {"operations", operations},
                         {"memory_peak_bytes", json_of(encoding.memory)},
                         {"parameters", json_of(encoding.parameters)},
                         {"mean", json_of(encoding.mean)},
                         {"sd", json_of(encoding.deviation)}});
  }
  return {{"dataset", price.dataset},     {"sweep", price.sweep},           {"host", price.run.host},
          {"cpu", price.run.cpu},         {"blas", price.run.blas},         {"libtorch", price.run.libtorch},
          {"threads", price.run.threads}, {"finished", price.run.finished}, {"clock", price.clock},
          {"encodings", encodings}};
}

nlohmann::json json_of(const Stratified& trait, const std::vector<Gains>& encodings) {
  auto groups = nlohmann::json::array();
  for (std::size_t g = 0; g < trait.groups.size(); ++g) {
    const UserGroup& group = trait.groups[g];
    auto differences = nlohmann::json::array();
    for (std::size_t e = 0; e < encodings.size(); ++e)
      differences.push_back({{"encoding", encodings[e].encoding},
                             {"difference", trait.differences[e][g].difference},
                             {"interval", object_or_null(trait.differences[e][g].interval)}});
    groups.push_back({{"from", group.from},
                      {"to", group.to},
                      {"users", group.users},
                      {"baseline", group.baseline},
                      {"differences", differences}});
  }
  return {{"trait", trait.trait}, {"groups", groups}};
}

nlohmann::json json_of(const UserSide& side) {
  auto encodings = nlohmann::json::array(), traits = nlohmann::json::array();
  for (const Gains& gains : side.encodings)
    encodings.push_back(
        {{"encoding", gains.encoding}, {"seeds", gains.seeds}, {"gain", gains.gain}, {"lose", gains.lose}});
  for (const Stratified& trait : side.traits) traits.push_back(json_of(trait, side.encodings));
  return {{"dataset", side.dataset}, {"sweep", side.sweep}, {"encodings", encodings}, {"traits", traits}};
}

nlohmann::json json_of(const Attribution& attribution) {
  auto cells = nlohmann::json::array();
  for (const auto& variant : attribution.cells) {
    cells.push_back(nlohmann::json::array());
    for (const AttributionCell& cell : variant)
      cells.back().push_back({{"seeds", cell.seeds},
                              {"mean", json_of(cell.mean)},
                              {"sd", json_of(cell.deviation)},
                              {"deviation", object_or_null(cell.ratio)},
                              {"adjusted_p", cell.adjusted_p},
                              {"strength", stats::name_of(cell.strength)},
                              {"stability", stats::name_of(cell.stability)}});
  }
  auto chance = nlohmann::json::array();
  for (const auto& level : attribution.chance) chance.push_back(json_of(level));
  return {
      {"dataset", attribution.dataset},     {"sweep", attribution.sweep}, {"variants", attribution.variants},
      {"encodings", attribution.encodings}, {"chance", chance},           {"cells", cells}};
}

nlohmann::json json_of(const UserComparison& comparison) {
  const stats::Crossed& crossed = comparison.crossed;
  return {{"encoding", comparison.encoding},
          {"seeds", crossed.seeds},
          {"users", crossed.users},
          {"difference", crossed.difference},
          {"variance", {{"seed", crossed.seed}, {"user", crossed.user}, {"seed_user", crossed.interaction}}},
          {"these_users", json_of(crossed.other_seeds)},
          {"other_users", json_of(crossed.other_users)},
          {"half_width_twice_seeds", crossed.half_width(2 * crossed.seeds, crossed.users)},
          {"half_width_twice_users", crossed.half_width(crossed.seeds, 2 * crossed.users)},
          {"p", crossed.p_other_users},
          {"adjusted_p", comparison.adjusted_p},
          {"direction", stats::name_of(comparison.direction)}};
}

nlohmann::json json_of(const claims::Finding& finding) {
  return {{"text", finding.text},
          {"method", finding.method ? nlohmann::json(claims::name_of(*finding.method)) : nlohmann::json()},
          {"seeds", finding.seeds},
          {"difference", finding.difference},
          {"p", finding.p},
          {"holds", finding.holds},
          {"strength", stats::name_of(finding.strength)},
          {"more_seeds", json_of(finding.more_seeds)}};
}

nlohmann::json json_of(const ClaimAnswer& judged) {
  const auto& [claim, answer] = judged;
  auto datasets = nlohmann::json::array();
  for (const claims::DatasetAnswer& dataset : answer.datasets) {
    auto findings = nlohmann::json::array();
    for (const claims::Finding& finding : dataset.findings) findings.push_back(json_of(finding));
    datasets.push_back({{"dataset", dataset.dataset},
                        {"answer", claims::name_of(dataset.conclusion)},
                        {"p", dataset.p},
                        {"strength", stats::name_of(dataset.strength)},
                        {"findings", findings}});
  }
  return {{"text", claim.text},
          {"test", claim.test},
          {"metric", claim.metric},
          {"dataset", claim.dataset ? nlohmann::json(*claim.dataset) : nlohmann::json()},
          {"sweep", claim.sweep},
          {"answer", claims::name_of(answer.conclusion)},
          {"p", answer.p},
          {"adjusted_p", answer.adjusted_p},
          {"strength", stats::name_of(answer.strength)},
          {"approximate", answer.approximate},
          {"more_seeds", json_of(answer.more_seeds)},
          {"datasets", datasets}};
}

}  // namespace

nlohmann::json json_of(const std::vector<Analysis>& analyses) {
  auto list = nlohmann::json::array();
  for (const Analysis& analysis : analyses) list.push_back(json_of(analysis));
  return list;
}

nlohmann::json json_of(const std::vector<UserAnalysis>& analyses) {
  auto list = nlohmann::json::array();
  for (const UserAnalysis& analysis : analyses) {
    auto comparisons = nlohmann::json::array();
    for (const UserComparison& comparison : analysis.comparisons) comparisons.push_back(json_of(comparison));
    list.push_back({{"dataset", analysis.dataset}, {"sweep", analysis.sweep}, {"comparisons", comparisons}});
  }
  return list;
}

nlohmann::json json_of(const std::vector<UserSide>& sides) {
  auto list = nlohmann::json::array();
  for (const UserSide& side : sides) list.push_back(json_of(side));
  return list;
}

nlohmann::json json_of(const std::vector<Price>& prices) {
  auto list = nlohmann::json::array();
  for (const Price& price : prices) list.push_back(json_of(price));
  return list;
}

nlohmann::json json_of(const std::vector<Churn>& churns) {
  auto list = nlohmann::json::array();
  for (const Churn& churn : churns) list.push_back(json_of(churn));
  return list;
}

nlohmann::json json_of(const std::vector<CarryOver>& carry_overs) {
  auto list = nlohmann::json::array();
  for (const CarryOver& carry : carry_overs) list.push_back(json_of(carry));
  return list;
}

nlohmann::json json_of(const std::vector<Attribution>& attributions) {
  auto list = nlohmann::json::array();
  for (const Attribution& attribution : attributions) list.push_back(json_of(attribution));
  return list;
}

nlohmann::json json_of(const std::vector<ClaimAnswer>& answers) {
  auto list = nlohmann::json::array();
  for (const ClaimAnswer& answer : answers) list.push_back(json_of(answer));
  return list;
}

}  // namespace pebench::report
