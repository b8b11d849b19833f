#include "host/worker/plugin/plugin_encoding.h"

#include <cstdio>
#include <regex>

#include "host/worker/plugin/operations.h"

/// The declaration phase of one instance.
struct peb_build {
  std::string id;
  pebench::tensor::ParameterSet* set;
  std::vector<pebench::tensor::Parameter*> declared;
  std::string error;
};

namespace pebench::plugin {
namespace {

using backbone::EncodingError;
using Degree = backbone::Dependence::Degree;
using tensor::Initial;

Initial initial_of(const peb_param_desc& description, std::int64_t count) {
  switch (description.init) {
    case PEB_INIT_ZERO:
      return Initial::constant(0.0);
    case PEB_INIT_CONST:
      return Initial::constant(description.a);
    case PEB_INIT_NORMAL:
      return Initial::normal(description.a, description.b);
    case PEB_INIT_TRUNC_NORMAL:
      return {Initial::Kind::truncated_normal, description.a, description.b, {}};
    case PEB_INIT_UNIFORM:
      return {Initial::Kind::uniform, description.a, description.b, {}};
    case PEB_INIT_XAVIER:
      return {Initial::Kind::xavier_uniform, description.a == 0.0 ? 1.0 : description.a, 0.0, {}};
    case PEB_INIT_DATA:
      if (description.data == nullptr) throw EncodingError("initial values are announced but missing");
      return {Initial::Kind::data, 0.0, 0.0, {description.data, description.data + count}};
    default:
      throw EncodingError("there is no initial kind " + std::to_string(description.init));
  }
}

tensor::Parameter& declare_in(peb_build& build, const peb_param_desc& description) {
  static const std::regex grammar("[a-z0-9_.]+");
  std::string name = description.name != nullptr ? description.name : "";
  if (!std::regex_match(name, grammar))
    throw EncodingError("parameter name '" + name + "' is not of [a-z0-9_.]+");
  std::string full = "encoding." + name;
  if (build.set->contains(full)) throw EncodingError("parameter '" + name + "' is declared twice");
  std::vector<std::int64_t> sizes(description.dims, description.dims + description.ndim);
  std::int64_t count = 1;
  for (auto size : sizes) {
    if (size < 1)
      throw EncodingError("parameter '" + name + "' has a dimension of size " + std::to_string(size));
    count *= size;
  }
  auto& parameter =
      build.set->declare(full, sizes, initial_of(description, count), "encoding/" + build.id + "/" + name);
  parameter.frozen = (description.flags & PEB_PARAM_FROZEN) != 0;
  if (parameter.frozen) parameter.value.set_requires_grad(false);
  return parameter;
}

peb_param declare(peb_build* build, const peb_param_desc* description) {
  if (build == nullptr || !build->error.empty()) return 0;
  try {
    if (description == nullptr || !PEB_HAS(description, peb_param_desc, init))
      throw EncodingError("a parameter's descriptor is shorter than ABI 1.0 asks");
    build->declared.push_back(&declare_in(*build, *description));
    return static_cast<peb_param>(build->declared.size());
  } catch (const std::exception& error) {
    build->error = error.what();
    return 0;
  }
}

/// The last error that a plugin logged in this thread: create() has no other way to say why it fails.
thread_local std::string last_error;

void log(const peb_host*, std::uint32_t level, const char* message) {
  static const char* const names[] = {"debug", "info", "warning", "error"};
  const char* text = message != nullptr ? message : "";
  if (level >= 3) last_error = text;
  std::fprintf(stderr, "plugin %s: %s\n", names[level < 4 ? level : 3], text);
}

/// Why create() of `plugin` failed.
std::string refusal(const std::string& plugin, peb_status status) {
  if (last_error.empty())
    return status == PEB_E_UNSUPPORTED ? "it does not support this model's sizes or these options"
                                       : "status " + std::to_string(status);
  const std::string prefix = plugin + ": ";  // of the C++ SDK's lines
  return last_error.compare(0, prefix.size(), prefix) == 0 ? last_error.substr(prefix.size()) : last_error;
}

const void* extension(const peb_host*, const char*) { return nullptr; }

std::uint32_t call_flags(bool causal, bool training) {
  std::uint32_t flags = 0;
  if (causal) flags |= PEB_CAUSAL;
  if (training) flags |= PEB_TRAINING;
  return flags;
}

/// Positions that are given once are those of every user.
backbone::Dependence of_positions(const Tensor& position) {
  return {Degree::none, position.size(0) != 1, false};
}

constexpr backbone::Dependence of_all{Degree::none, false, false}, the_variable{Degree::affine, false, false};

/// How a tensor that may be the variable of a site depends on it: on another one somehow.
backbone::Dependence as(const backbone::Site& site, backbone::Variable one) {
  if (site.variable == backbone::Variable::none) return peb_scope::unwatched;
  return site.variable == one ? the_variable : backbone::Dependence{Degree::other, false, false};
}

}  // namespace

const peb_host& host() {
  static const peb_host table = {sizeof(peb_host), PEB_ABI_MINOR, "pebench", "0.1.0",
                                 &operations(),    declare,       log,       extension};
  return table;
}

PluginEncoding::PluginEncoding(const peb_encoder& encoder, const std::vector<peb_value>& values,
                               const backbone::Sizes& sizes, tensor::ParameterSet& parameters,
                               const peb_host& host)
    : encoder_(encoder), name_(encoder.id) {
  peb_config description{};
  description.struct_size = sizeof(peb_config);
  description.n_layers = static_cast<std::uint32_t>(sizes.blocks);
  description.n_sites = static_cast<std::uint32_t>(sizes.sites());
  description.n_heads = static_cast<std::uint32_t>(sizes.heads);
  description.d_model = static_cast<std::uint32_t>(sizes.width);
  description.d_head = static_cast<std::uint32_t>(sizes.head_width());
  description.max_len = static_cast<std::uint32_t>(sizes.max_len);
  description.n_positions = description.max_len + 1;

  peb_build build{name_, &parameters, {}, {}};
  last_error.clear();
  peb_status status = encoder_.create(&host, &build, &description, values.data(), &self_);
  if (!build.error.empty() || status != PEB_OK) {
    if (status == PEB_OK && encoder_.destroy != nullptr) encoder_.destroy(self_);
    const std::string place = "plugin '" + name_ + "', create: ";
    if (!build.error.empty()) throw EncodingError(place + build.error);
    if (status == PEB_E_UNSUPPORTED) throw backbone::EncodingUnsupported(place + refusal(name_, status));
    throw EncodingError(place + refusal(name_, status));
  }
  parameters_ = build.declared;
  scope_ = std::make_unique<peb_scope>(name_, &parameters_, parameters.options());
}

PluginEncoding::~PluginEncoding() {
  if (encoder_.destroy != nullptr) encoder_.destroy(self_);
}

void PluginEncoding::finish(const char* hook, peb_status status) {
  if (scope_->status() != PEB_OK) throw EncodingError(scope_->message());
  if (status != PEB_OK)
    throw EncodingError("plugin '" + name_ + "', hook " + hook + ": returned status " +
                        std::to_string(status));
}

Tensor PluginEncoding::result(const char* hook, peb_tensor handle) {
  try {
    Tensor tensor = scope_->get(handle);
    auto expected = at::typeMetaToScalarType(scope_->options().dtype());
    if (tensor.scalar_type() != expected)
      throw OperationError(std::string("it returned ") + at::toString(tensor.scalar_type()) +
                           ", the model computes in " + at::toString(expected));
    return tensor;
  } catch (const OperationError& error) {
    throw EncodingError("plugin '" + name_ + "', hook " + hook + ": " + error.what());
  }
}

void PluginEncoding::require_shape(const char* hook, const Tensor& tensor, at::IntArrayRef expected) {
  if (tensor.sizes() == expected) return;
  throw EncodingError("plugin '" + name_ + "', hook " + hook + ": it returned " + shape_text(tensor) +
                      ", expected " + shape_text(at::empty(expected, at::kMeta)));
}

void PluginEncoding::begin(tensor::Randomness& randomness) {
  scope_->begin(&randomness);
  if (encoder_.begin == nullptr) return;
  scope_->set_hook("begin");
  finish("begin", encoder_.begin(self_, scope_.get()));
}

void PluginEncoding::enter(const char* hook, backbone::Variable variable, Degree idle) {
  dependence_ = {idle, false, false};
  scope_->set_hook(hook);
  scope_->watch(variable != backbone::Variable::none);
}

Tensor PluginEncoding::input(const backbone::Sequence& sequence, const Tensor& x) {
  enter("input", sequence.variable, Degree::affine);
  if (encoder_.input == nullptr) return x;
  peb_sequence description{};
  description.struct_size = sizeof(peb_sequence);
  description.role = sequence.role == backbone::Sequence::Role::profile ? PEB_PROFILE : PEB_CANDIDATES;
  description.flags = call_flags(sequence.causal, sequence.training);
  description.batch = x.size(0);
  description.length = x.size(1);
  description.width = x.size(2);
  description.position = scope_->put(sequence.position, of_positions(sequence.position));
  description.time = needs_time() ? optional(sequence.time) : 0;
  // Of candidates that are ranked all are real.
  const bool watched = sequence.variable != backbone::Variable::none;
  description.mask = scope_->put(sequence.mask, watched ? of_all : peb_scope::unwatched);
  peb_tensor handle = scope_->put(x, watched ? the_variable : peb_scope::unwatched);
  finish("input", encoder_.input(self_, scope_.get(), &description, &handle));
  Tensor y = result("input", handle);
  require_shape("input", y, x.sizes());
  dependence_ = scope_->dependence(handle);
  return y;
}

peb_site PluginEncoding::describe(const backbone::Site& site) {
  peb_site description{};
  description.struct_size = sizeof(peb_site);
  description.kind = site.cross ? PEB_CROSS : PEB_SELF;
  description.layer = static_cast<std::uint32_t>(site.layer);
  description.flags = call_flags(site.causal, site.training);
  description.batch = site.q.size(0);
  description.heads = site.q.size(1);
  description.queries = site.q.size(2);
  description.keys = site.k.size(2);
  description.head_width = site.q.size(3);
  description.scale = site.scale;
  description.q = scope_->put(site.q, as(site, backbone::Variable::query));
  description.k = scope_->put(site.k);
  description.v = scope_->put(site.v);
  description.query_position = scope_->put(site.query_position, of_positions(site.query_position));
  description.key_position = scope_->put(site.key_position, of_positions(site.key_position));
  if (needs_time()) {
    description.query_time = optional(site.query_time);
    description.key_time = optional(site.key_time);
  }
  description.visible = scope_->put(site.visible);
  // The slope of logits is made of the user's keys.
  if (site.logits.defined()) {
    backbone::Dependence logits = as(site, backbone::Variable::query);
    if (logits.degree != Degree::none) logits.of_user = logits.slope_of_user = true;
    description.logits = scope_->put(site.logits, logits);
  }
  if (site.probs.defined())
    description.probs = scope_->put(site.probs, as(site, backbone::Variable::weights));
  if (needs_hidden()) {
    // Queries, weights and heads are functions of what candidates are made of, and not affine ones.
    description.query_hidden = optional(site.query_hidden, as(site, backbone::Variable::embedding));
    description.key_hidden = optional(site.key_hidden);
  }
  return description;
}

void PluginEncoding::rotate(const backbone::Site& site, Tensor& q, Tensor& k) {
  enter("rotate", site.variable, Degree::affine);
  if (encoder_.rotate == nullptr) return;
  peb_site description = describe(site);
  peb_tensor q_handle = description.q, k_handle = description.k;
  finish("rotate", encoder_.rotate(self_, scope_.get(), &description, &q_handle, &k_handle));
  Tensor new_q = result("rotate", q_handle), new_k = result("rotate", k_handle);
  require_shape("rotate", new_q, q.sizes());
  require_shape("rotate", new_k, k.sizes());
  dependence_ = scope_->dependence(q_handle);
  if (scope_->dependence(k_handle).degree != Degree::none) dependence_.degree = Degree::unknown;
  q = new_q;
  k = new_k;
}

Tensor PluginEncoding::bias(const backbone::Site& site) {
  enter("bias", site.variable, Degree::none);
  if (encoder_.bias == nullptr) return {};
  peb_site description = describe(site);
  peb_tensor handle = 0;
  finish("bias", encoder_.bias(self_, scope_.get(), &description, &handle));
  if (handle == 0) return {};
  Tensor y = result("bias", handle);
  const std::int64_t full[] = {site.q.size(0), site.q.size(1), site.q.size(2), site.k.size(2)};
  bool fits = y.dim() <= 4;
  for (std::int64_t i = 0; fits && i < y.dim(); ++i)
    fits = y.size(y.dim() - 1 - i) == 1 || y.size(y.dim() - 1 - i) == full[3 - i];
  if (!fits) require_shape("bias", y, full);
  dependence_ = scope_->dependence(handle);
  return y;
}

Tensor PluginEncoding::value(const backbone::Site& site) {
  enter("value", site.variable, Degree::none);
  if (encoder_.value == nullptr) return {};
  peb_site description = describe(site);
  peb_tensor handle = 0;
  finish("value", encoder_.value(self_, scope_.get(), &description, &handle));
  if (handle == 0) return {};
  Tensor y = result("value", handle);
  require_shape("value", y, site.q.sizes());
  dependence_ = scope_->dependence(handle);
  return y;
}

Tensor PluginEncoding::output(const backbone::Site& site, const Tensor& x) {
  enter("output", site.variable, Degree::affine);
  if (encoder_.output == nullptr) return x;
  peb_site description = describe(site);
  peb_tensor handle = scope_->put(x, as(site, backbone::Variable::heads));
  finish("output", encoder_.output(self_, scope_.get(), &description, &handle));
  Tensor y = result("output", handle);
  require_shape("output", y, x.sizes());
  dependence_ = scope_->dependence(handle);
  return y;
}

}  // namespace pebench::plugin
