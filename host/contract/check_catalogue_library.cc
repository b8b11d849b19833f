#include "host/contract/check_catalogue.h"

namespace pebench::check {

std::vector<Row> library_rows() {
  using std::chrono::seconds;
  constexpr seconds limit{60}, long_limit{300};
  return {
      {"library.loads", "It loads with every symbol bound, and its entry accepts this host", limit,
       About::library},
      {"library.exports", "It exports peb_plugin_v1 and nothing else", limit, About::library},
      {"library.needs_no_torch", "It does not depend on LibTorch", limit, About::library},
      {"library.descriptor", "What it says about itself is complete and keeps to pebench.h", limit,
       About::library},
      {"library.ids", "Encoders' ids and options' keys are well-formed and there once", limit,
       About::library},
      {"library.extension", "Asked for an extension that nobody knows, it answers NULL", limit,
       About::library},
      {"library.shorter_host", "A host without the last member of 1.0 is refused, or works", limit},
      {"library.shorter_operations", "Operations without the last one of 1.0 are refused, or work", limit},
      {"library.failing_declaration", "When any declaration of a parameter fails, create() fails", limit},
      {"library.failing_operation", "When any operation of a pass fails, its hook returns the failure",
       long_limit},
  };
}

}  // namespace pebench::check
