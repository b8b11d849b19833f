#include "host/controller/suite/suite.h"

#include <fmt/format.h>

#include <algorithm>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/base/nearest.h"
#include "host/contract/metric.h"
#include "host/controller/claims/observations.h"
#include "host/controller/claims/parser.h"
#include "host/controller/suite/name.h"
#include "host/controller/suite/section.h"
#include "host/controller/suite/settings_reader.h"
#include "host/controller/suite/units.h"
#include "host/controller/suite/variants.h"
#include "host/examiner/candidates.h"

namespace pebench::suite {
namespace {

constexpr std::int64_t schema = 1;
constexpr std::int64_t most_seeds = 10'000;

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
  if (std::find(known.begin(), known.end(), word) == known.end())
    refuse(place, fmt::format("{} = \"{}\" is unknown; {}", what, word, base::remedy(word, known)));
}

void read_seeds(Section from, Suite& suite) {
  const Interval any = Interval::at_least(0);
  std::int64_t base = 0;
  std::int64_t count = 0;
  std::vector<std::int64_t> list;
  if (from.read("list", list, any)) {
    for (const char* key : {"base", "count"})
      if (from.has(key))
        refuse(from.place(key), fmt::format("seeds.{} and seeds.list exclude each other; remove one", key));
    suite.seeds.assign(list.begin(), list.end());
  } else {
    from.require("base", "base = 1, or list = [1, 2, 3]");
    from.require("count", "count = 10");
    from.read("base", base, any);
    from.read("count", count, Interval::between(1, most_seeds));
    for (std::int64_t i = 0; i < count; ++i)
      suite.seeds.push_back(static_cast<std::uint64_t>(base) + static_cast<std::uint64_t>(i));
  }
  const std::vector<std::string> purposes = {"init", "order", "dropout", "negatives"};
  std::vector<std::string> written = purposes;
  if (from.read("vary", written)) {
    auto places = from.places("vary");
    for (std::size_t i = 0; i < places.size(); ++i) check_word("seeds.vary", written[i], purposes, places[i]);
  }
  for (const std::string& purpose : purposes)
    if (std::find(written.begin(), written.end(), purpose) != written.end()) suite.vary.push_back(purpose);
  from.finish();
}

data::SyntheticSettings read_synthetic(Section from) {
  data::SyntheticSettings synthetic;
  auto seed = static_cast<std::int64_t>(synthetic.seed);
  from.require("signal", "signal = \"position\"");
  from.read("signal", synthetic.signal, data::signal_names());
  from.read("users", synthetic.users, Interval::between(10, 1e7));
  from.read("items", synthetic.items, Interval::between(2 * data::synthetic_groups, 1e7));
  from.read("seed", seed, Interval::at_least(0));
  synthetic.seed = static_cast<std::uint64_t>(seed);
  from.finish();
  return synthetic;
}

Dataset read_dataset(Section from) {
  Dataset dataset;
  dataset.name = read_name(from, "name = \"beauty\"");
  bool synthetic = from.has("synthetic");
  if (synthetic && from.has("path"))
    refuse(from.place("path"), "dataset.path and dataset.synthetic exclude each other; remove one");
  if (synthetic && from.has("users"))
    refuse(from.place("users"),
           "dataset.users takes a subset of imported data; write users within dataset.synthetic");
  if (synthetic) {
    dataset.synthetic = read_synthetic(from.table("synthetic"));
  } else {
    from.require("path", "path = \"amazon_beauty\"");
    from.read("path", dataset.path);
  }
  if (std::int64_t users = 0; from.read("users", users, Interval::between(10, 1e7))) dataset.users = users;
  dataset.place = from.place(synthetic ? "synthetic" : "path");
  from.read("attributes", dataset.attributes);
  from.finish();
  return dataset;
}

Encoding read_encoding(Section from) {
  Encoding encoding;
  encoding.name = read_name(from, "name = \"rope\"");
  from.require("plugin", "plugin = \"rope\"");
  from.read("plugin", encoding.plugin);
  from.read("encoder", encoding.encoder);
  encoding.place = from.place("plugin");
  Section options = from.table("options");
  for (const auto& [key, value] : options.entries()) {
    Place place = place_of(*value, from.place().file);
    auto json = json_of(*value);
    if (!json)
      refuse(place,
             fmt::format("encoding.options.{} must be a number, true or false, or a text in quotes", key));
    encoding.options.push_back({key, *json, place});
  }
  from.finish();
  return encoding;
}

/// The [[tables]] under `key`, at least one, each named differently.
template <class Named>
std::vector<Named> read_named(Section& root, const std::string& key, Named (*read)(Section),
                              std::string_view example) {
  root.require(key, example);
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
  Limits limits;
  std::string text;
  from.read("workers", limits.workers, Interval::between(1, 1024));
  if (from.read("timeout", text))
    limits.timeout = at(from.place("timeout"), "limits.timeout", [&] { return parse_duration(text); });
  if (from.read("memory", text))
    limits.memory = at(from.place("memory"), "limits.memory", [&] { return parse_bytes(text); });
  from.read("retries", limits.retries, Interval::between(0, 100));
  from.finish();
  return limits;
}

/// Refuses a metric that not every variant reports.
void check_metric(const std::string& what, const std::string& text, const std::vector<Variant>& variants,
                  const Place& place) {
  contract::Metric metric = at(place, what, [&] { return contract::Metric::parse(text); });
  for (const Variant& variant : variants) {
    std::vector<std::string> sets = variant.settings.protocol.candidates;
    if (metric.sample == "valid") sets = {contract::Metric::parse(variant.settings.train.select).candidates};
    check_word(what + ", candidate set", metric.candidates, sets, place);
    const auto& known = variant.settings.eval.k;
    if (metric.k && std::find(known.begin(), known.end(), *metric.k) == known.end())
      refuse(place, fmt::format("{}: k = {} of \"{}\" is not among eval.k; add it there or choose from {}",
                                what, *metric.k, text, fmt::join(known, ", ")));
  }
}

std::string default_primary(const contract::Settings& settings) {
  const auto& known = settings.eval.k;
  bool has_ten = std::find(known.begin(), known.end(), 10) != known.end();
  return fmt::format("test.{}.ndcg@{}", settings.protocol.candidates.front(), has_ten ? 10 : known.front());
}

Statistics read_statistics(Section from, const std::vector<Variant>& variants) {
  Statistics statistics;
  statistics.primary = default_primary(variants.front().settings);
  from.read("alpha", statistics.alpha, {0.0, 1.0, false, false});
  from.read("equivalence", statistics.equivalence, {0.0, 1.0, false, false});
  from.read("at_chance_fails", statistics.at_chance_fails);
  from.read("primary", statistics.primary);
  check_metric("stats.primary", statistics.primary, variants, from.place("primary"));
  from.finish();
  return statistics;
}

Speed read_speed(Section from, const std::vector<Variant>& variants) {
  Speed speed;
  from.read("batches", speed.batches, Interval::between(1, 1e6));
  double shortest_window = variants.front().settings.model.max_len;
  for (const Variant& variant : variants)
    shortest_window = std::min<double>(shortest_window, variant.settings.model.max_len);
  from.read("lengths", speed.lengths, Interval::between(1, shortest_window));
  from.read("repetitions", speed.repetitions, Interval::between(1, 1e6));
  from.finish();
  return speed;
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
  from.require("text", "text = \"Relative attention deviates less across seeds\"");
  from.require("test", "test = \"sd(rmha4) < sd(abs)\"");
  from.read("text", claim.text);
  from.read("test", claim.test);
  claim.place = from.place("test");
  claim.metric = suite.statistics.primary;
  if (from.read("metric", claim.metric))
    check_metric("claim.metric", claim.metric, suite.variants, from.place("metric"));
  std::string dataset;
  if (from.read("dataset", dataset, names_of(suite.datasets))) claim.dataset = dataset;
  claim.sweep = read_claim_sweep(from.table("sweep"), suite.variants);
  const auto sentence =
      at(claim.place, "claim.test", [&] { return claims::parse(claim.test, names_of(suite.encodings)); });
  for (const std::string& metric : claims::metrics_of(sentence, claim.metric))
    check_metric("claim.test", metric, suite.variants, claim.place);
  from.finish();
  return claim;
}

void read_schema(Section& root) {
  std::int64_t written = 0;
  root.require("schema", fmt::format("schema = {}", schema));
  root.read("schema", written, Interval::at_least(1));
  if (written != schema)
    refuse(root.place("schema"),
           fmt::format("schema = {} is another version of the format; this pebench reads schema = {}",
                       written, schema));
}

}  // namespace

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

  root.require("suite", "[suite] with a name and a baseline");
  Section head = root.table("suite");
  suite.name = read_name(head, "name = \"example\"");
  head.require("baseline", "baseline = \"none\"");
  head.read("baseline", suite.baseline);
  head.finish();

  root.require("seeds", "[seeds] with base = 1 and count = 10");
  read_seeds(root.table("seeds"), suite);
  suite.datasets = read_named(root, "dataset", read_dataset, "[[dataset]] with a name and a path");
  suite.encodings = read_named(root, "encoding", read_encoding, "[[encoding]] with a name and a plugin");
  check_word("suite.baseline", suite.baseline, names_of(suite.encodings), head.place("baseline"));

  SettingSections settings{root.table("model"), root.table("protocol"), root.table("train"),
                           root.table("eval")};
  Section sweep = root.table("sweep");
  suite.variants = read_variants(root.tables("variant"), sweep, settings);
  suite.limits = read_limits(root.table("limits"));
  suite.statistics = read_statistics(root.table("stats"), suite.variants);
  suite.speed = read_speed(root.table("speed"), suite.variants);
  for (Section& claim : root.tables("claim")) suite.claims.push_back(read_claim(claim, suite));
  root.finish();
  return suite;
}

Suite read_suite(const std::filesystem::path& file) { return parse_suite(base::read_file(file), file); }

}  // namespace pebench::suite
