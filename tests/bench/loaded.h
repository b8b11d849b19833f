#pragma once

#include <filesystem>
#include <string>

#include "host/plugin/library.h"
#include "host/plugin/options.h"
#include "host/worker/plugin/plugin_encoding.h"

namespace pebench {

/// A built-in encoder with its default options. Keeps what the plugin's instance points to.
class Loaded : public backbone::Encoding {
 public:
  Loaded(const std::string& id, const backbone::Sizes& config, tensor::ParameterSet& parameters)
      : library_(
            plugin::Library::load(std::filesystem::path(PEBENCH_PLUGIN_DIR) / (id + ".so"), plugin::host())),
        values_(library_.encoder(id), plugin::with_defaults(library_.encoder(id), nlohmann::json::object())),
        encoding_(library_.table(id), values_.values(), config, parameters) {}
  bool needs_time() const override { return encoding_.needs_time(); }
  bool needs_logits() const override { return encoding_.needs_logits(); }
  bool needs_probs() const override { return encoding_.needs_probs(); }
  bool affine_input() const override { return encoding_.affine_input(); }
  bool has_value() const override { return encoding_.has_value(); }
  bool in_attention() const override { return encoding_.in_attention(); }
  void begin(tensor::Randomness& randomness) override { encoding_.begin(randomness); }
  Tensor input(const backbone::Sequence& sequence, const Tensor& x) override {
    return encoding_.input(sequence, x);
  }
  void rotate(const backbone::Site& site, Tensor& q, Tensor& k) override { encoding_.rotate(site, q, k); }
  Tensor bias(const backbone::Site& site) override { return encoding_.bias(site); }
  Tensor value(const backbone::Site& site) override { return encoding_.value(site); }
  Tensor output(const backbone::Site& site, const Tensor& y) override { return encoding_.output(site, y); }
  backbone::Dependence dependence() const override { return encoding_.dependence(); }
  void begin_part() override { encoding_.begin_part(); }
  bool misses_parts() const override { return encoding_.misses_parts(); }

 private:
  plugin::Library library_;
  plugin::OptionValues values_;
  plugin::PluginEncoding encoding_;
};

}  // namespace pebench
