#pragma once

#include <pebench/pebench.h>

#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "host/worker/plugin/rules.h"
#include "host/worker/tensor/parameters.h"
#include "host/worker/tensor/randomness.h"
#include "host/worker/tensor/tensor.h"

/// One forward pass as a plugin sees it: its handles and its sticky error. The C header declares it, the host
/// defines it.
///
/// A handle holds the pass's generation in its upper half and the slot, counted from 1, in its lower half. A
/// new pass has a new generation, so an old handle is recognised.
struct peb_scope {
 public:
  /// `plugin` names the plugin in messages. `parameters` are the instance's own, in order of declaration.
  peb_scope(std::string plugin, const std::vector<pebench::tensor::Parameter*>* parameters,
            at::TensorOptions options);

  /// A new pass: drops every handle and the error. `randomness` may be null where nothing may be drawn.
  void begin(pebench::tensor::Randomness* randomness);

  /// What the host gives out, or an operation made; `dependence` counts while hooks are watched.
  peb_tensor put(pebench::Tensor tensor, pebench::plugin::Dependence dependence = unwatched);
  /// The tensor behind a handle; a stale or foreign one fails the pass and throws OperationError.
  const pebench::Tensor& get(peb_tensor handle) const;
  void release(peb_tensor handle);

  /// Of the users' own things: what was made while nobody watched.
  static constexpr pebench::plugin::Dependence unwatched{pebench::plugin::Dependence::Degree::none, true,
                                                         false};
  /// From here on operations note how what they make depends on candidates, or no longer. What earlier hooks
  /// made of candidates is then of unknown degree.
  void watch(bool watching);
  const pebench::plugin::Dependence& dependence(peb_tensor handle) const;
  /// What the rule makes of these operands.
  pebench::plugin::Dependence dependence(const peb_tensor* operands, std::uint32_t count,
                                         pebench::plugin::Rule rule) const;

  /// Drops what was put since the last call in this pass. The first call drops nothing.
  void begin_part();
  /// Whether a dropped handle was used in this pass.
  bool misses_parts() const { return misses_parts_; }

  /// Runs one operation: does nothing after a failure or for a 0 operand; turns what it throws into the
  /// sticky error "plugin: operation(shapes): reason"; returns the result's handle, or 0. `rule` says how the
  /// result depends on the operands.
  using Operands = std::vector<pebench::Tensor>;
  peb_tensor run(const char* operation, std::initializer_list<peb_tensor> operands,
                 const std::function<pebench::Tensor(const Operands&)>& compute,
                 pebench::plugin::Rule rule = pebench::plugin::any_function);
  peb_tensor run(const char* operation, const peb_tensor* operands, std::uint32_t count,
                 const std::function<pebench::Tensor(const Operands&)>& compute,
                 pebench::plugin::Rule rule = pebench::plugin::any_function);
  /// The same for operations with several results or none.
  peb_status run_many(const char* operation, const peb_tensor* operands, std::uint32_t count,
                      const std::function<void(const Operands&)>& compute);

  void fail(peb_status status, const std::string& message);
  peb_status status() const { return status_; }
  const std::string& message() const { return message_; }
  const std::string& plugin() const { return plugin_; }
  /// The hook that is running, for messages.
  void set_hook(const char* hook) { hook_ = hook; }

  const pebench::Tensor& parameter(peb_param parameter) const;
  pebench::tensor::Randomness& randomness() const;
  bool drops_nothing() const { return randomness_ != nullptr && !randomness_->training(); }
  const at::TensorOptions& options() const { return options_; }

 private:
  std::string plugin_;
  const std::vector<pebench::tensor::Parameter*>* parameters_;
  at::TensorOptions options_;
  pebench::tensor::Randomness* randomness_ = nullptr;
  struct Slot {
    pebench::Tensor tensor;  ///< undefined once it was released or dropped
    pebench::plugin::Dependence dependence;
  };
  std::vector<Slot> slots_;
  bool watching_ = false;
  std::optional<std::size_t> part_;  ///< where the part that may be dropped begins
  std::size_t dropped_ = 0;          ///< and where what was dropped of it ends
  mutable bool misses_parts_ = false;
  std::uint32_t generation_;
  peb_status status_ = PEB_OK;
  std::string message_;
  const char* hook_ = "";
};

namespace pebench::plugin {

/// Wrong operands of an operation; the message is the reason alone.
class OperationError : public std::runtime_error {
 public:
  OperationError(peb_status status, const std::string& reason) : std::runtime_error(reason), status(status) {}
  explicit OperationError(const std::string& reason) : OperationError(PEB_E_INVALID, reason) {}
  peb_status status;
};

/// LibTorch type of a peb_dtype; PEB_MODEL is `model`. Throws OperationError for an unknown code.
at::ScalarType to_scalar_type(std::uint32_t dtype, at::ScalarType model);
/// peb_dtype of a LibTorch type, 0 for one that plugins never see.
std::uint32_t to_dtype(at::ScalarType type);

}  // namespace pebench::plugin
