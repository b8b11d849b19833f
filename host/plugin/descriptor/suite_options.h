#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>

#include "host/plugin/descriptor/descriptor.h"
#include "host/suite/suite.h"

namespace pebench::plugin {

/// A suite's options for one encoder, checked, with the defaults filled in.
struct ResolvedOptions {
  nlohmann::json values;  ///< {key: integer, real, boolean, word or text}; a file as the SHA-256 of its
                          ///< content, "" for none
  nlohmann::json files;   ///< {key: absolute path} of the file options that are set
};

/// Throws base::InputError with the option's place for an unknown key, a value that the descriptor does not
/// allow and a file that cannot be read. Files are relative to `suite_folder`; a default file is so too.
ResolvedOptions resolve_options(const EncoderDescriptor& encoder, const suite::Encoding& encoding,
                                const std::filesystem::path& suite_folder);

}  // namespace pebench::plugin
