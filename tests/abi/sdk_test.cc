// What the C++ SDK makes of a plugin, seen from the C side.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>

#include "recording_host.h"

namespace pebench::abi_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class Sdk : public testing::Test {
 protected:
  Sdk() : plugin_(entry_of(SDK_PLUGIN)(&host_)) { log_lines().clear(); }
  ~Sdk() override {
    if (self_ != nullptr) encoder_->destroy(self_);
  }

  const peb_encoder* find(const std::string& id) {
    for (uint32_t i = 0; i < plugin_->n_encoders; ++i) {
      if (id == plugin_->encoders[i]->id) return encoder_ = plugin_->encoders[i];
    }
    throw std::runtime_error("no encoder " + id);
  }

  peb_status create(const std::string& id, const std::vector<peb_value>& values) {
    return find(id)->create(&host_, &build_, &config_, values.data(), &self_);
  }

  /// The value of Fails.how.
  static peb_value how(const char* word) { return {0, word}; }

  peb_status input(bool training = false) {
    const peb_sequence sequence{sizeof(peb_sequence),
                                PEB_PROFILE,
                                training ? uint32_t{PEB_TRAINING} : 0u,
                                0,
                                1,
                                2,
                                3,
                                scope_.put("position", {1, 2}),
                                0,
                                scope_.put("mask", {1, 2})};
    x_ = scope_.put("x", {1, 2, 3});
    return encoder_->input(self_, &scope_, &sequence, &x_);
  }

  peb_site site() {
    peb_site s{};
    s.struct_size = sizeof(peb_site);
    s.q = scope_.put("q", {1, 1, 2, 3});
    s.k = scope_.put("k", {1, 1, 2, 3});
    s.v = scope_.put("v", {1, 1, 2, 3});
    s.logits = scope_.put("logits", {1, 1, 2, 2});
    return s;
  }

  peb_host host_ = recording_host();
  peb_build build_;
  peb_scope scope_;
  peb_config config_{sizeof(peb_config), 1, 1, 1, 4, 4, 5, 6};
  const peb_plugin* plugin_;
  const peb_encoder* encoder_ = nullptr;
  void* self_ = nullptr;
  peb_tensor x_ = 0;
};

TEST_F(Sdk, DescribesEveryEncoderOfTheLibrary) {
  ASSERT_EQ(plugin_->n_encoders, 5u);
  EXPECT_EQ(plugin_->struct_size, sizeof(peb_plugin));
  EXPECT_EQ(plugin_->min_minor, 0u);
  const peb_encoder* operations = find("operations");
  EXPECT_STREQ(operations->name, "All operations");
  EXPECT_STREQ(operations->version, "1.2.3");
  EXPECT_STREQ(operations->cite, "doi:0");
  EXPECT_EQ(operations->flags, uint32_t{PEB_NEED_LOGITS | PEB_IS_SHIFT_INVARIANT});
  EXPECT_STREQ(find("bare")->name, "bare");
}

TEST_F(Sdk, LeavesHooksNullThatAClassDoesNotHave) {
  const peb_encoder* bare = find("bare");
  EXPECT_TRUE(bare->begin == nullptr && bare->input == nullptr && bare->rotate == nullptr);
  EXPECT_TRUE(bare->bias == nullptr && bare->value == nullptr && bare->output == nullptr);
  EXPECT_EQ(bare->n_options, 0u);
  const peb_encoder* operations = find("operations");
  EXPECT_TRUE(operations->begin != nullptr && operations->bias != nullptr && operations->value != nullptr);
  EXPECT_TRUE(operations->input == nullptr && operations->rotate == nullptr && operations->output == nullptr);
}

TEST_F(Sdk, DescribesOptionsOfEveryKind) {
  const peb_encoder* encoder = find("declares");
  ASSERT_EQ(encoder->n_options, 6u);
  ASSERT_EQ(encoder->option_size, sizeof(peb_option));
  const peb_option* o = encoder->options;
  EXPECT_EQ(o[0].kind, uint32_t{PEB_OPT_INT});
  EXPECT_EQ(o[0].def, 3);
  EXPECT_EQ(o[0].min, 1);
  EXPECT_EQ(o[0].max, 9);
  EXPECT_STREQ(o[0].help, "a count");
  EXPECT_EQ(o[1].kind, uint32_t{PEB_OPT_REAL});
  EXPECT_EQ(o[2].kind, uint32_t{PEB_OPT_BOOL});
  EXPECT_EQ(o[2].def, 1);
  EXPECT_EQ(o[3].kind, uint32_t{PEB_OPT_ENUM});
  EXPECT_STREQ(o[3].choices, "first|second|third");
  EXPECT_EQ(o[3].def, 0);
  EXPECT_EQ(o[3].max, 2);
  EXPECT_EQ(o[4].kind, uint32_t{PEB_OPT_STRING});
  EXPECT_STREQ(o[4].text, "plain");
  EXPECT_EQ(o[5].kind, uint32_t{PEB_OPT_FILE});
  EXPECT_STREQ(o[5].text, "values.bin");
}

