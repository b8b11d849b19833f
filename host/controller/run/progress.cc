#include "host/controller/run/progress.h"

#include <algorithm>
#include <cmath>

namespace pebench::run {
namespace {

constexpr std::size_t longest_line = 1 << 16;

void replace_if_told(std::optional<double>& value, double told) {
  if (!std::isnan(told)) value = told;
}

void replace_if_told(std::int64_t& value, std::int64_t told) {
  if (told != 0) value = told;
}

}  // namespace

std::string ProgressReader::feed(std::string_view bytes) {
  std::string events;
  while (!bytes.empty()) {
    const std::size_t end = bytes.find('\n');
    const std::string_view piece = bytes.substr(0, end);
    too_long_ = too_long_ || partial_.size() + piece.size() > longest_line;
    if (!too_long_) partial_ += piece;
    if (end == std::string_view::npos) break;
    bytes.remove_prefix(end + 1);
    const auto event = too_long_ ? std::nullopt : contract::progress_event(partial_);
    if (event) {
      std::visit([this](const auto& one) { take(one); }, *event);
      events += partial_ + "\n";
    } else {
      ++unreadable_lines_;
    }
    partial_.clear();
    too_long_ = false;
  }
  return events;
}

void ProgressReader::take(const contract::StartEvent& event) {
  progress_.evaluating = false;
  replace_if_told(progress_.epochs, event.epochs);
}

void ProgressReader::take(const contract::EpochEvent& event) {
  progress_.evaluating = false;
  replace_if_told(progress_.epoch, event.epoch);
  replace_if_told(progress_.epochs, event.epochs);
  replace_if_told(progress_.loss, event.loss);
  replace_if_told(progress_.best, event.best);
  advance_to(event.fraction);
}

void ProgressReader::take(const contract::EvaluateEvent& event) {
  progress_.evaluating = true;
  advance_to(event.fraction);
}

void ProgressReader::take(const contract::WarningEvent& event) { warnings_.push_back(event.text); }

void ProgressReader::take(const contract::Failure& failure) { failure_ = failure; }

void ProgressReader::advance_to(double fraction) {
  if (!std::isnan(fraction)) progress_.fraction = std::clamp(fraction, 0.0, 1.0);
}

}  // namespace pebench::run
