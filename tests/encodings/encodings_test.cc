// The hooks of built-in encodings against the cases of reference.py, element by element, where the key is
// visible: |x - reference| <= tolerance * max|reference|.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "host/plugin/library.h"
#include "host/plugin/options.h"
#include "host/worker/plugin/plugin_encoding.h"
#include "tests/parity/tensors.h"

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

/// An encoder of a built-in plugin for a model of given sizes.
class Instance {
 public:
  Instance(const std::string& plugin, const json& options, const backbone::Sizes& config, at::ScalarType type)
      : library_(
            plugin::Library::load(std::string(PEBENCH_PLUGIN_DIR) + "/" + plugin + ".so", plugin::host())),
        values_(library_.encoder(plugin), plugin::with_defaults(library_.encoder(plugin), options)),
        parameters_(1, at::TensorOptions(type)),
        encoding_(library_.table(plugin), values_.values(), config, parameters_) {}

  /// Every declared parameter takes the value of its name; a missing or a surplus value is an error.
  void set(const Tensors& values) {
    at::NoGradGuard no_grad;
    ASSERT_EQ(parameters_.all().size(), values.size());
    for (auto& parameter : parameters_.all()) {
      const auto& value = values.at(parameter.name.substr(std::string("encoding.").size()));
      ASSERT_EQ(parameter.value.sizes(), value.sizes()) << parameter.name;
      parameter.value.copy_(value);
    }
  }

  backbone::Encoding& operator*() { return encoding_; }

 private:
  plugin::Library library_;
  plugin::OptionValues values_;
  tensor::ParameterSet parameters_;
  plugin::PluginEncoding encoding_;
};

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
    std::ifstream file(path_);
    for (const json& test : json::parse(file)) {
      for (const auto& precision : precisions) {
        SCOPED_TRACE(test.at("name").get<std::string>() + ", " + test.at("options").dump() + ", " +
                     precision.name);
        Instance instance(path_.stem(), test.at("options"), config_of(test), precision.type);
        ASSERT_NO_FATAL_FAILURE(instance.set(tensors_of(test.at("parameters"))));
        const Tensors outputs = run(*instance, test, precision.type);
        const Tensors references = tensors_of(test.at("outputs"));
        ASSERT_FALSE(references.empty());
        for (const auto& [name, reference] : references) {
          ASSERT_TRUE(outputs.count(name)) << name;
          EXPECT_LE(deviation(outputs.at(name), reference), precision.tolerance) << name;
        }
      }
    }
  }

 private:
  std::filesystem::path path_;
};

backbone::Sizes sizes(std::int64_t width, std::int64_t heads) {
  backbone::Sizes config;
  config.items = 1;
  config.width = width;
  config.heads = heads;
  config.blocks = 1;
  config.max_len = 4;
  return config;
}

TEST(Encodings, RefuseWhatTheyDoNotServe) {
  auto make = [](const char* plugin, const json& options, std::int64_t width, std::int64_t heads) {
    Instance instance(plugin, options, sizes(width, heads), at::kFloat);
  };
  EXPECT_THROW(make("rotary_time", json::object(), 6, 2), backbone::EncodingError);
  EXPECT_THROW(make("time2vec", json::object(), 1, 1), backbone::EncodingError);
  EXPECT_THROW(make("t5", {{"num_buckets", 7}}, 4, 2), backbone::EncodingError);
  EXPECT_THROW(make("t5", {{"num_buckets", 32}, {"max_distance", 16}}, 4, 2), backbone::EncodingError);
  EXPECT_NO_THROW(make("t5", {{"num_buckets", 32}, {"max_distance", 17}}, 4, 2));
}

void register_fixtures() {
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
