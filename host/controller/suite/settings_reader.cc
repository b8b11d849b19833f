#include "host/controller/suite/settings_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <regex>

#include "host/base/error.h"
#include "host/contract/metric.h"
#include "host/controller/suite/presets.h"
#include "host/examiner/candidates.h"

namespace pebench::suite {
namespace {

using Words = std::vector<std::string>;

constexpr double largest_size = 1'000'000;

Interval size() { return Interval::between(1, largest_size); }

void read(Section& from, contract::ModelSettings& model) {
  from.read("width", model.width, size());
  from.read("heads", model.heads, size());
  from.read("blocks", model.blocks, Interval::between(1, 1000));
  from.read("max_len", model.max_len, size());
  from.read("dropout", model.dropout, {0.0, 1.0, true, false});
  from.read("activation", model.activation, Words{"leaky_relu", "silu", "relu", "gelu"});
  from.read("normalization", model.normalization, Words{"layer", "rms", "none"});
  from.read("encoder_residual", model.encoder_residual, Words{"mul", "add"});
  from.read("decoder_residual", model.decoder_residual, Words{"mul", "add", "none"});
  double limit = 0.0;
  if (from.read("item_max_norm", limit, {0.0, INFINITY, false, true}))
    model.item_max_norm = std::isinf(limit) ? std::nullopt : std::optional<double>(limit);
  from.read("item_norm_type", model.item_norm_type, Interval::above(0));
  if (model.width % model.heads != 0)
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

void read(Section& from, contract::ProtocolSettings& protocol) {
  from.read("attention", protocol.attention, Words{"full", "causal"});
  from.read("candidate_position", protocol.candidate_position, Words{"next", "index"});
  from.read("candidates", protocol.candidates);
  from.read("evaluation_set", protocol.evaluation_set, Words{"frozen", "redrawn"});
  from.read("exclude_seen", protocol.exclude_seen, Words{"history", "train", "none"});
  from.read("ties", protocol.ties, Words{"expected", "first_wins"});
  from.read("selection", protocol.selection, Words{"best_validation", "max_test"});
  from.read("context_at_evaluation", protocol.context_at_evaluation, Words{"real", "truncated"});
  from.read("week_scale", protocol.week_scale, Interval::above(0));
  from.read("leaky_relu_is_identity", protocol.leaky_relu_is_identity);
  from.read("feed_forward_twice", protocol.feed_forward_twice);
  from.read("softmax_twice", protocol.softmax_twice);
  from.read("rotate_positions", protocol.rotate_positions, Words{"event", "batch_row"});
  from.read("epoch", protocol.epoch, Words{"every_user", "draws"});
  from.read("loss", protocol.loss, Words{"logits", "probabilities"});
  from.read("encode_cross_attention", protocol.encode_cross_attention);
  from.read("context_at_target", protocol.context_at_target);
}

void read(Section& from, contract::TrainSettings& train) {
  static const std::regex device("cpu|cuda:[0-9]{1,3}");
  from.read("epochs", train.epochs, Interval::at_least(0));
  from.read("batch", train.batch, size());
  from.read("optimizer", train.optimizer, Words{"adam"});
  from.read("lr", train.lr, Interval::above(0));
  from.read("schedule", train.schedule, Words{"constant", "warmup_linear"});
  from.read("warmup_steps", train.warmup_steps, Interval::at_least(0));
  from.read("l2_item", train.l2_item, Interval::at_least(0));
  from.read("patience", train.patience, Interval::at_least(1));
  from.read("select", train.select);
  if (from.read("device", train.device) && !std::regex_match(train.device, device))
    refuse(from.place("device"),
           fmt::format("train.device = \"{}\" is unknown; write \"cpu\" or \"cuda:0\"", train.device));
  from.read("threads", train.threads, Interval::between(1, 1024));
  from.read("engine", train.engine, Words{"fast", "plain"});
}

void read(Section& from, contract::EvalSettings& eval) {
  if (from.read("k", eval.k, size())) std::sort(eval.k.begin(), eval.k.end());
  from.read("validation_users", eval.validation_users, Interval::at_least(1));
  from.read("split", eval.split, Words{"leave_one_out", "global_time"});
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

/// candidate_position = "index" gives candidate i the position i, of which there are max_len + 1.
void check_positions(const contract::CandidateSet& set, const contract::Settings& settings,
                     const Place& place) {
  std::int64_t positions = settings.model.max_len + 1;
  if (settings.protocol.candidate_position != "index") return;
  if (set.kind != contract::CandidateSet::Kind::full && set.count + 1 <= positions) return;
  refuse(place, fmt::format("\"{}\" makes lists longer than the {} positions (model.max_len + 1) of "
                            "protocol.candidate_position = \"index\"; draw at most {} negatives or set "
                            "candidate_position = \"next\"",
                            set.name, positions, settings.model.max_len));
}

}  // namespace

Section* SettingSections::find(const std::string& name) {
  for (auto [known, section] :
       {std::pair{"model", &model}, {"protocol", &protocol}, {"train", &train}, {"eval", &eval}})
    if (name == known) return section;
  return nullptr;
}

contract::Settings read_settings(SettingSections from) {
  contract::Settings settings;
  std::string preset;
  if (from.model.read("preset", preset, model_presets())) apply_model_preset(preset, settings);
  if (from.protocol.read("preset", preset, protocol_presets())) apply_protocol_preset(preset, settings);
  read(from.model, settings.model);
  read(from.protocol, settings.protocol);
  read(from.train, settings.train);
  read(from.eval, settings.eval);
  for (const Section* section : {&from.model, &from.protocol, &from.train, &from.eval}) section->finish();

  std::vector<Place> places = from.protocol.places("candidates");
  places.resize(settings.protocol.candidates.size(), from.protocol.place());
  for (std::size_t i = 0; i < places.size(); ++i)
    check_positions(parse_candidates(settings.protocol.candidates[i], settings.model, places[i]), settings,
                    places[i]);
  auto selecting = check_select(from.train, settings);
  check_positions(selecting, settings, from.train.place("select"));
  return settings;
}

}  // namespace pebench::suite
