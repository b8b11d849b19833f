#pragma once

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <type_traits>
#include <utility>

#include "pebench/sdk/encoder.hpp"

/// Between the C functions that the host calls and the classes of a plugin. Nothing here is for plugin
/// authors.
#pragma GCC visibility push(hidden)
namespace peb {
namespace border {

/// Copies a struct of the host into one of this plugin's size; members that the host does not know are
/// zero.
template <class Struct>
Struct known_part(const Struct* given) {
  Struct local{};
  std::memcpy(&local, given, std::min<size_t>(given->struct_size, sizeof(Struct)));
  return local;
}

inline Sequence sequence_of(const Pass& pass, const peb_sequence* given) {
  const peb_sequence s = known_part(given);
  const auto tensor = [&](peb_tensor handle) { return Tensor(pass, handle); };
  return {pass,
          s.role == PEB_CANDIDATES,
          (s.flags & PEB_CAUSAL) != 0,
          (s.flags & PEB_TRAINING) != 0,
          s.batch,
          s.length,
          s.width,
          tensor(s.position),
          tensor(s.time),
          tensor(s.mask)};
}

inline Site site_of(const Pass& pass, const peb_site* given) {
  const peb_site s = known_part(given);
  const auto tensor = [&](peb_tensor handle) { return Tensor(pass, handle); };
  return {pass,
          s.kind == PEB_CROSS,
          (s.flags & PEB_CAUSAL) != 0,
          (s.flags & PEB_TRAINING) != 0,
          s.layer,
          s.batch,
          s.heads,
          s.queries,
          s.keys,
          s.head_width,
          s.scale,
          tensor(s.q),
          tensor(s.k),
          tensor(s.v),
          tensor(s.query_position),
          tensor(s.key_position),
          tensor(s.query_time),
          tensor(s.key_time),
          tensor(s.visible),
          tensor(s.logits),
          tensor(s.probs),
          tensor(s.query_hidden),
          tensor(s.key_hidden)};
}

/// Whether class E has a member of that name of its own, callable or not: see Encoder::Absent.
#define PEB_DETECT_HOOK(hook)                           \
  template <class E, class = void>                      \
  struct Has_##hook : std::true_type {};                \
  template <class E>                                    \
  struct Has_##hook<E, std::void_t<decltype(&E::hook)>> \
      : std::bool_constant<!std::is_same_v<decltype(&E::hook), const Encoder::Absent*>> {};
PEB_DETECT_HOOK(begin)
PEB_DETECT_HOOK(input)
PEB_DETECT_HOOK(rotate)
PEB_DETECT_HOOK(bias)
PEB_DETECT_HOOK(value)
PEB_DETECT_HOOK(output)
#undef PEB_DETECT_HOOK

/// The oldest minor version that the class says it works with, or that has what it asks for.
template <class E, class = void>
struct Min_minor {
  static constexpr uint32_t value = (E::flags & PEB_NEED_HIDDEN) != 0 ? 1 : 0;
};
template <class E>
struct Min_minor<E, std::void_t<decltype(E::min_minor)>> {
  static constexpr uint32_t value = E::min_minor;
};

/// An encoder and the pass that its parameters are read in. Calls on one instance never overlap.
template <class E>
struct Instance {
  Instance(const peb_host* host, peb_build* build, const Config& config, const Values& values)
      : ops(host->ops), encoder(make(host, build, config, values)) {}

  E make(const peb_host* host, peb_build* build, const Config& config, const Values& values) {
    if constexpr (std::is_constructible_v<E, Build&, const Config&, const Values&>) {
      Build parameters(host, build, &pass);
      return E(parameters, config, values);
    } else {
      return E();
    }
  }

  const peb_ops* ops;
  Pass pass;
  E encoder;
};

/// The C functions and the descriptor of one encoder class.
template <class E>
class Border {
 public:
  static const peb_encoder& encoder() {
    static const peb_encoder result = describe();
    return result;
  }

 private:
  static peb_encoder describe() {
    static_assert(std::is_base_of_v<Encoder, E>, "derive the encoder from peb::Encoder");
    peb_encoder result{};
    result.struct_size = sizeof(peb_encoder);
    result.flags = E::flags;
    result.id = E::info.id;
    result.name = E::info.name == nullptr ? E::info.id : E::info.name;
    result.version = E::info.version;
    result.cite = E::info.cite;
    result.options = E::options.data();
    result.n_options = static_cast<uint32_t>(E::options.size());
    result.option_size = sizeof(peb_option);
    result.create = &create;
    result.destroy = &destroy;
    if constexpr (Has_begin<E>::value) result.begin = &begin;
    if constexpr (Has_input<E>::value) result.input = &input;
    if constexpr (Has_rotate<E>::value) result.rotate = &rotate;
    if constexpr (Has_bias<E>::value) result.bias = &bias;
    if constexpr (Has_value<E>::value) result.value = &value;
    if constexpr (Has_output<E>::value) result.output = &output;
    return result;
  }

