#include "host/worker/check/guard.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <deque>
#include <map>
#include <mutex>

#include "host/worker/plugin/operations.h"
#include "host/worker/plugin/plugin_encoding.h"

namespace pebench::check {
namespace {

constexpr std::size_t fence = 256;  // bytes on either side; a multiple of every alignment
constexpr std::uint8_t fence_byte = 0xC5;

std::atomic<std::uint8_t> garbage{0xFF};  // NaN in every real type
std::atomic<int> silenced{0};
std::mutex report_mutex;  // backward runs on the gradient engine's threads
CustomReport report;

std::size_t bytes_of(const peb_view& view) {
  std::size_t bytes = static_cast<std::size_t>(view.bits) / 8;
  for (std::int32_t i = 0; i < view.ndim; ++i) bytes *= static_cast<std::size_t>(view.shape[i]);
  return bytes;
}

/// Memory between two fences.
class Fenced {
 public:
  explicit Fenced(std::size_t bytes)
      : bytes_(bytes), memory_(bytes + 2 * fence + alignof(std::max_align_t), fence_byte) {
    std::memset(data(), garbage, bytes_);
  }
  void* data() {
    void* place = memory_.data() + fence;
    std::size_t space = memory_.size() - fence;
    return std::align(alignof(std::max_align_t), bytes_, place, space);
  }
  bool intact() {
    const auto* begin = static_cast<const std::uint8_t*>(data());
    const auto is_fence = [](std::uint8_t byte) { return byte == fence_byte; };
    return std::all_of(static_cast<const std::uint8_t*>(memory_.data()), begin, is_fence) &&
           std::all_of(begin + bytes_, static_cast<const std::uint8_t*>(memory_.data() + memory_.size()),
                       is_fence);
  }

 private:
  std::size_t bytes_;
  std::vector<std::uint8_t> memory_;
};

bool is_contiguous(const peb_view& view) {
  std::int64_t expected = 1;
  for (std::int32_t i = view.ndim; i-- > 0;) {
    if (view.shape[i] != 1 && view.strides[i] != expected) return false;
    expected *= view.shape[i];
  }
  return true;
}

/// What a callback may only read, as it was before.
class Frozen {
 public:
  Frozen(const peb_view* views, std::uint32_t count) : views_(views), copies_(count) {
    for (std::uint32_t i = 0; i < count; ++i) {
      if (views[i].data == nullptr || !is_contiguous(views[i])) continue;
      const auto* data = static_cast<const std::uint8_t*>(views[i].data) + views[i].byte_offset;
      copies_[i].assign(data, data + bytes_of(views[i]));
    }
  }
  bool intact() const {
    for (std::size_t i = 0; i < copies_.size(); ++i)
      if (!copies_[i].empty() &&
          std::memcmp(copies_[i].data(),
                      static_cast<const std::uint8_t*>(views_[i].data) + views_[i].byte_offset,
                      copies_[i].size()) != 0)
        return false;
    return true;
  }

 private:
  const peb_view* views_;
  std::vector<std::vector<std::uint8_t>> copies_;
};

/// What a callback writes: views of fenced memory in place of the host's.
class Written {
 public:
  Written(peb_view* views, std::uint32_t count) : host_(views), own_(views, views + count) {
    for (auto& view : own_) {
      memory_.emplace_back(view.data == nullptr ? 0 : bytes_of(view));
      if (view.data != nullptr) view.data = memory_.back().data();
    }
  }
  peb_view* data() { return own_.data(); }
  /// Copies to the host's memory and adds what went wrong.
  void hand_over(const std::string& callback, const char* what, std::vector<std::string>& violations) {
    for (std::size_t i = 0; i < own_.size(); ++i) {
      if (host_[i].data == nullptr) continue;
      if (!memory_[i].intact())
        violations.push_back(fmt::format("{}: wrote beyond {} {}", callback, what, i));
      std::memcpy(host_[i].data, memory_[i].data(), bytes_of(host_[i]));
    }
  }