TEST_F(Sdk, DeclaresParametersFromTheValuesOfOptions) {
  const std::vector<peb_value> values{{2, nullptr},  {0.25, nullptr}, {0, nullptr},
                                      {1, "second"}, {0, "label"},    {0, "path"}};
  ASSERT_EQ(create("declares", values), PEB_OK);
  EXPECT_THAT(
      build_.declared,
      ElementsAre("linear.weight [2 4] 5 -0.5 0.5 0", "linear.bias [2] 5 -0.5 0.5 0", "zeros [2] 1 0 0 3",
                  "constant [1] 2 0.25 0 0", "normal [1] 3 4 0.5 0", "truncated [1] 4 4 0.5 2",
                  "second [1] 5 -1 1 0", "label [2 2] 6 1 0 0", "path [2] 7 0 0 0 6"));
  peb_site s = site();
  peb_tensor q = s.q, k = s.k, y = scope_.put("y", {1, 2, 4});
  ASSERT_EQ(encoder_->rotate(self_, &scope_, &s, &q, &k), PEB_OK);
  EXPECT_EQ(q, s.k);
  EXPECT_EQ(k, s.q);
  ASSERT_EQ(encoder_->output(self_, &scope_, &s, &y), PEB_OK);
  EXPECT_THAT(scope_.record,
              ElementsAre("parameter 1", "permute #1 [1 0]", "matmul y #2", "parameter 2", "binary 1 #3 #4"));
  EXPECT_EQ(scope_.names.at(y), "#5");
}

TEST_F(Sdk, MakesTensorsOutOfNothing) {
  ASSERT_EQ(create("operations", {}), PEB_OK);
  ASSERT_EQ(encoder_->begin(self_, &scope_), PEB_OK);
  EXPECT_THAT(scope_.record,
              ElementsAre("constant [1 2] [2 1] 4", "full 7 [] 7", "arange 0 1 4 7", "normal 0.5 2 [3]"));
}

TEST_F(Sdk, OperatorsAndFunctionsAreTheOperationsOfTheHost) {
  ASSERT_EQ(create("operations", {}), PEB_OK);
  const peb_site s = site();
  peb_tensor bias = 0;
  ASSERT_EQ(encoder_->bias(self_, &scope_, &s, &bias), PEB_OK);
  EXPECT_EQ(bias, s.logits);
  const std::vector<std::string> expected{
      "unary 1 q", "binary 1 q k", "scalar 1 q 2", "scalar 1 q 2", "binary 2 q k", "scalar 2 q 2",
      "full 2 [] 3", "binary 2 #7 q", "binary 3 q k", "scalar 3 q 2", "scalar 3 q 2", "binary 4 q k",
      "scalar 4 q 2", "full 2 [] 3", "binary 4 #14 q",
      // comparisons
      "binary 8 q k", "scalar 8 q 2", "binary 9 q k", "scalar 9 q 2", "binary 8 k q", "full 2 [] 3",
      "binary 8 #21 q", "binary 9 k q", "full 2 [] 3", "binary 9 #24 q", "binary 10 q k", "scalar 10 q 2",
      // powers and extremes
      "binary 5 q k", "scalar 5 q 2", "full 2 [] 3", "binary 5 #30 q", "binary 6 q k", "scalar 6 q 2",
      "binary 7 q k", "scalar 7 q 2",
      // functions
      "unary 2 q", "unary 3 q", "unary 4 q", "unary 5 q", "unary 6 q", "unary 7 q", "unary 8 q", "unary 9 q",
      "unary 10 q", "unary 11 q", "unary 12 q", "unary 13 q", "unary 14 q", "choose q q k", "matmul q k",
      "einsum bhqd,bhkd->bhqk [q k]", "parameter 1", "embedding #52 q", "concat [q k] 1",
      "reshape q [1 1 2 3 1]", "reshape k [1 1 2 3 1]", "concat [#55 #56] -1", "parameter 1",
      "binary 1 #58 q"};
  EXPECT_EQ(scope_.record, expected);
}

TEST_F(Sdk, MethodsAreTheOperationsOfTheHost) {
  ASSERT_EQ(create("operations", {}), PEB_OK);
  const peb_site s = site();
  peb_tensor y = 0;
  ASSERT_EQ(encoder_->value(self_, &scope_, &s, &y), PEB_OK);
  EXPECT_EQ(y, 0u);
  const std::vector<std::string> expected{"cast v 7",
                                          "detach v",
                                          "dropout v 0.25",
                                          "clamp v -1 1",
                                          "along 1 v 0",
                                          "along 2 v 1",
                                          "along 3 v -1",
                                          "along 4 v 2",
                                          "along 5 v 3",
                                          "reshape v [1 -1]",
                                          "permute v [3 2 1 0]",
                                          "permute v [0 3 2 1]",
                                          "reshape v [1 1 2 3 1]",
                                          "reshape v [1 1 1 2 3]",
                                          "expand v [-1 2]",
                                          "slice v 1 0 -1 1",
                                          "slice v 1 0 4 2",
                                          "gather v -1 q",
                                          "scatter_add v -1 q 9",
                                          "release v"};
  EXPECT_EQ(scope_.record, expected);
}

