#include "host/controller/claims/linear.h"

#include <gmock/gmock.h>

#include "host/controller/claims/parser.h"

namespace pebench::claims {
namespace {

std::optional<Linear> form_of(const std::string& text) {
  return linear_difference(std::get<Comparison>(parse(text, {"a", "b"}).value));
}

double weight(const Linear& form, const std::string& encoding) {
  return form.weights.at({Function::mean, 10, encoding});
}

TEST(Linear, AddsAndScales) {
  const Linear form = form_of("2 * (mean(a) - 3) / 4 > mean(b) * -0.5 + 1").value();
  EXPECT_EQ(form.constant, -2.5);
  EXPECT_EQ(weight(form, "a"), 0.5);
  EXPECT_EQ(weight(form, "b"), 0.5);
}

TEST(Linear, DropsWhatCancels) {
  const Linear form = form_of("mean(a) + mean(b) > mean(a)").value();
  EXPECT_EQ(form.weights.size(), 1u);
  EXPECT_EQ(weight(form, "b"), 1);
}

TEST(Linear, IsNothingForProductsAndQuotientsOfQuantities) {
  EXPECT_FALSE(form_of("mean(a) * mean(b) > 0"));
  EXPECT_FALSE(form_of("mean(a) / mean(b) > 1"));
  EXPECT_FALSE(form_of("mean(a) / 0 > 1"));
}

}  // namespace
}  // namespace pebench::claims
