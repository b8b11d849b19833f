#include "host/record/suite_lock.h"

#include <fmt/format.h>

#include "host/base/file.h"
#include "host/base/hash.h"
#include "host/record/fields.h"

namespace pebench::record {
namespace {

constexpr int schema = 1;

LockedTrial read_trial(Fields fields) {
  LockedTrial trial;
  trial.id = fields.text("id");
  trial.dataset = fields.text("dataset");
  trial.encoding = fields.text("encoding");
  trial.sweep = fields.value("sweep");
  trial.seed = fields.natural("seed");
  fields.finish();
  return trial;
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
  return {{"schema", schema},     {"suite", suite},     {"text", text},  {"hash", base::sha256(text)},
          {"baseline", baseline}, {"primary", primary}, {"trials", list}};
}

SuiteLock SuiteLock::from_json(const nlohmann::json& json, const std::string& file) {
  Fields fields(json, file);
  if (fields.integer("schema") != schema)
    fields.refuse("schema", fmt::format("{}, the one this version reads", schema));
  SuiteLock lock;
  lock.suite = fields.text("suite");
  lock.text = fields.text("text");
  if (fields.text("hash") != base::sha256(lock.text))
    fields.refuse("hash", "the hash of the suite's text beside it");
  lock.baseline = fields.text("baseline");
  lock.primary = fields.text("primary");
  for (Fields& trial : fields.objects("trials")) lock.trials.push_back(read_trial(std::move(trial)));
  fields.finish();
  return lock;
}

SuiteLock read_lock(const std::filesystem::path& path) {
  return SuiteLock::from_json(parse(base::read_file(path), path.string()), path.string());
}

void write_lock(const std::filesystem::path& path, const SuiteLock& lock) {
  base::write_atomically(path, to_text(lock.to_json()));
}

}  // namespace pebench::record
