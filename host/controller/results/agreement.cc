#include "host/controller/results/agreement.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <sstream>

namespace pebench::results {
namespace {

/// The result's values by their places: of the ranks, the baselines and the
/// encoding's gradient what `other` has some of too.
std::map<std::string, nlohmann::json> values_of(const contract::Record& record, const contract::Record& other,
                                                bool same_fingerprint) {
  nlohmann::json result = record.to_json().at("result");
  result.erase("reason");
  if (!record.result.ranks || !other.result.ranks)
    result.erase("ranks");
  else if (!same_fingerprint)  // how far apart ranks are is told by the metrics
    result["ranks"].erase("digest");
  if (!other.result.recommendations)
    result.erase("recommendations");
  else if (!same_fingerprint && record.result.recommendations)
    result["recommendations"].erase("digest");  // two of nearly the same score may change places
  for (const auto& [name, ignored] : record.result.baselines)
    if (other.result.baselines.count(name) == 0) result["baselines"].erase(name);
  const auto& epochs = other.result.epochs;
  if (!epochs.empty() && !epochs.front().encoding_gradient)
    for (auto& epoch : result["epochs"]) epoch.erase("encoding_gradient");
  return result.flatten();
}

// A dump distinguishes every two doubles, -0 and 0 among them, and no two NaNs.
std::string text_at(const std::map<std::string, nlohmann::json>& values, const std::string& place) {
  auto found = values.find(place);
  return found != values.end() ? found->second.dump() : "nothing";
}

double relative_difference(const nlohmann::json& first, const nlohmann::json& second) {
  if (!first.is_number_float() || !second.is_number_float()) return std::numeric_limits<double>::infinity();
  double a = first, b = second;
  if (a == b) return 0.0;  // 0 and -0
  double relative = std::abs(a - b) / std::max(std::abs(a), std::abs(b));
  return std::isfinite(relative) ? relative : std::numeric_limits<double>::infinity();
}

}  // namespace

bool Fingerprint::operator==(const Fingerprint& other) const {
  return instruction_sets == other.instruction_sets && libtorch == other.libtorch && blas == other.blas;
}

std::string Fingerprint::text() const {
  return fmt::format("{}, LibTorch {}, {}", instruction_sets.empty() ? "no avx" : instruction_sets, libtorch,
                     blas);
}

Fingerprint fingerprint_of(const contract::Run& run) {
  Fingerprint fingerprint{{}, run.libtorch, run.blas};
  std::istringstream words(run.cpu);  // the model's name, then the instruction sets that decide on kernels
  for (std::string word; words >> word;) {
    if (word.rfind("avx", 0) != 0) continue;
    if (!fingerprint.instruction_sets.empty()) fingerprint.instruction_sets += ' ';
    fingerprint.instruction_sets += word;
  }
  return fingerprint;
}

std::string Difference::text() const { return fmt::format("{} is {} and {}", place, first, second); }

bool Agreement::agrees() const {
  return !difference || (!same_fingerprint && difference->relative <= tolerance);
}

Agreement agreement_of(const contract::Record& first, const contract::Record& second) {
  Agreement agreement;
  agreement.same_fingerprint = fingerprint_of(first.run) == fingerprint_of(second.run);
  auto values = values_of(first, second, agreement.same_fingerprint),
       others = values_of(second, first, agreement.same_fingerprint);
  auto places = values;
  places.insert(others.begin(), others.end());
  for (const auto& [place, ignored] : places) {
    Difference difference{place, text_at(values, place), text_at(others, place), 0};
    if (difference.first == difference.second) continue;
    difference.relative = relative_difference(values[place], others[place]);
    if (!agreement.difference || difference.relative > agreement.difference->relative)
      agreement.difference = difference;
  }
  return agreement;
}

}  // namespace pebench::results
