#include "tests/compat/presented.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstring>
#include <stdexcept>

#include "host/worker/plugin/operations.h"

namespace pebench::compat {
namespace {

constexpr int garbage = 0xAA;

/// The last readable bytes before unreadable memory.
class Edge {
 public:
  explicit Edge(std::size_t size) : size_(size) {
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    void* pages = ::mmap(nullptr, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (pages == MAP_FAILED || ::mprotect(static_cast<char*>(pages) + page, page, PROT_NONE) != 0)
      throw std::runtime_error("no memory with an edge");
    bytes_ = static_cast<char*>(pages) + page - size;
  }
  void* bytes() const { return bytes_; }
  std::size_t size() const { return size_; }

 private:
  char* bytes_;
  std::size_t size_;
};

/// A struct of the host at the edge; what is newer than `shipped` bytes is garbage.
template <class Struct>
class Shown {
 public:
  Shown(std::size_t shipped, Extent extent)
      : shipped_(shipped), edge_(extent == Extent::shipped ? shipped : sizeof(Struct)) {}
  Struct* show(const Struct& real) {
    std::memset(edge_.bytes(), garbage, edge_.size());
    std::memcpy(edge_.bytes(), &real, shipped_);
    const auto size = static_cast<std::uint32_t>(edge_.size());
    std::memcpy(edge_.bytes(), &size, sizeof size);  // struct_size comes first
    return static_cast<Struct*>(edge_.bytes());
  }
  void forget() { std::memset(edge_.bytes(), garbage, edge_.size()); }

 private:
  std::size_t shipped_;
  Edge edge_;
};

struct Structs {
  Shown<peb_host> host;
  Shown<peb_ops> ops;
  Shown<peb_config> config;
  Shown<peb_sequence> sequence;
  Shown<peb_site> site;
};
Structs* structs = nullptr;
const peb_encoder* created_next = nullptr;

struct Instance {
  const peb_encoder* encoder;
  void* self;
};

peb_status create(const peb_host* host, peb_build* build, const peb_config* config, const peb_value* values,
                  void** self) {
  auto* instance = new Instance{created_next, nullptr};
  const peb_status status =
      instance->encoder->create(host, build, structs->config.show(*config), values, &instance->self);
  structs->config.forget();
  if (status == PEB_OK)
    *self = instance;
  else
    delete instance;
  return status;
}

void destroy(void* self) {
  auto* instance = static_cast<Instance*>(self);
  if (instance->encoder->destroy != nullptr) instance->encoder->destroy(instance->self);
  delete instance;
}

peb_status begin(void* self, peb_scope* scope) {
  auto* instance = static_cast<Instance*>(self);
  return instance->encoder->begin(instance->self, scope);
}

template <auto hook, auto shown, class Struct, class... Handle>
peb_status call(void* self, peb_scope* scope, const Struct* real, Handle*... handles) {
  auto* instance = static_cast<Instance*>(self);
  const peb_status status =
      (instance->encoder->*hook)(instance->self, scope, (structs->*shown).show(*real), handles...);
  (structs->*shown).forget();
  return status;
}

#ifdef PEB_NEXT_MINOR
/// The operation that the simulated next version has more.
peb_tensor twice(peb_scope* scope, peb_tensor tensor) {
  return plugin::operations().scalar(scope, PEB_MUL, tensor, 2.0);
}
#endif

}  // namespace

Presented::Presented(const peb_host& real, std::uint32_t minor, const Sizes& sizes, Extent extent) {
  structs = new Structs{{sizes.host, extent},
                        {sizes.ops, extent},
                        {sizes.config, extent},
                        {sizes.sequence, extent},
                        {sizes.site, extent}};
  peb_ops* ops = structs->ops.show(*real.ops);
  peb_host* host = structs->host.show(real);
  host->ops = ops;
  if (extent == Extent::shipped) host->abi_minor = ops->abi_minor = minor;
#ifdef PEB_NEXT_MINOR
  if (extent == Extent::today) ops->in_next_minor = twice;
#endif
  host_ = host;
}

peb_encoder Presented::encoder(const peb_encoder& real) {
  created_next = &real;
  peb_encoder shown = real;
  shown.create = create;
  shown.destroy = destroy;
  if (real.begin != nullptr) shown.begin = begin;
  if (real.input != nullptr)
    shown.input = call<&peb_encoder::input, &Structs::sequence, peb_sequence, peb_tensor>;
  if (real.rotate != nullptr)
    shown.rotate = call<&peb_encoder::rotate, &Structs::site, peb_site, peb_tensor, peb_tensor>;
  if (real.bias != nullptr) shown.bias = call<&peb_encoder::bias, &Structs::site, peb_site, peb_tensor>;
  if (real.value != nullptr) shown.value = call<&peb_encoder::value, &Structs::site, peb_site, peb_tensor>;
  if (real.output != nullptr) shown.output = call<&peb_encoder::output, &Structs::site, peb_site, peb_tensor>;
  return shown;
}

}  // namespace pebench::compat
