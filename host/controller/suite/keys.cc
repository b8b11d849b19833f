#include "host/controller/suite/keys.h"

#include "host/contract/settings.h"
#include "host/controller/data/signal.h"
#include "host/controller/data/synthetic.h"
#include "host/controller/suite/presets.h"
#include "host/controller/suite/replacement.h"

namespace pebench::suite {
namespace {

using contract::at_least;
using contract::between;
using contract::Free;
using contract::initially;
using contract::inside;
using contract::Key;
using contract::KeyType;
using contract::otherwise;
using contract::Pattern;
using contract::required;
using contract::up_to;
using contract::words;

constexpr const char* metric = "<valid or test>.<candidate set>.<hr@k, ndcg@k or mrr>";

/// Names become folders and words of claims.
Pattern name() {
  return {"[A-Za-z0-9][A-Za-z0-9_.-]*", "letters, digits, '_', '-' and '.'",
          "will not do; use letters, digits, '_', '-' and '.', beginning with a letter or digit"};
}

std::vector<Key> top() {
  return {
      {"", "schema", KeyType::integer, at_least(1), required("schema = 1"), "The version of this format, 1."},
      {"", "suite", KeyType::table, Free{}, required("[suite] with a name and a baseline"),
       "What the suite is called, and which encoding the others are compared with."},
      {"", "seeds", KeyType::table, Free{}, required("[seeds] with base = 1 and count = 10"),
       "Each encoding is trained once with each seed (docs/statistics.md, Seeds and what they permit)."},
      {"", "dataset", KeyType::tables, Free{}, required("[[dataset]] with a name and a path"),
       "The data sets, one or more (docs/data.md)."},
      {"", "encoding", KeyType::tables, Free{}, required("[[encoding]] with a name and a plugin"),
       "The encodings to compare, one or more; `pebench list` shows what there is."},
      {"", "model", KeyType::table, Free{}, otherwise("the defaults"),
       "The recommender into which the encodings are plugged (docs/model.md)."},
      {"", "protocol", KeyType::table, Free{}, otherwise("the defaults"),
       "What is measured, and how (docs/protocol.md)."},
      {"", "train", KeyType::table, Free{}, otherwise("the defaults"),
       "How a model is trained (docs/model.md, Training loop)."},
      {"", "eval", KeyType::table, Free{}, otherwise("the defaults"), "What a trained model is tested on."},
      {"", "sweep", KeyType::table, Free{}, otherwise("one value of each"),
       "Settings with several values, \"model.width\" = [32, 64]; every combination is run."},
      {"", "variant", KeyType::tables, Free{}, otherwise("the settings as they stand"),
       "Named changes of the settings, each run under every combination of the sweep."},
      {"", "limits", KeyType::table, Free{}, otherwise("the defaults"),
       "What a run may take; the numbers of a trial do not depend on it."},
      {"", "speed", KeyType::table, Free{}, otherwise("not measured"),
       "What encodings cost is measured, too (docs/report.md, What an encoding costs)."},
      {"", "tune", KeyType::table, Free{}, otherwise("the defaults"),
       "How `pebench tune` finds each encoding's best settings (docs/tuning.md)."},
      {"", "stats", KeyType::table, Free{}, otherwise("the defaults"),
       "How the report decides (docs/statistics.md)."},
      {"", "claim", KeyType::tables, Free{}, otherwise("none"),
       "Expectations, which the report supports, refutes or leaves open (docs/statistics.md, Claims)."},
  };
}

std::vector<Key> head() {
  return {
      {"suite", "name", KeyType::text, name(), required("name = \"example\""),
       "Names the folder of the results."},
      {"suite", "baseline", KeyType::text, Free{"the name of an [[encoding]]"},
       required("baseline = \"none\""), "The encoding that the others are compared with."},
  };
}

std::vector<Key> seeds() {
  return {
      {"seeds", "list", KeyType::integers, at_least(0), otherwise("base and count"),
       "The seeds themselves, in place of base and count."},
      {"seeds", "base", KeyType::integer, at_least(0),
       required("base = 1, or list = [1, 2, 3]", "required without list"),
       "The first seed; the others count up from it."},
      {"seeds", "count", KeyType::integer, between(1, 10'000),
       required("count = 10", "required without list"),
       "How many seeds; 6 or more permit verdicts on means, 10 or more on deviation."},
      {"seeds", "vary", KeyType::texts, words("init", "order", "dropout", "negatives"),
       initially({"init", "order", "dropout", "negatives"}),
       "What changes with the seed; the rest keeps the first seed (docs/model.md, Randomness)."},
  };
}

std::vector<Key> datasets() {
  const data::SyntheticSettings initial;
  return {
      {"dataset", "name", KeyType::text, name(), required("name = \"beauty\""),
       "What reports call the data set."},
      {"dataset", "synthetic", KeyType::table, Free{}, otherwise("path"),
       "Generates the data, in place of a path."},
      {"dataset", "path", KeyType::text, Free{"a folder, or its name in a folder of PEBENCH_DATA"},
       required("path = \"amazon_beauty\"", "required without synthetic"),
       "The data set's folder, absolute or relative to the suite; not with synthetic."},
      {"dataset", "users", KeyType::integer, between(10, 1e7), otherwise("all"),
       "Takes a random sample of that many users, the same on every machine; not with synthetic."},
      {"dataset", "attributes", KeyType::texts, Free{"fields of the data set"},
       initially(nlohmann::json::array()),
       "Which attributes of the items the model sees (docs/model.md, Attributes)."},
      {"dataset", "context", KeyType::texts, Free{"\"date\" and features of the data set's events"},
       initially({"date"}),
       "What of an event, beside its item, the model sees: the six features of its date, and features that "
       "it was "
       "imported with, such as \"rating\" (docs/model.md, Context features); [] for nothing."},
      {"dataset", "published", KeyType::text, Free{"where it is to be had, and the command to import it"},
       otherwise("the data set must be there"),
       "With it the data set may be absent: it is left out then, and the report says so."},
      {"dataset", "look_alike", KeyType::table, Free{}, otherwise("none"),
       "Sizes of the data set, by which --smoke and --look-alike generate one in its place."},
      {"dataset.look_alike", "users", KeyType::integer, between(10, 1e7), required("users = 34244"),
       "Number of users."},
      {"dataset.look_alike", "items", KeyType::integer, between(2, 1e7), required("items = 110636"),
       "Number of items."},
      {"dataset.look_alike", "events", KeyType::integer, between(20, 1e8), required("events = 254870"),
       "Number of events."},
      {"dataset.look_alike", "sparse", KeyType::integer, between(0, 1e6), initially(0),
       "Categories of each of the attributes, where they are sparse."},
      {"dataset.look_alike", "dense", KeyType::integer, between(0, 1e5), initially(0),
       "Numbers an item of each of the attributes, where they are dense."},
      {"dataset.look_alike", "negatives", KeyType::integer, between(0, 1e4), initially(0),
       "Items that each user's last two events are given to compete with, for the candidate set given."},
      {"dataset.synthetic", "signal", KeyType::text, contract::Words{data::signal_names()},
       required("signal = \"position\""),
       "What tells the next item: the order of events, their times, both, or nothing (docs/data.md, "
       "Generated "
       "data)."},
      {"dataset.synthetic", "users", KeyType::integer, between(10, 1e7), initially(initial.users),
       "Number of users."},
      {"dataset.synthetic", "items", KeyType::integer, between(2 * data::synthetic_groups, 1e7),
       initially(initial.items), "Number of items."},
      {"dataset.synthetic", "seed", KeyType::integer, at_least(0), initially(initial.seed),
       "Seed of the data; the suite's seeds do not change it."},
      {"dataset.synthetic", "strength", KeyType::number, between(0, 1), initially(initial.strength),
       "How often an event obeys the signal; else it is of any group."},
      {"dataset.synthetic", "noise", KeyType::number, up_to(0, 1), initially(initial.noise),
       "How many events show any item in place of their own; the history goes on as if they had not."},
      {"dataset.synthetic", "length", KeyType::integers, between(3, 10'000), initially(initial.length),
       "Fewest and most events of a history, or one number, where all are alike."},
      {"dataset.synthetic", "mean_length", KeyType::number, between(3, 10'000),
       otherwise("the middle, all lengths alike"),
       "Mean number of events; lengths are geometric then, within length."},
      {"dataset.synthetic", "gaps", KeyType::text, contract::Words{data::gap_names()},
       initially(initial.gaps), "Distribution of the seconds between events."},
      {"dataset.synthetic", "lag", KeyType::integer, between(1, 10'000),
       otherwise("1 of position, 4 of distance"),
       "How many places back the event stands that tells the next, of position and distance."},
      {"dataset.synthetic", "period", KeyType::text, contract::Words{data::period_names()},
       initially(initial.period), "Whether the hour or the weekday tells the next, of the signal period."},
  };
}

std::vector<Key> encodings() {
  std::vector<Key> rows = {
      {"encoding", "name", KeyType::text, name(), required("name = \"rope\""),
       "What reports and claims call the encoding."},
      {"encoding", "plugin", KeyType::text, Free{"a plugin's name, or a path to a library"},
       required("plugin = \"rope\""), "The plugin that computes it; paths are relative to the suite."},
      {"encoding", "encoder", KeyType::text, Free{"an encoder of the library"},
       otherwise("the only one, or the one called like the library"),
       "Which encoder, of a library that has several."},
      {"encoding", "options", KeyType::table, Free{"the plugin's options"},
       otherwise("the plugin's defaults"), "Values of its options, which `pebench list` shows."},
  };
  rows.push_back({"encoding", "space", KeyType::table, Free{"the plugin's options"}, otherwise("none"),
                  "Options that `pebench tune` varies: lists of values, or stretches (docs/tuning.md)."});
  for (const std::string& section : own_sections())
    rows.push_back({"encoding", section, KeyType::table,
                    Free{section == "protocol" ? "shuffle_history" : "keys of the suite's table"},
                    otherwise("no change"),
                    "Replaces these keys of [" + section + "] for this encoding, those of a variant too."});
  return rows;
}

/// What is read before a section's settings.
Key preset_key(const PresetTable& table, const char* help) {
  return {table.section, "preset", KeyType::text, table.names, otherwise("the defaults"), help};
}

std::vector<Key> variants() {
  const std::string text = "keys of the suite's table";
  std::vector<Key> rows = {{"variant", "name", KeyType::text, name(), required("name = \"index\""),
                            "What reports and claims call the variant."}};
  for (const std::string& section : contract::setting_sections())
    rows.push_back({"variant", section, KeyType::table, Free{text}, otherwise("no change"),
                    "Replaces these keys of [" + section + "]."});
  return rows;
}

std::vector<Key> limits() {
  return {
      {"limits", "workers", KeyType::integer, between(1, 1024), initially(1),
       "Trials side by side; `pebench run --workers` wins over it."},
      {"limits", "timeout", KeyType::text, Free{"a whole number and s, m, h or d"}, otherwise("no limit"),
       "Longest that a trial may take, as in \"2h\"; it is stopped then."},
      {"limits", "memory", KeyType::text, Free{"a whole number and MiB, GiB or TiB"}, otherwise("no limit"),
       "Most memory that a trial may use, as in \"8GiB\"; it is stopped then."},
      {"limits", "retries", KeyType::integer, between(0, 100), initially(0),
       "How often a trial that crashed is started again."},
  };
}

std::vector<Key> speed() {
  return {
      {"speed", "batches", KeyType::integers, between(1, 100'000), otherwise("train.batch"),
       "Users at a time."},
      {"speed", "lengths", KeyType::integers, between(1, 100'000), otherwise("model.max_len"),
       "Events of their windows, all of them real; encodings are built for windows of this length."},
      {"speed", "repetitions", KeyType::integer, between(5, 10'000), initially(20),
       "How often each operation of each encoding is timed, all of them in turns drawn at random."},
  };
}

std::vector<Key> tuning() {
  return {
      {"tune", "configurations", KeyType::integer, between(1, 100'000), initially(27),
       "How many configurations are drawn, the same settings for every encoding."},
      {"tune", "rounds", KeyType::integer, between(1, 20), initially(3), "Rounds of successive halving."},
      {"tune", "reduction", KeyType::integer, between(2, 1000), initially(3),
       "After a round one configuration in so many goes on, with that many times the epochs."},
      {"tune", "epochs", KeyType::integer, between(1, 1'000'000), initially(5), "Epochs of the first round."},
      {"tune", "seeds", KeyType::integer, between(1, 1000), initially(1),
       "Trials of each configuration; their seeds are none of the suite's."},
      {"tune", "seed", KeyType::integer, at_least(0), initially(1), "Seed of what is drawn."},
      {"tune", "dataset", KeyType::text, Free{"the name of a [[dataset]]"}, otherwise("the only one"),
       "The data set on which configurations are tried."},
      {"tune", "space", KeyType::table, Free{"settings of [model] and [train]"}, otherwise("none"),
       "What is drawn: \"train.lr\" = { from = 1e-4, to = 1e-2, log = true }, \"model.width\" = [32, 64]."},
  };
}

/// { from, to, log } in a space.
std::vector<Key> range() {
  const contract::Interval anything;
  return {
      {"range", "from", KeyType::number, anything, required("from = 1e-4"), "Where the stretch begins."},
      {"range", "to", KeyType::number, anything, required("to = 1e-2"), "Where it ends, included."},
      {"range", "log", KeyType::flag, Free{}, initially(false),
       "Whether all orders of magnitude are alike; otherwise all numbers are."},
  };
}

std::vector<Key> statistics() {
  return {
      {"stats", "alpha", KeyType::number, inside(0, 1), initially(0.05),
       "Level of the tests: how often, at most, they claim a difference where there is none."},
      {"stats", "equivalence_share", KeyType::number, inside(0, 1), otherwise("no verdict on equivalence"),
       "Share of the baseline's mean by which means may differ and still count as equivalent, as in 0.05."},
      {"stats", "primary", KeyType::text, Free{metric},
       otherwise("NDCG@10 on test in the first candidate set; without 10 in eval.k its first, without a test "
                 "train.select"),
       "The metric that the statistics are about (docs/protocol.md, Metrics)."},
  };
}

std::vector<Key> claims() {
  return {
      {"claim", "text", KeyType::text, Free{},
       required("text = \"Relative attention deviates less across seeds\""), "The claim in words."},
      {"claim", "test", KeyType::text, Free{"a sentence (docs/statistics.md, Grammar)"},
       required("test = \"sd(rmha4) < sd(abs)\""), "The claim as a comparison of encodings."},
      {"claim", "metric", KeyType::text, Free{metric}, otherwise("stats.primary"),
       "The metric that it is about."},
      {"claim", "dataset", KeyType::text, Free{"the name of a [[dataset]]"}, otherwise("all"),
       "The data set that it is about."},
      {"claim", "sweep", KeyType::table, Free{"swept settings, variant"}, otherwise("all"),
       "The values it is about, of swept settings and of variant."},
  };
}

void append(std::vector<Key>& all, const std::vector<Key>& more) {
  all.insert(all.end(), more.begin(), more.end());
}

void append_settings(std::vector<Key>& all, const std::string& section) {
  for (const contract::Setting& setting : contract::settings_table())
    if (setting.section == section) all.push_back(setting);
}

std::vector<Key> make_keys() {
  std::vector<Key> all;
  for (const auto& rows : {top(), head(), seeds(), datasets(), encodings()}) append(all, rows);
  for (const std::string& section : contract::setting_sections()) {
    if (section == "model")
      all.push_back(preset_key(model_presets(),
                               "A model with the training it was tuned for: study/*, one of the "
                               "encodings study, or strong/*, a backbone where it recommends "
                               "well; explicit keys win over it."));
    if (section == "protocol")
      all.push_back(preset_key(protocol_presets(),
                               "clean, or paper, what the study's published code "
                               "measures; explicit keys win over it."));
    append_settings(all, section);
  }
  for (const auto& rows : {variants(), limits(), speed(), tuning(), range(), statistics(), claims()})
    append(all, rows);
  return all;
}

}  // namespace

const std::vector<Key>& keys() {
  static const std::vector<Key> all = make_keys();
  return all;
}

std::vector<const Key*> keys_of(std::string_view section) {
  std::vector<const Key*> found;
  for (const Key& key : keys())
    if (key.section == section) found.push_back(&key);
  return found;
}

}  // namespace pebench::suite
