#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "host/controller/suite/suite.h"

namespace pebench::suite {

/// A value that takes the place of a setting's.
struct Chosen {
  std::string setting;   ///< "train.lr"
  nlohmann::json value;  ///< as in JSON of the settings; "inf" and null for an infinite number
  Place place;           ///< of whoever asked for it
};

/// The settings of one of the suite's encodings with these values in them, which win over its own and the
/// suite's: as if they stood in its [[encoding]], so that every check applies, with their places. The suite
/// must have neither [sweep] nor [[variant]]. Throws base::InputError for what cannot be.
contract::Settings configured(const Suite& suite, const std::string& encoding,
                              const std::vector<Chosen>& chosen);

}  // namespace pebench::suite
