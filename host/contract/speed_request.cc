#include "host/contract/speed_request.h"

#include "host/base/file.h"
#include "host/contract/fields.h"

namespace pebench::contract {
namespace {

std::vector<std::int64_t> integers(Fields& fields, const std::string& key) {
  const auto naturals = fields.naturals(key);
  return {naturals.begin(), naturals.end()};
}

}  // namespace

void write_speed_request(const std::filesystem::path& file, const SpeedRequest& request) {
  auto trials = nlohmann::json::array();
  for (const auto& trial : request.trials) trials.push_back(utf8_path(trial));
  base::write_atomically(file, json_text({{"trials", trials},
                                          {"batches", request.batches},
                                          {"lengths", request.lengths},
                                          {"repetitions", request.repetitions},
                                          {"measurement", utf8_path(request.measurement)}}));
}

SpeedRequest read_speed_request(const std::filesystem::path& file) {
  const auto json = parse_json(base::read_file(file), file.string());
  Fields fields(json, file.string());
  SpeedRequest request;
  for (const std::string& trial : fields.text_list("trials")) request.trials.emplace_back(trial);
  request.batches = integers(fields, "batches");
  request.lengths = integers(fields, "lengths");
  request.repetitions = fields.integer("repetitions");
  request.measurement = fields.text("measurement");
  fields.finish();
  return request;
}

}  // namespace pebench::contract
