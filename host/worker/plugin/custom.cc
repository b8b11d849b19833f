#include "host/worker/plugin/custom.h"

#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/functions/utils.h>
#include <torch/csrc/autograd/saved_variable.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

#include "host/worker/plugin/scope.h"

namespace pebench::plugin {
namespace {

constexpr int max_dimensions = 8;

struct DlType {
  std::uint8_t code, bits;
};

DlType dl_type(at::ScalarType type) {
  switch (type) {
    case at::kLong:
      return {0, 64};
    case at::kHalf:
      return {2, 16};
    case at::kFloat:
      return {2, 32};
    case at::kDouble:
      return {2, 64};
    case at::kBFloat16:
      return {4, 16};
    case at::kBool:
      return {6, 8};
    default:
      throw OperationError(std::string("a custom operation cannot take ") + at::toString(type));
  }
}

at::ScalarType scalar_type(DlType type) {
  for (auto candidate : {at::kLong, at::kHalf, at::kFloat, at::kDouble, at::kBFloat16, at::kBool}) {
    auto known = dl_type(candidate);
    if (known.code == type.code && known.bits == type.bits) return candidate;
  }
  throw OperationError("infer gave an output the unknown number type code " + std::to_string(type.code) +
                       ", " + std::to_string(type.bits) + " bits");
}

/// Views of tensors with the shapes and strides they point to.
class Views {
 public:
  explicit Views(const std::vector<Tensor>& tensors) : shapes_(tensors.size()), strides_(tensors.size()) {
    views_.reserve(tensors.size());
    for (std::size_t i = 0; i < tensors.size(); ++i) views_.push_back(make(tensors[i], i));
  }
  /// Empty views of up to 8 dimensions, for infer to fill.
  explicit Views(std::uint32_t count) : shapes_(count), strides_(count) {
    for (std::uint32_t i = 0; i < count; ++i) {
      peb_view view{};
      view.device_type = 1;
      view.lanes = 1;
      view.shape = shapes_[i].data();
      views_.push_back(view);
    }
  }
  peb_view* data() { return views_.data(); }
  peb_view& operator[](std::size_t i) { return views_[i]; }

 private:
  peb_view make(const Tensor& tensor, std::size_t i) {
    peb_view view{};
    if (!tensor.defined()) return view;
    if (tensor.dim() > max_dimensions) throw OperationError("a custom operation takes at most 8 dimensions");
    view.data = tensor.data_ptr();
    view.device_type = tensor.is_cuda() ? 2 : 1;
    view.device_id = tensor.is_cuda() ? tensor.get_device() : 0;
    view.ndim = static_cast<std::int32_t>(tensor.dim());
    auto type = dl_type(tensor.scalar_type());
    view.code = type.code;
    view.bits = type.bits;
    view.lanes = 1;
    std::copy(tensor.sizes().begin(), tensor.sizes().end(), shapes_[i].begin());
    std::copy(tensor.strides().begin(), tensor.strides().end(), strides_[i].begin());
    view.shape = shapes_[i].data();
    view.strides = strides_[i].data();
    return view;
  }

  std::vector<std::array<std::int64_t, max_dimensions>> shapes_, strides_;
  std::vector<peb_view> views_;
};

/// As much of the plugin's struct as both sides know; the rest is zero (rule R1 of pebench.h).
peb_custom known_part(const peb_custom& theirs) {
  peb_custom ours{};
  std::memcpy(&ours, &theirs, std::min<std::size_t>(theirs.struct_size, sizeof ours));
  return ours;
}

/// The plugin's view of a call: its callbacks, and whether its operands are copied to the CPU for it.
struct Call {
  peb_custom operation;
  bool on_cpu;
  std::string plugin;  ///< for messages

  std::string name() const { return operation.name != nullptr ? operation.name : "custom"; }

  Tensor operand(const Tensor& tensor) const {
    Tensor t = on_cpu ? tensor.detach().cpu() : tensor.detach();
    return (operation.flags & PEB_CUSTOM_STRIDED) ? t : t.contiguous();
  }
  std::vector<Tensor> operands(const std::vector<Tensor>& tensors) const {
    std::vector<Tensor> out;
    for (const auto& tensor : tensors) out.push_back(operand(tensor));
    return out;
  }
  /// Throws if a callback failed by its status or through fail().
  void check(const peb_scope& scope, peb_status status, const char* callback) const {
    if (scope.status() == PEB_OK && status == PEB_OK) return;
    throw OperationError(status != PEB_OK ? status : scope.status(),
                         scope.message().empty()
                             ? std::string(callback) + " returned status " + std::to_string(status)
                             : scope.message());
  }
};

/// The stream that work is enqueued on: NULL is CUDA's default stream, which the host runs everything on.
constexpr void* default_stream = nullptr;

/// The gradient of a custom operation.
struct CustomNode : torch::autograd::Node {
  Call call{};
  std::vector<torch::autograd::SavedVariable> inputs, outputs;
  std::vector<std::size_t> differentiable;  ///< outputs that gradients arrive for, in order

