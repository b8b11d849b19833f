#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "host/contract/settings.h"

namespace pebench::contract {

/// Raised whenever the same identity would give other numbers: a change of the model's arithmetic, of a
/// stream's key or of the candidates' drawing.
constexpr int numeric_contract = 3;

/// One trial: an encoding, a data set, settings and a seed.
struct TrialSpec {
  // identity: everything that can change the numbers
  Settings settings;
  std::string data_hash;   ///< data::Dataset::hash() with `attributes` and `context`
  std::string encoder_id;  ///< peb_encoder.id
  std::string encoder_version;
  std::string library_hash;  ///< SHA-256 of the shared library
  nlohmann::json options;    ///< every option of the encoder, defaults filled in; a file as its SHA-256
  std::uint64_t seed = 0;
  std::vector<std::string> vary;  ///< of init, order, dropout, negatives; the others keep `base_seed`
  std::uint64_t base_seed = 0;

  // where things are and what they are called; never part of the identity
  std::string suite;
  std::string dataset;   ///< label
  std::string encoding;  ///< label
  nlohmann::json sweep;  ///< {"model.item_max_norm": 0.1}; {} without a sweep
  std::filesystem::path data_folder;
  std::vector<std::string> attributes;
  std::vector<std::string> context = {"date"};  ///< what a model sees of an event, beside its item
  std::filesystem::path library;
  nlohmann::json option_files;  ///< {key: absolute path} of FILE options

  /// The canonical identity, as written to records.
  nlohmann::json identity() const;
  /// SHA-256 of identity().dump(), 64 hexadecimal digits.
  std::string id() const;
  /// The seed of a stream's purpose: `seed` if the suite varies it, else `base_seed`.
  std::uint64_t seed_for(const std::string& purpose) const;

  /// {"schema": 2, "id": ..., "identity": ..., "run": ...}
  nlohmann::json to_json() const;
  /// Throws base::InputError for another schema than 1 and 2, a missing key, or an id that does not fit the
  /// identity.
  static TrialSpec from_json(const nlohmann::json& json);
};

/// Throws InputError for a file that cannot be read or is no trial of this version; Damaged, which is one,
/// for a file that is not as it was written. That of schema 1 has no digest.
TrialSpec read_trial(const std::filesystem::path& path);
/// In one step. Throws InputError if that fails.
void write_trial(const std::filesystem::path& path, const TrialSpec& trial);

}  // namespace pebench::contract
