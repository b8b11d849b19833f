#include "host/check/catalogue.h"

namespace pebench::check {

std::vector<Row> library_rows() {
  using std::chrono::seconds;
  constexpr seconds limit{60};
  return {
      {"library.loads", "It loads with every symbol bound, and its entry peb_plugin_v1 accepts this host",
       limit, About::library},
      {"library.exports",
       "It exports peb_plugin_v1 and nothing else, so that it shares no statics with other plugins", limit,
       About::library},
      {"library.needs_no_torch", "It does not depend on LibTorch", limit, About::library},
      {"library.descriptor", "What it says about itself is complete and within the contract", limit,
       About::library},
      {"library.ids", "Its encoders' ids and each encoder's option keys are well-formed and there once",
       limit, About::library},
      {"library.extension", "Asked for an extension that nobody knows it answers NULL", limit,
       About::library},
      {"library.shorter_host",
       "A host whose struct lacks the last member of 1.0 is refused, or the encoder works", limit},
      {"library.shorter_operations",
       "A host whose operations lack the last member of 1.0 are refused, or the encoder works", limit},
      {"library.failing_declaration",
       "When the k-th declaration of a parameter fails, create() returns an error", limit},
      {"library.failing_operation",
       "When the k-th operation of a pass fails, its hook returns, with an error", seconds{120}},
  };
}

}  // namespace pebench::check
