#include "host/controller/suite/settings_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "host/backbone/takes.h"
#include "host/base/error.h"
#include "host/contract/metric.h"
#include "host/controller/suite/presets.h"
#include "host/examiner/candidates.h"

namespace pebench::suite {
namespace {

void check_heads(const Section& from, const contract::ModelSettings& model) {
  if (model.width % model.heads == 0) return;
  refuse(from.place_of_any({"heads", "width", "preset"}),
         fmt::format("model.width = {} cannot be cut into model.heads = {} equal parts; choose a width "
                     "that is a multiple of the heads",
                     model.width, model.heads));
}

/// The set that `word` names; refuses it at `place`.
contract::CandidateSet parse_candidates(const std::string& word, const contract::ModelSettings& model,
                                        const Place& place) {
  try {
    return contract::CandidateSet::parse(word, model.max_len);
  } catch (const base::InputError& error) {
    refuse(place, error.what());
  }
}

/// The candidate set that train.select names.
contract::CandidateSet check_select(const Section& train, const contract::Settings& settings) {
  Place place = train.place("select");
  try {
    contract::Metric metric = contract::Metric::parse(settings.train.select);
    if (metric.sample != "valid")
      throw base::InputError(
          fmt::format("\"{}\" would choose the epoch by the test sample; begin it with \"valid.\"",
                      settings.train.select));
    const auto& known = settings.eval.k;
    if (metric.k && std::find(known.begin(), known.end(), *metric.k) == known.end())
      throw base::InputError(
          fmt::format("k = {} of \"{}\" is not among eval.k; add it there or choose from {}", *metric.k,
                      settings.train.select, fmt::join(known, ", ")));
    return contract::CandidateSet::parse(metric.candidates, settings.model.max_len);
  } catch (const base::InputError& error) {
    refuse(place, fmt::format("train.select: {}", error.what()));
  }
}

template <class Value>
bool is_among(const std::vector<Value>& all, const Value& value) {
  return std::find(all.begin(), all.end(), value) != all.end();
}

/// The validation twin of the primary metric; of the default one where stats.primary is nothing that these
/// settings report, for which it is refused elsewhere.
std::string default_select(const std::optional<std::string>& primary, const contract::Settings& settings) {
  auto metric = contract::Metric::find(primary.value_or(""));
  const bool reported = metric && is_among(settings.protocol.candidates, metric->candidates) &&
                        (!metric->k || is_among(settings.eval.k, *metric->k));
  if (!reported) metric = contract::Metric::parse(default_primary(settings));
  return contract::metric_name("valid", metric->candidates, metric->measure_name());
}

/// candidate_position = "index" gives candidate i the position i, of which there are max_len + 1.
void check_positions(const contract::CandidateSet& set, const contract::Settings& settings,
                     const Place& place) {
  std::int64_t positions = settings.model.max_len + 1;
  if (settings.protocol.candidate_position != "index") return;
  if (set.kind == contract::CandidateSet::Kind::given)
    refuse(place,
           fmt::format("\"given\" lists are as long as the data have them, and there are {} positions "
                       "(model.max_len + 1) for protocol.candidate_position = \"index\"; name a set that is "
                       "drawn or set candidate_position = \"next\"",
                       positions));
  if (set.kind != contract::CandidateSet::Kind::full && set.count + 1 <= positions) return;
  refuse(place, fmt::format("\"{}\" makes lists longer than the {} positions (model.max_len + 1) of "
                            "protocol.candidate_position = \"index\"; draw at most {} negatives or set "
                            "candidate_position = \"next\"",
                            set.name, positions, settings.model.max_len));
}

void check_candidates(const Section& from, const contract::Settings& settings) {
  std::vector<Place> places = from.places("candidates");
  places.resize(settings.protocol.candidates.size(),
                from.place_of_any({"candidate_position", "preset", "candidates"}));
  for (std::size_t i = 0; i < places.size(); ++i)
    check_positions(parse_candidates(settings.protocol.candidates[i], settings.model, places[i]), settings,
                    places[i]);
}

/// Of the key, or of the preset that sets it.
Place place_of(SettingSections& from, const contract::Setting& setting) {
  Section& own = from.at(setting.section);
  if (own.has(setting.name)) return own.place(setting.name);
  for (const PresetTable* presets : {&protocol_presets(), &model_presets()})
    if (Section& section = from.at(presets->section);
        section.has("preset") && presets->sets(setting.full_name()))
      return section.place("preset");
  return own.place();
}

/// Whether a sweep or variant gives the model's key, itself or by a preset.
bool is_varied(SettingSections& from, const std::string& key) {
  return from.at("model").is_replaced(key) || from.at("model").is_replaced("preset");
}

/// What means nothing to the backbone or its scorer is refused, so that nobody takes it for a cause; where
/// these are varied, it has its default under those that do not take it.
void check_backbone(SettingSections& from, contract::Settings& settings) {
  for (const contract::Setting& setting : contract::settings_table()) {
    const nlohmann::json value = setting.get(settings), &initial = *setting.initial.value;
    const std::string missing = backbone::missing(settings, setting.full_name());
    if (value == initial || missing.empty()) continue;
    const bool of_backbone = missing == "model.backbone";
    if (is_varied(from, of_backbone ? "backbone" : "scorer")) {
      setting.set(settings, initial);
      continue;
    }
    refuse(place_of(from, setting),
           fmt::format("{} = {} means nothing to {} = \"{}\"; remove it, or take {}", setting.full_name(),
                       value.dump(), missing, of_backbone ? settings.model.backbone : settings.model.scorer,
                       of_backbone ? fmt::format("the backbone {}",
                                                 fmt::join(backbone::takers(setting.full_name()), " or "))
                                   : "the other scorer"));
  }
}

/// All items are scored in training only where a score is a dot product.
void check_objective(SettingSections& from, contract::Settings& settings) {
  if (settings.train.objective != "softmax" || backbone::scores_by_dot_products(settings)) return;
  if (is_varied(from, "backbone")) {
    settings.train.objective = contract::TrainSettings().objective;
    return;
  }
  refuse(place_of(from, contract::setting("train.objective")),
         "train.objective = \"softmax\" scores all items for every target, which cross-attention cannot; set "
         "model.scorer = \"dot_product\", or take sampled_softmax");
}

/// A backbone that trains masked has that word of protocol.attention, and no other backbone has it.
void check_attention(SettingSections& from, contract::Settings& settings) {
  const std::string masked = "masked";
  std::string& attention = settings.protocol.attention;
  const bool wanted = backbone::trains_masked(settings);
  if (wanted == (attention == masked)) return;
  Section& protocol = from.at("protocol");
  if (is_varied(from, "backbone") || !protocol.has("attention")) {
    attention = wanted ? masked : contract::ProtocolSettings().attention;
    return;
  }
  refuse(protocol.place("attention"),
         wanted
             ? fmt::format("protocol.attention = \"{}\" is not for model.backbone = \"{}\", which predicts "
                           "masked events from those on both sides; remove it, or write \"{}\"",
                           attention, settings.model.backbone, masked)
             : fmt::format("protocol.attention = \"{}\" is not for model.backbone = \"{}\", which masks "
                           "nothing; take the backbone {}, or another word",
                           attention, settings.model.backbone,
                           fmt::join(backbone::takers("train.mask_share"), " or ")));
}

/// The published loss is of one negative, by binary cross-entropy.
void check_negatives(const Section& from, const contract::Settings& settings) {
  if (settings.protocol.loss != "probabilities") return;
  if (settings.train.objective != "bce")
    refuse(from.place("objective"),
           fmt::format("train.objective = \"{}\" needs protocol.loss = \"logits\": the published loss is "
                       "binary cross-entropy",
                       settings.train.objective));
  if (settings.train.negatives == 1) return;
  refuse(from.place("negatives"),
         fmt::format(
             "train.negatives = {} needs protocol.loss = \"logits\": the published loss is of one negative",
             settings.train.negatives));
}

/// max_test reports nothing but the test.
void check_test(const Section& from, const contract::Settings& settings) {
  if (settings.eval.test == "ranked" || settings.protocol.selection != "max_test") return;
  refuse(from.place("test"),
         "eval.test = \"none\" leaves nothing to report under protocol.selection = \"max_test\"; set "
         "selection = \"best_validation\"");
}

/// A window of the test ranking goes beyond the trained one, in the test that comes last.
void check_window(const Section& from, const contract::Settings& settings) {
  const std::int64_t window = settings.eval.window, trained = settings.model.max_len;
  if (window == 0) return;
  if (window < trained)
    refuse(from.place("window"),
           fmt::format("eval.window = {} is shorter than model.max_len = {}, the window of training; set at "
                       "least that, or 0 for the same",
                       window, trained));
  if (window > trained && settings.protocol.selection == "max_test")
    refuse(from.place("window"),
           "eval.window is of the ranking at the end, which protocol.selection = \"max_test\" does not have; "
           "set "
           "selection = \"best_validation\"");
  if (window > trained && settings.protocol.candidate_position == "index")
    refuse(from.place("window"),
           "eval.window is for candidates behind the window; set protocol.candidate_position = \"next\"");
}

void apply_preset(const PresetTable& presets, Section& from, contract::Settings& settings) {
  if (from.has("preset")) presets.apply(from.text("preset"), settings);
}

}  // namespace

SettingSections::SettingSections(Section& suite) {
  for (const std::string& name : contract::setting_sections()) all_.push_back(suite.table(name));
}

Section* SettingSections::find(const std::string& name) {
  for (Section& section : all_)
    if (section.name() == name) return &section;
  return nullptr;
}

Section& SettingSections::at(const std::string& name) {
  if (Section* found = find(name)) return *found;
  throw std::logic_error(fmt::format("there is no table of settings {}", name));
}

std::string default_primary(const contract::Settings& settings) {
  const std::int64_t ten = 10;
  return fmt::format("test.{}.ndcg@{}", settings.protocol.candidates.front(),
                     is_among(settings.eval.k, ten) ? ten : settings.eval.k.front());
}

contract::Settings read_settings(SettingSections from) {
  contract::Settings settings;
  apply_preset(model_presets(), from.at("model"), settings);
  apply_preset(protocol_presets(), from.at("protocol"), settings);
  for (const contract::Setting& setting : contract::settings_table())
    if (Section& section = from.at(setting.section); section.has(setting.name))
      setting.set(settings, section.value(setting.name));
  std::sort(settings.eval.k.begin(), settings.eval.k.end());
  if (!from.at("train").has("select")) settings.train.select = default_select(from.primary, settings);
  for (const std::string& name : contract::setting_sections()) from.at(name).finish();

  check_attention(from, settings);
  check_backbone(from, settings);
  check_objective(from, settings);
  check_negatives(from.at("train"), settings);
  check_test(from.at("eval"), settings);
  check_window(from.at("eval"), settings);
  check_heads(from.at("model"), settings.model);
  check_candidates(from.at("protocol"), settings);
  check_positions(check_select(from.at("train"), settings), settings, from.at("train").place("select"));
  return settings;
}

}  // namespace pebench::suite
