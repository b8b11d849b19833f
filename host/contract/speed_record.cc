#include "host/contract/speed_record.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <iterator>
#include <optional>
#include <set>

#include "host/base/error.h"
#include "host/contract/damaged.h"
#include "host/contract/document.h"
#include "host/contract/fields.h"

namespace pebench::contract {
namespace {

constexpr int schema = 1;

/// The last part of the name, which loses it.
std::string last_part(std::string& name) {
  const auto slash = name.rfind('/');
  const std::string part = slash == std::string::npos ? name : name.substr(slash + 1);
  name.resize(slash == std::string::npos ? 0 : slash);
  return part;
}

std::optional<std::int64_t> size_of(const std::string& text) {
  std::int64_t size = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), size);
  if (error != std::errc() || end != text.data() + text.size() || size < 1) return std::nullopt;
  return size;
}

/// What such a name is of, an encoding among `trials`; nothing for another name.
std::optional<Timing> timing_of(std::string name, const std::map<std::string, std::string>& trials) {
  const auto length = size_of(last_part(name)), batch = size_of(last_part(name));
  Timing timing;
  timing.operation = last_part(name);
  timing.encoding = name;
  const bool known = std::find(std::begin(speed_operations), std::end(speed_operations), timing.operation) !=
                     std::end(speed_operations);
  if (!length || !batch || !known || trials.count(timing.encoding) == 0) return std::nullopt;
  timing.batch = *batch;
  timing.length = *length;
  return timing;
}

}  // namespace

std::string timing_name(const Timing& timing) {
  return fmt::format("{}/{}/{}/{}", timing.encoding, timing.operation, timing.batch, timing.length);
}

std::vector<Timing> SpeedRecord::timings(const std::string& file) const {
  const auto damaged = [&](const std::string& what) {
    return Damaged(fmt::format("{}: {}: delete the file to have it measured anew", file, what));
  };
  std::vector<Timing> timings;
  std::set<std::string> measured;
  try {
    for (const auto& row : benchmark.at("benchmarks")) {
      if (row.at("run_type") != "iteration") continue;
      const std::string name = row.at("run_name");
      // The library adds to a name how it was measured: "/min_time:0.050/repeats:20/manual_time".
      const auto timing = timing_of(name.substr(0, name.find("/min_time")), trials);
      if (!timing || row.at("time_unit") != "ms")
        throw damaged(fmt::format("\"{}\" is no time of an encoding that was measured there", name));
      const double milliseconds = row.at("real_time");
      if (!std::isfinite(milliseconds) || milliseconds <= 0)
        throw damaged(fmt::format("\"{}\" took {} ms", name, milliseconds));
      auto found = std::find_if(timings.begin(), timings.end(),
                                [&](const Timing& one) { return timing_name(one) == timing_name(*timing); });
      if (found == timings.end()) found = timings.insert(timings.end(), *timing);
      found->seconds.push_back(milliseconds / 1000);
      measured.insert(timing->encoding);
    }
  } catch (const nlohmann::json::exception&) {
    throw damaged("it is not what Google Benchmark writes");
  }
  for (const auto& [encoding, id] : trials)
    if (measured.count(encoding) == 0) throw damaged(fmt::format("it has no time of {}", encoding));
  if (timings.empty()) throw damaged("it has no times");
  for (const Timing& timing : timings)
    if (timing.seconds.size() < fewest_repetitions)
      throw damaged(fmt::format("{} was timed less than {} times", timing_name(timing), fewest_repetitions));
  return timings;
}

SpeedRecord read_speed_record(const std::filesystem::path& path) {
  const Document document = read_document(path);
  if (!document.sealed)
    throw Damaged(fmt::format("{} has no digest: restore the file, or delete it to have it measured anew",
                              path.string()));
  Fields fields(document.json, path.string());
  if (fields.integer("schema") != schema)
    fields.refuse("schema", fmt::format("{}, the one this version reads", schema));
  SpeedRecord record;
  Fields trials = fields.object("trials");
  for (const auto& item : fields.value("trials").items()) record.trials[item.key()] = trials.text(item.key());
  record.clock = fields.text("clock");
  record.run = read_run(fields.object("run"));
  record.benchmark = fields.value("benchmark");
  fields.finish();
  return record;
}

void write_speed_record(const std::filesystem::path& path, const SpeedRecord& record) {
  write_document(path, {{"schema", schema},
                        {"trials", record.trials},
                        {"clock", record.clock},
                        {"run", json_of(record.run)},
                        {"benchmark", record.benchmark}});
}

}  // namespace pebench::contract
