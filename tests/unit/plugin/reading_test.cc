// What is read of a plugin's structs, and what they are refused for.
#include "host/plugin/reading.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <ostream>
#include <vector>

namespace pebench::plugin {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

peb_status create(const peb_host*, peb_build*, const peb_config*, const peb_value*, void**) { return PEB_OK; }
peb_status bias(void*, peb_scope*, const peb_site*, peb_tensor*) { return PEB_OK; }
peb_status begin(void*, peb_scope*) { return PEB_OK; }

/// A plugin with one encoder that has an option of each kind, free to be damaged.
struct Plugin {
  std::vector<peb_option> options = {
      {"depth", "how deep", nullptr, nullptr, 4, 1, 9, PEB_OPT_INT, 0},
      {"scale", "how wide", nullptr, nullptr, 0.5, 0, INFINITY, PEB_OPT_REAL, 0},
      {"concat", "projected", nullptr, nullptr, 1, 0, 1, PEB_OPT_BOOL, 0},
      {"mode", "which", "rotate|additive", nullptr, 1, 0, 1, PEB_OPT_ENUM, 0},
      {"label", nullptr, nullptr, "x", 0, 0, 0, PEB_OPT_STRING, 0},
      {"table", "numbers", nullptr, nullptr, 0, 0, 0, PEB_OPT_FILE, 0},
  };
  peb_encoder encoder{};
  std::vector<const peb_encoder*> encoders = {&encoder};
  peb_plugin plugin{};
  std::uint32_t host_minor = PEB_ABI_MINOR;

  Plugin() {
    encoder.struct_size = sizeof encoder;
    encoder.flags = PEB_NEED_TIME;
    encoder.id = "example";
    encoder.name = "Example";
    encoder.version = "1.2.3";
    encoder.option_size = sizeof(peb_option);
    encoder.create = create;
    encoder.begin = begin;
    encoder.bias = bias;
    plugin.struct_size = sizeof plugin;
  }

