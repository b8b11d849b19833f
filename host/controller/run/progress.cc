#include "host/controller/run/progress.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace pebench::run {
namespace {

constexpr std::size_t longest_line = 1 << 16;

std::optional<double> number(const nlohmann::json& event, const char* key) {
  auto found = event.find(key);
  if (found == event.end() || !found->is_number() || !std::isfinite(found->get<double>()))
    return std::nullopt;
  return found->get<double>();
}

void count(const nlohmann::json& event, const char* key, std::int64_t& value) {
  auto found = event.find(key);
  if (found != event.end() && found->is_number_integer()) value = found->get<std::int64_t>();
}

std::string text(const nlohmann::json& event, const char* key) {
  auto found = event.find(key);
  return found != event.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace

std::string ProgressReader::feed(std::string_view bytes) {
  std::string events;
  while (!bytes.empty()) {
    std::size_t end = bytes.find('\n');
    std::string_view piece = bytes.substr(0, end);
    too_long_ = too_long_ || partial_.size() + piece.size() > longest_line;
    if (!too_long_) partial_ += piece;
    if (end == std::string_view::npos) break;
    bytes.remove_prefix(end + 1);
    if (!too_long_ && take(partial_))
      events += partial_ + "\n";
    else
      ++unreadable_lines_;
    partial_.clear();
    too_long_ = false;
  }
  return events;
}

bool ProgressReader::take(std::string_view line) {
  auto event = nlohmann::json::parse(line, nullptr, false);
  if (!event.is_object()) return false;
  std::string name = text(event, "event");
  if (name.empty()) return false;
  if (name == "failed") {
    auto status = contract::status_named(text(event, "status"));
    failure_ = Failure{status && *status != contract::Status::ok ? *status : contract::Status::failed,
                       text(event, "reason")};
    return true;
  }
  if (name == "warning") {
    warnings_.push_back(text(event, "text"));
    return true;
  }
  progress_.evaluating = name == "evaluate";
  count(event, "epoch", progress_.epoch);
  count(event, "epochs", progress_.epochs);
  if (auto fraction = number(event, "fraction")) progress_.fraction = std::clamp(*fraction, 0.0, 1.0);
  if (auto loss = number(event, "loss")) progress_.loss = loss;
  if (auto best = number(event, "best")) progress_.best = best;
  return true;
}

}  // namespace pebench::run
