// The plugin `python`: encodings written in Python equal the built-in ones to the last bit, every operation
// is what its name says, and every mistake is an error with its place.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <thread>

#include "tests/support/gradients.h"
#include "tests/support/plugin_instance.h"
#include "tests/unit/support/temporary_folder.h"

namespace pebench::test {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr std::int64_t B = 2, H = 2, L = 5, h = 4, d = H * h, max_len = 7;

/// An encoder of a built-in library in training, in float64.
class Instance : public PluginInstance {
 public:
  Instance(const std::string& library, const std::string& encoder, const nlohmann::json& options,
           const backbone::Sizes& model = model_of(H, h, max_len, 2))
      : PluginInstance(std::string(PEBENCH_PLUGIN_DIR) + "/" + library + ".so", encoder, options, model,
                       at::kDouble, true) {}

  Tensor input(const Tensor& x) {
    begin();
    backbone::Sequence sequence;
    sequence.position = slots();
    sequence.time = (100 * slots()).repeat({x.size(0), 1});
    sequence.mask = at::ones({x.size(0), x.size(1)}, at::kBool);
    sequence.training = true;
    return (**this).input(sequence, x);
  }

  /// rotate, bias, value and output of one attention call, one after the other.
  Tensor attention(const std::vector<Tensor>& t, std::int64_t layer = 0) {
    backbone::Encoding& encoding = **this;
    begin();
    backbone::Site site = site_of(t[0], t[1], t[2], slots(), slots());
    site.layer = layer;
    site.query_hidden = sample({B, L, d}, 8);
    site.key_hidden = sample({B, L, d}, 9);
    encoding.rotate(site, site.q, site.k);
    std::vector<Tensor> out{site.q.flatten(), site.k.flatten()};
    site.logits = at::matmul(site.q * site.scale, site.k.transpose(2, 3));
    if (Tensor bias = encoding.bias(site); bias.defined()) out.push_back(bias.flatten());
    site.probs = t[3];
    if (Tensor value = encoding.value(site); value.defined()) out.push_back(value.flatten());
    out.push_back(encoding.output(site, sample({B, L, d}, 7)).flatten());
    return at::cat(out);
  }

  /// Takes over the numbers of the other's parameters, which have the same names.
  void copy(Instance& other) {
    at::NoGradGuard no_grad;
    ASSERT_EQ(parameters().all().size(), other.parameters().all().size());
    for (auto& parameter : parameters().all())
      parameter.value.copy_(other.parameters().at(parameter.name).value);
  }

 private:
  static Tensor slots() { return at::arange(max_len - L, max_len, at::kLong).unsqueeze(0); }
};

/// Set before the interpreter starts, and of no effect.
const int python_path_is_set = ::setenv("PYTHONPATH", PEBENCH_SOURCE_DIR "/examples/python", 1);

using Handlers = std::map<int, void (*)(int)>;
Handlers handlers() {
  Handlers found;
  for (const int signal : {SIGINT, SIGPIPE}) {
    struct sigaction action {};
    ::sigaction(signal, nullptr, &action);
    found[signal] = action.sa_handler;
  }
  return found;
}
/// Before the interpreter starts.
const Handlers handlers_of_the_host = handlers();

std::string example(const std::string& name) {
  return std::string(PEBENCH_SOURCE_DIR) + "/examples/python/" + name + ".py";
}

std::vector<Tensor> operands() {
  return {sample({B, H, L, h}), sample({B, H, L, h}, 1), sample({B, H, L, h}, 2),
          at::softmax(sample({B, H, L, L}, 3), -1)};
}

class Python : public testing::Test {
 protected:
  std::string file(const std::string& name, const std::string& text) const {
    const auto path = folder_ / name;
    std::ofstream(path) << text;
    return path.string();
  }
  /// A class with the one hook input(), whose body is given.
  std::string with_input(const std::string& body) const {
    return file(
        "encoding.py",
        "import pebench\n\nclass Encoding(pebench.Encoder):\n    def input(self, sequence, x):\n        " +
            body + "\n");
  }
  /// What making an instance of that file says.
  static std::string refusal(const nlohmann::json& options, const std::string& encoder = "python") {
    try {
      Instance("python", encoder, options);
    } catch (const backbone::EncodingError& error) {
      return error.what();
    }
    return "no error";
  }
  std::string refusal_of(const std::string& text) const {
    return refusal({{"file", file("encoding.py", text)}});
  }
  /// What its hook input() says.
  static std::string failure(const std::string& path) {
    Instance instance("python", "python", {{"file", path}});
    try {
      instance.input(sample({B, L, d}));
    } catch (const backbone::EncodingError& error) {
      return error.what();
    }
    return "no error";
  }

