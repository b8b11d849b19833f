#include "host/controller/data/lines.h"

#include <fmt/format.h>

namespace pebench::data {
namespace {

constexpr std::size_t piece = 1 << 18;

}  // namespace

void Lines::fill() {
  buffer_.erase(0, from_);
  from_ = 0;
  const std::size_t kept = buffer_.size();
  buffer_.resize(kept + piece);
  const std::size_t count = file_.read(&buffer_[kept], piece);
  buffer_.resize(kept + count);
  ended_ = count < piece;
}

bool Lines::take(std::string_view& line) {
  std::size_t searched = from_;
  for (;;) {
    const std::size_t end = buffer_.find('\n', searched);
    if (end != std::string::npos) {
      line = std::string_view(buffer_).substr(from_, end - from_);
      from_ = end + 1;
      break;
    }
    if (ended_) {
      if (from_ == buffer_.size()) return false;
      line = std::string_view(buffer_).substr(from_);
      from_ = buffer_.size();
      break;
    }
    searched = buffer_.size() - from_;
    fill();
  }
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return true;
}

bool Lines::next(std::string_view& line) {
  ++number_;
  if (empty_ > 0) {
    --empty_;
    line = {};
    return true;
  }
  if (has_ahead_) {
    has_ahead_ = false;
    line = ahead_;
    return true;
  }
  if (!take(line)) return false;
  if (!line.empty()) return true;
  while (take(ahead_)) {
    if (ahead_.empty()) {
      ++empty_;
      continue;
    }
    has_ahead_ = true;
    return true;
  }
  empty_ = 0;
  return false;
}

std::string Lines::place() const { return fmt::format("{}:{}", file_.path().string(), number_); }

}  // namespace pebench::data
