#include "host/controller/suite/suite.h"

#include <fmt/format.h>

#include <algorithm>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/contract/metric.h"
#include "host/controller/claims/observations.h"
#include "host/controller/claims/parser.h"
#include "host/controller/suite/replacement.h"
#include "host/controller/suite/section.h"
#include "host/controller/suite/settings_reader.h"
#include "host/controller/suite/units.h"
#include "host/controller/suite/value.h"
#include "host/controller/suite/variants.h"

namespace pebench::suite {
namespace {

constexpr std::int64_t schema = 1;

/// Runs `parse`, giving its errors the place.
template <class Parse>
auto at(const Place& place, const std::string& what, Parse parse) {
  try {
    return parse();
  } catch (const base::InputError& error) {
    refuse(place, fmt::format("{}: {}", what, error.what()));
  }
}

template <class Named>
std::vector<std::string> names_of(const std::vector<Named>& all) {
  std::vector<std::string> names;
  for (const Named& one : all) names.push_back(one.name);
  return names;
}

/// Refuses `word` at `place` unless it is one of `known`.
void check_word(const std::string& what, const std::string& word, const std::vector<std::string>& known,
                const Place& place) {
  if (std::find(known.begin(), known.end(), word) == known.end()) refuse_word(what, word, known, place);
}

std::vector<std::uint64_t> read_seed_values(Section& from) {
  std::vector<std::uint64_t> seeds;
  if (from.has("list")) {
    const auto list = from.integers("list");
    for (const char* key : {"base", "count"})
      if (from.has(key))
        refuse(from.place(key), fmt::format("seeds.{} and seeds.list exclude each other; remove one", key));
    seeds.assign(list.begin(), list.end());
  } else {
    const auto base = static_cast<std::uint64_t>(from.integer("base"));
    const auto count = static_cast<std::uint64_t>(from.integer("count"));
    for (std::uint64_t i = 0; i < count; ++i) seeds.push_back(base + i);
  }
  return seeds;
}

void read_seeds(Section from, Suite& suite) {
  suite.seeds = read_seed_values(from);
  const auto written = from.texts("vary");
  for (const std::string& purpose : from.words("vary"))
    if (std::find(written.begin(), written.end(), purpose) != written.end()) suite.vary.push_back(purpose);
  from.finish();
}

data::SyntheticSettings read_synthetic(Section from) {
  data::SyntheticSettings synthetic;
  synthetic.signal = from.text("signal");
  synthetic.users = from.integer("users");
  synthetic.items = from.integer("items");
  synthetic.seed = static_cast<std::uint64_t>(from.integer("seed"));
  synthetic.strength = from.number("strength");
  synthetic.noise = from.number("noise");
  synthetic.length = from.integers("length");
  if (from.has("mean_length")) synthetic.mean_length = from.number("mean_length");
  synthetic.gaps = from.text("gaps");
  if (from.has("lag")) synthetic.lag = from.integer("lag");
  synthetic.period = from.text("period");
  from.finish();
  at(from.place(), "dataset.synthetic", [&] {
    data::validate(synthetic);
    return true;
  });
  return synthetic;
}

data::LookAlikeSettings read_look_alike(Section from) {
  data::LookAlikeSettings sizes;
  sizes.users = from.integer("users");
  sizes.items = from.integer("items");
  sizes.events = from.integer("events");
  sizes.sparse = from.integer("sparse");
  sizes.dense = from.integer("dense");
  sizes.negatives = from.integer("negatives");
  from.finish();
  return sizes;
}

Dataset read_dataset(Section from) {
  Dataset dataset;
  dataset.name = from.text("name");
  bool synthetic = from.has("synthetic");
  if (synthetic && from.has("path"))
    refuse(from.place("path"), "dataset.path and dataset.synthetic exclude each other; remove one");
  if (synthetic && from.has("users"))
    refuse(from.place("users"),
           "dataset.users takes a subset of imported data; write users within dataset.synthetic");
  if (synthetic)
    dataset.synthetic = read_synthetic(from.table("synthetic"));
  else
    dataset.path = from.text("path");
  for (const char* key : {"published", "look_alike"})
    if (synthetic && from.has(key))
      refuse(from.place(key), fmt::format("dataset.{} is of imported data; remove it", key));
  if (from.has("users")) dataset.users = from.integer("users");
  if (from.has("published")) dataset.published = from.text("published");
  if (from.has("look_alike")) dataset.look_alike = read_look_alike(from.table("look_alike"));
  dataset.place = from.place(synthetic ? "synthetic" : "path");
  dataset.attributes = from.texts("attributes");
  if (dataset.look_alike) dataset.look_alike->fields = dataset.attributes;
  if (!from.has_empty_list("context")) dataset.context = from.texts("context");
  from.finish();
  return dataset;
}

Encoding read_encoding(Section from) {
  Encoding encoding;
  encoding.name = from.text("name");
  encoding.plugin = from.text("plugin");
  if (from.has("encoder")) encoding.encoder = from.text("encoder");
  encoding.place = from.place("plugin");
  for (const auto& [key, value] : from.table("options").entries()) {
    Place place = place_of(*value, from.place().file);
    auto json = json_of(*value);
    if (!json)
      refuse(place,
             fmt::format("encoding.options.{} must be a number, true or false, or a text in quotes", key));
    encoding.options.push_back({key, *json, place});
  }
  for (const Replacement& one : read_replacements(from, own_sections()))
    encoding.own[one.full_name()] = json_of(*one.value).value_or(nullptr);
  encoding.space = read_options_space(from.table("space"));
  from.finish();
  return encoding;
}

/// The [[tables]] under `key`, each named differently.
template <class Named>
std::vector<Named> read_named(Section& root, const std::string& key, Named (*read)(Section)) {
  std::vector<Named> all;
  for (Section& section : root.tables(key)) {
    Named one = read(section);
    auto known = names_of(all);
    if (std::find(known.begin(), known.end(), one.name) != known.end())
      refuse(section.place("name"), fmt::format("two [[{}]] are called \"{}\"; rename one", key, one.name));
    all.push_back(std::move(one));
  }
  return all;
}

Limits read_limits(Section from) {
  Limits limits{};
  limits.workers = from.integer("workers");
  if (from.has("timeout")) {
    const std::string text = from.text("timeout");
    limits.timeout = at(from.place("timeout"), "limits.timeout", [&] { return parse_duration(text); });
  }
  if (from.has("memory")) {
    const std::string text = from.text("memory");
    limits.memory = at(from.place("memory"), "limits.memory", [&] { return parse_bytes(text); });
  }
  limits.retries = from.integer("retries");
  from.finish();
  return limits;
}

Speed read_speed(Section from) {
  Speed speed{};
  if (from.has("batches")) speed.batches = from.integers("batches");
  if (from.has("lengths")) speed.lengths = from.integers("lengths");
  speed.repetitions = from.integer("repetitions");
  from.finish();
  return speed;
}

Tuning read_tuning(Section from, const std::vector<std::string>& datasets) {
  Tuning tuning{};
  tuning.seed = static_cast<std::uint64_t>(from.integer("seed"));
  tuning.configurations = from.integer("configurations");
  tuning.rounds = from.integer("rounds");
  tuning.epochs = from.integer("epochs");
  tuning.reduction = from.integer("reduction");
  tuning.seeds = from.integer("seeds");
  if (from.has("dataset")) tuning.dataset = from.text("dataset", datasets);
  tuning.space = read_settings_space(from.table("space"));
  from.finish();
  return tuning;
}

/// Refuses a metric that not every variant reports.
void check_metric(const std::string& what, const std::string& text, const std::vector<Variant>& variants,
                  const Place& place) {
  contract::Metric metric = at(place, what, [&] { return contract::Metric::parse(text); });
  for (const Variant& variant : variants) {
    if (metric.sample == "test" && variant.settings.eval.test == "none")
      refuse(place, fmt::format("{}: \"{}\" is of the test events, which eval.test = \"none\" does not rank; "
                                "write a metric of validation, as \"{}\"",
                                what, text, variant.settings.train.select));
    std::vector<std::string> sets = variant.settings.protocol.candidates;
    if (metric.sample == "valid") sets = {contract::Metric::parse(variant.settings.train.select).candidates};
    check_word(what + ", candidate set", metric.candidates, sets, place);
    const auto& known = variant.settings.eval.k;
    if (metric.k && std::find(known.begin(), known.end(), *metric.k) == known.end())
      refuse(place, fmt::format("{}: k = {} of \"{}\" is not among eval.k; add it there or choose from {}",
                                what, *metric.k, text, fmt::join(known, ", ")));
  }
}

Statistics read_statistics(Section from, const std::vector<Variant>& variants) {
  Statistics statistics{};
  statistics.alpha = from.number("alpha");
  if (from.has("equivalence_share")) statistics.equivalence_share = from.number("equivalence_share");
  const contract::Settings& settings = variants.front().settings;
  if (from.has("primary"))
    statistics.primary = from.text("primary");
  else
    statistics.primary = settings.eval.test == "none" ? settings.train.select : default_primary(settings);
  check_metric("stats.primary", statistics.primary, variants, from.place("primary"));
  from.finish();
  return statistics;
}

/// The point or points of the sweep that a claim is about.
nlohmann::json read_claim_sweep(Section from, const std::vector<Variant>& variants) {
  auto chosen = nlohmann::json::object();
  for (const auto& [setting, value] : from.entries()) {
    Place place = place_of(*value, from.place().file);
    std::vector<std::string> swept;
    for (const auto& item : variants.front().sweep.items()) swept.push_back(item.key());
    if (swept.empty())
      refuse(
          place,
          fmt::format("claim.sweep names \"{}\", but the suite has no [sweep] and no [[variant]]; remove it",
                      setting));
    check_word("claim.sweep", setting, swept, place);
    auto label = json_of(*value);
    bool known = std::any_of(variants.begin(), variants.end(), [&, &name = setting](const Variant& variant) {
      return label && variant.sweep.at(name) == *label;
    });
    if (!known)
      refuse(place,
             fmt::format(
                 "claim.sweep: \"{}\" never has this value; take one from [sweep] or a name of [[variant]]",
                 setting));
    chosen[setting] = *label;
  }
  return chosen;
}

Claim read_claim(Section from, const Suite& suite) {
  Claim claim;
  claim.text = from.text("text");
  claim.test = from.text("test");
  claim.place = from.place("test");
  claim.metric = suite.statistics.primary;
  if (from.has("metric")) {
    claim.metric = from.text("metric");
    check_metric("claim.metric", claim.metric, suite.variants, from.place("metric"));
  }
  if (from.has("dataset")) claim.dataset = from.text("dataset", names_of(suite.datasets));
  claim.sweep = read_claim_sweep(from.table("sweep"), suite.variants);
  const auto sentence =
      at(claim.place, "claim.test", [&] { return claims::parse(claim.test, names_of(suite.encodings)); });
  for (const std::string& metric : claims::metrics_of(sentence, claim.metric))
    check_metric("claim.test", metric, suite.variants, claim.place);
  from.finish();
  return claim;
}

void read_schema(Section& root) {
  const std::int64_t written = root.integer("schema");
  if (written != schema)
    refuse(root.place("schema"),
           fmt::format("schema = {} is another version of the format; this pebench reads schema = {}",
                       written, schema));
}

}  // namespace

const contract::Settings& Variant::settings_of(const std::string& encoding) const {
  const auto found = own.find(encoding);
  return found != own.end() ? found->second : settings;
}

Suite parse_suite(const std::string& text, const std::filesystem::path& file) {
  toml::table table;
  try {
    table = toml::parse(text, file.string());
  } catch (const toml::parse_error& error) {
    auto begin = error.source().begin;
    refuse({file.string(), begin.line, begin.column},
           fmt::format("this is not TOML: {}", error.description()));
  }
  Suite suite;
  suite.file = file;
  suite.source = text;
  Section root("", &table, {file.string(), 1, 1});
  read_schema(root);

  Section head = root.table("suite");
  suite.name = head.text("name");
  suite.baseline = head.text("baseline");
  head.finish();

  read_seeds(root.table("seeds"), suite);
  suite.datasets = read_named(root, "dataset", read_dataset);
  suite.encodings = read_named(root, "encoding", read_encoding);
  check_word("suite.baseline", suite.baseline, names_of(suite.encodings), head.place("baseline"));

  Section stats = root.table("stats");
  SettingSections settings(root);
  if (stats.has("primary")) settings.primary = stats.text("primary");
  Section sweep = root.table("sweep");
  suite.variants =
      read_variants(root.tables("variant"), sweep, settings, read_own_settings(root.tables("encoding")));
  suite.limits = read_limits(root.table("limits"));
  if (root.has("speed")) suite.speed = read_speed(root.table("speed"));
  suite.tuning = read_tuning(root.table("tune"), names_of(suite.datasets));
  suite.statistics = read_statistics(std::move(stats), suite.variants);
  for (Section& claim : root.tables("claim")) suite.claims.push_back(read_claim(claim, suite));
  root.finish();
  return suite;
}

Suite read_suite(const std::filesystem::path& file) { return parse_suite(base::read_file(file), file); }

}  // namespace pebench::suite