  const TemporaryFolder temporary_;
  const fs::path folder_ = temporary_.path();
};

TEST_F(Python, LearntEqualsTheBuiltInOne) {
  Instance ours("python", "python", {{"file", example("learnt")}, {"options", R"({"init_std": 0.5})"}});
  Instance theirs("learnt", "learnt", {{"init_std", 0.5}});
  EXPECT_NE(ours.parameters().at("encoding.table").value.abs().max().item<double>(), 0.0);
  ours.copy(theirs);
  EXPECT_TRUE(at::equal(ours.input(sample({B, L, d})), theirs.input(sample({B, L, d}))));
}

TEST_F(Python, RopeEqualsTheBuiltInOne) {
  Instance ours("python", "python", {{"file", example("rope")}}),
      theirs("rope", "rope", nlohmann::json::object());
  EXPECT_TRUE(at::equal(ours.attention(operands()), theirs.attention(operands())));
}

TEST_F(Python, RelativeEqualsTheBuiltInOne) {
  Instance ours("python", "python_value",
                {{"file", example("relative")}, {"options", R"({"max_distance": 2})"}});
  Instance theirs("relative", "relative", {{"max_distance", 2}});
  ours.copy(theirs);
  for (std::int64_t layer : {0, 1}) {
    EXPECT_TRUE(at::equal(ours.attention(operands(), layer), theirs.attention(operands(), layer)));
  }
}

TEST_F(Python, HiddenStatesAreThere) {
  const std::string fox = file("fox.py", R"(
import pebench

class Fox(pebench.Encoder):
    def __init__(self, build, config, options):
        self.gates = [
            (build.normal(f"gate.{layer}.weight", (config.n_heads, config.d_model), 0.02),
             build.zeros(f"gate.{layer}.bias", (config.n_heads, 1, 1)))
            for layer in range(config.n_sites)
        ]

    def bias(self, site):
        assert site.query_hidden.shape == (site.batch, site.queries, site.heads * site.head_width)
        weight, bias = self.gates[site.layer]
        logit = (weight @ site.key_hidden.transpose(1, 2)).unsqueeze(2) + bias
        seen = -pebench.softplus(-logit) * site.visible.cast(pebench.model)
        return seen.sum(-1) - seen.cumsum(-1)
)");
  Instance ours("python", "python", {{"file", fox}}), theirs("fox", "fox", nlohmann::json::object());
  ours.copy(theirs);
  EXPECT_TRUE(at::equal(ours.attention(operands(), 1), theirs.attention(operands(), 1)));
}

TEST_F(Python, GradientsReachInputsAndParameters) {
  Instance relative("python", "python_value", {{"file", example("relative")}});
  EXPECT_EQ(
      compare_gradients([&](const std::vector<Tensor>& t) { return relative.attention(t); }, operands()), "");
  Instance rope("python", "python", {{"file", example("rope")}});
  EXPECT_EQ(compare_gradients([&](const std::vector<Tensor>& t) { return rope.attention(t); }, operands()),
            "");
  Instance learnt("python", "python", {{"file", example("learnt")}});
  Tensor table = learnt.parameters().at("encoding.table").value;
  learnt.input(sample({B, L, d})).sum().backward();
  EXPECT_EQ(table.grad().sum().item<double>(), static_cast<double>(B * L * d));
}

/// Expressions evaluated in input() with x [B, L, d] and i, the slots as int64 [1, L], and what they are;
/// results broadcast to x.
using Expressions = std::vector<std::pair<std::string, std::function<Tensor(const Tensor&, const Tensor&)>>>;

Expressions functions() {
  return {
      {"-x", [](auto& x, auto&) { return -x; }},
      {"abs(x)", [](auto& x, auto&) { return x.abs(); }},
      {"exp(x)", [](auto& x, auto&) { return x.exp(); }},
      {"log(abs(x))", [](auto& x, auto&) { return x.abs().log(); }},
      {"sin(x)", [](auto& x, auto&) { return x.sin(); }},
      {"cos(x)", [](auto& x, auto&) { return x.cos(); }},
      {"sqrt(abs(x))", [](auto& x, auto&) { return x.abs().sqrt(); }},
      {"tanh(x)", [](auto& x, auto&) { return x.tanh(); }},
      {"sigmoid(x)", [](auto& x, auto&) { return x.sigmoid(); }},
      {"relu(x)", [](auto& x, auto&) { return x.relu(); }},
      {"softplus(x)", [](auto& x, auto&) { return at::softplus(x); }},
      {"floor(3 * x)", [](auto& x, auto&) { return (x * 3).floor(); }},
      {"ceil(x * 3)", [](auto& x, auto&) { return (x * 3).ceil(); }},
      {"sign(x)", [](auto& x, auto&) { return x.sign(); }},
  };
}

Expressions arithmetic() {
  return {
      {"x + 2", [](auto& x, auto&) { return x + 2; }},
      {"2 + x", [](auto& x, auto&) { return x + 2; }},
      {"x - 2", [](auto& x, auto&) { return x - 2; }},
      {"2 - x", [](auto& x, auto&) { return 2 - x; }},
      {"x * x", [](auto& x, auto&) { return x * x; }},
      {"x / 3", [](auto& x, auto&) { return x / 3; }},
      {"3 / (x + 2)", [](auto& x, auto&) { return 3 / (x + 2); }},
      {"x // 0.3", [](auto& x, auto&) { return (x / 0.3).floor(); }},
      {"((-i) // 2).cast(model)[..., None] + x",
       [](auto& x, auto& i) { return at::floor(-i.to(at::kDouble) / 2).unsqueeze(2) + x; }},
      {"abs(x) ** 1.5", [](auto& x, auto&) { return x.abs().pow(1.5); }},
      {"2 ** x", [](auto& x, auto&) { return at::pow(2, x); }},
      {"abs(x) ** x", [](auto& x, auto&) { return x.abs().pow(x); }},
  };
}

Expressions choices() {
  return {
      {"minimum(x, 0.1)", [](auto& x, auto&) { return x.clamp_max(0.1); }},
      {"maximum(x, -x)", [](auto& x, auto&) { return x.abs(); }},
      {"where(x < 0, x, 2 * x)", [](auto& x, auto&) { return at::where(x < 0, x, 2 * x); }},
      {"where(x <= x, x, 0)", [](auto& x, auto&) { return x; }},
      {"where(x > 0.2, 0, x)", [](auto& x, auto&) { return at::where(x > 0.2, at::zeros_like(x), x); }},
      {"where(0 >= x, x, -x)", [](auto& x, auto&) { return -x.abs(); }},
      {"where((i == 4)[..., None], x, x + 1)",
       [](auto& x, auto& i) { return at::where((i == 4).unsqueeze(2), x, x + 1); }},
      {"x.clamp(-0.3, 0.3)", [](auto& x, auto&) { return x.clamp(-0.3, 0.3); }},
      {"i.clamp(float('-inf'), 4).cast(model)[..., None] + x",
       [](auto& x, auto& i) { return i.clamp_max(4).unsqueeze(2) + x; }},
  };
}

Expressions reductions_and_products() {
  return {
      {"x.sum(-1) + x", [](auto& x, auto&) { return x.sum(-1, true) + x; }},
      {"x.mean(1) + x", [](auto& x, auto&) { return x.mean(1, true) + x; }},
      {"x.amax(0) + x", [](auto& x, auto&) { return x.amax(0, true) + x; }},
      {"x.cumsum(1)", [](auto& x, auto&) { return x.cumsum(1); }},
      {"x.softmax(-1)", [](auto& x, auto&) { return at::softmax(x, -1); }},
      {"x @ x.transpose(1, 2) @ x",
       [](auto& x, auto&) { return at::matmul(at::matmul(x, x.transpose(1, 2)), x); }},
      {"matmul(x, full(0.5, (8, 8)))",
       [](auto& x, auto&) {
         return at::matmul(x, at::full({d, d}, 0.5, at::kDouble));
       }},
      {"einsum('blc,bmc,bmd->bld', x, x, x)",
       [](auto& x, auto&) {
         return at::einsum("blc,bmc,bmd->bld", {x, x, x});
       }},
  };
}

Expressions shapes() {
  return {
      {"x.permute(0, 2, 1).reshape(2, 5, 8)",
       [](auto& x, auto&) {
         return x.permute({0, 2, 1}).reshape({B, L, d});
       }},
      {"x.reshape(2, -1).expand(3, 2, 40)[1].reshape((2, 5, 8))", [](auto& x, auto&) { return x; }},
      {"x.unsqueeze(-1).unsqueeze(0)[0, ..., 0]", [](auto& x, auto&) { return x; }},
      {"concat([x[..., 3:], x[..., :3]], -1)", [](auto& x, auto&) { return x.roll(-3, -1); }},
      {"concat([x[:, -2:], x[:, 0:-2]], 1)", [](auto& x, auto&) { return x.roll(2, 1); }},
      {"stack([x[..., ::2], x[..., 1::2]], -1).reshape(2, 5, 8)", [](auto& x, auto&) { return x; }},
      {"x[:, -1, None] + x[0, ..., 3:4]",
       [](auto& x, auto&) { return x.narrow(1, L - 1, 1) + x[0].narrow(-1, 3, 1); }},
      {"x.slice(-1, 0, 8, 2).sum(-1) + x",
       [](auto& x, auto&) { return x.slice(-1, 0, d, 2).sum(-1, true) + x; }},
  };
}

/// `rows` and `flat` are the numbers of `table`, 4 rows of d.
Expressions indexing_and_the_rest(const Tensor& table) {
  return {
      {"x.gather(1, (i - 2)[..., None])", [](auto& x, auto&) { return x; }},
      {"x.scatter_add(1, 4 - (i - 2)[..., None], 5)", [](auto& x, auto&) { return x.flip({1}); }},
      {"x + constant(rows)[i - 2 - (i - 2) // 4 * 4]",
       [=](auto& x, auto& i) { return x + at::embedding(table, (i - 2).remainder(4)); }},
      {"x + embedding(constant(flat, (4, 8)), i * 0)", [=](auto& x, auto&) { return x + table[0]; }},
      {"x + arange(8, 1.0, 0.5)", [](auto& x, auto&) { return x + at::arange(1.0, 5.0, 0.5, at::kDouble); }},
      {"x.cast(float32).cast(model)", [](auto& x, auto&) { return x.to(at::kFloat).to(at::kDouble); }},
      {"(x * 5).cast(int64).cast(model)", [](auto& x, auto&) { return (x * 5).trunc(); }},
      {"x + sequence.time.cast(model)[..., None]",
       [](auto& x, auto& i) { return x + (100 * i).unsqueeze(2); }},
      {"where(sequence.mask[..., None], x.detach(), x)", [](auto& x, auto&) { return x; }},
      {"x * sequence.training + sequence.candidates", [](auto& x, auto&) { return x; }},
      {"x + len(x.shape) * x.ndim + (x.dtype is float64) + (i.dtype is int64)",
       [](auto& x, auto&) { return x + 11; }},
      {"x.dropout(0.0) + normal((2, 5, 8), 3.0, 0.0)", [](auto& x, auto&) { return x + 3; }},
  };
}

Expressions all_expressions(const Tensor& table) {
  Expressions all;
  for (const auto& part : {functions(), arithmetic(), choices(), reductions_and_products(), shapes(),
                           indexing_and_the_rest(table)})
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

TEST_F(Python, EveryOperationIsWhatItsNameSays) {
  const Tensor table = sample({4, d}, 9);
  nlohmann::json rows;
  for (std::int64_t r = 0; r < 4; ++r) {
    for (std::int64_t c = 0; c < d; ++c) rows[r][c] = table[r][c].item<double>();
  }
  const auto path = file("expression.py", R"(
import pebench
from pebench import *

class Expression(pebench.Encoder):
    def __init__(self, build, config, options):
        self.expression, self.rows = options["expression"], options["rows"]

    def input(self, sequence, x):
        flat = [number for row in self.rows for number in row]
        names = dict(vars(pebench), x=x, i=sequence.position, sequence=sequence, rows=self.rows, flat=flat)
        return eval(self.expression, names)
)");
  const Tensor x = sample({B, L, d}), i = at::arange(max_len - L, max_len, at::kLong).unsqueeze(0);
  for (const auto& [expression, expected] : all_expressions(table)) {
    const nlohmann::json options = {{"expression", expression}, {"rows", rows}};
    try {
      Instance instance("python", "python", {{"file", path}, {"options", options.dump()}});
      EXPECT_TRUE(at::allclose(instance.input(x), expected(x, i), 1e-14, 1e-14)) << expression;
    } catch (const std::exception& error) {
      ADD_FAILURE() << expression << ": " << error.what();
    }
  }
}

TEST_F(Python, ParametersOfEveryKindAreDeclared) {
  const auto path = file("kinds.py", R"(
import pebench

class Kinds(pebench.Encoder):
    def __init__(self, build, config, options):
        build.zeros("zeros", 3)
        build.constant("constant", (2, 2), 1.5, frozen=True)
        build.normal("normal", (1000,), 0.5, 10.0)
        build.truncated_normal("truncated", (1000,), 0.5, decay=False)
        build.uniform("uniform", (1000,), 2.0, 3.0)
        build.xavier("xavier", (30, 20), 2.0)
        build.data("nested", [[1, 2, 3], [4, 5, 6]])
        build.data("flat", [1, 2, 3, 4], (2, 2))
        pebench.Linear(build, "map", 4, 2)
)");
  Instance instance("python", "python", {{"file", path}});
  auto value = [&](const char* name) {
    return instance.parameters().at(std::string("encoding.") + name).value;
  };
  EXPECT_TRUE(at::equal(value("zeros"), at::zeros({3}, at::kDouble)));
  EXPECT_TRUE(at::equal(value("constant"), at::full({2, 2}, 1.5, at::kDouble)));
  EXPECT_TRUE(instance.parameters().at("encoding.constant").frozen);
  EXPECT_NEAR(value("normal").mean().item<double>(), 10.0, 0.1);
  EXPECT_NEAR(value("normal").std().item<double>(), 0.5, 0.05);
  EXPECT_LE(value("truncated").abs().max().item<double>(), 1.0);
  EXPECT_GE(value("uniform").min().item<double>(), 2.0);
  EXPECT_LT(value("uniform").max().item<double>(), 3.0);
  EXPECT_NEAR(value("xavier").abs().max().item<double>(), 2.0 * std::sqrt(6.0 / 50.0), 0.02);
  EXPECT_TRUE(at::equal(value("nested"), at::arange(1, 7, at::kDouble).view({2, 3})));
  EXPECT_TRUE(at::equal(value("flat"), at::arange(1, 5, at::kDouble).view({2, 2})));
  EXPECT_TRUE(value("map.weight").sizes() == at::IntArrayRef({2, 4}));
  EXPECT_TRUE(value("map.bias").sizes() == at::IntArrayRef({2}));
}

TEST_F(Python, HooksThatTheClassLacksChangeNothing) {
  Instance instance("python", "python",
                    {{"file", file("nothing.py", "import pebench\nclass Nothing(pebench.Encoder): pass\n")}});
  Instance none("none", "none", nlohmann::json::object());
  EXPECT_TRUE(at::equal(instance.input(sample({B, L, d})), sample({B, L, d})));
  EXPECT_TRUE(at::equal(instance.attention(operands()), none.attention(operands())));
}

TEST_F(Python, TwoFilesLiveSideBySide) {
  const std::string text =
      "import pebench\nclass Shift(pebench.Encoder):\n    def input(self, sequence, x): return x + "
      "shift\nshift = ";
  Instance one("python", "python", {{"file", file("one.py", text + "1\n")}});
  Instance two("python", "python", {{"file", file("two.py", text + "2\n")}});
  const Tensor x = sample({B, L, d});
  for (int i = 0; i < 2; ++i) {
    EXPECT_TRUE(at::equal(one.input(x), x + 1));
    EXPECT_TRUE(at::equal(two.input(x), x + 2));
  }
}

TEST_F(Python, HooksMayBeCalledFromAnotherThread) {
  Instance learnt("python", "python", {{"file", example("learnt")}});
  const Tensor here = learnt.input(sample({B, L, d}));
  Tensor there;
  std::thread([&] { there = learnt.input(sample({B, L, d})); }).join();
  EXPECT_TRUE(at::equal(here, there));
}

TEST_F(Python, ExtensionModulesOfTheStandardLibraryLoad) {
  // Those that are libraries of their own find libpython's symbols, although the host keeps what plugins load
  // local.
  EXPECT_EQ(failure(with_input("import _json, _ssl, _ctypes, math; return x * math.floor(1.5)")), "no error");
}

TEST_F(Python, SignalsStayTheHosts) {
  EXPECT_EQ(failure(with_input("import signal; return x")), "no error");
  EXPECT_EQ(handlers(), handlers_of_the_host);
}

TEST_F(Python, TheEnvironmentHasNoSay) {
  ASSERT_EQ(python_path_is_set, 0);
  EXPECT_THAT(refusal_of("import alibi\n"), HasSubstr("No module named 'alibi'"));
  EXPECT_THAT(
      refusal_of(
          "import sys\nraise ValueError(f'{sys.flags.hash_randomization} {sys.dont_write_bytecode}')\n"),
      HasSubstr("0 True"));
}

TEST_F(Python, MistakesInTheFileAreErrorsWithTheirPlace) {
  EXPECT_THAT(refusal(nlohmann::json::object()), HasSubstr("option file is not set"));
  EXPECT_THAT(refusal({{"file", "/nowhere/encoding.py"}}),
              HasSubstr("No such file or directory: '/nowhere/encoding.py'"));
  EXPECT_THAT(refusal_of("import pebench\nclass Encoding(pebench.Encoder)\n    pass\n"),
              AllOf(HasSubstr("SyntaxError"), HasSubstr("line 2 of " + (folder_ / "encoding.py").string())));
  EXPECT_THAT(refusal_of("import nonexistent_module\n"), HasSubstr("line 1 of"));
  EXPECT_THAT(refusal_of("import pebench\n"), HasSubstr("has no class that derives from pebench.Encoder"));
  EXPECT_THAT(refusal_of("import pebench\nclass A(pebench.Encoder): pass\nclass B(pebench.Encoder): pass\n"),
              HasSubstr("has the encodings A, B; choose one by option class"));
  EXPECT_THAT(refusal_of("import pebench\nclass Encoding(pebench.Encoder):\n"
                         "    def __init__(self, build, config, options):\n        self.x = 1 / 0\n"),
              AllOf(HasSubstr("ZeroDivisionError: division by zero"), HasSubstr("line 4 of"),
                    HasSubstr("in __init__"), HasSubstr("Traceback"), Not(HasSubstr("<pebench"))));
  EXPECT_THAT(
      refusal_of("import pebench\nclass Encoding(pebench.Encoder):\n    def value(self, site): pass\n"),
      HasSubstr("encoder = \"python_value\""));
  EXPECT_THAT(refusal({{"file", example("rope")}}, "python_value"),
              HasSubstr("run it with encoder = \"python\""));
  EXPECT_THAT(refusal_of("raise SystemExit(0)\n"), HasSubstr("SystemExit"));
  EXPECT_THAT(refusal_of("import pebench\nclass Encoding(pebench.Encoder):\n"
                         "    def __init__(self, build, config, options): build.zeros('Table!', (2,))\n"),
              HasSubstr("'Table!' is not of [a-z0-9_.]+"));
}

TEST_F(Python, OptionsAreCheckedAndReadInFull) {
  EXPECT_THAT(refusal({{"file", example("learnt")}, {"options", "{"}}),
              HasSubstr("option options is no JSON"));
  EXPECT_THAT(refusal({{"file", example("learnt")}, {"options", "[1]"}}),
              HasSubstr("must hold a JSON object"));
  EXPECT_THAT(refusal({{"file", example("learnt")}, {"options", R"({"init_sdt": 1})"}}),
              HasSubstr("Learnt does not read the option \"init_sdt\"; it reads: init_std"));
  EXPECT_THAT(refusal({{"file", example("learnt")}, {"class", "Lernt"}}),
              HasSubstr("no encoding \"Lernt\"; it has: Learnt"));
  EXPECT_EQ(refusal({{"file", example("learnt")}, {"class", "Learnt"}}), "no error");
  EXPECT_THAT(refusal({{"file", example("learnt")}, {"venv", "nowhere"}}),
              HasSubstr("option venv: there is no folder"));
}

TEST_F(Python, PackagesOfAVirtualEnvironmentAreFound) {
  const auto version = file(
      "version.py", "import sys\nraise ValueError(f'<{sys.version_info.major}.{sys.version_info.minor}>')\n");
  const std::string said = refusal({{"file", version}});
  const auto begin = said.find('<') + 1;
  const auto packages =
      folder_ / "env/lib" / ("python" + said.substr(begin, said.find('>') - begin)) / "site-packages";
  fs::create_directories(packages);
  std::ofstream(packages / "helping_hand.py") << "shift = 3\n";
  const auto path = with_input("import helping_hand; return x + helping_hand.shift");
  EXPECT_THAT(failure(path), HasSubstr("No module named 'helping_hand'"));
  Instance instance("python", "python", {{"file", path}, {"venv", "env"}});
  EXPECT_TRUE(at::equal(instance.input(sample({B, L, d})), sample({B, L, d}) + 3));
}

TEST_F(Python, AnUnsupportedModelIsOne) {
  try {
    Instance("python", "python", {{"file", example("rope")}}, model_of(H, 3, max_len));
    FAIL() << "rope took a head width of 3";
  } catch (const backbone::EncodingError& error) {
    EXPECT_STREQ(error.what(),
                 "plugin 'python', create: rope turns pairs of columns: the head width must be even");
  }
}

TEST_F(Python, MistakesInAHookAreErrorsWithTheirPlace) {
  EXPECT_THAT(failure(with_input("return x.no_such_operation()")),
              AllOf(HasSubstr("plugin 'python', hook input: AttributeError"), HasSubstr("line 5 of"),
                    HasSubstr("Traceback")));
  EXPECT_THAT(failure(with_input("x + 1")),
              HasSubstr("Encoding.input() must return a pebench.Tensor; it returned None"));
  EXPECT_THAT(failure(with_input("return 3")), HasSubstr("it returned a value of type int"));
  EXPECT_THAT(failure(with_input("return x[..., :3]")),
              HasSubstr("it returned [2, 5, 3], expected [2, 5, 8]"));
  EXPECT_THAT(failure(with_input("return x if x < 0 else -x")),
              HasSubstr("has no truth value; use pebench.where()"));
  EXPECT_THAT(failure(with_input("return x + 'a'")), HasSubstr("not with str"));
  EXPECT_THAT(failure(with_input("return x + sequence.position[..., None]")),
              HasSubstr("hook input: binary("));
  EXPECT_THAT(failure(with_input("return sequence.position[..., None] / 2")), HasSubstr("divided by //"));
  EXPECT_THAT(failure(with_input("return x[..., 9]")), HasSubstr("axis 9 of a tensor with 8"));
  EXPECT_THAT(failure(with_input("return x + pebench.constant([[1], [2, 3]])")),
              HasSubstr("rows of a constant differ"));
  EXPECT_THAT(failure(with_input("self.kept = getattr(self, 'kept', x); return self.kept")), "no error");
}

TEST_F(Python, ATensorOfAnEarlierPassIsStale) {
  Instance instance("python", "python",
                    {{"file", with_input("self.kept = getattr(self, 'kept', x); return x + self.kept")}});
  instance.input(sample({B, L, d}));
  try {
    instance.input(sample({B, L, d}));
    FAIL() << "a tensor of an earlier pass was used";
  } catch (const backbone::EncodingError& error) {
    EXPECT_THAT(error.what(), HasSubstr("stale handle"));
  }
}

TEST_F(Python, TensorsOutsideAHookAreRefused) {
  EXPECT_THAT(refusal_of("import pebench\npebench.full(1.0, ())\n"),
              HasSubstr("tensors exist in hooks only"));
  EXPECT_THAT(failure(with_input("pebench.Build().zeros('late', (1,)); return x")),
              HasSubstr("parameters are declared in __init__() only"));
}

}  // namespace
}  // namespace pebench::test
