#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "host/contract/key.h"

namespace pebench::cli {

/// The keys of one table of a suite, or one of them.
struct ReferencePart {
  std::string section;  ///< as in contract::Key
  std::vector<const contract::Key*> keys;
};

/// All tables for an empty name; else the table of that name with those inside it, or the key, "train.lr".
/// Throws base::InputError with a suggestion for another name.
std::vector<ReferencePart> find_reference(const std::string& name);

std::string reference_text(const std::vector<ReferencePart>& parts, bool colour);
/// The generated part of docs/suite.md; what help texts say of docs/ becomes links beside it.
std::string reference_markdown(const std::vector<ReferencePart>& parts);
/// {"keys": [{"key": "model.width", "type": "integer", ...}], "presets": {"model": {"men": {"model.width":
/// 390}}}}
nlohmann::json reference_json(const std::vector<ReferencePart>& parts);

}  // namespace pebench::cli
