// Built into two libraries: a class of the same name, in the global namespace, with a static that each
// library counts up.
#include <pebench/plugin.hpp>
#include <string>

class Counting : public peb::Encoder {
 public:
  static constexpr peb::Info info{STATICS_ID, "1.0.0", "none"};

  Counting(peb::Build& build, const peb::Config&, const peb::Values&) {
    build.zeros("instance." + std::to_string(++instances), {1});
  }

 private:
  static inline int instances = 0;
};
PEB_PLUGIN(Counting)
