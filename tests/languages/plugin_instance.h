#pragma once

#include <string>
#include <vector>

#include "host/plugin/library.h"
#include "host/plugin/options.h"
#include "host/worker/plugin/plugin_encoding.h"

namespace pebench::test {

/// An encoder of a plugin library in the slot of a model of given sizes, with the real operations.
class PluginInstance {
 public:
  PluginInstance(const std::string& library, const std::string& id, const nlohmann::json& options,
                 const backbone::Sizes& config, at::ScalarType type);

  backbone::Encoding& operator*() { return encoding_; }
  backbone::Encoding* operator->() { return &encoding_; }
  /// Forgets the last pass.
  void begin() { encoding_.begin(randomness_); }
  /// The value of a declared parameter, a leaf that gradients reach.
  Tensor parameter(const std::string& name);
  std::vector<Tensor> parameters();
  const peb_encoder& table() const { return library_.table(id_); }

 private:
  std::string id_;
  plugin::Library library_;
  plugin::OptionValues values_;
  tensor::ParameterSet parameters_;
  plugin::PluginEncoding encoding_;
  tensor::Randomness randomness_{base::Stream(1, "dropout"), false};
};

/// Sizes of a model of `blocks` blocks.
backbone::Sizes model_of(std::int64_t heads, std::int64_t head_width, std::int64_t max_len,
                         std::int64_t blocks = 1);

/// An attention call; positions are [1 or B, L].
backbone::Site site_of(const Tensor& q, const Tensor& k, const Tensor& v, const Tensor& query_position,
                       const Tensor& key_position);

}  // namespace pebench::test
