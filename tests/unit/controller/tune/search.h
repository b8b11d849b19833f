#pragma once

#include <limits>
#include <vector>

#include "host/controller/tune/search.h"

namespace pebench::tune {

constexpr double failed = std::numeric_limits<double>::quiet_NaN();

/// A search of one round with these values, [encoding][configuration].
inline Search search_of(const std::vector<std::vector<double>>& values) {
  Search search;
  search.rounds = {{static_cast<std::int64_t>(values.front().size()), 2}};
  search.configurations.resize(values.front().size());
  for (const auto& of_encoding : values) {
    search.tried.push_back({{}});
    for (std::size_t i = 0; i < of_encoding.size(); ++i)
      search.tried.back().front().push_back({i, of_encoding[i], 2, 1.5});
  }
  return search;
}

/// Encodings called a, b, ... of a suite with this text.
inline Subject subject_of(const suite::Suite& suite) {
  Subject subject;
  subject.suite = suite;
  subject.name = suite.name + "-tune";
  subject.seeds = {123456789};
  subject.dataset.name = suite.datasets.front().name;
  for (const suite::Encoding& encoding : suite.encodings) {
    subject.encodings.emplace_back();
    subject.encodings.back().name = encoding.name;
    subject.encodings.back().options.files = nlohmann::json::object();
  }
  return subject;
}

}  // namespace pebench::tune
