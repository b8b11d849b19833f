#pragma once

#include <string>

#include "host/plugin/library.h"
#include "host/plugin/options.h"
#include "host/worker/plugin/plugin_encoding.h"

namespace pebench::test {

/// An encoder of a plugin library in the slot of a model of given sizes, with parameters of its own and the
/// real operations.
class PluginInstance {
 public:
  PluginInstance(const std::string& library, const std::string& id, const nlohmann::json& options,
                 const backbone::Sizes& sizes, at::ScalarType type = at::kDouble, bool training = false);

  backbone::Encoding& operator*() { return encoding_; }
  backbone::Encoding* operator->() { return &encoding_; }
  /// Forgets the last pass.
  void begin() { encoding_.begin(randomness_); }
  tensor::ParameterSet& parameters() { return parameters_; }
  /// The value of the parameter that the encoder declared by this name, a leaf that gradients reach.
  Tensor parameter(const std::string& name) { return parameters_.at("encoding." + name).value; }
  const peb_encoder& table() const { return library_.table(id_); }

 private:
  std::string id_;
  plugin::Library library_;
  plugin::OptionValues values_;
  tensor::ParameterSet parameters_;
  plugin::PluginEncoding encoding_;
  tensor::Randomness randomness_;
};

backbone::Sizes model_of(std::int64_t heads, std::int64_t head_width, std::int64_t max_len,
                         std::int64_t blocks = 1);

/// An attention call; positions are [1 or B, L].
backbone::Site site_of(const Tensor& q, const Tensor& k, const Tensor& v, const Tensor& query_position,
                       const Tensor& key_position);

}  // namespace pebench::test
