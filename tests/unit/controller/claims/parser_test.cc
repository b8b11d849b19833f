#include "host/controller/claims/parser.h"

#include <gmock/gmock.h>

#include "host/base/error.h"

namespace pebench::claims {
namespace {

using testing::AllOf;
using testing::HasSubstr;

const std::vector<std::string> encodings = {"abs", "rmha4", "rope-2.1", "none", "and", "odd name"};

// The tree as text, everything in brackets.
std::string written(const Term& term) {
  if (const auto* number = std::get_if<double>(&term.value)) {
    std::string digits = std::to_string(*number);
    digits.erase(digits.find_last_not_of('0') + 1);
    return digits;
  }
  if (const auto* quantity = std::get_if<Quantity>(&term.value)) {
    static const char* const names[] = {"mean", "sd", "deviation", "cv", "failure_rate", "hr", "ndcg"};
    return std::string(names[static_cast<int>(quantity->function)]) + "@" + std::to_string(quantity->k) +
           "[" + quantity->encoding + "]";
  }
  const auto& operation = std::get<Operation>(term.value);
  return "(" + written(operation.operands[0]) + operation.sign + written(operation.operands[1]) + ")";
}

std::string written(const Sentence& sentence) {
  if (const auto* comparison = std::get_if<Comparison>(&sentence.value)) {
    static const char* const relations[] = {" < ", " <= ", " > ", " >= "};
    return written(comparison->left) + relations[static_cast<int>(comparison->relation)] +
           written(comparison->right);
  }
  const auto& combination = std::get<Combination>(sentence.value);
  std::string text = combination.kind == Combination::Kind::all   ? "all{"
                     : combination.kind == Combination::Kind::any ? "any{"
                                                                  : "not{";
  for (const Sentence& part : combination.parts) text += written(part) + ";";
  return text + "}";
}

std::string parsed(const std::string& text) { return written(parse(text, encodings)); }

std::string error_of(const std::string& text) {
  try {
    parse(text, encodings);
  } catch (const base::InputError& error) {
    return error.what();
  }
  return "no error";
}

TEST(Parser, ReadsFunctionsNamesAndRelations) {
  EXPECT_EQ(parsed("sd(rmha4) < sd(abs)"), "sd@10[rmha4] < sd@10[abs]");
  EXPECT_EQ(parsed(" mean( abs )>=.25 "), "mean@10[abs] >= 0.25");
  EXPECT_EQ(parsed("cv(none)<=1e-2"), "cv@10[none] <= 0.01");
  EXPECT_EQ(parsed("failure_rate(rope-2.1) > 0.1"), "failure_rate@10[rope-2.1] > 0.1");
  EXPECT_EQ(parsed("hr(abs) < ndcg@5(abs)"), "hr@10[abs] < ndcg@5[abs]");
  EXPECT_EQ(parsed("mean(\"odd name\") < mean(and)"), "mean@10[odd name] < mean@10[and]");
}

TEST(Parser, BindsProductsTighterThanSumsAndGroupsToTheLeft) {
  EXPECT_EQ(parsed("mean(abs) - mean(none) - 2 * hr(abs) > 0"),
            "((mean@10[abs]-mean@10[none])-(2.*hr@10[abs])) > 0.");
  EXPECT_EQ(parsed("mean(abs) / 2 / 4 < 1"), "((mean@10[abs]/2.)/4.) < 1.");
  EXPECT_EQ(parsed("(mean(abs) + mean(none)) / 2 < -1"), "((mean@10[abs]+mean@10[none])/2.) < (-1.*1.)");
}

TEST(Parser, AHyphenBelongsToANameOnlyInsideAFunction) {
  EXPECT_EQ(parsed("mean(rope-2.1)-mean(abs)>0"), "(mean@10[rope-2.1]-mean@10[abs]) > 0.");
}

TEST(Parser, BindsNotTighterThanAndTighterThanOr) {
  EXPECT_EQ(parsed("mean(abs) < 1 or mean(abs) < 2 and not mean(abs) < 3"),
            "any{mean@10[abs] < 1.;all{mean@10[abs] < 2.;not{mean@10[abs] < 3.;};};}");
  EXPECT_EQ(parsed("(mean(abs) < 1 or mean(abs) < 2) and mean(abs) < 3"),
            "all{any{mean@10[abs] < 1.;mean@10[abs] < 2.;};mean@10[abs] < 3.;}");
  EXPECT_EQ(parsed("mean(abs)<1 and mean(abs)<2 and mean(abs)<3"),
            "all{mean@10[abs] < 1.;mean@10[abs] < 2.;mean@10[abs] < 3.;}");
}

TEST(Parser, BracketsMayHoldTermsAndSentences) {
  EXPECT_EQ(parsed("((sd(abs)) < (2 * (sd(none))))"), "sd@10[abs] < (2.*sd@10[none])");
  EXPECT_EQ(parsed("not ((mean(abs)) < 1)"), "not{mean@10[abs] < 1.;}");
}

TEST(Parser, KeepsTheTextOfEachComparison) {
  const Sentence claim = parse("not ( sd(abs)  <  sd(none) ) and mean(abs) > .1", encodings);
  const auto& all = std::get<Combination>(claim.value).parts;
  const auto& negation = std::get<Combination>(all[0].value).parts;
  EXPECT_EQ(std::get<Comparison>(negation[0].value).text, "sd(abs)  <  sd(none)");
  EXPECT_EQ(std::get<Comparison>(all[1].value).text, "mean(abs) > .1");
}

TEST(Parser, SuggestsFunctionsAndEncodings) {
  EXPECT_EQ(error_of("mean(abs) < meen(none)"),
            "column 13 of \"mean(abs) < meen(none)\": unknown function \"meen\"; did you mean \"mean\"?");
  EXPECT_THAT(error_of("mean(abs) < mean(rmha5)"),
              AllOf(HasSubstr("column 18"), HasSubstr("did you mean \"rmha4\"?")));
  EXPECT_THAT(error_of("variance(abs) < 1"),
              HasSubstr("choose from \"mean\", \"sd\", \"deviation\", \"cv\""));
  EXPECT_THAT(error_of("mean(sinusoidal) < 1"), HasSubstr("choose from \"abs\", \"rmha4\""));
}

TEST(Parser, SaysWhatItExpected) {
  EXPECT_THAT(error_of(""), AllOf(HasSubstr("column 1 "),
                                  HasSubstr("expected a function, a number or a bracket, found the end")));
  EXPECT_THAT(error_of("mean(abs)"), AllOf(HasSubstr("column 10 "), HasSubstr("expected <, <=, > or >=")));
  EXPECT_THAT(error_of("mean(abs) <"), AllOf(HasSubstr("column 12 "), HasSubstr("found the end")));
  EXPECT_THAT(error_of("mean abs < 1"),
              AllOf(HasSubstr("column 6 "), HasSubstr("expected '('"), HasSubstr("`abs`")));
  EXPECT_THAT(error_of("mean(abs < 1"), AllOf(HasSubstr("column 10 "), HasSubstr("expected ')'")));
  EXPECT_THAT(error_of("mean() < 1"),
              AllOf(HasSubstr("column 6 "), HasSubstr("an encoding's name, found `)`")));
  EXPECT_THAT(error_of("(mean(abs) < 1"), AllOf(HasSubstr("column 15 "), HasSubstr("to close the bracket")));
  EXPECT_THAT(error_of("mean(abs) < 1)"),
              AllOf(HasSubstr("column 14 "), HasSubstr("an operator or the end")));
  EXPECT_THAT(error_of("mean(\"abs < 1"), AllOf(HasSubstr("column 6 "), HasSubstr("quotation")));
  EXPECT_THAT(error_of("mean(abs) < 1 and"), HasSubstr("column 18 "));
}

TEST(Parser, RefusesWhatHasNoMeaning) {
  EXPECT_THAT(error_of("mean(abs) == 1"),
              AllOf(HasSubstr("column 11 "), HasSubstr("cannot show that two numbers are equal")));
  EXPECT_THAT(error_of("0 < mean(abs) < 1"), AllOf(HasSubstr("column 15 "), HasSubstr("do not chain")));
  EXPECT_THAT(error_of("1 < 2"), HasSubstr("compares no encoding"));
  EXPECT_THAT(error_of("(mean(abs) < 1) + 2 < 3"),
              AllOf(HasSubstr("column 1 "), HasSubstr("found a comparison")));
  EXPECT_THAT(error_of("mean(abs) and mean(none) < 1"), HasSubstr("column 11 "));
  EXPECT_THAT(error_of("sd@5(abs) < 1"), HasSubstr("sd has no cut-off"));
  EXPECT_THAT(error_of("hr@0(abs) < 1"), HasSubstr("cut-off of 1 or more"));
  EXPECT_THAT(error_of("hr@(abs) < 1"), HasSubstr("cut-off of 1 or more"));
  EXPECT_THAT(error_of("mean(abs) < 1e999"), HasSubstr("finite number"));
}

TEST(Parser, RefusesBottomlessNesting) {
  const std::string deep = std::string(50'000, '(') + "mean(abs) < 1" + std::string(50'000, ')');
  EXPECT_THAT(error_of(deep), HasSubstr("nesting"));
  EXPECT_THAT(error_of("mean(abs) < " + std::string(50'000, '-') + "1"), HasSubstr("nesting"));
}

}  // namespace
}  // namespace pebench::claims