  std::vector<Tensor> apply(std::vector<Tensor>&& gradients) override {
    std::vector<Tensor> in, out;
    for (auto& input : inputs) in.push_back(input.unpack());
    for (auto& output : outputs) out.push_back(output.unpack(shared_from_this()));
    auto devices_from = in;
    in = call.operands(in);
    out = call.operands(out);

    std::vector<Tensor> out_gradients;
    for (const auto& output : out) out_gradients.push_back(at::zeros(output.sizes(), output.options()));
    for (std::size_t i = 0; i < differentiable.size(); ++i)
      if (gradients[i].defined()) out_gradients[differentiable[i]] = call.operand(gradients[i]).contiguous();
    // Backward writes: one that adds, or leaves elements out, is not to get away with it.
    constexpr double garbage = std::numeric_limits<double>::quiet_NaN();
    std::vector<Tensor> in_gradients;
    for (std::size_t i = 0; i < in.size(); ++i)
      in_gradients.push_back(task_should_compute_output(i) ? at::full(in[i].sizes(), garbage, in[i].options())
                                                           : Tensor());

    Views in_views(in), out_views(out), out_gradient_views(out_gradients), in_gradient_views(in_gradients);
    peb_scope scope(call.plugin, nullptr, {});
    const std::string place = "backward of '" + call.name() + "'";
    scope.set_hook(place.c_str());
    peb_status status = call.operation.backward(call.operation.user, &scope, in_views.data(), in.size(),
                                                out_views.data(), out_gradient_views.data(), out.size(),
                                                in_gradient_views.data(), default_stream);
    if (status != PEB_OK) scope.fail(status, "returned status " + std::to_string(status));
    call.check(scope, scope.status(), "backward");
    for (std::size_t i = 0; i < in.size(); ++i)
      if (in_gradients[i].defined()) in_gradients[i] = in_gradients[i].to(devices_from[i].device());
    return in_gradients;
  }

  void release_variables() override {
    inputs.clear();
    outputs.clear();
  }
};

}  // namespace

std::vector<Tensor> run_custom(peb_scope& scope, const peb_custom* operation,
                               const std::vector<Tensor>& inputs, std::uint32_t n_out) {
  if (operation == nullptr || !PEB_HAS(operation, peb_custom, backward) || operation->infer == nullptr ||
      operation->forward == nullptr)
    throw OperationError("the operation's descriptor is incomplete: infer and forward are needed");
  Call call{};
  call.operation = known_part(*operation);
  call.plugin = scope.plugin();
  bool wants_gradient = false, on_cuda = false;
  for (const auto& input : inputs) {
    wants_gradient = wants_gradient || (at::GradMode::is_enabled() && input.requires_grad());
    on_cuda = on_cuda || input.is_cuda();
  }
  if (wants_gradient && operation->backward == nullptr)
    throw OperationError(PEB_E_UNSUPPORTED, "an operand wants a gradient, but the operation has no backward");
  call.on_cpu = on_cuda && !(operation->flags & PEB_CUSTOM_CUDA);

  auto in = call.operands(inputs);
  Views in_views(in);
  Views out_shapes(n_out);
  {
    Views without_data(in);
    for (std::size_t i = 0; i < in.size(); ++i) without_data[i].data = nullptr;
    peb_status status =
        operation->infer(operation->user, &scope, without_data.data(), in.size(), out_shapes.data(), n_out);
    call.check(scope, status, "infer");
  }
  auto device = in.empty() ? scope.options().device() : in[0].device();
  std::vector<Tensor> outputs;
  for (std::uint32_t i = 0; i < n_out; ++i) {
    const peb_view& view = out_shapes[i];
    if (view.ndim < 0 || view.ndim > max_dimensions)
      throw OperationError("infer gave an output more than 8 dimensions");
    std::vector<std::int64_t> sizes(view.shape, view.shape + view.ndim);
    for (auto size : sizes)
      if (size < 0) throw OperationError("infer gave an output a negative size");
    outputs.push_back(
        at::empty(sizes, at::TensorOptions(scalar_type({view.code, view.bits})).device(device)));
  }
  Views out_views(outputs);
  peb_status status = operation->forward(operation->user, &scope, in_views.data(), in.size(),
                                         out_views.data(), n_out, default_stream);
  call.check(scope, status, "forward");
  if (call.on_cpu)
    for (auto& output : outputs) output = output.to(inputs[0].device());
  if (!wants_gradient) return outputs;

  std::shared_ptr<CustomNode> node(new CustomNode(), torch::autograd::deleteNode);
  node->call = call;
  node->set_next_edges(torch::autograd::collect_next_edges(inputs));
  for (const auto& input : inputs) node->inputs.emplace_back(input, /*is_output=*/false);
  for (std::uint32_t i = 0; i < n_out; ++i) {
    if (!at::isFloatingType(outputs[i].scalar_type())) continue;
    torch::autograd::set_history(outputs[i], node);
    node->differentiable.push_back(i);
  }
  for (const auto& output : outputs) node->outputs.emplace_back(output, /*is_output=*/output.requires_grad());
  return outputs;
}

}  // namespace pebench::plugin