  LibraryDescriptor read() {
    encoder.options = options.data();
    encoder.n_options = static_cast<std::uint32_t>(options.size());
    plugin.encoders = encoders.data();
    plugin.n_encoders = static_cast<std::uint32_t>(encoders.size());
    return read_descriptor(plugin, host_minor);
  }
};

TEST(Reading, TakesAllThatAPluginSays) {
  Plugin plugin;
  LibraryDescriptor library = plugin.read();
  ASSERT_EQ(library.encoders.size(), 1u);
  const EncoderDescriptor& encoder = library.encoders[0];
  EXPECT_EQ(encoder.id, "example");
  EXPECT_EQ(encoder.version, "1.2.3");
  EXPECT_EQ(encoder.cite, "");
  EXPECT_EQ(encoder.flags, PEB_NEED_TIME);
  EXPECT_THAT(encoder.hooks, ElementsAre("begin", "bias"));
  std::vector<nlohmann::json> defaults;
  for (const OptionDescriptor& option : encoder.options) defaults.push_back(option.initial);
  EXPECT_THAT(defaults, ElementsAre(4, 0.5, true, "additive", "x", ""));
  EXPECT_TRUE(std::isinf(encoder.option("scale")->high));
  EXPECT_THAT(encoder.option("mode")->choices, ElementsAre("rotate", "additive"));
}

TEST(Reading, SurvivesJson) {
  Plugin plugin;
  nlohmann::json json = plugin.read();
  auto text = json.dump();
  EXPECT_EQ(nlohmann::json(nlohmann::json::parse(text).get<LibraryDescriptor>()), json);
  EXPECT_TRUE(std::isinf(json.get<LibraryDescriptor>().encoders[0].option("scale")->high));
}

/// What a later minor version could append.
template <class Struct>
struct Longer {
  Struct known;
  std::uint64_t appended[4];
};

TEST(Reading, TakesLongerStructsOfALaterMinorVersion) {
  Plugin plugin;
  Longer<peb_encoder> encoder{plugin.encoder, {1, 2, 3, 4}};
  encoder.known.struct_size = sizeof encoder;
  std::vector<Longer<peb_option>> options;
  for (const peb_option& option : plugin.options) options.push_back({option, {5, 6, 7, 8}});
  encoder.known.options = &options[0].known;
  encoder.known.n_options = static_cast<std::uint32_t>(options.size());
  encoder.known.option_size = sizeof options[0];
  const peb_encoder* encoders[] = {&encoder.known};
  Longer<peb_plugin> later{plugin.plugin, {1, 2, 3, 4}};
  later.known.struct_size = sizeof later;
  later.known.abi_minor = PEB_ABI_MINOR + 3;
  later.known.encoders = encoders;
  later.known.n_encoders = 1;
  nlohmann::json read = read_descriptor(later.known);
  EXPECT_EQ(read["encoders"], nlohmann::json(plugin.read())["encoders"]);
}

TEST(Reading, GoesByTheMinorVersionOfTheHostThatThePluginWasGiven) {
  Plugin plugin;
  plugin.plugin.min_minor = 1;
  EXPECT_NO_THROW(plugin.read());
  plugin.host_minor = 0;
  try {
    plugin.read();
    FAIL();
  } catch (const DescriptorError& error) {
    EXPECT_STREQ(error.what(),
                 "it needs minor version 1 of the plugin interface 1, this pebench has 0: update pebench");
  }
}

struct Damage {
  const char* name;
  std::function<void(Plugin&)> inflict;
  const char* says;
};
void PrintTo(const Damage& damage, std::ostream* out) { *out << damage.name; }

class DamagedPlugin : public ::testing::TestWithParam<Damage> {};

TEST_P(DamagedPlugin, IsRefused) {
  Plugin plugin;
  GetParam().inflict(plugin);
  try {
    plugin.read();
    FAIL() << "accepted";
  } catch (const DescriptorError& error) {
    EXPECT_THAT(error.what(), HasSubstr(GetParam().says));
  }
}

INSTANTIATE_TEST_SUITE_P(
    Descriptor, DamagedPlugin,
    ::testing::Values(
        Damage{"NoEncoder", [](Plugin& p) { p.encoders.clear(); }, "it has no encoder"},
        Damage{"NullEncoder", [](Plugin& p) { p.encoders.push_back(nullptr); }, "encoder 1 is NULL"},
        Damage{"SameIdTwice", [](Plugin& p) { p.encoders.push_back(&p.encoder); },
               "two encoders have the id \"example\""},
        Damage{"BadId", [](Plugin& p) { p.encoder.id = "Example-1"; }, "not of the form"},
        Damage{"NoName", [](Plugin& p) { p.encoder.name = nullptr; }, "name is NULL"},
        Damage{"NoVersion", [](Plugin& p) { p.encoder.version = nullptr; }, "version is NULL"},
        Damage{"NotUtf8", [](Plugin& p) { p.encoder.cite = "caf\xe9"; }, "cite is not UTF-8"},
        Damage{"NoCreate", [](Plugin& p) { p.encoder.create = nullptr; }, "create is NULL"},
        Damage{"ShortOptions", [](Plugin& p) { p.encoder.option_size = 8; }, "6 options of 8 bytes"},
        Damage{"NoKey", [](Plugin& p) { p.options[0].key = nullptr; }, "key is NULL"},
        Damage{"BadKey", [](Plugin& p) { p.options[0].key = "0depth"; }, "not of the form"},
        Damage{"SameKeyTwice", [](Plugin& p) { p.options[0].key = "scale"; },
               "two options are called \"scale\""},
        Damage{"UnknownKind", [](Plugin& p) { p.options[0].kind = 99; }, "99 is not a kind"},
        Damage{"EmptyRange", [](Plugin& p) { p.options[0].min = 10; }, "range 10 .. 9 is empty"},
        Damage{"RangeOfNan", [](Plugin& p) { p.options[1].max = NAN; }, "is empty"},
        Damage{"DefaultOutside", [](Plugin& p) { p.options[0].def = 10; }, "default 10 is outside 1 .. 9"},
        Damage{"InfiniteDefault", [](Plugin& p) { p.options[1].def = INFINITY; }, "default inf is outside"},
        Damage{"FractionalInteger", [](Plugin& p) { p.options[0].def = 4.5; }, "4.5 is not an integer"},
        Damage{"BooleanOfTwo", [](Plugin& p) { p.options[2].def = 2; }, "neither 0 nor 1"},
        Damage{"NoChoices", [](Plugin& p) { p.options[3].choices = nullptr; }, "choices is NULL"},
        Damage{"EmptyChoice", [](Plugin& p) { p.options[3].choices = "a||b"; }, "an empty word or one twice"},
        Damage{"SameChoiceTwice", [](Plugin& p) { p.options[3].choices = "a|a"; },
               "an empty word or one twice"},
        Damage{"ChoiceOutside", [](Plugin& p) { p.options[3].def = 2; },
               "not the index of one of 2 choices"}),
    [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace pebench::plugin
