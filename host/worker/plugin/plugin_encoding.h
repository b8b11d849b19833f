#pragma once

#include <pebench/pebench.h>

#include <memory>
#include <string>
#include <vector>

#include "host/worker/backbone/encoding.h"
#include "host/worker/backbone/sizes.h"
#include "host/worker/plugin/scope.h"
#include "host/worker/tensor/parameters.h"

namespace pebench::plugin {

/// The host as plugins see it: the real operations, parameter declaration and the log.
const peb_host& host();

/// An instance of a plugin's encoder in the model's slot. It declares the plugin's parameters as
/// "encoding.<name>", whose initial values come from the stream (seed, "init", "encoding/<id>/<name>"), calls
/// the hooks with handles, and checks what comes back.
class PluginEncoding : public backbone::Encoding {
 public:
  /// `encoder` and what it points to must outlive the process's use of it (plugins are never unloaded).
  /// `values` are in the order of encoder.options. The encoder must have been read from its library with the
  /// same `host`, which must outlive the process's use of it too. Throws EncodingError when create() fails or
  /// a declaration is wrong.
  PluginEncoding(const peb_encoder& encoder, const std::vector<peb_value>& values,
                 const backbone::Sizes& sizes, tensor::ParameterSet& parameters,
                 const peb_host& host = plugin::host());
  ~PluginEncoding() override;
  PluginEncoding(const PluginEncoding&) = delete;
  PluginEncoding& operator=(const PluginEncoding&) = delete;

  bool needs_time() const override { return (encoder_.flags & PEB_NEED_TIME) != 0; }
  bool needs_logits() const override {
    return (encoder_.flags & PEB_NEED_LOGITS) != 0 && encoder_.bias != nullptr;
  }
  bool needs_probs() const override {
    return (encoder_.flags & PEB_NEED_PROBS) != 0 && encoder_.value != nullptr;
  }
  bool needs_hidden() const override { return (encoder_.flags & PEB_NEED_HIDDEN) != 0; }
  /// The plugin's claim is one for a fixed time, and a hook that asks for times may be another map at each.
  bool affine_input() const override {
    return encoder_.input == nullptr || ((encoder_.flags & PEB_IS_AFFINE_INPUT) != 0 && !needs_time());
  }
  bool has_value() const override { return encoder_.value != nullptr; }
  bool in_attention() const override {
    return encoder_.rotate != nullptr || encoder_.bias != nullptr || encoder_.value != nullptr ||
           encoder_.output != nullptr;
  }

  void begin(tensor::Randomness& randomness) override;
  Tensor input(const backbone::Sequence& sequence, const Tensor& x) override;
  void rotate(const backbone::Site& site, Tensor& q, Tensor& k) override;
  Tensor bias(const backbone::Site& site) override;
  Tensor value(const backbone::Site& site) override;
  Tensor output(const backbone::Site& site, const Tensor& y) override;
  backbone::Dependence dependence() const override { return dependence_; }
  void begin_part() override { scope_->begin_part(); }
  bool misses_parts() const override { return scope_->misses_parts(); }

 private:
  /// Before a hook runs: what it returns without doing anything depends on the variable so.
  void enter(const char* hook, backbone::Variable variable, backbone::Dependence::Degree idle);
  peb_site describe(const backbone::Site& site);
  peb_tensor optional(const Tensor& tensor, Dependence dependence = peb_scope::unwatched) {
    return tensor.defined() ? scope_->put(tensor, dependence) : 0;
  }
  /// Throws the sticky error, or one made of a bare status.
  void finish(const char* hook, peb_status status);
  /// The tensor a hook returned, of the model's type.
  Tensor result(const char* hook, peb_tensor handle);
  void require_shape(const char* hook, const Tensor& tensor, at::IntArrayRef expected);

  const peb_encoder encoder_;
  const std::string name_;
  std::vector<tensor::Parameter*> parameters_;
  std::unique_ptr<peb_scope> scope_;
  backbone::Dependence dependence_;
  void* self_ = nullptr;
};

}  // namespace pebench::plugin