struct Failure {
  const char* how;
  peb_status status;
  const char* message;
};

class SdkHookFailure : public Sdk, public testing::WithParamInterface<Failure> {};

TEST_P(SdkHookFailure, BecomesTheStatusOfThePass) {
  ASSERT_EQ(create("fails", {how(GetParam().how), {0, nullptr}}), PEB_OK);
  EXPECT_EQ(input(), GetParam().status);
  EXPECT_EQ(scope_.status, GetParam().status);
  EXPECT_THAT(scope_.message, HasSubstr(GetParam().message));
}

TEST_P(SdkHookFailure, BecomesTheStatusOfCreateAndALineOfTheLog) {
  EXPECT_EQ(create("fails", {how(GetParam().how), {1, nullptr}}), GetParam().status);
  EXPECT_EQ(self_, nullptr);
  EXPECT_THAT(log_lines(),
              ElementsAre(testing::AllOf(testing::StartsWith("3 fails: "), HasSubstr(GetParam().message))));
}

INSTANTIATE_TEST_SUITE_P(Exceptions, SdkHookFailure,
                         testing::Values(Failure{"unsupported", PEB_E_UNSUPPORTED, "not served"},
                                         Failure{"invalid", PEB_E_INVALID, "not right"},
                                         Failure{"runtime", PEB_E_INTERNAL, "broken"},
                                         Failure{"number", PEB_E_INTERNAL, "no std::exception"}),
                         [](const auto& info) { return info.param.how; });

TEST_F(Sdk, AnAxisThatATensorDoesNotHaveIsInvalid) {
  ASSERT_EQ(create("fails", {how("axis"), {0, nullptr}}), PEB_OK);
  EXPECT_EQ(input(), PEB_E_INVALID);
  EXPECT_EQ(scope_.message, "axis 3 of a tensor with 3 dimensions");
}

TEST_F(Sdk, CreateReportsMistakesOfTheAuthor) {
  const auto log_of = [&](const char* word) {
    log_lines().clear();
    build_.refuses = word == std::string("refused");
    EXPECT_NE(create("fails", {how(word), {0, nullptr}}), PEB_OK) << word;
    return log_lines().empty() ? std::string() : log_lines()[0];
  };
  EXPECT_THAT(log_of("refused"), HasSubstr("refused parameter 'refused'"));
  EXPECT_THAT(log_of("unknown_option"), HasSubstr("option 'absent' is not declared"));
  EXPECT_THAT(log_of("wrong_kind"), HasSubstr("option 'how' is no number"));
  EXPECT_THAT(log_of("parameter"), HasSubstr("outside a hook"));
  EXPECT_THAT(log_of("sizes"), HasSubstr("parameter 'sizes': 1 values for 3 places"));
}

TEST_F(Sdk, KeepsTheFirstFailureOfAPass) {
  ASSERT_EQ(create("fails", {how("never"), {0, nullptr}}), PEB_OK);
  scope_.status = PEB_E_INVALID;
  scope_.message = "earlier";
  EXPECT_EQ(input(true), PEB_E_INVALID);
  EXPECT_EQ(scope_.message, "earlier");
}

TEST_F(Sdk, RunsACustomOperation) {
  ASSERT_EQ(create("custom", {{0, nullptr}}), PEB_OK);
  ASSERT_EQ(input(), PEB_OK);
  EXPECT_THAT(scope_.record, ElementsAre("doubling [x] [6 10] [6 10]"));
}

TEST_F(Sdk, ACustomOperationThatThrowsFailsThePass) {
  ASSERT_EQ(create("custom", {{1, nullptr}}), PEB_OK);
  EXPECT_EQ(input(), PEB_E_UNSUPPORTED);
  EXPECT_THAT(scope_.message, HasSubstr("64 bits"));
}

TEST_F(Sdk, RefusesAHostThatOffersLessThanTheFirstVersion) {
  const auto entry = entry_of(SDK_PLUGIN);
  EXPECT_EQ(entry(nullptr), nullptr);
  peb_host shorter = recording_host();
  shorter.struct_size -= sizeof(void*);
  EXPECT_EQ(entry(&shorter), nullptr);
  peb_ops few = *host_.ops;
  few.struct_size -= sizeof(void*);
  peb_host poor = recording_host();
  poor.ops = &few;
  EXPECT_EQ(entry(&poor), nullptr);
}

TEST_F(Sdk, AcceptsStructsOfANewerHost) {
  struct {
    peb_config known;
    uint64_t appended;
  } newer{config_, ~uint64_t{0}};
  newer.known.struct_size = sizeof newer;
  ASSERT_EQ(find("operations")->create(&host_, &build_, &newer.known, nullptr, &self_), PEB_OK);
  EXPECT_THAT(build_.declared, ElementsAre("table [6 4] 1 0 0 0"));
}

}  // namespace
}  // namespace pebench::abi_test