  static peb_status create(const peb_host* host, peb_build* build, const peb_config* config,
                           const peb_value* values, void** self) {
    const auto body = [&] {
      *self = new Instance<E>(host, build, known_part(config),
                              Values(E::options.data(), values, E::options.size()));
    };
    // There is no forward pass to fail yet, so the message goes to the log.
    const auto report = [&](peb_status, const char* message) {
      char line[512];
      std::snprintf(line, sizeof line, "%s: %s", E::info.id, message);
      host->log(host, 3, line);
    };
    return translate(body, report);
  }

  static void destroy(void* self) { delete static_cast<Instance<E>*>(self); }

  /// Runs body(encoder, pass) as one hook; its parameters can be read meanwhile.
  template <class Body>
  static peb_status hook(void* self, peb_scope* scope, Body&& body) noexcept {
    Instance<E>& instance = *static_cast<Instance<E>*>(self);
    instance.pass = Pass(instance.ops, scope);
    const peb_status thrown = translate(
        [&] { body(instance.encoder, instance.pass); },
        [&](peb_status status, const char* message) { instance.ops->fail(scope, status, message); });
    instance.pass = Pass();
    const peb_status sticky = instance.ops->status(scope);
    return sticky != PEB_OK ? sticky : thrown;
  }

  static peb_status begin(void* self, peb_scope* scope) {
    return hook(self, scope, [](E& encoder, const Pass& pass) { encoder.begin(pass); });
  }
  static peb_status input(void* self, peb_scope* scope, const peb_sequence* sequence, peb_tensor* x) {
    return hook(self, scope, [&](E& encoder, const Pass& pass) {
      const Tensor result = encoder.input(sequence_of(pass, sequence), Tensor(pass, *x));
      *x = result.handle();
    });
  }
  static peb_status rotate(void* self, peb_scope* scope, const peb_site* site, peb_tensor* q, peb_tensor* k) {
    return hook(self, scope, [&](E& encoder, const Pass& pass) {
      const std::pair<Tensor, Tensor> turned =
          encoder.rotate(site_of(pass, site), Tensor(pass, *q), Tensor(pass, *k));
      *q = turned.first.handle();
      *k = turned.second.handle();
    });
  }
  static peb_status bias(void* self, peb_scope* scope, const peb_site* site, peb_tensor* bias) {
    return hook(self, scope, [&](E& encoder, const Pass& pass) {
      const Tensor result = encoder.bias(site_of(pass, site));
      *bias = result.handle();
    });
  }
  static peb_status value(void* self, peb_scope* scope, const peb_site* site, peb_tensor* y) {
    return hook(self, scope, [&](E& encoder, const Pass& pass) {
      const Tensor result = encoder.value(site_of(pass, site));
      *y = result.handle();
    });
  }
  static peb_status output(void* self, peb_scope* scope, const peb_site* site, peb_tensor* y) {
    return hook(self, scope, [&](E& encoder, const Pass& pass) {
      const Tensor result = encoder.output(site_of(pass, site), Tensor(pass, *y));
      *y = result.handle();
    });
  }
};

/// The plugin of the given encoder classes, or NULL for a host that offers less than version 1.0: the
/// members tested are the last ones of 1.0, whatever has been appended since.
template <class... E>
const peb_plugin* plugin(const peb_host* host) {
  static_assert(sizeof...(E) > 0, "PEB_PLUGIN needs at least one encoder class");
  if (host == nullptr || !PEB_HAS(host, peb_host, extension)) return nullptr;
  if (host->ops == nullptr || !PEB_HAS(host->ops, peb_ops, custom)) return nullptr;
  static const peb_encoder* const encoders[] = {&Border<E>::encoder()...};
  static const peb_plugin result{sizeof(peb_plugin), PEB_ABI_MINOR, std::max({Min_minor<E>::value...}),
                                 sizeof...(E),       encoders,      nullptr};
  return &result;
}

}  // namespace border
}  // namespace peb

#pragma GCC visibility pop
