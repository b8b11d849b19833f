#include "host/contract/record.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/base/hash.h"
#include "host/contract/damaged.h"
#include "host/contract/document.h"
#include "host/contract/fields.h"

namespace pebench::contract {
namespace {

/// 3 has a digest and the ranks; 2 is still read.
constexpr int schema = 3, schema_without_digest = 2;

constexpr std::array<std::string_view, 7> status_names = {"ok",      "invalid",       "failed",   "crashed",
                                                          "timeout", "out_of_memory", "bad_input"};

nlohmann::json json_of(const Epoch& epoch) {
  nlohmann::json json = {{"epoch", epoch.epoch},
                         {"loss", epoch.loss},
                         {"gradient_norm", epoch.gradient_norm},
                         {"oscillation", epoch.oscillation},
                         {"validation", epoch.validation}};
  if (epoch.encoding_gradient) json["encoding_gradient"] = *epoch.encoding_gradient;
  return json;
}

template <class T>
nlohmann::json json_of(const std::optional<T>& value) {
  return value ? nlohmann::json(*value) : nlohmann::json();
}

nlohmann::json json_of(const std::optional<KeptRanks>& ranks) {
  if (!ranks) return nullptr;
  return {{"digest", ranks->digest}, {"users", ranks->users}, {"lists", ranks->lists}};
}

nlohmann::json json_of(const Result& result) {
  auto epochs = nlohmann::json::array();
  for (const Epoch& epoch : result.epochs) epochs.push_back(json_of(epoch));
  nlohmann::json json = {
      {"status", name_of(result.status)},
      {"reason", result.reason},
      {"signal", json_of(result.signal)},
      {"chosen_epoch", json_of(result.chosen_epoch)},
      {"epochs", epochs},
      {"metrics", result.metrics},
      {"chance", result.chance},
      {"baselines", result.baselines},
      {"parameters", {{"total", result.parameters.total}, {"encoding", result.parameters.encoding}}},
      {"ranks", json_of(result.ranks)}};
  if (const auto& kept = result.recommendations)
    json["recommendations"] = {{"digest", kept->digest}, {"users", kept->users}, {"places", kept->places}};
  return json;
}

Epoch read_epoch(Fields fields) {
  Epoch epoch;
  epoch.epoch = fields.integer("epoch");
  epoch.loss = fields.number("loss");
  epoch.gradient_norm = fields.number("gradient_norm");
  if (fields.has("encoding_gradient")) epoch.encoding_gradient = fields.number("encoding_gradient");
  epoch.oscillation = fields.number("oscillation");
  epoch.validation = fields.numbers("validation");
  fields.finish();
  return epoch;
}

Parameters read_parameters(Fields fields) {
  Parameters parameters;
  parameters.total = fields.integer("total");
  parameters.encoding = fields.integer("encoding");
  fields.finish();
  return parameters;
}

std::optional<KeptRanks> read_kept_ranks(Fields& result) {
  if (result.value("ranks").is_null()) return std::nullopt;
  Fields fields = result.object("ranks");
  KeptRanks ranks;
  ranks.digest = fields.text("digest");
  Fields users = fields.object("users");
  for (const auto& item : fields.value("users").items()) ranks.users[item.key()] = users.integer(item.key());
  Fields lists = fields.object("lists");
  for (const auto& item : fields.value("lists").items()) ranks.lists[item.key()] = lists.text(item.key());
  fields.finish();
  return ranks;
}

KeptRecommendations read_kept_recommendations(Fields fields) {
  KeptRecommendations recommendations;
  recommendations.digest = fields.text("digest");
  recommendations.users = fields.integer("users");
  recommendations.places = fields.integer("places");
  fields.finish();
  return recommendations;
}

Result read_result(Fields fields, std::int64_t schema_read) {
  Result result;
  auto status = status_named(fields.text("status"));
  if (!status) fields.refuse("status", fmt::format("one of {}", fmt::join(status_names, ", ")));
  result.status = *status;
  result.reason = fields.text("reason");
  result.signal = fields.optional_integer("signal");
  result.chosen_epoch = fields.optional_integer("chosen_epoch");
  for (Fields& epoch : fields.objects("epochs")) result.epochs.push_back(read_epoch(std::move(epoch)));
  result.metrics = fields.numbers("metrics");
  result.chance = fields.numbers("chance");
  Fields baselines = fields.object("baselines");
  for (const auto& item : fields.value("baselines").items())
    result.baselines[item.key()] = baselines.numbers(item.key());
  result.parameters = read_parameters(fields.object("parameters"));
  if (schema_read != schema_without_digest) result.ranks = read_kept_ranks(fields);
  if (fields.has("recommendations"))
    result.recommendations = read_kept_recommendations(fields.object("recommendations"));
  fields.finish();
  return result;
}

Seconds read_seconds(Fields fields) {
  Seconds seconds;
  seconds.total = fields.number("total");
  seconds.train = fields.number("train");
  seconds.per_epoch = fields.number("per_epoch");
  seconds.evaluate = fields.number("evaluate");
  fields.finish();
  return seconds;
}

}  // namespace

std::string_view name_of(Status status) { return status_names.at(static_cast<std::size_t>(status)); }

std::optional<Status> status_named(std::string_view name) {
  auto found = std::find(status_names.begin(), status_names.end(), name);
  if (found == status_names.end()) return std::nullopt;
  return static_cast<Status>(found - status_names.begin());
}

nlohmann::json json_of(const Run& run) {
  return {{"suite", run.suite},
          {"dataset", run.dataset},
          {"encoding", run.encoding},
          {"sweep", run.sweep},
          {"seconds",
           {{"total", run.seconds.total},
            {"train", run.seconds.train},
            {"per_epoch", run.seconds.per_epoch},
            {"evaluate", run.seconds.evaluate}}},
          {"memory_peak_bytes", run.memory_peak_bytes},
          {"host", run.host},
          {"started", run.started},
          {"finished", run.finished},
          {"attempts", run.attempts},
          {"commit", run.commit},
          {"compiler", run.compiler},
          {"flags", run.flags},
          {"libtorch", run.libtorch},
          {"blas", run.blas},
          {"cpu", run.cpu},
          {"threads", run.threads}};
}

Run read_run(Fields fields) {
  Run run;
  run.suite = fields.text("suite");
  run.dataset = fields.text("dataset");
  run.encoding = fields.text("encoding");
  run.sweep = fields.value("sweep");
  run.seconds = read_seconds(fields.object("seconds"));
  run.memory_peak_bytes = fields.integer("memory_peak_bytes");
  run.host = fields.text("host");
  run.started = fields.text("started");
  run.finished = fields.text("finished");
  run.attempts = fields.integer("attempts");
  run.commit = fields.text("commit");
  run.compiler = fields.text("compiler");
  run.flags = fields.text("flags");
  run.libtorch = fields.text("libtorch");
  run.blas = fields.text("blas");
  run.cpu = fields.text("cpu");
  run.threads = fields.integer("threads");
  fields.finish();
  return run;
}

nlohmann::json Record::to_json() const {
  return {{"schema", schema},
          {"id", id},
          {"identity", identity},
          {"result", json_of(result)},
          {"run", json_of(run)}};
}

Record Record::from_json(const nlohmann::json& json, const std::string& file) {
  Fields fields(json, file);
  const std::int64_t schema_read = fields.integer("schema");
  if (schema_read != schema && schema_read != schema_without_digest)
    fields.refuse("schema", fmt::format("{} or {}, those this version reads", schema_without_digest, schema));
  Record record;
  record.id = fields.text("id");
  record.identity = fields.value("identity");
  if (record.id != base::sha256(record.identity.dump()))
    fields.refuse("id", "the hash of the identity beside it");
  record.result = read_result(fields.object("result"), schema_read);
  record.run = read_run(fields.object("run"));
  fields.finish();
  return record;
}

Record read_record(const std::filesystem::path& path) {
  const Document document = read_document(path);
  const auto written_by = document.json.value("schema", nlohmann::json());
  if (!document.sealed && written_by == schema)
    throw Damaged(fmt::format(
        "{} has no digest, which a record has: restore the file, or delete it to have the run write it anew",
        path.string()));
  try {
    return Record::from_json(document.json, path.string());
  } catch (const base::InputError& error) {
    // Another version's record is not damaged: it has a good digest, or a schema of its own.
    const bool of_another_version =
        document.sealed || (written_by.is_number_integer() && written_by != schema_without_digest);
    if (of_another_version) throw;
    throw Damaged(error.what());
  }
}

void write_record(const std::filesystem::path& path, const Record& record) {
  if (base::exists(path) && read_record(path).result.status == Status::ok)
    throw base::InputError(fmt::format(
        "{} is the record of a trial that went well and is never replaced; delete it to run the trial again",
        path.string()));
  write_document(path, record.to_json());
}

}  // namespace pebench::contract
