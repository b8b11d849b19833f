#include "host/contract/progress.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace pebench::contract {
namespace {

constexpr const char *start = "start", *epoch = "epoch", *evaluate = "evaluate", *warning = "warning",
                     *failed = "failed";

struct Writer {
  nlohmann::json operator()(const StartEvent& event) const {
    return {{"event", start}, {"epochs", event.epochs}};
  }
  nlohmann::json operator()(const EpochEvent& event) const {
    return {{"event", epoch},
            {"epoch", event.epoch},
            {"epochs", event.epochs},
            {"loss", event.loss},
            {"gradient_norm", event.gradient_norm},
            {"select", event.select},
            {"best", event.best},
            {"fraction", event.fraction},
            {"seconds", event.seconds}};
  }
  nlohmann::json operator()(const EvaluateEvent& event) const {
    return {{"event", evaluate}, {"fraction", event.fraction}};
  }
  nlohmann::json operator()(const WarningEvent& event) const {
    return {{"event", warning}, {"text", event.text}};
  }
  nlohmann::json operator()(const Failure& failure) const {
    return {{"event", failed}, {"status", name_of(failure.status)}, {"reason", failure.reason}};
  }
};

/// An object's values, those of another type passed over.
class Reader {
 public:
  explicit Reader(const nlohmann::json& object) : object_(object) {}

  double number(const char* key) const {
    const auto found = object_.find(key);
    if (found == object_.end() || !found->is_number()) return untold;
    const double value = found->get<double>();
    return std::isfinite(value) ? value : untold;
  }
  std::int64_t count(const char* key) const {
    const auto found = object_.find(key);
    return found != object_.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
  }
  std::string text(const char* key) const {
    const auto found = object_.find(key);
    return found != object_.end() && found->is_string() ? found->get<std::string>() : std::string();
  }

 private:
  const nlohmann::json& object_;
};

Status bad_status_named(const std::string& name) {
  const auto status = status_named(name);
  return status && *status != Status::ok ? *status : Status::failed;
}

}  // namespace

std::string to_line(const ProgressEvent& event) {
  const nlohmann::json json = std::visit(Writer(), event);
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

std::optional<ProgressEvent> progress_event(std::string_view line) {
  const auto json = nlohmann::json::parse(line, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) return std::nullopt;
  const Reader read(json);
  const std::string name = read.text("event");
  if (name == start) return StartEvent{read.count("epochs")};
  if (name == epoch)
    return EpochEvent{read.count("epoch"),          read.count("epochs"),  read.number("loss"),
                      read.number("gradient_norm"), read.number("select"), read.number("best"),
                      read.number("fraction"),      read.number("seconds")};
  if (name == evaluate) return EvaluateEvent{read.number("fraction")};
  if (name == warning) return WarningEvent{read.text("text")};
  if (name == failed) return Failure{bad_status_named(read.text("status")), read.text("reason")};
  return std::nullopt;
}

}  // namespace pebench::contract
