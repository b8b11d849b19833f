#include "tests/check/variants.h"

namespace pebench::test {

std::vector<Variant> variants() {
  return {
      {"none"},
      {"sinusoidal"},
      {"sinusoidal", {{"concat", true}}},
      {"sinusoidal", {{"reverse", true}, {"base", 100.0}}},
      {"learnt"},
      {"learnt", {{"concat", true}}},
      {"rotatory", {{"mode", "rotate"}}},
      {"rotatory", {{"mode", "rotate"}, {"concat", true}}},
      {"rotatory", {{"mode", "rotate"}, {"init", "frequencies"}}},
      {"rotatory", {{"mode", "additive"}, {"init_std", 3000.0}}},
      {"rotatory", {{"mode", "additive"}, {"concat", true}}},
      {"relative", {{"max_distance", 2}}},
      {"relative", {{"max_distance", 4}, {"output_projection", true}}},
      {"rope"},
      {"rope", {{"base", 100.0}, {"first_layer_only", true}}},
  };
}

std::string title(const Variant& variant) { return variant.plugin + " " + variant.options.dump(); }

}  // namespace pebench::test
