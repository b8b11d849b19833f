#pragma once

#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>

#include "host/controller/suite/suite.h"
#include "host/plugin/descriptor.h"

namespace pebench::plugin {

/// A suite's options for one encoder, checked, with the defaults filled in.
struct ResolvedOptions {
  nlohmann::json values;  ///< {key: integer, real, boolean, word or text}; a file as the SHA-256 of its
                          ///< content, "" for none
  nlohmann::json files;   ///< {key: absolute path} of the file options that are set
};

/// `options` ({key: value}) checked and with the defaults filled in; a file is relative to `folder`. `refuse`
/// is called with the key and what is wrong, for an unknown key, a value that the descriptor does not allow
/// and a file that cannot be read; it must throw.
using Refusal = std::function<void(const std::string& key, const std::string& why)>;
ResolvedOptions resolve_options(const EncoderDescriptor& encoder, const nlohmann::json& options,
                                const std::filesystem::path& folder, const Refusal& refuse);

/// The same for a suite. Throws base::InputError with the option's place for an unknown key, a value that the
/// descriptor does not allow and a file that cannot be read. Files are relative to `suite_folder`; a default
/// file is so too.
ResolvedOptions resolve_options(const EncoderDescriptor& encoder, const suite::Encoding& encoding,
                                const std::filesystem::path& suite_folder);

}  // namespace pebench::plugin
