#include "host/worker/plugin/scope.h"

#include <atomic>

namespace {

/// Generations are unique in the process, so that a handle of one instance fails in another.
std::uint32_t next_generation() {
  static std::atomic<std::uint32_t> last{0};
  std::uint32_t generation = ++last;
  return generation != 0 ? generation : ++last;
}

std::string describe(const std::vector<pebench::Tensor>& operands) {
  std::string text;
  for (const auto& operand : operands) text += (text.empty() ? "" : ", ") + pebench::shape_text(operand);
  return text;
}

}  // namespace

using pebench::Tensor;
using pebench::plugin::Dependence;
using pebench::plugin::OperationError;

peb_scope::peb_scope(std::string plugin, const std::vector<pebench::tensor::Parameter*>* parameters,
                     at::TensorOptions options)
    : plugin_(std::move(plugin)),
      parameters_(parameters),
      options_(options),
      generation_(next_generation()) {}

void peb_scope::begin(pebench::tensor::Randomness* randomness) {
  randomness_ = randomness;
  slots_.clear();
  watching_ = misses_parts_ = false;
  part_.reset();
  dropped_ = 0;
  generation_ = next_generation();
  status_ = PEB_OK;
  message_.clear();
}

peb_tensor peb_scope::put(Tensor tensor, Dependence dependence) {
  slots_.push_back({std::move(tensor), dependence});
  return (static_cast<peb_tensor>(generation_) << 32) | slots_.size();
}

const Tensor& peb_scope::get(peb_tensor handle) const {
  if (handle == 0) throw OperationError("a failed handle (0) was used");
  if (handle >> 32 != generation_)
    throw OperationError(
        "a stale handle was used: handles live for one forward pass; forget them in begin()");
  std::uint64_t slot = handle & 0xFFFFFFFFu;
  if (slot == 0 || slot > slots_.size())
    throw OperationError("a handle was used that the host never gave out");
  const Tensor& tensor = slots_[slot - 1].tensor;
  if (!tensor.defined()) {
    misses_parts_ = misses_parts_ || (part_ && slot > *part_ && slot <= dropped_);
    throw OperationError("a handle was used after release()");
  }
  return tensor;
}

void peb_scope::watch(bool watching) {
  if (watching)
    for (Slot& slot : slots_)
      if (slot.dependence.degree != Dependence::Degree::none)
        slot.dependence.degree = Dependence::Degree::unknown;
  watching_ = watching;
}

const Dependence& peb_scope::dependence(peb_tensor handle) const {
  get(handle);
  return slots_[(handle & 0xFFFFFFFFu) - 1].dependence;
}

Dependence peb_scope::dependence(const peb_tensor* operands, std::uint32_t count,
                                 pebench::plugin::Rule rule) const {
  if (!watching_) return unwatched;
  pebench::plugin::Dependences dependences;
  for (std::uint32_t i = 0; i < count; ++i) dependences.push_back(dependence(operands[i]));
  return rule(dependences);
}

void peb_scope::begin_part() {
  if (!part_) part_ = dropped_ = slots_.size();
  for (; dropped_ < slots_.size(); ++dropped_) slots_[dropped_].tensor = Tensor();
}

void peb_scope::release(peb_tensor handle) {
  if (status_ != PEB_OK || handle == 0) return;
  run_many("release", &handle, 1,
           [&](const Operands&) { slots_[(handle & 0xFFFFFFFFu) - 1].tensor = Tensor(); });
}

peb_status peb_scope::run_many(const char* operation, const peb_tensor* operands, std::uint32_t count,
                               const std::function<void(const Operands&)>& compute) {
  if (status_ != PEB_OK) return status_;
  Operands tensors;
  try {
    tensors.reserve(count);
    for (std::uint32_t i = 0; i < count; ++i) tensors.push_back(get(operands[i]));
    compute(tensors);
  } catch (const OperationError& error) {
    fail(error.status, std::string(operation) + "(" + describe(tensors) + "): " + error.what());
  } catch (const c10::Error& error) {
    fail(PEB_E_INVALID,
         std::string(operation) + "(" + describe(tensors) + "): " + error.what_without_backtrace());
  } catch (const std::exception& error) {
    fail(PEB_E_INTERNAL, std::string(operation) + "(" + describe(tensors) + "): " + error.what());
  } catch (...) {
    fail(PEB_E_INTERNAL, std::string(operation) + "(" + describe(tensors) + "): unknown failure");
  }
  return status_;
}

peb_tensor peb_scope::run(const char* operation, const peb_tensor* operands, std::uint32_t count,
                          const std::function<Tensor(const Operands&)>& compute, pebench::plugin::Rule rule) {
  peb_tensor result = 0;
  run_many(operation, operands, count, [&](const Operands& tensors) {
    result = put(compute(tensors), dependence(operands, count, rule));
  });
  return result;
}

peb_tensor peb_scope::run(const char* operation, std::initializer_list<peb_tensor> operands,
                          const std::function<Tensor(const Operands&)>& compute, pebench::plugin::Rule rule) {
  return run(operation, operands.begin(), static_cast<std::uint32_t>(operands.size()), compute, rule);
}

void peb_scope::fail(peb_status status, const std::string& message) {
  if (status_ != PEB_OK) return;
  status_ = status == PEB_OK ? PEB_E_INTERNAL : status;
  message_ = "plugin '" + plugin_ + "'" + (*hook_ ? std::string(", hook ") + hook_ : "") + ": " + message;
}

const Tensor& peb_scope::parameter(peb_param parameter) const {
  if (parameter == 0 || parameters_ == nullptr || parameter > parameters_->size())
    throw OperationError("parameter " + std::to_string(parameter) + " was never declared");
  return (*parameters_)[parameter - 1]->value;
}

pebench::tensor::Randomness& peb_scope::randomness() const {
  if (randomness_ == nullptr) throw OperationError("random numbers are only to be had inside a forward pass");
  return *randomness_;
}

namespace pebench::plugin {

at::ScalarType to_scalar_type(std::uint32_t dtype, at::ScalarType model) {
  switch (dtype) {
    case PEB_F16:
      return at::kHalf;
    case PEB_BF16:
      return at::kBFloat16;
    case PEB_F32:
      return at::kFloat;
    case PEB_F64:
      return at::kDouble;
    case PEB_I64:
      return at::kLong;
    case PEB_BOOL:
      return at::kBool;
    case PEB_MODEL:
      return model;
    default:
      throw OperationError("there is no number type " + std::to_string(dtype));
  }
}

std::uint32_t to_dtype(at::ScalarType type) {
  switch (type) {
    case at::kHalf:
      return PEB_F16;
    case at::kBFloat16:
      return PEB_BF16;
    case at::kFloat:
      return PEB_F32;
    case at::kDouble:
      return PEB_F64;
    case at::kLong:
      return PEB_I64;
    case at::kBool:
      return PEB_BOOL;
    default:
      return 0;
  }
}

}  // namespace pebench::plugin
