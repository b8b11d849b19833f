#include "host/worker/check/watch.h"

#include <string_view>

#include "host/worker/plugin/operations.h"
#include "host/worker/plugin/plugin_encoding.h"

namespace pebench::check {
namespace {

/// Counts a call, and says whether it is the one to fail.
bool is_due(const char* name) {
  Watch& seen = watch();
  if (std::string_view(name) == "dropout" || std::string_view(name) == "normal") seen.drew_numbers = true;
  if (++seen.operations != seen.failing_operation) return false;
  seen.failed_operation = name;
  return true;
}

/// The host's operation behind a count. After a failure the host's own does nothing and returns what it must.
template <auto Member>
struct Operation {
  static inline const char* name = nullptr;

  template <class Result, class... Arguments>
  static Result call(peb_scope* scope, Arguments... arguments) {
    const peb_ops& host = plugin::operations();
    if (is_due(name)) host.fail(scope, PEB_E_INTERNAL, (std::string(name) + " was made to fail").c_str());
    return (host.*Member)(scope, arguments...);
  }

  template <class Result, class... Arguments>
  static void install(Result (*&slot)(peb_scope*, Arguments...), const char* its_name) {
    name = its_name;
    slot = call<Result, Arguments...>;
  }
};

peb_ops watched_operations() {
  peb_ops ops = plugin::operations();
#define PEBENCH_WATCH(operation) Operation<&peb_ops::operation>::install(ops.operation, #operation)
  PEBENCH_WATCH(shape);
  PEBENCH_WATCH(dtype);
  PEBENCH_WATCH(parameter);
  PEBENCH_WATCH(constant);
  PEBENCH_WATCH(full);
  PEBENCH_WATCH(arange);
  PEBENCH_WATCH(cast);
  PEBENCH_WATCH(detach);
  PEBENCH_WATCH(unary);
  PEBENCH_WATCH(binary);
  PEBENCH_WATCH(scalar);
  PEBENCH_WATCH(along);
  PEBENCH_WATCH(choose);
  PEBENCH_WATCH(clamp);
  PEBENCH_WATCH(matmul);
  PEBENCH_WATCH(einsum);
  PEBENCH_WATCH(embedding);
  PEBENCH_WATCH(gather);
  PEBENCH_WATCH(scatter_add);
  PEBENCH_WATCH(reshape);
  PEBENCH_WATCH(permute);
  PEBENCH_WATCH(expand);
  PEBENCH_WATCH(slice);
  PEBENCH_WATCH(concat);
  PEBENCH_WATCH(dropout);
  PEBENCH_WATCH(normal);
  PEBENCH_WATCH(custom);
#undef PEBENCH_WATCH
  return ops;
}

peb_param declare(peb_build* build, const peb_param_desc* description) {
  Watch& seen = watch();
  if (++seen.declarations == seen.failing_declaration) return 0;
  return plugin::host().declare(build, description);
}

peb_encoder& real() {
  static peb_encoder encoder{};
  return encoder;
}

peb_status create(const peb_host* host, peb_build* build, const peb_config* config, const peb_value* values,
                  void** self) {
  return watch().create = real().create(host, build, config, values, self);
}

template <auto Member>
struct Hook {
  static inline const char* name = nullptr;

  template <class... Arguments>
  static peb_status call(void* self, peb_scope* scope, Arguments... arguments) {
    Watch& seen = watch();
    const bool failed_before = !seen.failed_operation.empty();
    const peb_status status = (real().*Member)(self, scope, arguments...);
    if (!failed_before && !seen.failed_operation.empty() && status == PEB_OK) seen.silent_hook = name;
    return status;
  }

  template <class... Arguments>
  static void install(peb_status (*&slot)(void*, peb_scope*, Arguments...), const char* its_name) {
    name = its_name;
    if (slot != nullptr) slot = call<Arguments...>;
  }
};

}  // namespace

Watch& watch() {
  static Watch seen;
  return seen;
}

const peb_host& watched_host() {
  static const peb_ops ops = watched_operations();
  static const peb_host host = [] {
    peb_host table = plugin::host();
    table.ops = &ops;
    table.declare = declare;
    return table;
  }();
  return host;
}

peb_encoder watched(const peb_encoder& encoder) {
  real() = encoder;
  peb_encoder table = encoder;
  table.create = create;
#define PEBENCH_WATCH(hook) Hook<&peb_encoder::hook>::install(table.hook, #hook)
  PEBENCH_WATCH(begin);
  PEBENCH_WATCH(input);
  PEBENCH_WATCH(rotate);
  PEBENCH_WATCH(bias);
  PEBENCH_WATCH(value);
  PEBENCH_WATCH(output);
#undef PEBENCH_WATCH
  return table;
}

Border watched_border() { return {watched_host(), watched}; }

}  // namespace pebench::check