 private:
  peb_view* host_;
  std::vector<peb_view> own_;
  std::deque<Fenced> memory_;
};

/// A plugin's operation and the one that the host runs in its place. On CUDA the host's own memory is used.
struct Guarded {
  const peb_custom* original = nullptr;
  peb_custom own{};
};

bool on_cpu(const peb_view* views, std::uint32_t count) {
  return std::none_of(views, views + count, [](const peb_view& view) { return view.device_type != 1; });
}

std::string name_of(const Guarded& guarded, const char* callback) {
  return fmt::format("operation '{}', {}", guarded.own.name != nullptr ? guarded.own.name : "custom",
                     callback);
}

void note(std::vector<std::string> violations, std::int64_t CustomReport::*counter) {
  const std::lock_guard lock(report_mutex);
  ++(report.*counter);
  report.violations.insert(report.violations.end(), violations.begin(), violations.end());
}

peb_status infer(void* user, peb_scope* scope, const peb_view* in, std::uint32_t n_in, peb_view* out,
                 std::uint32_t n_out) {
  const auto& guarded = *static_cast<const Guarded*>(user);
  return guarded.original->infer(guarded.original->user, scope, in, n_in, out, n_out);
}

peb_status forward(void* user, peb_scope* scope, const peb_view* in, std::uint32_t n_in, peb_view* out,
                   std::uint32_t n_out, void* stream) {
  const auto& guarded = *static_cast<const Guarded*>(user);
  const peb_custom& original = *guarded.original;
  std::vector<std::string> violations;
  peb_status status;
  if (on_cpu(in, n_in) && on_cpu(out, n_out)) {
    const std::string callback = name_of(guarded, "forward");
    const Frozen frozen(in, n_in);
    Written written(out, n_out);
    status = original.forward(original.user, scope, in, n_in, written.data(), n_out, stream);
    written.hand_over(callback, "output", violations);
    if (!frozen.intact()) violations.push_back(callback + ": changed an operand");
  } else {
    status = original.forward(original.user, scope, in, n_in, out, n_out, stream);
  }
  note(std::move(violations), &CustomReport::forwards);
  return status;
}

peb_status backward(void* user, peb_scope* scope, const peb_view* in, std::uint32_t n_in, const peb_view* out,
                    const peb_view* grad_out, std::uint32_t n_out, peb_view* grad_in, void* stream) {
  const auto& guarded = *static_cast<const Guarded*>(user);
  const peb_custom& original = *guarded.original;
  std::vector<std::string> violations;
  peb_status status;
  if (on_cpu(in, n_in) && on_cpu(grad_out, n_out)) {
    const std::string callback = name_of(guarded, "backward");
    const Frozen operands(in, n_in), outputs(out, n_out), gradients(grad_out, n_out);
    Written written(grad_in, n_in);
    status = original.backward(original.user, scope, in, n_in, out, grad_out, n_out, written.data(), stream);
    written.hand_over(callback, "gradient", violations);
    if (!operands.intact() || !outputs.intact() || !gradients.intact())
      violations.push_back(callback + ": changed an operand, an output or an incoming gradient");
  } else {
    status = original.backward(original.user, scope, in, n_in, out, grad_out, n_out, grad_in, stream);
  }
  note(std::move(violations), &CustomReport::backwards);
  return status;
}

/// Lives as long as the process, as gradients may be asked for late.
const peb_custom& guarded(const peb_custom& original) {
  static std::map<const peb_custom*, Guarded> all;
  Guarded& entry = all[&original];
  entry.original = &original;
  entry.own = {};
  std::memcpy(&entry.own, &original,
              std::min<std::size_t>(original.struct_size, sizeof(peb_custom)));  // rule R1
  entry.own.struct_size = sizeof(peb_custom);
  entry.own.user = &entry;
  entry.own.infer = infer;
  entry.own.forward = forward;
  entry.own.backward = original.backward != nullptr ? backward : nullptr;
  return entry.own;
}

peb_status custom(peb_scope* scope, const peb_custom* operation, const peb_tensor* in, std::uint32_t n_in,
                  peb_tensor* out, std::uint32_t n_out) {
  const bool complete = operation != nullptr && PEB_HAS(operation, peb_custom, backward) &&
                        operation->infer != nullptr && operation->forward != nullptr;
  return plugin::operations().custom(scope, complete ? &guarded(*operation) : operation, in, n_in, out,
                                     n_out);
}

peb_tensor normal(peb_scope* scope, double mean, double deviation, const std::int64_t* dims,
                  std::uint32_t ndim) {
  return plugin::operations().normal(scope, mean, silenced > 0 ? 0.0 : deviation, dims, ndim);
}

}  // namespace

const peb_host& guarded_host() {
  static const peb_ops table = [] {
    peb_ops operations = plugin::operations();
    operations.custom = custom;
    operations.normal = normal;
    return operations;
  }();
  static const peb_host host = [] {
    peb_host guarded = plugin::host();
    guarded.ops = &table;
    return guarded;
  }();
  return host;
}

CustomReport custom_report() {
  const std::lock_guard lock(report_mutex);
  return report;
}

void reset_custom_report() {
  const std::lock_guard lock(report_mutex);
  report = {};
}

void set_garbage(std::uint8_t byte) { garbage = byte; }

NoNoise::NoNoise() { ++silenced; }
NoNoise::~NoNoise() { --silenced; }

}  // namespace pebench::check
