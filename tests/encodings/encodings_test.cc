// The hooks of built-in encodings against the cases of reference.py, element by element, where the key is
// visible: |x - reference| <= tolerance * max|reference|.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/parity/tensors.h"
#include "tests/support/plugin_instance.h"

namespace pebench::parity {
namespace {

using nlohmann::json;
using Tensors = std::map<std::string, Tensor>;

struct Precision {
  const char* name;
  at::ScalarType type;
  double tolerance;
};
constexpr Precision precisions[] = {{"float64", at::kDouble, 1e-9}, {"float32", at::kFloat, 1e-4}};

test::PluginInstance built_in(const std::string& plugin, const json& options, const backbone::Sizes& sizes,
                              at::ScalarType type) {
  return {std::string(PEBENCH_PLUGIN_DIR) + "/" + plugin + ".so", plugin, options, sizes, type};
}

/// Every declared parameter takes the value of its name; a missing or a surplus value is an error.
void set(tensor::ParameterSet& parameters, const Tensors& values) {
  at::NoGradGuard no_grad;
  ASSERT_EQ(parameters.all().size(), values.size());
  for (auto& parameter : parameters.all()) {
    const auto& value = values.at(parameter.name.substr(std::string("encoding.").size()));
    ASSERT_EQ(parameter.value.sizes(), value.sizes()) << parameter.name;
    parameter.value.copy_(value);
  }
}

backbone::Sizes config_of(const json& test) {
  const json& sizes = test.at("config");
  backbone::Sizes config;
  config.items = 1;
  config.width = sizes.at("width");
  config.heads = sizes.at("heads");
  config.blocks = sizes.at("blocks");
  config.max_len = sizes.at("max_len");
  config.causal = test.at("kind") == "causal";
  config.encode_cross_attention = test.at("kind") == "cross";
  return config;
}

/// What the hooks make of a case, by the names of its outputs.
Tensors run(backbone::Encoding& encoding, const json& test, at::ScalarType type) {
  const Tensors inputs = tensors_of(test.at("inputs"));
  auto real = [&](const char* name) { return inputs.at(name).to(type); };
  auto whole = [&](const char* name) { return inputs.at(name).to(at::kLong); };
  tensor::Randomness randomness(base::Stream(1, "dropout"), false);
  encoding.begin(randomness);

  backbone::Sequence sequence;
  sequence.position = whole("key_position");
  sequence.time = whole("key_time");
  sequence.mask = inputs.at("mask").to(at::kBool);
  Tensors outputs{{"input", encoding.input(sequence, real("x"))}};

  backbone::Site site;
  site.cross = test.at("kind") == "cross";
  site.causal = test.at("kind") == "causal";
  site.layer = test.at("layer");
  site.scale = test.at("scale");
  site.q = real("q");
  site.k = real("k");
  site.v = at::zeros_like(site.k);
  site.query_position = whole("query_position");
  site.key_position = whole("key_position");
  site.query_time = whole("query_time");
  site.key_time = whole("key_time");
  site.visible = inputs.at("visible").to(at::kBool);
  if (encoding.needs_hidden()) {
    site.query_hidden = real("query_hidden");
    site.key_hidden = real("key_hidden");
  }
  encoding.rotate(site, site.q, site.k);
  outputs["q"] = site.q;
  outputs["k"] = site.k;
  const Tensor logits = at::matmul(site.q * site.scale, site.k.transpose(2, 3));
  if (encoding.needs_logits()) site.logits = logits;
  if (Tensor bias = encoding.bias(site); bias.defined())
    outputs["bias"] = bias.expand(logits.sizes()).masked_fill(site.visible.logical_not(), 0.0);
  if (encoding.needs_probs()) site.probs = real("probs");
  if (Tensor value = encoding.value(site); value.defined()) outputs["value"] = value;
  return outputs;
}

class Fixture : public testing::Test {
 public:
  explicit Fixture(std::filesystem::path path) : path_(std::move(path)) {}

  void TestBody() override {
    const json cases = json::parse(std::ifstream(path_));
    ASSERT_FALSE(cases.empty());
    for (const json& test : cases) {
      for (const auto& precision : precisions) {
        SCOPED_TRACE(test.at("name").get<std::string>() + ", " + test.at("options").dump() + ", " +
                     precision.name);
        compare(test, precision);
        if (HasFatalFailure()) return;
      }
    }
  }

 private:
  void compare(const json& test, const Precision& precision) const {
    auto instance = built_in(path_.stem(), test.at("options"), config_of(test), precision.type);
    ASSERT_NO_FATAL_FAILURE(set(instance.parameters(), tensors_of(test.at("parameters"))));
    const Tensors outputs = run(*instance, test, precision.type);
    const Tensors references = tensors_of(test.at("outputs")), inputs = tensors_of(test.at("inputs"));
    ASSERT_FALSE(references.empty());
    for (const auto& [name, reference] : references) {
      ASSERT_TRUE(outputs.count(name)) << name;
      EXPECT_LE(deviation(outputs.at(name), reference), precision.tolerance) << name;
    }
    for (const auto& [name, output] : outputs) {
      if (references.count(name) == 1) continue;
      const auto given = inputs.find(name == "input" ? "x" : name);
      EXPECT_TRUE(given != inputs.end() && at::equal(output, given->second.to(precision.type)))
          << name << " has no reference: it should be left alone";
    }
  }

  std::filesystem::path path_;
};

TEST(Encodings, RefuseWhatTheyDoNotServe) {
  auto make = [](const char* plugin, const json& options, std::int64_t width, std::int64_t heads) {
    built_in(plugin, options, test::model_of(heads, width / heads, 4), at::kFloat);
  };
  EXPECT_THROW(make("rotary_time", json::object(), 6, 2), backbone::EncodingError);
  EXPECT_THROW(make("cape", json::object(), 3, 1), backbone::EncodingError);
  EXPECT_THROW(make("time2vec", json::object(), 1, 1), backbone::EncodingError);
  EXPECT_THROW(make("t5", {{"num_buckets", 7}}, 4, 2), backbone::EncodingError);
  EXPECT_THROW(make("t5", {{"num_buckets", 32}, {"max_distance", 16}}, 4, 2), backbone::EncodingError);
  EXPECT_NO_THROW(make("t5", {{"num_buckets", 32}, {"max_distance", 17}}, 4, 2));
}

void register_fixtures() {
  if (std::filesystem::is_empty(PEBENCH_FIXTURES))
    throw std::runtime_error("no fixtures in " PEBENCH_FIXTURES);
  for (const auto& entry : std::filesystem::directory_iterator(PEBENCH_FIXTURES)) {
    const auto path = entry.path();
    testing::RegisterTest("Encodings", path.stem().c_str(), nullptr, nullptr, __FILE__, __LINE__,
                          [path]() -> testing::Test* { return new Fixture(path); });
  }
}

}  // namespace
}  // namespace pebench::parity

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  at::set_num_threads(1);
  pebench::parity::register_fixtures();
  return RUN_ALL_TESTS();
}
