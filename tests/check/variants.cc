#include "tests/check/variants.h"

namespace pebench::test {
namespace {

bool is_built(const std::string& plugin) {
  return std::string(" " PEBENCH_PLUGINS " ").find(" " + plugin + " ") != std::string::npos;
}

}  // namespace

std::vector<Variant> variants() {
  const std::vector<Variant> all = {
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
      {"alibi"},
      {"t5"},
      {"t5", {{"num_buckets", 4}, {"max_distance", 3}}},
      {"t5", {{"num_buckets", 4}, {"max_distance", 3}, {"per_layer", true}}},
      {"kerple", {{"kernel", "log"}}},
      {"kerple", {{"kernel", "power"}}},
      {"fire"},
      {"fire", {{"width", 9}, {"threshold", 0.6}, {"shared", true}}},
      {"cope"},
      {"cope", {{"npos_max", 3}, {"init_std", 0.5}}},
      {"time2vec"},
      {"time2vec", {{"unit_days", 30.0}, {"frequency_std", 3.0}, {"concat", true}}},
      {"time_intervals"},
      {"time_intervals", {{"max_interval", 5}, {"positions", false}}},
      {"rotary_time"},
      {"rotary_time", {{"base", 100.0}}},
      {"xpos"},
      {"xpos", {{"base", 100.0}, {"scale_base", 8.0}}},
      {"dape"},
      {"dape", {{"width", 5}}},
      {"head_scale"},
      {"head_scale", {{"init", 1.5}}},
      {"fourier"},
      {"fourier", {{"frequencies", 3}, {"width", 5}, {"gamma", 2.0}}},
      {"cape"},
      {"cape", {{"max_global_shift", 0.0}, {"max_local_shift", 2.0}, {"max_global_scaling", 2.0}}},
      {"fox"},
      {"fox", {{"init_std", 1.0}, {"init_bias", 2.0}}},
      {"path"},
      {"path", {{"rank", 2}, {"filter", 1}}},
      {"path", {{"filter", 12}}},
  };
  std::vector<Variant> built;
  for (const auto& variant : all)
    if (is_built(variant.plugin)) built.push_back(variant);
  return built;
}

std::string title(const Variant& variant) { return variant.plugin + " " + variant.options.dump(); }

}  // namespace pebench::test
