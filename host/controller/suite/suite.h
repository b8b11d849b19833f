#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "host/contract/settings.h"
#include "host/controller/data/look_alike.h"
#include "host/controller/data/synthetic.h"
#include "host/controller/suite/place.h"
#include "host/controller/suite/space.h"

namespace pebench::suite {

/// [[dataset]]: imported, or synthetic when that is set.
struct Dataset {
  std::string name;
  std::string path;  ///< as written; empty for synthetic data
  std::optional<data::SyntheticSettings> synthetic;
  std::optional<std::int64_t> users;  ///< a subset of that many; never with synthetic
  /// Where the data set is to be had, with which command to import it: it may be absent, and is left out
  /// then.
  std::string published;
  std::optional<data::LookAlikeSettings> look_alike;  ///< of an imported one, for trying out the suite
  bool is_stood_in_for = false;                       ///< whether its look-alike takes its place
  std::vector<std::string> attributes;
  std::vector<std::string> context;  ///< "date", features of events
  Place place;                       ///< of the path, of `synthetic`
};

/// One entry of an encoding's options, not yet held against the plugin's descriptor.
struct Option {
  std::string key;
  nlohmann::json value;
  Place place;  ///< of the value
};

/// [[encoding]]
struct Encoding {
  std::string name;
  std::string plugin;  ///< a name, or a path to a library
  std::string
      encoder;  ///< which of the library's encoders; empty for the only one, or the one named like the plugin
  std::vector<Option> options;
  nlohmann::json own = nlohmann::json::object();  ///< settings for it alone: {"train.lr": 0.003}
  std::vector<Dimension> space;                   ///< options that tuning varies
  Place place;                                    ///< of the plugin
};

/// One point of the sweep, of one [[variant]].
struct Variant {
  /// {"model.item_max_norm": 0.1, "variant": "index"}; "inf" for infinity.
  nlohmann::json sweep = nlohmann::json::object();
  contract::Settings settings;
  std::map<std::string, contract::Settings> own;  ///< of the encodings that have some of their own, by name

  const contract::Settings& settings_of(const std::string& encoding) const;
};

/// [limits]. The defaults of this and what follows are in keys.cc.
struct Limits {
  std::int64_t workers;
  std::optional<std::chrono::seconds> timeout;  ///< per trial
  std::optional<std::int64_t> memory;           ///< bytes per trial
  std::int64_t retries;
};

/// [speed]: what encodings cost is measured when their trials are done.
struct Speed {
  std::vector<std::int64_t> batches;  ///< users at a time; empty: train.batch
  std::vector<std::int64_t> lengths;  ///< events of their windows; empty: model.max_len
  std::int64_t repetitions;
};

/// [tune]: `configurations` are drawn for every encoding and trained for so many epochs; one in `reduction`
/// of them goes on to the next round, with that many times the epochs.
struct Tuning {
  std::uint64_t seed;  ///< of what is drawn
  std::int64_t configurations;
  std::int64_t rounds;
  std::int64_t epochs;  ///< of the first round
  std::int64_t reduction;
  std::int64_t seeds;  ///< trials of each configuration, none of them a seed of the suite
  std::optional<std::string> dataset;
  std::vector<Dimension> space;  ///< settings, of all encodings
};

/// [stats]
struct Statistics {
  double alpha;
  std::optional<double>
      equivalence_share;  ///< of the baseline's mean, within which means count as equivalent
  std::string primary;    ///< "test.full.ndcg@10"
};

/// [[claim]]
struct Claim {
  std::string text;
  std::string test;  ///< "sd(rmha4) < sd(abs)"
  std::string metric;
  std::optional<std::string> dataset;               ///< nothing: all
  nlohmann::json sweep = nlohmann::json::object();  ///< the swept settings it is about, as in Variant::sweep
  Place place;                                      ///< of the test
};

/// A suite, checked as far as that goes without its data and plugins.
struct Suite {
  std::filesystem::path file;
  std::string source;  ///< the file's text
  std::string name;
  std::string baseline;              ///< one of the encodings
  std::vector<std::uint64_t> seeds;  ///< distinct
  std::vector<std::string> vary;     ///< of init, order, dropout, negatives, in this order
  std::vector<Dataset> datasets;
  std::vector<Encoding> encodings;
  std::vector<Variant> variants;  ///< those named, each under the sweep's cartesian product, whose last
                                  ///< setting turns fastest; never empty
  Limits limits{};
  std::optional<Speed> speed;  ///< nothing: not measured
  Tuning tuning{};
  Statistics statistics{};
  std::vector<Claim> claims;

  /// The folder that paths in the suite are relative to.
  std::filesystem::path folder() const { return file.parent_path(); }
};

/// Throws base::InputError "<file>:<line>:<column>: <what is wrong and what to write>" for anything that is
/// not a suite.
Suite read_suite(const std::filesystem::path& file);
/// The same for a text; `file` names it in errors.
Suite parse_suite(const std::string& text, const std::filesystem::path& file);

}  // namespace pebench::suite
