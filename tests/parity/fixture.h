#pragma once

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "host/worker/backbone/carca/carca.h"
#include "host/worker/train/windows.h"

namespace pebench::parity {

/// One file written by reference.py: inputs, parameters, outputs and gradients of one encoding.
struct Fixture {
  std::string name;
  std::string kind;  ///< the encoder's id
  nlohmann::json options;
  carca::Config config;
  bool truncate_context_at_evaluation = false;
  Tensor attributes;  ///< f64 [N+1, A]
  std::map<std::string, Tensor> inputs, parameters, outputs, gradients;

  /// The batch, a row a user, without padding.
  std::vector<train::TrainingRow> training_rows() const;
  std::vector<train::EvaluationRow> evaluation_rows() const;
};

/// Reads a .json or .json.gz fixture.
/// A file of JSON, gzipped where its name ends in .gz.
nlohmann::json read_json(const std::filesystem::path& path);
Fixture read_fixture(const std::filesystem::path& path);

/// The fixtures of a folder, by name.
std::vector<std::filesystem::path> fixtures_in(const std::filesystem::path& folder);

}  // namespace pebench::parity
