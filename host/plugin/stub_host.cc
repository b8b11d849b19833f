#include "host/plugin/stub_host.h"

#include <cstdint>
#include <cstdio>
#include <type_traits>

namespace pebench::plugin {
namespace {

/// The operation of a slot that returns `Result`: a failure if it is a status, else 0.
template <class Result, class... Arguments>
Result refuse(Arguments...) {
  if constexpr (std::is_same_v<Result, peb_status>)
    return PEB_E_UNSUPPORTED;
  else
    return Result();
}

template <class Result, class... Arguments>
void stub(Result (*&slot)(Arguments...)) {
  slot = refuse<Result, Arguments...>;
}

peb_ops make_operations() {
  peb_ops ops{};
  ops.struct_size = sizeof(peb_ops);
  ops.abi_minor = PEB_ABI_MINOR;
  auto stub_all = [](auto&... slots) { (stub(slots), ...); };
  stub_all(ops.status, ops.fail, ops.shape, ops.dtype, ops.release, ops.parameter, ops.constant, ops.full,
           ops.arange, ops.cast, ops.detach, ops.unary, ops.binary, ops.scalar, ops.along, ops.choose,
           ops.clamp, ops.matmul, ops.einsum, ops.embedding, ops.gather, ops.scatter_add, ops.reshape,
           ops.permute, ops.expand, ops.slice, ops.concat, ops.dropout, ops.normal, ops.custom);
  return ops;
}

/// Why a plugin refuses this host, say.
void log(const peb_host*, std::uint32_t, const char* message) {
  std::fprintf(stderr, "plugin: %s\n", message != nullptr ? message : "");
}

peb_host make_host(const peb_ops& ops) {
  peb_host host{};
  host.struct_size = sizeof(peb_host);
  host.abi_minor = PEB_ABI_MINOR;
  host.name = "pebench describe";
  host.version = "";
  host.ops = &ops;
  stub(host.declare);
  host.log = log;
  stub(host.extension);
  return host;
}

}  // namespace

const peb_host& stub_host() {
  static const peb_ops ops = make_operations();
  static const peb_host host = make_host(ops);
  return host;
}

}  // namespace pebench::plugin
