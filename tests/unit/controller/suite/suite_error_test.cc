// What a suite is refused for, and where. In each text, ^ marks the place that the error must name.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>

#include "host/base/error.h"
#include "host/controller/suite/suite.h"
#include "tests/unit/controller/suite/example.h"

namespace pebench::suite {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

struct Case {
  const char* name;
  std::string marked;  ///< the tables, or a whole suite when it begins with "schema"
  const char* says;
};

void PrintTo(const Case& one, std::ostream* out) { *out << one.name; }

class SuiteError : public ::testing::TestWithParam<Case> {};

TEST_P(SuiteError, NamesPlaceValueAndRemedy) {
  std::string text = GetParam().marked;
  if (text.find("schema") == std::string::npos) text = with(text);
  std::size_t mark = text.find('^');
  ASSERT_NE(mark, std::string::npos);
  text.erase(mark, 1);
  std::string before = text.substr(0, mark);
  auto line = std::count(before.begin(), before.end(), '\n') + 1;
  auto column = mark - (before.rfind('\n') + 1) + 1;
  try {
    parse_suite(text, "s.toml");
    FAIL() << "accepted:\n" << text;
  } catch (const base::InputError& error) {
    EXPECT_THAT(error.what(),
                StartsWith("s.toml:" + std::to_string(line) + ":" + std::to_string(column) + ": "));
    EXPECT_THAT(error.what(), HasSubstr(GetParam().says));
  }
}

const std::string dataset = "[[dataset]]\nname = \"beauty\"\npath = \"amazon_beauty\"\n";
const std::string encoding = "[[encoding]]\nname = \"none\"\nplugin = \"none\"\n";
const std::string claim = "[[claim]]\ntext = \"t\"\ntest = \"sd(none) < 1\"\n";

INSTANTIATE_TEST_SUITE_P(Toml, SuiteError,
                         ::testing::Values(Case{"Syntax", "[model]\nwidth = ^= 3", "this is not TOML"}),
                         [](const auto& info) { return info.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Keys, SuiteError,
    ::testing::Values(
        Case{"UnknownTable", "[^modle]\nwidth = 3", "did you mean \"model\"?"},
        Case{"MisspeltTable", "[^sped]\nrepetitions = 30", "sped is unknown; did you mean \"speed\"?"},
        Case{"FewRepetitions", "[speed]\nrepetitions = ^3", "write an integer from 5 to 10000"},
        Case{"BatchOfNobody", "[speed]\nbatches = [1, ^0]", "speed.batches"},
        Case{"UnknownKey", "[model]\n^widht = 3", "model.widht is unknown; did you mean \"width\"?"},
        Case{"UnknownKeyNothingNear", "[limits]\n^zzzzzz = 3", "choose from \"workers\", \"timeout\""},
        Case{"UnknownProtocolKey", "[protocol]\n^tie = \"expected\"", "did you mean \"ties\"?"},
        Case{"UnknownTrainKey", "[train]\n^epoch = 3", "did you mean \"epochs\"?"},
        Case{"UnknownEvalKey", "[eval]\n^splits = \"x\"", "did you mean \"split\"?"},
        Case{"UnknownSeedsKey", "[seeds]\nlist = [1]\n^varies = [\"init\"]", "seeds.varies is unknown"},
        Case{"UnknownStatsKey", "[stats]\n^alhpa = 0.1", "did you mean \"alpha\"?"},
        Case{"UnknownDatasetKey", dataset + "^attribute = [\"a\"]", "did you mean \"attributes\"?"},
        Case{"UnknownEncodingKey", encoding + "^option = {}", "did you mean \"options\"?"},
        Case{"UnknownClaimKey", claim + "^metrics = \"test.full.mrr\"", "did you mean \"metric\"?"},
        Case{"MissingSuite", "^schema = 1\n", "suite is missing"},
        Case{"MissingSchema", "^[suite]\n#schema", "schema is missing; write for example schema = 1"},
        Case{"OtherSchema", "schema = ^2\n", "reads schema = 1"},
        Case{"MissingBaseline", "schema = 1\n^[suite]\nname = \"a\"", "suite.baseline is missing"},
        Case{"MistypedRequiredKey", "[seeds]\nbase = 3\n^counts = 4", "did you mean \"count\"?"},
        Case{"MissingPath", "^[[dataset]]\nname = \"beauty\"", "dataset.path is missing"},
        Case{"MissingPlugin", "^[[encoding]]\nname = \"none\"", "encoding.plugin is missing"},
        Case{"MissingSignal", "[[dataset]]\nname = \"a\"\nsynthetic = ^{ items = 50 }",
             "dataset.synthetic.signal is missing"},
        Case{"UnknownSignal", "[[dataset]]\nname = \"a\"\nsynthetic = { signal = ^\"postion\" }",
             "did you mean \"position\"?"},
        Case{"TooFewSyntheticItems",
             "[[dataset]]\nname = \"a\"\nsynthetic = { signal = \"none\", items = ^15 }", "from 16 to"},
        Case{"SyntheticTypo",
             "[[dataset]]\nname = \"a\"\nsynthetic = { signal = \"position\", ^strenght = 0.5 }",
             "dataset.synthetic.strenght is unknown; did you mean \"strength\"?"},
        Case{"SyntheticNoise",
             "[[dataset]]\nname = \"a\"\nsynthetic = { signal = \"position\", noise = ^1.0 }", "in [0, 1)"},
        Case{"SyntheticGaps",
             "[[dataset]]\nname = \"a\"\nsynthetic = { signal = \"none\", gaps = ^\"hevy\" }",
             "did you mean \"heavy\""},
        Case{"SyntheticLagOfTheWrongSignal",
             "[[dataset]]\nname = \"a\"\nsynthetic = ^{ signal = \"interval\", lag = 2 }",
             "dataset.synthetic: the signal 'interval' takes no lag; remove it"},
        Case{"SyntheticLagBeyondHistories",
             "[[dataset]]\nname = \"a\"\nsynthetic = ^{ signal = \"distance\", lag = 6 }",
             "use a length from 7"},
        Case{"SyntheticLengths",
             "[[dataset]]\nname = \"a\"\nsynthetic = ^{ signal = \"none\", length = [9, 6] }",
             "a synthetic length is [from, to]"},
        Case{"SubsetOfSynthetic", "[[dataset]]\nname = \"a\"\nsynthetic = { signal = \"none\" }\nusers = ^50",
             "write users within dataset.synthetic"},
        Case{"TooFewUsers", "[[dataset]]\nname = \"a\"\npath = \"b\"\nusers = ^9", "from 10 to"},
        Case{"MissingClaimText", "^[[claim]]\ntest = \"sd(none) < 1\"", "claim.text is missing"},
        Case{"MissingClaimTest", "^[[claim]]\ntext = \"t\"", "claim.test is missing"}),
    [](const auto& info) { return info.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Types, SuiteError,
    ::testing::Values(
        Case{"StringForInteger", "[model]\nwidth = ^\"ninety\"", "write an integer from 1 to"},
        Case{"RealForInteger", "[model]\nwidth = ^90.0", "(a real number) will not do; write an integer"},
        Case{"StringForReal", "[model]\ndropout = ^\"0.5\"", "write a number in [0, 1)"},
        Case{"IntegerForBoolean", "[protocol]\nsoftmax_twice = ^1", "write true or false"},
        Case{"BooleanForChoice", "[model]\nactivation = ^true", "one of \"leaky_relu\", \"silu\""},
        Case{"NumberForText", "[train]\nselect = ^5", "a text in quotes"},
        Case{"EmptyText", "[[dataset]]\nname = \"a\"\npath = ^\"\"", "a text in quotes"},
        Case{"NumberForArray", "[eval]\nk = ^5", "an array in [brackets]"},
        Case{"EmptyArray", "[eval]\nk = ^[]", "name at least one"},
        Case{"RealInArray", "[eval]\nk = [5, ^10.5]", "write an integer"},
        Case{"NumberInNames", "[protocol]\ncandidates = [\"full\", ^3]", "a text in quotes"},
        Case{"NumberForTable",
             "schema = 1\nmodel = ^3\n[suite]\nname = \"a\"\nbaseline = \"none\"\n[seeds]\nlist = [1]\n" +
                 dataset + encoding,
             "a table, [model]"},
        Case{"TableForTables",
             "schema = 1\n[suite]\nname = \"a\"\nbaseline = \"none\"\n[seeds]\nlist = [1]\n^[dataset]\nname "
             "= \"a\"\n",
             "[[dataset]] above each"},
        Case{"DateAsOption", encoding + "options = { a = ^2024-05-16 }",
             "encoding.options.a must be a number"}),
    [](const auto& info) { return info.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Values, SuiteError,
    ::testing::Values(
        Case{"Zero", "[model]\nblocks = ^0", "write an integer from 1 to 1000"},
        Case{"DropoutOfOne", "[model]\ndropout = ^1.0", "write a number in [0, 1)"},
        Case{"InfiniteRate", "[train]\nlr = ^inf", "write a number above 0"},
        Case{"NotANumber", "[train]\nlr = ^nan", "write a number above 0"},
        Case{"NegativeLimit", "[model]\nitem_max_norm = ^-1.0", "above 0 or inf"},
        Case{"NegativeSeed", "[seeds]\nlist = [1, ^-2]", "write an integer at least 0"},
        Case{"SeedTwice", "[seeds]\nlist = [1, 2, ^1]", "each number once"},
        Case{"BaseAndList", "[seeds]\nlist = [1]\nbase = ^3", "exclude each other"},
        Case{"UnknownPurpose", "[seeds]\nlist = [1]\nvary = [\"init\", ^\"droput\"]",
             "did you mean \"dropout\"?"},
        Case{"UnknownChoice", "[model]\nactivation = ^\"relux\"", "did you mean \"relu\"?"},
        Case{"UnknownModelPreset", "[model]\npreset = ^\"beuaty\"", "did you mean \"study/beauty\"?"},
        Case{"UnknownProtocolPreset", "[protocol]\npreset = ^\"papper\"", "did you mean \"paper\"?"},
        Case{"UnknownDevice", "[train]\ndevice = ^\"gpu\"", "write \"cpu\" or \"cuda:0\""},
        Case{"UnknownEngine", "[train]\nengine = ^\"fats\"", "did you mean \"fast\"?"},
        Case{"HeadsDoNotDivide", "[model]\nwidth = 90\nheads = ^4", "cannot be cut into model.heads = 4"},
        Case{"WidthOverPresetHeads", "[model]\npreset = \"study/men\"\nwidth = ^100",
             "cannot be cut into model.heads = 3"},
        Case{"UnknownBackbone", "[model]\nbackbone = ^\"sasrek\"", "did you mean \"sasrec\"?"},
        Case{"NoSuchPartInTheBackbone", "[model]\nbackbone = \"sasrec\"\ndecoder_residual = ^\"add\"",
             "model.decoder_residual = \"add\" means nothing to model.backbone = \"sasrec\"; remove it, or "
             "take the "
             "backbone carca"},
        Case{"PresetOfAnotherBackbone", "[model]\nbackbone = \"sasrec\"\n[protocol]\npreset = ^\"paper\"",
             "means nothing to model.backbone = \"sasrec\""},
        Case{
            "CausalMaskForMaskedTraining",
            "[model]\nbackbone = \"bert4rec\"\n[protocol]\nattention = ^\"causal\"",
            "protocol.attention = \"causal\" is not for model.backbone = \"bert4rec\", which predicts masked "
            "events from those on both sides; remove it, or write \"masked\""},
        Case{"MasksForAnotherBackbone", "[protocol]\nattention = ^\"masked\"",
             "protocol.attention = \"masked\" is not for model.backbone = \"carca\", which masks nothing; "
             "take "
             "the backbone bert4rec, or another word"},
        Case{"ShareOfMasksForAnotherBackbone", "[model]\nbackbone = \"sasrec\"\n[train]\nmask_share = ^0.6",
             "train.mask_share = 0.6 means nothing to model.backbone = \"sasrec\"; remove it, or take the "
             "backbone bert4rec"},
        Case{"PaperPresetForMaskedTraining",
             "[model]\nbackbone = \"bert4rec\"\n[protocol]\npreset = ^\"paper\"",
             "means nothing to model.backbone = \"bert4rec\""},
        Case{"NothingMasked", "[model]\nbackbone = \"bert4rec\"\n[train]\nmask_share = ^0", "mask_share"},
        Case{"SoftmaxByCrossAttention", "[train]\nobjective = ^\"softmax\"",
             "train.objective = \"softmax\" scores all items for every target, which cross-attention cannot; "
             "set model.scorer = \"dot_product\", or take sampled_softmax"},
        Case{"NegativesOfBatchesByCrossAttention", "[train]\nnegatives_per = ^\"batch\"",
             "train.negatives_per = \"batch\" means nothing to model.scorer = \"cross_attention\"; remove "
             "it, or take the other scorer"},
        Case{"DecoderOfDotProducts", "[model]\nscorer = \"dot_product\"\ndecoder_residual = ^\"add\"",
             "model.decoder_residual = \"add\" means nothing to model.scorer = \"dot_product\""},
        Case{"ScorerOfAnotherBackbone", "[model]\nbackbone = \"sasrec\"\nscorer = ^\"dot_product\"",
             "model.scorer = \"dot_product\" means nothing to model.backbone = \"sasrec\""},
        Case{"PublishedLossOfAnotherObjective",
             "[protocol]\nloss = \"probabilities\"\n[train]\nobjective = ^\"gbce\"",
             "train.objective = \"gbce\" needs protocol.loss = \"logits\": the published loss is binary "
             "cross-entropy"},
        Case{"PublishedLossOfManyNegatives", "[protocol]\nloss = \"probabilities\"\n[train]\nnegatives = ^4",
             "the published loss is of one negative"},
        Case{"UnknownCandidates", "[protocol]\ncandidates = [\"full\", ^\"random:100\"]", "random:100"},
        Case{"SelectTooShort", "[train]\nselect = ^\"ndcg@10\"", "is not a metric"},
        Case{"SelectOnTest", "[train]\nselect = ^\"test.full.mrr\"", "begin it with \"valid.\""},
        Case{"SelectUnknownSet", "[train]\nselect = ^\"valid.some:3.mrr\"", "some:3"},
        Case{"SelectUnknownK", "[train]\nselect = ^\"valid.full.hr@11\"", "not among eval.k"},
        Case{"IndexWithLongList",
             "[model]\nmax_len = 20\n[protocol]\npreset = \"paper\"\ncandidates = [\"uniform:20\", "
             "^\"uniform:21\"]",
             "the 21 positions"},
        Case{"IndexWithFullRanking", "[protocol]\npreset = \"paper\"\ncandidates = [^\"full\"]",
             "draw at most 75 negatives"},
        Case{"IndexWithLongValidation",
             "[protocol]\npreset = \"paper\"\n[train]\nselect = ^\"valid.uniform:100.mrr\"",
             "the 76 positions"},
        Case{"BadDuration", "[limits]\ntimeout = ^\"6 hours\"", "for example \"6h\""},
        Case{"BadMemory", "[limits]\nmemory = ^\"8G\"", "for example \"8GiB\""},
        Case{"PrimaryNotEvaluated", "[stats]\nprimary = ^\"test.uniform:7.mrr\"",
             "candidate set = \"uniform:7\" is unknown"},
        Case{"PrimaryUnknownK", "[stats]\nprimary = ^\"test.full.hr@7\"", "not among eval.k"}),
    [](const auto& info) { return info.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Names, SuiteError,
    ::testing::Values(
        Case{"UnknownBaseline",
             "schema = 1\n[suite]\nname = \"a\"\nbaseline = ^\"nnoe\"\n[seeds]\nlist = [1]\n" + dataset +
                 encoding,
             "suite.baseline = \"nnoe\" is unknown; did you mean \"none\"?"},
        Case{"SuiteWithSlash", "schema = 1\n[suite]\nname = ^\"a/b\"\nbaseline = \"none\"\n",
             "use letters, digits"},
        Case{"EncodingTwice", encoding + "[[encoding]]\nname = ^\"none\"\nplugin = \"rope\"",
             "two [[encoding]] are called \"none\""},
        Case{"DatasetTwice", dataset + "[[dataset]]\nname = ^\"beauty\"\npath = \"x\"",
             "two [[dataset]] are called \"beauty\""},
        Case{"PathAndSynthetic", "[[dataset]]\nname = \"a\"\npath = ^\"x\"\nsynthetic = {}",
             "exclude each other"},
        Case{"ClaimUnknownDataset", claim + "dataset = ^\"beuaty\"", "did you mean \"beauty\"?"},
        Case{"ClaimUnknownMetric", claim + "metric = ^\"sd\"", "claim.metric: \"sd\" is not a metric"},
        Case{"ClaimThatIsNoSentence", "[[claim]]\ntext = \"t\"\ntest = ^\"sd(none) <\"",
             "claim.test: column 11"},
        Case{"ClaimAboutAnotherEncoding", "[[claim]]\ntext = \"t\"\ntest = ^\"sd(nnoe) < 1\"",
             "did you mean \"none\"?"},
        Case{"ClaimAboutAnUnmeasuredCutOff", "[[claim]]\ntext = \"t\"\ntest = ^\"hr@7(none) < 1\"",
             "not among eval.k"},
        Case{"ClaimWithoutSweep", claim + "sweep = { \"train.lr\" = ^0.5 }",
             "the suite has no [sweep] and no [[variant]]"},
        Case{"ClaimUnsweptSetting",
             "[sweep]\n\"train.lr\" = [0.1]\n" + claim + "sweep = { \"train.l\" = ^0.5 }",
             "did you mean \"train.lr\"?"},
        Case{"ClaimUnsweptValue",
             "[sweep]\n\"train.lr\" = [0.1]\n" + claim + "sweep = { \"train.lr\" = ^0.5 }",
             "never has this value"}),
    [](const auto& info) { return info.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Variants, SuiteError,
    ::testing::Values(
        Case{"NameTwice", "[[variant]]\nname = \"a\"\n[[variant]]\nname = ^\"a\"\ntrain = { lr = 0.5 }",
             "two [[variant]] are called \"a\""},
        Case{"SameSettings", "[[variant]]\nname = \"a\"\n[[variant]]\nname = ^\"b\"\ntrain = { lr = 1e-4 }",
             "variant \"b\" has the same settings as \"a\""},
        Case{"UnknownTable", "[[variant]]\nname = \"a\"\n^protocl = { ties = \"expected\" }",
             "did you mean \"protocol\"?"},
        Case{"UnknownKey", "[[variant]]\nname = \"a\"\nprotocol = { tie = ^\"expected\" }",
             "protocol.tie is unknown; did you mean \"ties\"?"},
        Case{"WrongValue", "[[variant]]\nname = \"a\"\nprotocol = { ties = ^\"expcted\" }",
             "did you mean \"expected\"?"},
        Case{"WithoutName", "^[[variant]]\nprotocol = { ties = \"expected\" }", "variant.name is missing"},
        Case{"SweptToo",
             "[[variant]]\nname = \"a\"\ntrain = { lr = ^0.5 }\n[sweep]\n\"train.lr\" = [0.1, 0.2]",
             "train.lr stands in [sweep] too"},
        Case{"ClaimAboutAnUnknownVariant",
             "[[variant]]\nname = \"a\"\n" + claim + "sweep = { variant = ^\"b\" }", "never has this value"}),
    [](const auto& info) { return info.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Sweep, SuiteError,
    ::testing::Values(
        Case{"UnknownSection", "[sweep]\n\"limits.workers\" = ^[1, 2]",
             "sweep cannot vary \"limits.workers\""},
        Case{"NoSection", "[sweep]\nwidth = ^[1, 2]", "sweep cannot vary \"width\""},
        Case{"UnknownSetting", "[sweep]\n\"model.widht\" = [^3, 4]",
             "model.widht is unknown; did you mean \"width\"?"},
        Case{"NotAnArray", "[sweep]\n\"model.width\" = ^3", "must be an array"},
        Case{"EmptyArray", "[sweep]\n\"model.width\" = ^[]", "must be an array"},
        Case{"WrongType", "[sweep]\n\"model.width\" = [90, ^9.5]", "write an integer"},
        Case{"OutOfRange", "[sweep]\n\"model.dropout\" = [0.1, ^1.5]", "write a number in [0, 1)"},
        Case{"SameValueTwice", "[sweep]\n\"model.width\" = [90, 30, ^90]", "has 90 twice"},
        Case{"SameSettingTwice", "[sweep]\n\"model.width\" = [^90]\nmodel.width = [30]", "twice"},
        Case{"HeadsDoNotDivide", "[model]\nwidth = 90\nheads = 1\n[sweep]\n\"model.heads\" = [3, ^4]",
             "cannot be cut into model.heads = 4"},
        Case{"PrimaryMissingInAVariant",
             "[sweep]\n\"protocol.candidates\" = [[\"full\"], [\"uniform:9\"]]\n[stats]\nprimary = "
             "^\"test.full.mrr\"",
             "candidate set = \"full\" is unknown"}),
    [](const auto& info) { return info.param.name; });

const std::string own = "[[encoding]]\nname = \"none\"\nplugin = \"none\"\n";

INSTANTIATE_TEST_SUITE_P(
    OwnSettings, SuiteError,
    ::testing::Values(
        Case{"UnknownKey", own + "train = { ler = ^0.1 }", "train.ler is unknown"},
        Case{"Value", own + "train = { lr = ^-0.1 }", "train.lr = -0.1"},
        Case{"OfWhatIsMeasured", own + "protocol = { ties = ^\"expected\" }",
             "protocol.ties is the same for all encodings"},
        Case{"OfAnotherTable", own + "^eval = { k = [1] }", "encoding.eval is unknown"},
        Case{"Select", own + "train = { select = ^\"valid.full.mrr\" }", "the same for all encodings"},
        Case{"SweptToo", own + "train = { lr = ^0.1 }\n[sweep]\n\"train.lr\" = [0.1, 0.2]",
             "train.lr stands in [sweep] too, which sets it for every encoding"},
        Case{"OtherCandidates",
             own + "model = { max_len = ^20 }\n[protocol]\ncandidates = [\"full\", \"uniform:L\"]",
             "among other candidates than the rest"},
        Case{"HeadsDoNotDivide", own + "model = { heads = ^7 }", "cannot be cut into model.heads = 7"}),
    [](const auto& info) { return info.param.name; });

const std::string tune = "[tune]\n[tune.space]\n";

INSTANTIATE_TEST_SUITE_P(
    Tune, SuiteError,
    ::testing::Values(
        Case{"UnknownKey", "[tune]\n^configuration = 3", "did you mean \"configurations\"?"},
        Case{"UnknownDataset", "[tune]\ndataset = ^\"beuaty\"", "did you mean \"beauty\"?"},
        Case{"NoReduction", "[tune]\nreduction = ^1", "write an integer from 2 to 1000"},
        Case{"UnknownSetting", tune + "\"model.widht\" = ^[3]", "did you mean \"model.width\"?"},
        Case{"SettingOfTheProtocol", tune + "\"protocol.ties\" = ^[\"expected\"]",
             "tune.space cannot vary \"protocol.ties\""},
        Case{"Epochs", tune + "\"train.epochs\" = ^[3]", "tune.space cannot vary \"train.epochs\""},
        Case{"NoList", tune + "\"train.lr\" = ^0.1", "must be a list of values, [a, b], or a stretch"},
        Case{"Empty", tune + "\"train.lr\" = ^[]", "must be a list of values"},
        Case{"Value", tune + "\"model.dropout\" = [0.1, ^1.5]", "write a number in [0, 1)"},
        Case{"Twice", tune + "\"model.width\" = [32, ^32]", "has 32 twice"},
        Case{"KeyTwice", tune + "\"model.width\" = ^[32]\nmodel.width = [64]", "has \"model.width\" twice"},
        Case{"End", tune + "\"model.dropout\" = { from = 0.1, to = ^1.5 }", "write a number in [0, 1)"},
        Case{"NoEnd", tune + "\"train.lr\" = ^{ from = 0.1 }", "range.to is missing"},
        Case{"UnknownKeyOfAStretch", tune + "\"train.lr\" = { from = 0.1, to = 0.2, ^lgo = true }",
             "did you mean \"log\"?"},
        Case{"Backwards", tune + "\"train.lr\" = { from = 0.1, to = ^0.01 }", "must be above range.from"},
        Case{"LogFromNothing", tune + "\"model.dropout\" = { from = ^0, to = 0.5, log = true }",
             "must be above 0"},
        Case{"StretchOfWords", tune + "\"model.activation\" = ^{ from = 0, to = 1 }",
             "has no stretch from one value to another"},
        Case{"IntegerToReal", tune + "\"model.width\" = { from = 32, to = ^64.5 }", "write an integer"},
        Case{"OptionDate", own + "space = { a = [^2024-05-16] }", "must have numbers"},
        Case{"TestOfMaxTest", "[protocol]\npreset = \"paper\"\n[eval]\ntest = ^\"none\"",
             "leaves nothing to report"},
        Case{"WindowBelowTraining", "[model]\nmax_len = 20\n[eval]\nwindow = ^19",
             "eval.window = 19 is shorter than model.max_len = 20"},
        Case{"WindowOfMaxTest", "[protocol]\nselection = \"max_test\"\n[eval]\nwindow = ^80",
             "set selection = \"best_validation\""},
        Case{"WindowOfIndex",
             "[protocol]\ncandidate_position = \"index\"\ncandidates = [\"uniform:9\"]\n[eval]\nwindow = ^80",
             "set protocol.candidate_position = \"next\""},
        Case{"PrimaryWithoutATest", "[eval]\ntest = \"none\"\n[stats]\nprimary = ^\"test.full.ndcg@10\"",
             "eval.test = \"none\" does not rank"}),
    [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace pebench::suite
