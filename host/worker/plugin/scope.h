#pragma once

#include <pebench/pebench.h>

#include <functional>
#include <initializer_list>
#include <string>
#include <vector>

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

  peb_tensor put(pebench::Tensor tensor);
  /// The tensor behind a handle; a stale or foreign one fails the pass and throws OperationError.
  const pebench::Tensor& get(peb_tensor handle) const;
  void release(peb_tensor handle);

  /// Runs one operation: does nothing after a failure or for a 0 operand; turns what it throws into the
  /// sticky error "plugin: operation(shapes): reason"; returns the result's handle, or 0.
  using Operands = std::vector<pebench::Tensor>;
  peb_tensor run(const char* operation, std::initializer_list<peb_tensor> operands,
                 const std::function<pebench::Tensor(const Operands&)>& compute);
  peb_tensor run(const char* operation, const peb_tensor* operands, std::uint32_t count,
                 const std::function<pebench::Tensor(const Operands&)>& compute);
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
  const at::TensorOptions& options() const { return options_; }

 private:
  std::string plugin_;
  const std::vector<pebench::tensor::Parameter*>* parameters_;
  at::TensorOptions options_;
  pebench::tensor::Randomness* randomness_ = nullptr;
  std::vector<pebench::Tensor> slots_;
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
