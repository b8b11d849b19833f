#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "host/controller/suite/configured.h"
#include "host/controller/suite/suite.h"

namespace pebench::tune {

/// What tuning tries: settings, the same for every encoding, and options of each.
struct Configuration {
  std::vector<suite::Chosen> settings;
  std::map<std::string, std::vector<suite::Option>> options;  ///< by the encoding's name
};

/// Configuration `index`, from 0, of the suite's [tune]: a function of tune.seed, the index, and the space of
/// each key alone, whatever else the spaces have and however many configurations there are.
Configuration draw(const suite::Suite& suite, std::int64_t index);

}  // namespace pebench::tune
