#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "host/controller/plugin/describe.h"
#include "host/controller/plugin/suite_options.h"
#include "host/controller/suite/suite.h"

namespace pebench::plan {

/// An encoding of the suite with its plugin and options resolved.
struct PlannedEncoding {
  std::string name;
  std::filesystem::path library;  ///< absolute
  std::string library_hash;       ///< SHA-256
  plugin::EncoderDescriptor encoder;
  plugin::ResolvedOptions options;
};

/// Finds the suite's plugins in `folders`, asks them to describe themselves, and holds the suite's options
/// and protocol.attention against that. Throws base::InputError with the place in the suite.
std::vector<PlannedEncoding> describe_encodings(const suite::Suite& suite, const plugin::Describer& describer,
                                                const std::vector<std::filesystem::path>& folders);

/// The same with the plugins that this executable finds.
std::vector<PlannedEncoding> describe_encodings(const suite::Suite& suite);

}  // namespace pebench::plan
