#include "host/contract/trial_spec.h"

#include <fmt/format.h>

#include <algorithm>

#include "host/base/error.h"
#include "host/base/hash.h"
#include "host/base/refusal.h"
#include "host/contract/damaged.h"
#include "host/contract/document.h"
#include "host/contract/fields.h"

namespace pebench::contract {
namespace {

/// 2 has a digest; 1 is still read.
constexpr int schema = 2, schema_without_digest = 1;

}  // namespace

nlohmann::json TrialSpec::identity() const {
  return {
      {"numeric_contract", numeric_contract},
      {"settings", settings},
      {"data_hash", data_hash},
      {"encoder",
       {{"id", encoder_id}, {"version", encoder_version}, {"library", library_hash}, {"options", options}}},
      {"seed", seed},
      {"vary", vary},
      {"base_seed", base_seed},
  };
}

std::string TrialSpec::id() const { return base::sha256(identity().dump()); }

std::uint64_t TrialSpec::seed_for(const std::string& purpose) const {
  return std::find(vary.begin(), vary.end(), purpose) != vary.end() ? seed : base_seed;
}

nlohmann::json TrialSpec::to_json() const {
  nlohmann::json run = {{"suite", suite},
                        {"dataset", dataset},
                        {"encoding", encoding},
                        {"sweep", sweep},
                        {"data_folder", utf8_path(data_folder)},
                        {"attributes", attributes},
                        {"library", utf8_path(library)},
                        {"option_files", option_files}};
  if (context != TrialSpec().context) run["context"] = context;
  return {{"schema", schema}, {"id", id()}, {"identity", identity()}, {"run", run}};
}

TrialSpec TrialSpec::from_json(const nlohmann::json& json) {
  TrialSpec spec;
  try {
    if (json.at("schema") != schema && json.at("schema") != schema_without_digest)
      throw base::InputError(fmt::format(
          "this trial has schema {}, this program reads {} and {}: run the suite again with one version",
          json.at("schema").dump(), schema_without_digest, schema));
    const auto& identity = json.at("identity");
    const auto& encoder = identity.at("encoder");
    const auto& run = json.at("run");
    identity.at("settings").get_to(spec.settings);
    identity.at("data_hash").get_to(spec.data_hash);
    encoder.at("id").get_to(spec.encoder_id);
    encoder.at("version").get_to(spec.encoder_version);
    encoder.at("library").get_to(spec.library_hash);
    spec.options = encoder.at("options");
    identity.at("seed").get_to(spec.seed);
    identity.at("vary").get_to(spec.vary);
    identity.at("base_seed").get_to(spec.base_seed);
    run.at("suite").get_to(spec.suite);
    run.at("dataset").get_to(spec.dataset);
    run.at("encoding").get_to(spec.encoding);
    spec.sweep = run.at("sweep");
    spec.data_folder = run.at("data_folder").get<std::string>();
    run.at("attributes").get_to(spec.attributes);
    if (run.contains("context")) run.at("context").get_to(spec.context);
    spec.library = run.at("library").get<std::string>();
    spec.option_files = run.at("option_files");
    if (spec.id() != json.at("id").get<std::string>())
      throw base::InputError(
          "this trial's id does not fit its identity: it was edited or belongs to another version; plan "
          "again");
  } catch (const nlohmann::json::exception&) {
    throw base::InputError(
        "this is not a trial, or not a whole one: run the suite again to have it written anew");
  }
  return spec;
}

TrialSpec read_trial(const std::filesystem::path& path) {
  const Document document = read_document(path);
  if (!document.sealed && document.json.value("schema", nlohmann::json()) == schema)
    throw Damaged(fmt::format(
        "{} has no digest, which a trial has: run the suite again to have it written anew", path.string()));
  return TrialSpec::from_json(document.json);
}

void write_trial(const std::filesystem::path& path, const TrialSpec& trial) {
  write_document(path, trial.to_json());
}

}  // namespace pebench::contract
