#include "host/controller/results/suite_lock.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "host/base/file.h"
#include "host/base/hash.h"
#include "host/contract/document.h"
#include "host/contract/fields.h"

namespace pebench::results {
namespace {

constexpr int schema = 3;
// Its judgement had a margin of equivalence in the metric's unit and left out trials at chance.
constexpr int schema_with_absolute_equivalence = 2;

LockedTrial read_trial(contract::Fields fields) {
  LockedTrial trial;
  trial.id = fields.text("id");
  trial.dataset = fields.text("dataset");
  trial.encoding = fields.text("encoding");
  trial.sweep = fields.value("sweep");
  trial.seed = fields.natural("seed");
  fields.finish();
  return trial;
}

LockedClaim read_claim(contract::Fields fields) {
  LockedClaim claim;
  claim.text = fields.text("text");
  claim.test = fields.text("test");
  claim.metric = fields.text("metric");
  claim.dataset = fields.optional_text("dataset");
  claim.sweep = fields.value("sweep");
  fields.finish();
  return claim;
}

LockedReachable read_reachable(contract::Fields fields) {
  LockedReachable reachable;
  reachable.dataset = fields.text("dataset");
  reachable.sweep = fields.value("sweep");
  reachable.knows = fields.text("knows");
  reachable.exact = fields.boolean("exact");
  reachable.metrics = fields.numbers("metrics");
  fields.finish();
  return reachable;
}

Judgement read_judgement(contract::Fields fields, std::int64_t read_schema) {
  Judgement judgement;
  judgement.alpha = fields.number("alpha");
  if (read_schema == schema_with_absolute_equivalence) {
    fields.number("equivalence");
    fields.boolean("at_chance_fails");
  } else {
    judgement.equivalence_share = fields.optional_number("equivalence_share");
    const auto names = fields.text_list("lower_is_better");
    judgement.lower_is_better = {names.begin(), names.end()};
  }
  fields.finish();
  return judgement;
}

nlohmann::json json_of(const LockedReachable& reachable) {
  return {{"dataset", reachable.dataset},
          {"sweep", reachable.sweep},
          {"knows", reachable.knows},
          {"exact", reachable.exact},
          {"metrics", reachable.metrics}};
}

nlohmann::json json_of(const LockedClaim& claim) {
  return {{"text", claim.text},
          {"test", claim.test},
          {"metric", claim.metric},
          {"dataset", claim.dataset ? nlohmann::json(*claim.dataset) : nlohmann::json()},
          {"sweep", claim.sweep}};
}

}  // namespace

nlohmann::json SuiteLock::to_json() const {
  auto list = nlohmann::json::array();
  for (const LockedTrial& trial : trials)
    list.push_back({{"id", trial.id},
                    {"dataset", trial.dataset},
                    {"encoding", trial.encoding},
                    {"sweep", trial.sweep},
                    {"seed", trial.seed}});
  auto claim_list = nlohmann::json::array();
  for (const LockedClaim& claim : claims) claim_list.push_back(json_of(claim));
  nlohmann::json json = {
      {"schema", schema},
      {"suite", suite},
      {"text", text},
      {"hash", base::sha256(text)},
      {"baseline", baseline},
      {"primary", primary},
      {"judgement",
       {{"alpha", judgement.alpha},
        {"equivalence_share",
         judgement.equivalence_share ? nlohmann::json(*judgement.equivalence_share) : nlohmann::json()},
        {"lower_is_better", judgement.lower_is_better}}},
      {"claims", claim_list},
      {"later_seeds", later_seeds},
      {"warnings", warnings},
      {"trials", list}};
  // Only locks with generated data have it, those of earlier versions not even then.
  for (const LockedReachable& one : reachable) json["reachable"].push_back(json_of(one));
  return json;
}

SuiteLock SuiteLock::from_json(const nlohmann::json& json, const std::string& file) {
  contract::Fields fields(json, file);
  const std::int64_t read_schema = fields.integer("schema");
  if (read_schema != schema && read_schema != schema_with_absolute_equivalence)
    fields.refuse("schema", fmt::format("{} or {}, those this version reads",
                                        schema_with_absolute_equivalence, schema));
  SuiteLock lock;
  lock.suite = fields.text("suite");
  lock.text = fields.text("text");
  if (fields.text("hash") != base::sha256(lock.text))
    fields.refuse("hash", "the hash of the suite's text beside it");
  lock.baseline = fields.text("baseline");
  lock.primary = fields.text("primary");
  lock.judgement = read_judgement(fields.object("judgement"), read_schema);
  for (contract::Fields& claim : fields.objects("claims"))
    lock.claims.push_back(read_claim(std::move(claim)));
  lock.later_seeds = fields.naturals("later_seeds");
  if (read_schema == schema) lock.warnings = fields.text_list("warnings");
  if (json.contains("reachable"))
    for (contract::Fields& one : fields.objects("reachable"))
      lock.reachable.push_back(read_reachable(std::move(one)));
  for (contract::Fields& trial : fields.objects("trials"))
    lock.trials.push_back(read_trial(std::move(trial)));
  fields.finish();
  return lock;
}

void note_later_seeds(SuiteLock& now, const contract::SuiteFolder& folder) {
  if (!base::exists(folder.lock())) return;
  const SuiteLock before = read_lock(folder.lock());
  const bool looked = std::any_of(before.trials.begin(), before.trials.end(), [&](const LockedTrial& trial) {
    return base::exists(folder.record(trial.id));
  });
  std::set<std::uint64_t> known, later;
  for (const LockedTrial& trial : before.trials) known.insert(trial.seed);
  const std::set<std::uint64_t> late_before(before.later_seeds.begin(), before.later_seeds.end());
  for (const LockedTrial& trial : now.trials)
    if (late_before.count(trial.seed) != 0 || (looked && known.count(trial.seed) == 0))
      later.insert(trial.seed);
  now.later_seeds.assign(later.begin(), later.end());
}

SuiteLock read_lock(const std::filesystem::path& path) {
  return SuiteLock::from_json(contract::read_document(path).json, path.string());
}

void write_lock(const std::filesystem::path& path, const SuiteLock& lock) {
  contract::write_document(path, lock.to_json());
}

}  // namespace pebench::results
